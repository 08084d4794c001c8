from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('coaching', '0002_open_agendas')]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='given_reason',
            field=models.CharField(blank=True, default='', help_text='Why she moved or cancelled it, if she said so: for her coach, not for admins.', max_length=200),
            preserve_default=False,
        ),
    ]
