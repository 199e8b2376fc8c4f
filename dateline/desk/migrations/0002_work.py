import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0002_statements_and_corrections'),
        ('desk', '0001_initial'),
        ('intake', '0002_stories_beats_and_evidence'),
        ('sources', '0002_watching_politely'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=5000, verbose_name='comment')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='resolved')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='desk_comments', to='articles.article')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('original', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='desk_comments', to='intake.original')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='desk.comment')),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='DeskStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accepted', 'accepted'), ('ready', 'ready')], max_length=10, verbose_name='step')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='desk_steps', to='articles.article')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'step on the desk',
                'verbose_name_plural': 'steps on the desk',
            },
        ),
        migrations.CreateModel(
            name='Findable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headline', models.TextField()),
                ('text', models.TextField()),
                ('address', models.CharField(max_length=2000)),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('written_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('article', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findable', to='articles.article')),
                ('original', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='findable', to='intake.original')),
            ],
            options={
                'verbose_name': 'words to look through',
                'verbose_name_plural': 'words to look through',
            },
        ),
        migrations.CreateModel(
            name='Gist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('text', models.TextField(blank=True, verbose_name='gist')),
                ('machine', models.CharField(blank=True, max_length=40, verbose_name='machine')),
                ('trouble', models.CharField(blank=True, max_length=300, verbose_name='why there is none')),
                ('characters', models.PositiveIntegerField(default=0, verbose_name='characters asked')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gists', to='intake.original')),
            ],
            options={
                'verbose_name': 'gist',
                'verbose_name_plural': 'gists',
            },
        ),
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='idea')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='by when')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('accepted', 'accepted'), ('declined', 'declined')], db_index=True, default='proposed', max_length=10, verbose_name='state')),
                ('at', models.DateTimeField(verbose_name='proposed')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                ('article', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='idea', to='articles.article')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='language')),
                ('original', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ideas', to='intake.original', verbose_name='original')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.section', verbose_name='section')),
                ('who', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who writes it')),
            ],
            options={
                'verbose_name': 'idea',
                'verbose_name_plural': 'ideas',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='LabelRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=80, unique=True, verbose_name='label')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.section')),
            ],
            options={
                'verbose_name': 'route of a label',
                'verbose_name_plural': 'routes of labels',
                'ordering': ('label',),
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='seen')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='desk.comment')),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mention',
                'verbose_name_plural': 'mentions',
            },
        ),
        migrations.CreateModel(
            name='PressVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='place')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='articles.article')),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='intake.original')),
            ],
            options={
                'verbose_name': 'voice of a press review',
                'verbose_name_plural': 'voices of press reviews',
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('is_shared', models.BooleanField(default=False, verbose_name='for the whole desk')),
                ('made_at', models.DateTimeField(verbose_name='saved')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Seen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_seen', models.BooleanField(default=True, verbose_name='seen')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='intake.original')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'seen by',
                'verbose_name_plural': 'seen by',
            },
        ),
        migrations.CreateModel(
            name='SeenThrough',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('through_at', models.DateTimeField(verbose_name='seen until')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='seen_through', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'seen until',
                'verbose_name_plural': 'seen until',
            },
        ),
        migrations.CreateModel(
            name='StandingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(blank=True, max_length=20, verbose_name='language')),
                ('words', models.CharField(blank=True, help_text='all of them stand in the piece; a comma means “or”: harbour ferry, quay', max_length=300, verbose_name='words')),
                ('person', models.CharField(blank=True, max_length=160, verbose_name='signed by')),
                ('label', models.CharField(blank=True, max_length=80, verbose_name='label of the beat')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('looked_to', models.BigIntegerField(default=0, editable=False)),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='sources.outlet', verbose_name='outlet')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standing_rules', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'standing rule',
                'verbose_name_plural': 'standing rules',
                'ordering': ('made_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='seen')),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='intake.original')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='desk.standingrule')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headline', models.CharField(max_length=300, verbose_name='headline')),
                ('standfirst', models.TextField(blank=True, max_length=1000, verbose_name='standfirst')),
                ('text', models.TextField(max_length=200000, verbose_name='text')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note to the desk')),
                ('state', models.CharField(choices=[('handed-in', 'handed in'), ('returned', 'returned'), ('accepted', 'accepted'), ('declined', 'declined')], db_index=True, default='handed-in', max_length=10, verbose_name='state')),
                ('at', models.DateTimeField(verbose_name='handed in')),
                ('answer', models.TextField(blank=True, max_length=4000, verbose_name="the desk's answer")),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('article', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submission', to='articles.article')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to=settings.AUTH_USER_MODEL)),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='language')),
            ],
            options={
                'verbose_name': 'submission',
                'verbose_name_plural': 'submissions',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='SubmittedPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to='submissions/', verbose_name='file')),
                ('width', models.PositiveIntegerField(verbose_name='width')),
                ('height', models.PositiveIntegerField(verbose_name='height')),
                ('description', models.CharField(max_length=255, verbose_name='what can be seen')),
                ('credit', models.CharField(max_length=200, verbose_name='credit')),
                ('declared', models.CharField(choices=[('own', 'I made it myself'), ('granted', 'whoever made it allows it')], max_length=10, verbose_name='declared')),
                ('evidence', models.TextField(blank=True, max_length=4000, verbose_name='who allowed it, when and how')),
                ('picture', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submitted_as', to='articles.picture')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='desk.submission', verbose_name='submission')),
            ],
            options={
                'verbose_name': 'submitted picture',
                'verbose_name_plural': 'submitted pictures',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(choices=[('write', 'write'), ('translate', 'translate'), ('edit', 'edit'), ('check', 'check'), ('ask', 'ask for the rights')], max_length=10, verbose_name='what')),
                ('idea', models.CharField(blank=True, max_length=300, verbose_name='idea')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='by when')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='articles.article')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('original', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='intake.original')),
                ('who', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'ordering': ('-given_at', '-pk'),
                'permissions': [('view_own_work', 'Can see what was given to them')],
                'indexes': [models.Index(fields=['who', 'done_at', 'due_at'], name='assignments_of_somebody')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', False), ('idea', ''), ('original__isnull', True)), models.Q(('article__isnull', True), ('idea', ''), ('original__isnull', False)), models.Q(('article__isnull', True), ('original__isnull', True), models.Q(('idea', ''), _negated=True)), _connector='OR'), name='an_assignment_is_about_one_thing', violation_error_message='Say what it is about: an article, an original or an idea.'), models.UniqueConstraint(condition=models.Q(('article__isnull', False), ('done_at', None)), fields=('who', 'task', 'article'), name='one_open_assignment_of_an_article', violation_error_message='This person has this assignment already.'), models.UniqueConstraint(condition=models.Q(('done_at', None), ('original__isnull', False)), fields=('who', 'task', 'original'), name='one_open_assignment_of_an_original', violation_error_message='This person has this assignment already.')],
            },
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', False), ('original__isnull', True)), models.Q(('article__isnull', True), ('original__isnull', False)), _connector='OR'), name='a_comment_is_about_one_piece'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), ('resolved_at__isnull', True), _connector='OR'), name='only_threads_are_resolved'),
        ),
        migrations.AddConstraint(
            model_name='deskstep',
            constraint=models.UniqueConstraint(fields=('article', 'kind'), name='each_step_once'),
        ),
        migrations.AddConstraint(
            model_name='findable',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', False), ('original__isnull', True)), models.Q(('article__isnull', True), ('original__isnull', False)), _connector='OR'), name='findable_is_of_one_piece'),
        ),
        migrations.AddIndex(
            model_name='gist',
            index=models.Index(fields=['fingerprint', 'language'], name='gists_of_the_same_words'),
        ),
        migrations.AddConstraint(
            model_name='gist',
            constraint=models.UniqueConstraint(fields=('original', 'language'), name='one_gist_a_language'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('comment', 'who'), name='mentioned_once'),
        ),
        migrations.AddConstraint(
            model_name='pressvoice',
            constraint=models.UniqueConstraint(fields=('article', 'original'), name='each_voice_once'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('by', 'name'), name='one_filter_of_a_name'),
        ),
        migrations.AddConstraint(
            model_name='seen',
            constraint=models.UniqueConstraint(fields=('original', 'user'), name='seen_once_by_each'),
        ),
        migrations.AddConstraint(
            model_name='standingrule',
            constraint=models.CheckConstraint(condition=models.Q(('outlet__isnull', False), models.Q(('label', ''), ('language', ''), ('person', ''), ('words', ''), _negated=True), _connector='OR'), name='a_rule_says_something', violation_error_message='Fill in at least one thing to look for.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('rule', 'original'), name='told_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'handed-in'), ('answered_at__isnull', False), _connector='OR'), name='an_answered_submission_says_when'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['returned', 'declined']), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='who_gets_it_back_is_told_why', violation_error_message='Say why it does not go out like this.'),
        ),
        migrations.AddConstraint(
            model_name='submittedpicture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('declared', 'granted'), _negated=True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='submitted_grant_has_evidence', violation_error_message='Say who allowed it, when and how.'),
        ),
    ]
