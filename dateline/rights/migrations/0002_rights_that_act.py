import dateline.rights.models.approval
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_stories_beats_and_evidence'),
        ('rights', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.UUIDField(db_index=True, verbose_name='piece')),
                ('token', models.CharField(default=dateline.rights.models.approval.new_token, editable=False, max_length=60, unique=True)),
                ('state', models.CharField(choices=[('open', 'shown to the outlet'), ('approved', 'approved'), ('change', 'a change is asked for'), ('closed', 'closed')], default='open', max_length=10, verbose_name='state')),
                ('language', models.CharField(max_length=20, verbose_name='language of the text')),
                ('headline', models.CharField(max_length=300, verbose_name='headline')),
                ('standfirst', models.TextField(blank=True, verbose_name='standfirst')),
                ('paragraphs', models.JSONField(default=list, verbose_name='text')),
                ('credit_line', models.CharField(blank=True, max_length=300, verbose_name='credit line')),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('note', models.TextField(blank=True, verbose_name='what they said')),
                ('at', models.DateTimeField(verbose_name='shown')),
                ('expires_at', models.DateTimeField(verbose_name='the page is open until')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
            ],
            options={
                'verbose_name': 'approval by an outlet',
                'verbose_name_plural': 'approvals by outlets',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.UUIDField(db_index=True, verbose_name='piece')),
                ('kind', models.CharField(choices=[('permission', 'the permission ends'), ('picture', "a picture's permission ends"), ('expiry', "the piece's own time ends"), ('takedown', 'it is to be taken down')], max_length=12, verbose_name='what ends')),
                ('picture', models.PositiveBigIntegerField(default=0, verbose_name='picture')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('reason', models.TextField(verbose_name='why')),
                ('ground', models.CharField(choices=[('editorial', "the desk's decision"), ('rights', 'the rights ended'), ('legal', 'a legal order')], default='rights', max_length=10, verbose_name='ground')),
            ],
            options={
                'verbose_name': 'ending',
                'verbose_name_plural': 'endings',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.UUIDField(blank=True, db_index=True, null=True, verbose_name='piece')),
                ('reason', models.TextField(help_text='who demands it, and the file number', verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='since')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted')),
                ('lift_reason', models.TextField(blank=True, verbose_name='why it was lifted')),
            ],
            options={
                'verbose_name': 'legal hold',
                'verbose_name_plural': 'legal holds',
                'ordering': ('-at',),
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('request', 'request for permission'), ('reminder', 'reminder'), ('approval', 'a text for approval')], max_length=10, verbose_name='letter')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('to', models.EmailField(blank=True, max_length=254, verbose_name='to')),
                ('subject', models.CharField(max_length=300, verbose_name='subject')),
                ('body', models.TextField(verbose_name='letter')),
                ('message_id', models.CharField(editable=False, max_length=200, unique=True)),
                ('answers', models.CharField(blank=True, editable=False, max_length=200)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('waiting', 'waiting to be sent'), ('sent', 'sent'), ('by-hand', 'sent by hand')], default='draft', max_length=10, verbose_name='state')),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('trouble', models.CharField(blank=True, max_length=300, verbose_name='what is wrong')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='LetterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('request', 'request for permission'), ('reminder', 'reminder'), ('approval', 'a text for approval')], max_length=10, verbose_name='letter')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('subject', models.CharField(max_length=300, verbose_name='subject')),
                ('body', models.TextField(verbose_name='letter')),
            ],
            options={
                'verbose_name': 'template of a letter',
                'verbose_name_plural': 'templates of letters',
                'ordering': ('kind', 'language'),
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('accepted', 'accepted, to be sent'), ('asked', 'asked'), ('granted', 'granted'), ('refused', 'refused'), ('silent', 'no answer'), ('dropped', 'dropped')], default='proposed', max_length=10, verbose_name='state')),
                ('words', models.PositiveIntegerField(blank=True, null=True, verbose_name='words at most')),
                ('with_pictures', models.BooleanField(default=False, verbose_name='with its pictures')),
                ('answer_by', models.DateField(verbose_name='answer by')),
                ('at', models.DateTimeField(verbose_name='proposed')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('evidence', models.FileField(blank=True, upload_to='rights/', verbose_name='mail or contract')),
            ],
            options={
                'verbose_name': 'request for permission',
                'verbose_name_plural': 'requests for permission',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='permission',
            name='max_words',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='words at most'),
        ),
        migrations.AddField(
            model_name='permission',
            name='may_by_machine',
            field=models.BooleanField(default=False, verbose_name='machines may read it'),
        ),
        migrations.AddField(
            model_name='permission',
            name='stay_days',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='days that the piece may stay'),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='lifted_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='lifted'),
        ),
        migrations.AddField(
            model_name='withdrawal',
            name='lifted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), ('ground', 'rights'), _connector='OR'), name='only_the_rights_come_back'),
        ),
        migrations.AddField(
            model_name='approval',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approval',
            name='permission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='rights.permission'),
        ),
        migrations.AddField(
            model_name='ending',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='lifted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='original',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='intake.original', verbose_name='original'),
        ),
        migrations.AddField(
            model_name='letter',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approval',
            name='letter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='approval', to='rights.letter'),
        ),
        migrations.AddConstraint(
            model_name='lettertemplate',
            constraint=models.UniqueConstraint(fields=('kind', 'language'), name='one_template_a_language'),
        ),
        migrations.AddField(
            model_name='request',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='request',
            name='letter',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='request', to='rights.letter'),
        ),
        migrations.AddField(
            model_name='request',
            name='permission',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='request', to='rights.permission'),
        ),
        migrations.AddField(
            model_name='request',
            name='pictures',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rights.picturepermission'),
        ),
        migrations.AddField(
            model_name='request',
            name='reminder',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminds_of', to='rights.letter'),
        ),
        migrations.AddConstraint(
            model_name='ending',
            constraint=models.UniqueConstraint(fields=('piece', 'kind', 'picture'), name='one_ending_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('piece__isnull', False), ('original__isnull', False), _connector='OR'), name='a_hold_holds_something', violation_error_message='Name the piece or the original that is held.'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_hold_has_its_reason', violation_error_message='Say who demands the hold.'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True), ('piece__isnull', False)), fields=('piece',), name='one_standing_hold_a_piece'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True), ('original__isnull', False), ('piece__isnull', True)), fields=('original',), name='one_standing_hold_an_original'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'waiting']), ('sent_at__isnull', False), _connector='OR'), name='a_sent_letter_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('piece',), name='one_open_page_a_piece'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'change'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='a_change_is_described', violation_error_message='Say what should be changed.'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'refused']), _negated=True), models.Q(('answer', ''), _negated=True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='an_answer_is_filed', violation_error_message='File the answer: its words, or the mail or contract.'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['asked', 'silent', 'granted', 'refused']), _negated=True), ('asked_at__isnull', False), _connector='OR'), name='what_was_asked_has_its_time'),
        ),
    ]
