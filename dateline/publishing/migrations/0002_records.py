from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PieceDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.UUIDField(db_index=True, verbose_name='article')),
                ('is_alone', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'article to be made again',
                'verbose_name_plural': 'articles to be made again',
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('piece', models.UUIDField(db_index=True, verbose_name='article')),
                ('event', models.CharField(max_length=20, verbose_name='what happened')),
                ('line', models.TextField(verbose_name='record')),
                ('sha256', models.CharField(max_length=64, verbose_name='hash')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'record',
                'verbose_name_plural': 'records',
                'ordering': ('number',),
            },
        ),
    ]
