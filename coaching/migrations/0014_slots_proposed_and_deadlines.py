from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Slots and reviews grow: the indexes are made while they are written.
    atomic = False

    dependencies = [
        ('coaching', '0013_change_of_a_slot'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='mockslot',
            index=models.Index(condition=models.Q(('status', 'proposed')), fields=['starts_at', 'id'], name='slot_proposed'),
        ),
        AddIndexConcurrently(
            model_name='review',
            index=models.Index(fields=['answer_by'], name='review_by_deadline'),
        ),
    ]
