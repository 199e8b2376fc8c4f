import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0001_initial'),
        ('sources', '0002_watching_politely'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Beat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('description', models.JSONField(verbose_name='description')),
                ('line', models.FloatField(default=0.5, verbose_name='line')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('background', models.JSONField(blank=True, default=dict, editable=False)),
                ('background_version', models.PositiveIntegerField(default=0, editable=False)),
                ('described_at', models.DateTimeField(verbose_name='described')),
            ],
            options={
                'verbose_name': 'beat',
                'verbose_name_plural': 'beats',
                'ordering': ('-is_active', 'name'),
            },
        ),
        migrations.CreateModel(
            name='BeatScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField(verbose_name='score')),
                ('is_over_the_line', models.BooleanField(verbose_name='over the line')),
                ('label_lines', models.TextField(blank=True, verbose_name='labels')),
                ('reasons', models.JSONField(blank=True, default=list, verbose_name='reasons')),
                ('version', models.PositiveIntegerField(verbose_name='version of the beat')),
                ('scored_at', models.DateTimeField(verbose_name='scored')),
            ],
            options={
                'verbose_name': 'score by the beat',
                'verbose_name_plural': 'scores by the beat',
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('retraction', 'taken back'), ('removed', 'removed'), ('correction', 'corrected'), ('headline', 'another headline'), ('update', 'rewritten or continued'), ('typo', 'small repair'), ('paywalled', 'closed behind payment'), ('moved', 'moved'), ('unreadable', 'cannot be read any more')], max_length=12, verbose_name='kind')),
                ('facts', models.JSONField(blank=True, default=list, verbose_name='facts')),
                ('passages', models.JSONField(blank=True, default=list, verbose_name='what differs')),
                ('weight', models.PositiveSmallIntegerField(default=0, verbose_name='weight')),
                ('found_at', models.DateTimeField(db_index=True, verbose_name='found')),
                ('state', models.CharField(choices=[('new', 'new'), ('seen', 'seen'), ('answered', 'answered')], db_index=True, default='new', max_length=10, verbose_name='state')),
                ('at', models.DateTimeField(blank=True, null=True, verbose_name='when')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='what was done')),
            ],
            options={
                'verbose_name': 'change at the source',
                'verbose_name_plural': 'changes at the source',
                'ordering': ('-found_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headline', models.CharField(max_length=500, verbose_name='headline')),
                ('standfirst', models.TextField(blank=True, verbose_name='standfirst')),
                ('authors', models.JSONField(blank=True, default=list, verbose_name='authors')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('body_html', models.TextField(verbose_name='body')),
                ('body_text', models.TextField(verbose_name='text')),
                ('reasons', models.JSONField(blank=True, default=list, verbose_name='why doubtful')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'corrected reading',
                'verbose_name_plural': 'corrected readings',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('letter', 'letter'), ('file', 'file'), ('post', 'sent by HTTP'), ('push', 'sent by a hub')], max_length=10, verbose_name='kind')),
                ('name', models.CharField(blank=True, max_length=500, verbose_name='name')),
                ('sender', models.CharField(blank=True, db_index=True, max_length=254, verbose_name='sender')),
                ('sender_name', models.CharField(blank=True, max_length=200, verbose_name="sender's name")),
                ('list_id', models.CharField(blank=True, db_index=True, max_length=250, verbose_name='list')),
                ('received_at', models.DateTimeField(db_index=True, verbose_name='received')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='hash')),
                ('size', models.PositiveBigIntegerField(verbose_name='bytes')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('read', 'read'), ('refused', 'refused'), ('unclaimed', 'of nobody we know')], db_index=True, default='waiting', max_length=10, verbose_name='state')),
                ('form', models.CharField(blank=True, max_length=20, verbose_name='format')),
                ('pieces', models.PositiveIntegerField(default=0, verbose_name='pieces')),
                ('new', models.PositiveIntegerField(default=0, verbose_name='new pieces')),
                ('remarks', models.TextField(blank=True, verbose_name='remarks')),
                ('trouble', models.TextField(blank=True, verbose_name='what is wrong')),
                ('path', models.CharField(blank=True, editable=False, max_length=1000)),
                ('receipt', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Drop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folder', models.SlugField(max_length=80, unique=True, verbose_name='folder')),
                ('token_sha256', models.CharField(editable=False, max_length=64, unique=True)),
            ],
            options={
                'verbose_name': 'drop',
                'verbose_name_plural': 'drops',
            },
        ),
        migrations.CreateModel(
            name='Fingerprint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whole', models.BigIntegerField(db_index=True)),
                ('host', models.CharField(max_length=253)),
                ('size', models.PositiveIntegerField()),
                ('sampled', models.BinaryField()),
                ('opening', models.BinaryField()),
                ('further', models.BinaryField()),
            ],
            options={
                'verbose_name': 'fingerprint',
                'verbose_name_plural': 'fingerprints',
            },
        ),
        migrations.CreateModel(
            name='FurtherPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='place')),
                ('url', models.CharField(max_length=2000, verbose_name='asked for')),
                ('final_url', models.CharField(max_length=2000, verbose_name='answered from')),
                ('status', models.PositiveSmallIntegerField(verbose_name='status')),
                ('headers', models.JSONField(blank=True, default=list, verbose_name='headers')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='hash')),
                ('size', models.PositiveIntegerField(verbose_name='bytes')),
            ],
            options={
                'verbose_name': 'further page',
                'verbose_name_plural': 'further pages',
                'ordering': ('snapshot', 'place'),
            },
        ),
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written', models.UUIDField(default=uuid.uuid4)),
                ('moved', models.UUIDField(default=uuid.uuid4)),
                ('engine', models.CharField(blank=True, max_length=40, verbose_name='engine')),
            ],
            options={
                'verbose_name': 'gathering',
                'verbose_name_plural': 'gatherings',
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_wanted', models.BooleanField(verbose_name='wanted')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'judgement',
                'verbose_name_plural': 'judgements',
            },
        ),
        migrations.CreateModel(
            name='LanguageMean',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=40, verbose_name='engine')),
                ('language', models.CharField(blank=True, max_length=20, verbose_name='language')),
                ('pieces', models.PositiveIntegerField(default=0, verbose_name='pieces')),
                ('packed', models.BinaryField()),
            ],
            options={
                'verbose_name': 'mean of a language',
                'verbose_name_plural': 'means of languages',
            },
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('exact', 'the same text'), ('re-issued', 'issued again by the same outlet'), ('near-duplicate', 'nearly the same text'), ('partial', 'a reprint in part')], max_length=20, verbose_name='kind')),
                ('containment', models.FloatField(verbose_name='share')),
                ('contained', models.CharField(max_length=5)),
                ('evidence', models.JSONField(blank=True, default=list, verbose_name='evidence')),
            ],
            options={
                'verbose_name': 'likeness',
                'verbose_name_plural': 'likenesses',
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=500, unique=True, verbose_name='address')),
                ('uid_validity', models.PositiveBigIntegerField(default=0, editable=False)),
                ('last_uid', models.PositiveBigIntegerField(default=0, editable=False)),
                ('last_read_at', models.DateTimeField(blank=True, null=True, verbose_name='last read')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures in a row')),
                ('trouble', models.CharField(blank=True, max_length=500, verbose_name='what is wrong')),
                ('trouble_since', models.DateTimeField(blank=True, null=True, verbose_name='wrong since')),
                ('next_read_at', models.DateTimeField(blank=True, null=True, verbose_name='next reading')),
            ],
            options={
                'verbose_name': 'mailbox',
                'verbose_name_plural': 'mailboxes',
                'ordering': ('address',),
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(choices=[('machine', 'by likeness'), ('person', 'by the desk')], default='machine', max_length=10, verbose_name='who put it there')),
                ('score', models.FloatField(default=0.0, verbose_name='nearness')),
                ('reasons', models.JSONField(blank=True, default=list, verbose_name='reasons')),
                ('told_at', models.DateTimeField(verbose_name='told')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
            },
        ),
        migrations.CreateModel(
            name='Particulars',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(blank=True, max_length=100, verbose_name='version')),
                ('status', models.CharField(choices=[('usable', 'usable'), ('withheld', 'withheld'), ('canceled', 'canceled by its publisher')], default='usable', max_length=10, verbose_name='status')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='stopped')),
                ('embargo_until', models.DateTimeField(blank=True, null=True, verbose_name='embargoed until')),
                ('language', models.CharField(blank=True, max_length=20, verbose_name='language')),
                ('rights', models.TextField(blank=True, verbose_name='terms of use')),
                ('note', models.TextField(blank=True, verbose_name='note to editors')),
                ('via_name', models.CharField(blank=True, max_length=200, verbose_name='first published by')),
                ('via_url', models.CharField(blank=True, max_length=2000, verbose_name='first published at')),
                ('pictures', models.JSONField(blank=True, default=list, verbose_name='pictures')),
            ],
            options={
                'verbose_name': 'particulars',
                'verbose_name_plural': 'particulars',
            },
        ),
        migrations.CreateModel(
            name='PointedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=1000, verbose_name='address')),
                ('final_url', models.CharField(max_length=2000, verbose_name='answered from')),
                ('content_type', models.CharField(blank=True, max_length=200)),
                ('packed', models.BinaryField()),
                ('fetched_at', models.DateTimeField(db_index=True, verbose_name='fetched')),
            ],
            options={
                'verbose_name': 'page to be pointed at',
                'verbose_name_plural': 'pages to be pointed at',
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('change', models.JSONField(verbose_name='change')),
                ('why', models.JSONField(verbose_name='why')),
                ('originals', models.JSONField(blank=True, default=list, verbose_name='follows from')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('accepted', 'accepted'), ('refused', 'refused')], default='proposed', max_length=10, verbose_name='state')),
                ('made_at', models.DateTimeField(verbose_name='proposed on')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided on')),
            ],
            options={
                'verbose_name': 'proposal to the beat',
                'verbose_name_plural': 'proposals to the beat',
                'ordering': ('-made_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hash', models.BigIntegerField()),
                ('host', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'run of words',
                'verbose_name_plural': 'runs of words',
            },
        ),
        migrations.CreateModel(
            name='SiteRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=253, verbose_name='site')),
                ('path_pattern', models.CharField(blank=True, help_text='for which pages of the site, such as /news/*; all of them where it is empty', max_length=200, verbose_name='paths')),
                ('headline', models.CharField(blank=True, max_length=2000, verbose_name='headline')),
                ('standfirst', models.CharField(blank=True, max_length=2000, verbose_name='standfirst')),
                ('author', models.CharField(blank=True, max_length=2000, verbose_name='author')),
                ('date', models.CharField(blank=True, max_length=2000, verbose_name='date')),
                ('body', models.CharField(blank=True, max_length=2000, verbose_name='body')),
                ('leave_out', models.JSONField(blank=True, default=list, verbose_name='blocks to leave out')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('made_at', models.DateTimeField(verbose_name='made')),
            ],
            options={
                'verbose_name': 'rule for a site',
                'verbose_name_plural': 'rules for sites',
                'ordering': ('host', 'path_pattern'),
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=500, verbose_name='title')),
                ('title_language', models.CharField(blank=True, max_length=20)),
                ('is_renamed', models.BooleanField(default=False, verbose_name='a person gave the title')),
                ('state', models.CharField(choices=[('open', 'open'), ('closed', 'closed'), ('merged', 'merged into another')], db_index=True, default='open', max_length=10, verbose_name='state')),
                ('is_pinned', models.BooleanField(default=False, verbose_name='pinned')),
                ('opened_at', models.DateTimeField(verbose_name='first piece')),
                ('last_at', models.DateTimeField(db_index=True, verbose_name='latest piece')),
                ('pieces', models.PositiveIntegerField(default=0, verbose_name='pieces')),
                ('outlets', models.PositiveIntegerField(default=0, verbose_name='outlets')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
                'ordering': ('-last_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='StoryCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('merge', 'merged'), ('split', 'split off'), ('move', 'moved'), ('pin', 'pinned'), ('unpin', 'unpinned'), ('rename', 'renamed')], max_length=10, verbose_name='what')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('payload', models.JSONField(verbose_name='what exactly')),
                ('after', models.PositiveBigIntegerField(default=0)),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
            ],
            options={
                'verbose_name': 'correction of a story',
                'verbose_name_plural': 'corrections of stories',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='TdmPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=260, unique=True, verbose_name='host')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('text', models.TextField(blank=True, verbose_name='what it says')),
            ],
            options={
                'verbose_name': 'policy of a host for machines',
                'verbose_name_plural': 'policies of hosts for machines',
            },
        ),
        migrations.CreateModel(
            name='Vector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=40, verbose_name='engine')),
                ('size', models.PositiveIntegerField(verbose_name='numbers')),
                ('packed', models.BinaryField()),
                ('language', models.CharField(blank=True, max_length=20)),
                ('said', models.JSONField(blank=True, default=dict)),
                ('has_text', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'vector',
                'verbose_name_plural': 'vectors',
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('next_look_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='next look')),
                ('looks', models.PositiveSmallIntegerField(default=0, verbose_name='looks')),
                ('looked_at', models.DateTimeField(blank=True, null=True, verbose_name='last looked at')),
                ('etag', models.CharField(blank=True, max_length=1000)),
                ('last_modified', models.CharField(blank=True, max_length=1000)),
                ('noise_sha256', models.CharField(blank=True, max_length=64)),
                ('misses', models.PositiveSmallIntegerField(default=0, verbose_name='looks in a row that missed it')),
                ('missed_as', models.CharField(blank=True, max_length=12, verbose_name='missed as')),
                ('trouble', models.CharField(blank=True, max_length=500, verbose_name='what is wrong')),
            ],
            options={
                'verbose_name': 'watch',
                'verbose_name_plural': 'watches',
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='content_html',
            field=models.TextField(blank=True, verbose_name='text that came with it'),
        ),
        migrations.AddField(
            model_name='entry',
            name='raw_sha256',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='original',
            name='canonical_url',
            field=models.CharField(blank=True, max_length=2000, verbose_name='canonical address'),
        ),
        migrations.AddField(
            model_name='original',
            name='is_paywalled',
            field=models.BooleanField(default=False, verbose_name='behind a paywall'),
        ),
        migrations.AddField(
            model_name='original',
            name='origins',
            field=models.JSONField(blank=True, default=dict, verbose_name='origins'),
        ),
        migrations.AddField(
            model_name='original',
            name='paywall_evidence',
            field=models.JSONField(blank=True, default=list, verbose_name='why we think so'),
        ),
        migrations.AddField(
            model_name='original',
            name='pictures',
            field=models.JSONField(blank=True, default=list, verbose_name='pictures'),
        ),
        migrations.AddField(
            model_name='original',
            name='section',
            field=models.CharField(blank=True, max_length=200, verbose_name='section at the outlet'),
        ),
        migrations.AddField(
            model_name='original',
            name='signals',
            field=models.JSONField(blank=True, default=list, verbose_name='licence and reservations'),
        ),
        migrations.AddField(
            model_name='original',
            name='word_count',
            field=models.PositiveIntegerField(default=0, verbose_name='words'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='packed_size',
            field=models.PositiveIntegerField(default=0, verbose_name='bytes in the store'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='state',
            field=models.CharField(choices=[('whole', 'whole'), ('thinning', 'being thinned out'), ('thinned', 'thinned out')], default='whole', max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='thinned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='thinned out'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='thinned_why',
            field=models.CharField(blank=True, choices=[('age', 'it was old, and nothing rested on it'), ('budget', 'the room for snapshots was used up')], max_length=10, verbose_name='why thinned out'),
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='fetched_at',
            field=models.DateTimeField(db_index=True, verbose_name='fetched'),
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='final_url',
            field=models.CharField(max_length=2000, verbose_name='answered from'),
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='url',
            field=models.CharField(max_length=2000, verbose_name='asked for'),
        ),
        migrations.AddIndex(
            model_name='original',
            index=models.Index(fields=['language', '-taken_at'], name='originals_in_a_language'),
        ),
        migrations.AddIndex(
            model_name='original',
            index=models.Index(fields=['outlet', '-taken_at'], name='originals_of_an_outlet'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['state', 'fetched_at'], name='snapshots_by_age'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'whole'), ('thinned_why', '')), models.Q(models.Q(('state', 'whole'), _negated=True), models.Q(('thinned_why', ''), _negated=True)), _connector='OR'), name='a_thinned_snapshot_says_why'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'thinned'), _negated=True), ('thinned_at__isnull', False), _connector='OR'), name='a_thinned_snapshot_says_when'),
        ),
        migrations.AddField(
            model_name='beat',
            name='described_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='beatscore',
            name='beat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='intake.beat'),
        ),
        migrations.AddField(
            model_name='beatscore',
            name='original',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='beat_scores', to='intake.original'),
        ),
        migrations.AddField(
            model_name='change',
            name='after',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='brought_by', to='intake.snapshot', verbose_name='after'),
        ),
        migrations.AddField(
            model_name='change',
            name='before',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changed_by', to='intake.snapshot', verbose_name='before'),
        ),
        migrations.AddField(
            model_name='change',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='change',
            name='original',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='intake.original', verbose_name='original'),
        ),
        migrations.AddField(
            model_name='correction',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='correction',
            name='original',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='correction', to='intake.original', verbose_name='original'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='channel',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='sources.channel', verbose_name='channel'),
        ),
        migrations.AddField(
            model_name='drop',
            name='channel',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='drop', to='sources.channel', verbose_name='channel'),
        ),
        migrations.AddField(
            model_name='fingerprint',
            name='original',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='fingerprint', to='intake.original'),
        ),
        migrations.AddField(
            model_name='furtherpage',
            name='snapshot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='further', to='intake.snapshot', verbose_name='snapshot'),
        ),
        migrations.AddField(
            model_name='judgement',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='judgement',
            name='original',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='judgement', to='intake.original'),
        ),
        migrations.AddConstraint(
            model_name='languagemean',
            constraint=models.UniqueConstraint(fields=('engine', 'language'), name='one_mean_a_language'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='earlier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repeated_by', to='intake.original', verbose_name='what it repeats'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='first',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.original', verbose_name='who had it first'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='original',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='likeness', to='intake.original', verbose_name='original'),
        ),
        migrations.AddField(
            model_name='membership',
            name='original',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='membership', to='intake.original', verbose_name='original'),
        ),
        migrations.AddField(
            model_name='particulars',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='particulars', to='intake.entry', verbose_name='entry'),
        ),
        migrations.AddField(
            model_name='pointedpage',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pointedpage',
            name='channel',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.channel', verbose_name='channel'),
        ),
        migrations.AddField(
            model_name='pointedpage',
            name='outlet',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.outlet', verbose_name='outlet'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='beat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='intake.beat'),
        ),
        migrations.AddField(
            model_name='proposal',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='run',
            name='fingerprint',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='intake.fingerprint'),
        ),
        migrations.AddField(
            model_name='siterule',
            name='from_original',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='intake.original', verbose_name='made from'),
        ),
        migrations.AddField(
            model_name='siterule',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='correction',
            name='rule',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='intake.siterule', verbose_name='rule for its site'),
        ),
        migrations.AddField(
            model_name='story',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='intake.story', verbose_name='now in'),
        ),
        migrations.AddField(
            model_name='membership',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='intake.story', verbose_name='story'),
        ),
        migrations.AddField(
            model_name='beatscore',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='beat_scores', to='intake.story'),
        ),
        migrations.AddField(
            model_name='storycorrection',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='storycorrection',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='corrections', to='intake.story'),
        ),
        migrations.AddField(
            model_name='storycorrection',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='vector',
            name='original',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vectors', to='intake.original', verbose_name='original'),
        ),
        migrations.AddField(
            model_name='watch',
            name='original',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='watch', to='intake.original', verbose_name='original'),
        ),
        migrations.AddConstraint(
            model_name='beat',
            constraint=models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('is_active',), name='one_active_beat'),
        ),
        migrations.AddConstraint(
            model_name='beat',
            constraint=models.CheckConstraint(condition=models.Q(('line__gt', 0), ('line__lt', 1)), name='a_beat_has_a_line'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'new'), ('at__isnull', False), _connector='OR'), name='a_seen_change_says_when'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='an_answered_change_says_how'),
        ),
        migrations.AddConstraint(
            model_name='furtherpage',
            constraint=models.UniqueConstraint(fields=('snapshot', 'place'), name='one_page_a_place'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(('original', models.F('earlier')), _negated=True), name='nothing_repeats_itself'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(('containment__gte', 0), ('containment__lte', 1)), name='a_share_is_within_one'),
        ),
        migrations.AddConstraint(
            model_name='particulars',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'usable'), ('stopped_at__isnull', True)), models.Q(models.Q(('status', 'usable'), _negated=True), ('stopped_at__isnull', False)), _connector='OR'), name='stopped_pieces_say_since_when'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(fields=('beat', 'key'), name='a_change_is_proposed_once'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_decided_proposal_has_its_time'),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(fields=['fingerprint'], name='runs_of_a_text'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(fields=('hash', 'fingerprint', 'host'), name='a_run_once_a_text'),
        ),
        migrations.AddConstraint(
            model_name='siterule',
            constraint=models.UniqueConstraint(fields=('host', 'path_pattern'), name='one_rule_a_site_and_path'),
        ),
        migrations.AddConstraint(
            model_name='siterule',
            constraint=models.CheckConstraint(condition=models.Q(('host', ''), _negated=True), name='a_rule_names_its_site'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='a_merged_story_says_into_which'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['story', 'told_at'], name='time_line_of_a_story'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['told_at'], name='members_by_time'),
        ),
        migrations.AddIndex(
            model_name='beatscore',
            index=models.Index(fields=['beat', 'is_over_the_line', '-score'], name='scores_by_the_line'),
        ),
        migrations.AddConstraint(
            model_name='beatscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('original__isnull', False), ('story__isnull', True)), models.Q(('original__isnull', True), ('story__isnull', False)), _connector='OR'), name='a_score_is_of_an_original_or_a_story'),
        ),
        migrations.AddConstraint(
            model_name='beatscore',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='a_score_is_from_0_to_1'),
        ),
        migrations.AddConstraint(
            model_name='beatscore',
            constraint=models.UniqueConstraint(fields=('beat', 'original'), name='one_score_an_original'),
        ),
        migrations.AddConstraint(
            model_name='beatscore',
            constraint=models.UniqueConstraint(fields=('beat', 'story'), name='one_score_a_story'),
        ),
        migrations.AddConstraint(
            model_name='vector',
            constraint=models.UniqueConstraint(fields=('engine', 'original'), name='one_vector_an_engine'),
        ),
    ]
