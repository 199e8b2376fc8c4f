from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('site', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='identity',
            name='republish_credit',
            field=models.CharField(blank=True, help_text='The link to the piece and the licence follow it. Empty: first published by us.', max_length=200, verbose_name='credit line of what others republish'),
        ),
        migrations.AddField(
            model_name='identity',
            name='republish_licence',
            field=models.CharField(blank=True, choices=[('', 'only who asks us'), ('CC0-1.0', 'CC0-1.0'), ('CC-BY-4.0', 'CC-BY-4.0'), ('CC-BY-SA-4.0', 'CC-BY-SA-4.0'), ('CC-BY-ND-4.0', 'CC-BY-ND-4.0'), ('CC-BY-NC-4.0', 'CC-BY-NC-4.0'), ('CC-BY-NC-SA-4.0', 'CC-BY-NC-SA-4.0'), ('CC-BY-NC-ND-4.0', 'CC-BY-NC-ND-4.0')], help_text='Under which licence. Reprints never; translations where their originals allow it.', max_length=20, verbose_name='others may republish our own pieces'),
        ),
        migrations.AddField(
            model_name='identity',
            name='two_pairs_of_eyes',
            field=models.BooleanField(default=False, help_text='Nothing goes out before somebody else than its writer has read it.', verbose_name='two pairs of eyes'),
        ),
    ]
