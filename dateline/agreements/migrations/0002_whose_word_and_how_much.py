import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0001_initial'),
        ('sources', '0002_watching_politely'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='agency',
            field=models.CharField(blank=True, help_text='where an agency speaks for what bears its mark', max_length=200, verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='author',
            field=models.CharField(blank=True, help_text='where an author speaks for what they signed alone', max_length=200, verbose_name='author'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='fee_amount',
            field=models.DecimalField(decimal_places=4, default=Decimal('0'), max_digits=12, verbose_name='amount'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='fee_currency',
            field=models.CharField(blank=True, help_text='ISO code, such as EUR', max_length=3, verbose_name='currency'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='fee_kind',
            field=models.CharField(choices=[('none', 'nothing'), ('piece', 'for each piece'), ('word', 'for each word'), ('month', 'a month, whatever is used')], default='none', max_length=8, verbose_name='fee'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='is_exclusive',
            field=models.BooleanField(default=False, verbose_name='to us alone'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='is_noncommercial',
            field=models.BooleanField(default=False, verbose_name='for non-commercial sites only'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='may_by_machine',
            field=models.BooleanField(default=False, help_text='although the source reserves that for itself', verbose_name='machines may read it'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='needs_approval',
            field=models.BooleanField(default=False, help_text='the gate waits for their yes to the very text', verbose_name='they approve each text'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='other_outlets',
            field=models.ManyToManyField(blank=True, related_name='shared_agreements', to='sources.outlet', verbose_name='also for the outlets'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='pieces_a_month',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='new pieces a month at most'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='revoked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='stay_days',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='days that a piece may stay'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='territory',
            field=models.JSONField(blank=True, default=list, help_text='ISO codes; empty means anywhere', verbose_name='countries of readers'),
        ),
        migrations.AlterField(
            model_name='agreement',
            name='outlet',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='sources.outlet', verbose_name='outlet'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('outlet__isnull', False), models.Q(('author', ''), _negated=True), models.Q(('agency', ''), _negated=True), _connector='OR'), name='agreement_is_with_somebody', violation_error_message='Say with whom: an outlet, an author or an agency.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('fee_kind', 'none'), models.Q(('fee_amount__gt', 0), models.Q(('fee_currency', ''), _negated=True)), _connector='OR'), name='a_fee_has_an_amount', violation_error_message="Give the fee's amount and its currency."),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('stay_days__isnull', True), ('stay_days__gt', 0), _connector='OR'), name='a_stay_has_a_day', violation_error_message='A piece that may not stay a day cannot be published.'),
        ),
    ]
