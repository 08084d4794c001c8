from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('coaching', '0015_index_open_reviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('all', models.JSONField(help_text='coaching.figures.Figures, without the coach; the median in seconds.')),
                ('weeks', models.JSONField(help_text='[Monday, in time, without] of each week, the latest first.')),
            ],
        ),
    ]
