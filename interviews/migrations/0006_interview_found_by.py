from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interviews', '0005_evidence'),
    ]

    operations = [
        # A constant default: no row is rewritten, and those who read and write wait for a moment only.
        migrations.AddField(
            model_name='interview',
            name='found_by',
            field=models.TextField(blank=True, db_default='', default='', editable=False, help_text='Company, job and people, folded for the search.'),
        ),
    ]
