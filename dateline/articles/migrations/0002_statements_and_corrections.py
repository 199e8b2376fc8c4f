import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0001_initial'),
        ('intake', '0002_stories_beats_and_evidence'),
        ('sources', '0002_watching_politely'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', 'Correction'), ('update', 'Update'), ('recall', 'Recalled'), ('kill', 'Killed')], max_length=12, verbose_name='kind')),
                ('was_wrong', models.TextField(blank=True, verbose_name='what was wrong')),
                ('said', models.TextField(verbose_name='what is right now')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('taken_back_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Issuer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name, where it stands otherwise than on their page, or there is none')),
                ('is_person', models.BooleanField(default=False, verbose_name='a person')),
            ],
            options={
                'verbose_name': 'issuer',
                'verbose_name_plural': 'issuers',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PictureUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'picture in an article',
                'verbose_name_plural': 'pictures in articles',
            },
        ),
        migrations.CreateModel(
            name='ReplyTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of_whom', models.CharField(max_length=160, verbose_name='who is to be asked')),
                ('contact', models.CharField(blank=True, max_length=300, verbose_name='how to reach them')),
                ('state', models.CharField(choices=[('open', 'to be asked'), ('asked', 'asked'), ('answered', 'answered'), ('declined', 'declined to answer')], db_index=True, default='open', max_length=10, verbose_name='state')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='answer by')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'right of reply',
                'verbose_name_plural': 'rights of reply',
                'ordering': ('due_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SecondLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text_sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'second look',
                'verbose_name_plural': 'second looks',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='SourceAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('corrected', 'correction made'), ('no-need', 'no change needed')], max_length=10, verbose_name='verdict')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'answer to a change at the source',
                'verbose_name_plural': 'answers to changes at the source',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='an_answer_answers_something',
        ),
        migrations.AddField(
            model_name='answer',
            name='snapshot',
            field=models.ForeignKey(blank=True, help_text='Left empty, the first of the original that has the claim is taken.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.snapshot', verbose_name='snapshot that proves the claim'),
        ),
        migrations.AddField(
            model_name='answer',
            name='to_address',
            field=models.URLField(blank=True, max_length=1000, verbose_name='address of a page elsewhere'),
        ),
        migrations.AddField(
            model_name='answer',
            name='to_title',
            field=models.CharField(blank=True, max_length=300, verbose_name='what stands there'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('to_article__isnull', False), ('to_original__isnull', False), models.Q(('to_address', ''), _negated=True), models.Q(('claim', ''), _negated=True), _connector='OR'), name='an_answer_answers_something', violation_error_message='Choose the article or the original that it answers, give an address, or quote the claim.'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('snapshot__isnull', True), ('to_original__isnull', False), _connector='OR'), name='a_snapshot_proves_an_original', violation_error_message='A snapshot proves what an original said: choose the original.'),
        ),
        migrations.AddField(
            model_name='correction',
            name='after',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision'),
        ),
        migrations.AddField(
            model_name='correction',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='articles.article', verbose_name='article'),
        ),
        migrations.AddField(
            model_name='correction',
            name='before',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision'),
        ),
        migrations.AddField(
            model_name='correction',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='taken_back_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='issuer',
            name='article',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='issuers', to='articles.article'),
        ),
        migrations.AddField(
            model_name='issuer',
            name='contributor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issued', to='articles.contributor', verbose_name='contributor'),
        ),
        migrations.AddField(
            model_name='issuer',
            name='outlet',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issued', to='sources.outlet', verbose_name='outlet'),
        ),
        migrations.AddField(
            model_name='pictureuse',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='picture_uses', to='articles.article'),
        ),
        migrations.AddField(
            model_name='pictureuse',
            name='picture',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='articles.picture'),
        ),
        migrations.AddField(
            model_name='replytask',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reply_tasks', to='articles.article', verbose_name='article'),
        ),
        migrations.AddField(
            model_name='replytask',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replytask',
            name='reply',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.article', verbose_name='the reply'),
        ),
        migrations.AddField(
            model_name='secondlook',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='second_looks', to='articles.article'),
        ),
        migrations.AddField(
            model_name='secondlook',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sourceanswer',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='source_answers', to='articles.article'),
        ),
        migrations.AddField(
            model_name='sourceanswer',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sourceanswer',
            name='change',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='source_answers', to='intake.change'),
        ),
        migrations.AddField(
            model_name='sourceanswer',
            name='correction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.correction'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('said', ''), _negated=True), name='a_correction_says_something', violation_error_message='Say what is right now.'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'correction'), _negated=True), models.Q(('was_wrong', ''), _negated=True), _connector='OR'), name='a_correction_says_what_was_wrong', violation_error_message='Say what was wrong.'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('taken_back_at__isnull', True), ('kind__in', ['correction', 'update']), _connector='OR'), name='a_recall_stands', violation_error_message='A recall and a kill cannot be taken back.'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['recall', 'kill'])), fields=('article',), name='recalled_or_killed_once', violation_error_message='It was recalled or killed already.'),
        ),
        migrations.AddConstraint(
            model_name='issuer',
            constraint=models.CheckConstraint(condition=models.Q(('contributor__isnull', False), ('outlet__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='an_issuer_is_somebody', violation_error_message='Choose a contributor or an outlet, or write a name.'),
        ),
        migrations.AddConstraint(
            model_name='issuer',
            constraint=models.CheckConstraint(condition=models.Q(('contributor__isnull', True), ('outlet__isnull', True), _connector='OR'), name='an_issuer_is_one', violation_error_message='Choose a contributor or an outlet, not both.'),
        ),
        migrations.AddConstraint(
            model_name='pictureuse',
            constraint=models.UniqueConstraint(fields=('article', 'picture'), name='a_picture_once'),
        ),
        migrations.AddConstraint(
            model_name='replytask',
            constraint=models.UniqueConstraint(fields=('article', 'of_whom'), name='asked_once_of_each', violation_error_message='That they are asked about this article is noted already.'),
        ),
        migrations.AddConstraint(
            model_name='secondlook',
            constraint=models.UniqueConstraint(fields=('article', 'text_sha256', 'by'), name='each_looks_once'),
        ),
        migrations.AddConstraint(
            model_name='sourceanswer',
            constraint=models.UniqueConstraint(fields=('article', 'change'), name='each_change_answered_once'),
        ),
    ]
