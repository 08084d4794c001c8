from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Reviews grow: the indexes are made while they are written.
    atomic = False

    dependencies = [
        ('coaching', '0014_slots_proposed_and_deadlines'),
    ]

    operations = [
        RemoveIndexConcurrently(
            model_name='review',
            name='review_by_time',
        ),
        RemoveIndexConcurrently(
            model_name='review',
            name='review_at_desk',
        ),
        AddIndexConcurrently(
            model_name='review',
            index=models.Index(condition=models.Q(('on_desk', True), ('status', 'open')), fields=['answer_by', 'id'], name='review_of_desk'),
        ),
        AddIndexConcurrently(
            model_name='review',
            index=models.Index(condition=models.Q(('status', 'open')), fields=['answer_by', 'id'], name='review_overdue'),
        ),
    ]
