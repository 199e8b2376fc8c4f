import datetime
import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=270, unique=True, verbose_name='host')),
                ('free_at', models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ('holder', models.CharField(blank=True, max_length=40)),
                ('line_at', models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ('rests_until', models.DateTimeField(blank=True, null=True, verbose_name='wants to be left alone until')),
                ('crawl_delay_seconds', models.FloatField(default=0)),
                ('robots_text', models.TextField(blank=True)),
                ('robots_status', models.PositiveSmallIntegerField(default=0)),
                ('robots_trouble', models.CharField(blank=True, max_length=500)),
                ('robots_read_at', models.DateTimeField(blank=True, null=True)),
                ('robots_good_until', models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
            ],
            options={
                'verbose_name': 'host',
                'verbose_name_plural': 'hosts',
                'ordering': ('name',),
            },
        ),
        migrations.AddField(
            model_name='channel',
            name='categories',
            field=models.JSONField(blank=True, default=list, verbose_name='folders'),
        ),
        migrations.AddField(
            model_name='channel',
            name='former_addresses',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='former addresses'),
        ),
        migrations.AddField(
            model_name='channel',
            name='is_pushed',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='channel',
            name='is_slow',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='channel',
            name='last_new_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='last new piece'),
        ),
        migrations.AddField(
            model_name='channel',
            name='last_status',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='channel',
            name='pace_seconds',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='channel',
            name='parts',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='channel',
            name='read_since',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='channel',
            name='rules',
            field=models.JSONField(blank=True, default=dict, verbose_name='how it is read'),
        ),
        migrations.AddField(
            model_name='channel',
            name='skip_days',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='channel',
            name='skip_hours',
            field=models.JSONField(blank=True, default=list, editable=False),
        ),
        migrations.AddField(
            model_name='outlet',
            name='languages',
            field=models.JSONField(blank=True, default=list, help_text='all that it writes in, by their codes: fa, en, pt-BR', verbose_name='languages'),
        ),
        migrations.AddField(
            model_name='outlet',
            name='leaning',
            field=models.CharField(blank=True, help_text='as the desk sees it; for the desk only', max_length=160, verbose_name='leaning'),
        ),
        migrations.AddField(
            model_name='outlet',
            name='owner',
            field=models.CharField(blank=True, max_length=160, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='outlet',
            name='pictures',
            field=models.CharField(choices=[('never', 'never taken'), ('ask', 'asked for each time'), ('agreed', 'as agreed'), ('free', 'under a free licence')], default='ask', max_length=10, verbose_name='pictures'),
        ),
        migrations.AlterField(
            model_name='channel',
            name='address',
            field=models.CharField(max_length=1000, unique=True, verbose_name='address'),
        ),
        migrations.AlterField(
            model_name='channel',
            name='kind',
            field=models.CharField(choices=[('feed', 'feed'), ('sitemap', 'news sitemap'), ('page', 'page without a feed'), ('dateline', 'another Dateline'), ('mailbox', 'newsletter'), ('drop', 'delivery of files'), ('hand', 'by hand')], default='feed', max_length=20, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('role', models.CharField(blank=True, help_text='such as “rights desk”', max_length=160, verbose_name='role')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='phone')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('sort_order', models.PositiveIntegerField(default=0, editable=False)),
                ('outlet', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='sources.outlet', verbose_name='outlet')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ('sort_order', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='DirectoryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing', models.CharField(db_index=True, max_length=160, verbose_name='directory')),
                ('key', models.CharField(editable=False, max_length=64)),
                ('name', models.CharField(max_length=160, verbose_name='name in its own script')),
                ('name_here', models.CharField(blank=True, max_length=160, verbose_name='name as we write it')),
                ('kind', models.CharField(choices=[('newspaper', 'newspaper'), ('magazine', 'magazine'), ('broadcaster', 'broadcaster'), ('agency', 'news agency'), ('office', 'office or institution'), ('society', 'society or organisation'), ('blog', 'blog')], default='newspaper', max_length=20, verbose_name='kind')),
                ('home_url', models.CharField(blank=True, max_length=500, verbose_name='address')),
                ('country', models.CharField(blank=True, db_index=True, max_length=80, verbose_name='country or place')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('owner', models.CharField(blank=True, max_length=160, verbose_name='owner')),
                ('feeds', models.JSONField(blank=True, default=list, verbose_name='feeds')),
            ],
            options={
                'verbose_name': 'entry of a directory',
                'verbose_name_plural': 'entries of directories',
                'ordering': ('country', 'name', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('listing', 'key'), name='one_entry_a_key_of_a_listing')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hub', models.CharField(max_length=2000, verbose_name='hub')),
                ('topic', models.CharField(max_length=2000, verbose_name='topic')),
                ('token', models.CharField(editable=False, max_length=64, unique=True)),
                ('secret', models.CharField(editable=False, max_length=100)),
                ('state', models.CharField(choices=[('offered', 'offered by the feed'), ('asked', 'asked for'), ('active', 'active'), ('refused', 'refused by the hub'), ('unreliable', 'misses pieces')], default='offered', max_length=12, verbose_name='state')),
                ('ask_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='hub asked next')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='lease until')),
                ('active_since', models.DateTimeField(blank=True, null=True, verbose_name='active since')),
                ('last_push_at', models.DateTimeField(blank=True, null=True, verbose_name='last push')),
                ('missed', models.PositiveSmallIntegerField(default=0, verbose_name='missed')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                ('trouble', models.CharField(blank=True, max_length=500, verbose_name='what is wrong')),
                ('channel', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='subscription', to='sources.channel', verbose_name='channel')),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('outcome', models.CharField(choices=[('new', 'something new'), ('unchanged', 'nothing new'), ('trouble', 'trouble')], max_length=10, verbose_name='what came of it')),
                ('status', models.PositiveSmallIntegerField(default=0, verbose_name='status')),
                ('new', models.PositiveIntegerField(default=0, verbose_name='new pieces')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='bytes')),
                ('milliseconds', models.PositiveIntegerField(default=0, verbose_name='took')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in words')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='sources.channel')),
            ],
            options={
                'verbose_name': 'check',
                'verbose_name_plural': 'checks',
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['channel', 'at'], name='checks_of_a_channel')],
            },
        ),
        migrations.CreateModel(
            name='CheckDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day_date', models.DateField(db_index=True, verbose_name='day')),
                ('checks', models.PositiveIntegerField(default=0)),
                ('new', models.PositiveIntegerField(default=0)),
                ('troubles', models.PositiveIntegerField(default=0)),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='bytes')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_days', to='sources.channel')),
            ],
            options={
                'verbose_name': 'day of checks',
                'verbose_name_plural': 'days of checks',
                'ordering': ('-day_date',),
                'constraints': [models.UniqueConstraint(fields=('channel', 'day_date'), name='one_sum_a_channel_and_day')],
            },
        ),
        migrations.CreateModel(
            name='ImportedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('brought_at', models.DateTimeField(verbose_name='brought')),
                ('state', models.CharField(choices=[('looked-at', 'looked at'), ('adding', 'being added'), ('added', 'added')], default='looked-at', max_length=10, verbose_name='state')),
                ('lines', models.JSONField(default=list)),
                ('unusable', models.JSONField(default=list)),
                ('chosen', models.JSONField(default=list)),
                ('refused', models.JSONField(default=list)),
                ('total', models.PositiveIntegerField(default=0, verbose_name='channels to add')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='done')),
                ('added', models.PositiveIntegerField(default=0, verbose_name='added')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'imported list',
                'verbose_name_plural': 'imported lists',
                'ordering': ('-brought_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('done__lte', models.F('total'))), name='no_more_done_than_there_is'), models.CheckConstraint(condition=models.Q(('added__lte', models.F('done'))), name='no_more_added_than_done')],
            },
        ),
    ]
