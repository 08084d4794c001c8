from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Interviews grow: the indexes are made while they are written.
    atomic = False

    dependencies = [
        ('interviews', '0008_index_found_by'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='interview',
            index=models.Index(fields=['ends_at'], name='interview_by_end'),
        ),
        AddIndexConcurrently(
            model_name='interview',
            index=models.Index(condition=models.Q(('decision_on__isnull', False)), fields=['decision_on'], name='interview_decided_on'),
        ),
    ]
