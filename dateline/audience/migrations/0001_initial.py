import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('rights', '0002_rights_that_act'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReaderLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('error', 'an error in a piece'), ('reply', 'a right of reply'), ('access', 'their data: what we have'), ('erasure', 'their data: erase it'), ('rectify', 'their data: put it right')], max_length=10, verbose_name='about')),
                ('state', models.CharField(choices=[('new', 'new'), ('taken', 'taken'), ('answered', 'answered'), ('closed', 'closed without an answer')], default='new', max_length=10, verbose_name='state')),
                ('language', models.CharField(max_length=20, verbose_name='language')),
                ('piece', models.UUIDField(blank=True, db_index=True, null=True, verbose_name='piece')),
                ('about', models.CharField(blank=True, max_length=500, verbose_name='address of the piece')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('text', models.TextField(max_length=8000, verbose_name='letter')),
                ('at', models.DateTimeField(verbose_name='came')),
                ('answer_by', models.DateField(blank=True, null=True, verbose_name='answer by')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='answered or closed')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why it was closed')),
                ('passed_on_at', models.DateTimeField(blank=True, null=True, verbose_name='passed on to the editors')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('letter', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reader_letter', to='rights.letter')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': "reader's letter",
                'verbose_name_plural': "readers' post",
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['state', 'answer_by'], name='readers_post_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), _negated=True), ('done_at__isnull', True), _connector='OR'), name='a_letter_that_is_taken_is_not_done'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['answered', 'closed']), _negated=True), ('done_at__isnull', False), _connector='OR'), name='a_letter_that_is_done_has_its_time'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('answer', ''), ('email', ''), ('letter__isnull', True), ('name', ''), ('text', '')), _connector='OR'), name='an_erased_letter_says_nothing_of_its_writer')],
            },
        ),
    ]
