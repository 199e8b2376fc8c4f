import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_stories_beats_and_evidence'),
        ('translation', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ignored',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_name', models.CharField(max_length=40, verbose_name='check')),
                ('key', models.CharField(max_length=64)),
                ('said', models.CharField(max_length=500, verbose_name='finding')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('text_digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'ignored finding',
                'verbose_name_plural': 'ignored findings',
                'ordering': ('at',),
            },
        ),
        migrations.CreateModel(
            name='MemoryImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('file', models.FileField(blank=True, upload_to='memories/', verbose_name='file')),
                ('form', models.CharField(max_length=10, verbose_name='format')),
                ('state', models.CharField(choices=[('reading', 'being read'), ('sorting', 'being sorted in'), ('ready', 'ready'), ('failed', 'not readable'), ('purging', 'being taken out')], default='reading', max_length=10, verbose_name='state')),
                ('source_language', models.CharField(blank=True, max_length=20, verbose_name='from')),
                ('language', models.CharField(blank=True, max_length=20, verbose_name='into')),
                ('scope', models.CharField(default='imported', max_length=10, verbose_name='offered to')),
                ('desk', models.CharField(blank=True, max_length=150, verbose_name='desk')),
                ('penalty', models.PositiveSmallIntegerField(default=0, verbose_name='taken off the score')),
                ('licence', models.CharField(blank=True, max_length=200, verbose_name='licence')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='entries read')),
                ('added', models.PositiveIntegerField(default=0, verbose_name='units')),
                ('passed_over', models.PositiveIntegerField(default=0, verbose_name='passed over')),
                ('trouble', models.CharField(blank=True, max_length=500, verbose_name='what is wrong')),
                ('at', models.DateTimeField(verbose_name='brought')),
            ],
            options={
                'verbose_name': 'imported memory',
                'verbose_name_plural': 'imported memories',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='MemoryNews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
                ('unit', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='MemoryPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_language', models.CharField(max_length=20)),
                ('language', models.CharField(max_length=20)),
                ('version', models.PositiveIntegerField(default=0)),
                ('runs', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'language pair',
                'verbose_name_plural': 'language pairs',
            },
        ),
        migrations.CreateModel(
            name='MemoryPosting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
                ('run', models.PositiveIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('ids', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='How the desk refers to it; unique.', max_length=200, verbose_name='what it is')),
                ('definition', models.TextField(blank=True, verbose_name='what it means')),
                ('domain', models.CharField(blank=True, help_text='such as law, places, persons', max_length=100, verbose_name='field')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='where this is from')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
            ],
            options={
                'verbose_name': 'term',
                'verbose_name_plural': 'glossary',
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='TermForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('form', models.CharField(max_length=300, verbose_name='form')),
                ('status', models.CharField(choices=[('preferred', 'to be used'), ('allowed', 'may be used'), ('forbidden', 'not to be used'), ('keep', 'stays as it is')], default='preferred', max_length=10, verbose_name='status')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='where this is from')),
            ],
            options={
                'verbose_name': 'form of a term',
                'verbose_name_plural': 'forms of terms',
                'ordering': ('language', 'status', 'form'),
            },
        ),
        migrations.CreateModel(
            name='TermIdea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('was', models.CharField(max_length=300, verbose_name='a machine wrote')),
                ('became', models.CharField(max_length=300, verbose_name='editors wrote')),
                ('times', models.PositiveIntegerField(verbose_name='how often')),
                ('example', models.TextField(blank=True, verbose_name='an example')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('accepted', 'accepted'), ('dismissed', 'dismissed')], default='waiting', max_length=10, verbose_name='state')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'idea for the glossary',
                'verbose_name_plural': 'ideas for the glossary',
                'ordering': ('-times', 'became'),
            },
        ),
        migrations.RemoveIndex(
            model_name='memoryunit',
            name='memory_exact',
        ),
        migrations.RemoveField(
            model_name='memoryunit',
            name='source_hash',
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='after_key',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='article',
            field=models.UUIDField(blank=True, null=True, verbose_name='article'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='before_key',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='class_key',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='codes',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='desk',
            field=models.CharField(blank=True, max_length=150, verbose_name='desk'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='document',
            field=models.CharField(blank=True, max_length=300, verbose_name='document'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='is_machine_text',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='licence',
            field=models.CharField(blank=True, max_length=200, verbose_name='licence'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='penalty',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='taken off the score'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='person',
            field=models.CharField(blank=True, max_length=200, verbose_name='translator'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='quality',
            field=models.CharField(choices=[('unknown', 'nobody that we know'), ('approved', 'its translator'), ('reviewed', 'a second person'), ('doubtful', 'doubtful')], default='approved', max_length=10, verbose_name='looked at by'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='scope',
            field=models.CharField(choices=[('site', 'everybody'), ('desk', 'one desk'), ('person', 'one person'), ('imported', 'everybody, as imported')], default='site', max_length=10, verbose_name='offered to'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='source_key',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='ignored',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ignored',
            name='segment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ignored', to='translation.segment'),
        ),
        migrations.AddField(
            model_name='memoryimport',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='brought_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='units', to='translation.memoryimport'),
        ),
        migrations.AddConstraint(
            model_name='memorypair',
            constraint=models.UniqueConstraint(fields=('source_language', 'language'), name='one_memory_a_pair'),
        ),
        migrations.AddField(
            model_name='memorynews',
            name='pair',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='translation.memorypair'),
        ),
        migrations.AddField(
            model_name='memoryunit',
            name='pair',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='translation.memorypair'),
        ),
        migrations.AddIndex(
            model_name='memoryunit',
            index=models.Index(fields=['pair', 'source_key'], name='memory_same'),
        ),
        migrations.AddIndex(
            model_name='memoryunit',
            index=models.Index(fields=['pair', 'class_key'], name='memory_class'),
        ),
        migrations.AddField(
            model_name='memoryposting',
            name='pair',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='translation.memorypair'),
        ),
        migrations.AddField(
            model_name='term',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='termform',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forms', to='translation.term', verbose_name='term'),
        ),
        migrations.AddField(
            model_name='termidea',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='ignored',
            constraint=models.UniqueConstraint(fields=('segment', 'key', 'text_digest'), name='ignored_once'),
        ),
        migrations.AddConstraint(
            model_name='ignored',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ignored_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='memorynews',
            constraint=models.UniqueConstraint(fields=('pair', 'key', 'unit'), name='one_news_a_key_and_unit'),
        ),
        migrations.AddConstraint(
            model_name='memoryposting',
            constraint=models.UniqueConstraint(fields=('pair', 'key', 'run'), name='one_list_a_key_and_run'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_term_a_name'),
        ),
        migrations.AddIndex(
            model_name='termform',
            index=models.Index(fields=['language'], name='term_forms_of_a_language'),
        ),
        migrations.AddConstraint(
            model_name='termform',
            constraint=models.UniqueConstraint(fields=('term', 'language', 'form'), name='one_form_a_term'),
        ),
        migrations.AddConstraint(
            model_name='termform',
            constraint=models.CheckConstraint(condition=models.Q(('form', ''), _negated=True), name='a_form_has_letters'),
        ),
        migrations.AddConstraint(
            model_name='termidea',
            constraint=models.UniqueConstraint(fields=('language', 'was', 'became'), name='one_idea_a_change'),
        ),
    ]
