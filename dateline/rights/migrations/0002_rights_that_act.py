import dateline.rights.models.approval
import django.db.models.deletion
from decimal import Decimal
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
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('outlet', 'outlet'), ('author', 'author'), ('agency', 'agency'), ('translator', 'translator')], max_length=10, verbose_name='with')),
                ('key', models.CharField(editable=False, max_length=200)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, help_text="Empty: the outlet's contact, the translator's account.", max_length=254, verbose_name='statements go to')),
                ('language', models.CharField(blank=True, help_text="Empty: the party's own.", max_length=20, verbose_name='language of the statements')),
                ('sends_itself', models.BooleanField(default=False, help_text='When a month is over, without anybody pressing a button.', verbose_name='send by itself')),
                ('begins_on', models.DateField(verbose_name='from the month')),
            ],
            options={
                'verbose_name': 'account',
                'verbose_name_plural': 'accounts',
                'ordering': ('kind', 'name', 'pk'),
            },
        ),
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
                ('kind', models.CharField(choices=[('request', 'request for permission'), ('reminder', 'reminder'), ('approval', 'a text for approval'), ('account', 'statement of use'), ('reader', 'to a reader')], max_length=10, verbose_name='letter')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('to', models.EmailField(blank=True, max_length=254, verbose_name='to')),
                ('subject', models.CharField(max_length=300, verbose_name='subject')),
                ('body', models.TextField(verbose_name='letter')),
                ('attached_name', models.CharField(blank=True, max_length=120, verbose_name='attached file')),
                ('attached', models.TextField(blank=True, editable=False)),
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
                ('kind', models.CharField(choices=[('request', 'request for permission'), ('reminder', 'reminder'), ('approval', 'a text for approval'), ('account', 'statement of use')], max_length=10, verbose_name='letter')),
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
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contract', models.CharField(editable=False, max_length=60)),
                ('title', models.CharField(max_length=300, verbose_name='under')),
                ('month', models.DateField(verbose_name='for the month')),
                ('fee_kind', models.CharField(choices=[('none', 'nothing'), ('piece', 'for each piece'), ('word', 'for each word'), ('month', 'a month, whatever is used')], max_length=8, verbose_name='fee')),
                ('fee_amount', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='rate')),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('pieces', models.IntegerField(verbose_name='pieces')),
                ('words', models.IntegerField(verbose_name='words')),
                ('minor', models.BigIntegerField(verbose_name='amount in the smallest coin')),
            ],
            options={
                'verbose_name': 'line of a statement',
                'verbose_name_plural': 'lines of statements',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paid_on', models.DateField(verbose_name='paid on')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('minor', models.BigIntegerField(verbose_name='amount in the smallest coin')),
                ('reference', models.CharField(max_length=200, verbose_name='reference')),
                ('at', models.DateTimeField(verbose_name='noted')),
            ],
            options={
                'verbose_name': 'payment',
                'verbose_name_plural': 'payments',
                'ordering': ('paid_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fee_kind', models.CharField(choices=[('none', 'nothing'), ('piece', 'for each piece'), ('word', 'for each word'), ('month', 'a month, whatever is used')], max_length=8, verbose_name='fee')),
                ('amount', models.DecimalField(decimal_places=4, default=Decimal('0'), max_digits=12, verbose_name='amount')),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('starts_on', models.DateField(verbose_name='from the month')),
            ],
            options={
                'verbose_name': 'rate',
                'verbose_name_plural': 'rates',
                'ordering': ('starts_on',),
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
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('pieces', models.JSONField(default=list, verbose_name='pieces')),
                ('standing', models.PositiveIntegerField(default=0, verbose_name='pieces from before')),
                ('closed_at', models.DateTimeField(verbose_name='closed')),
            ],
            options={
                'verbose_name': 'statement of use',
                'verbose_name_plural': 'statements of use',
                'ordering': ('-month',),
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
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(fields=('kind', 'key'), name='one_account_a_party'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('begins_on__day', 1)), name='an_account_begins_with_a_month'),
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
            model_name='payment',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='rights.account'),
        ),
        migrations.AddField(
            model_name='payment',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rate',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rates', to='rights.account'),
        ),
        migrations.AddField(
            model_name='rate',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
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
        migrations.AddField(
            model_name='statement',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='rights.account'),
        ),
        migrations.AddField(
            model_name='statement',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statement',
            name='letter',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='rights.letter'),
        ),
        migrations.AddField(
            model_name='payment',
            name='statement',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='rights.statement'),
        ),
        migrations.AddField(
            model_name='line',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='rights.statement'),
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
            model_name='rate',
            constraint=models.UniqueConstraint(fields=('account', 'starts_on'), name='one_rate_a_month', violation_error_message='There is a rate from that month on already.'),
        ),
        migrations.AddConstraint(
            model_name='rate',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__day', 1)), name='a_rate_begins_with_a_month'),
        ),
        migrations.AddConstraint(
            model_name='rate',
            constraint=models.CheckConstraint(condition=models.Q(('fee_kind', 'none'), models.Q(('amount__gt', 0), models.Q(('currency', ''), _negated=True)), _connector='OR'), name='a_rate_has_an_amount', violation_error_message='Give the amount and its currency.'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'refused']), _negated=True), models.Q(('answer', ''), _negated=True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='an_answer_is_filed', violation_error_message='File the answer: its words, or the mail or contract.'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['asked', 'silent', 'granted', 'refused']), _negated=True), ('asked_at__isnull', False), _connector='OR'), name='what_was_asked_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.UniqueConstraint(fields=('account', 'month'), name='a_month_is_closed_once'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='a_statement_is_of_a_month'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('minor', 0), _negated=True), name='a_payment_has_an_amount', violation_error_message='Nothing was paid.'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('currency', ''), _negated=True), name='a_payment_has_a_currency'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('reference', ''), _negated=True), name='a_payment_has_a_reference'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(fields=('statement', 'contract', 'month'), name='a_contract_once_in_a_statement'),
        ),
    ]
