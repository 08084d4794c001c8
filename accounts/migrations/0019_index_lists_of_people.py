from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # People are many: the indexes are made while they are written.
    atomic = False

    dependencies = [
        ('accounts', '0018_hints_put_away'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='user',
            index=models.Index(condition=models.Q(('erased_at', None)), fields=['-joined_at', '-id'], name='user_for_list'),
        ),
        AddIndexConcurrently(
            model_name='user',
            index=models.Index(condition=models.Q(('is_coach', True)), fields=['name', 'id'], name='user_coaches'),
        ),
        AddIndexConcurrently(
            model_name='user',
            index=models.Index(condition=models.Q(('erased_at__isnull', False)), fields=['id'], name='user_erased'),
        ),
    ]
