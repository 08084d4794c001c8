import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('interviews', '0007_fill_found_by'),
    ]

    operations = [
        # pg_trgm is trusted: the owner of the database may create it without being a superuser. On the way back it stays,
        # because it may have been there before, or belong to somebody else.
        migrations.RunSQL('CREATE EXTENSION IF NOT EXISTS pg_trgm', migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name='interview',
            index=django.contrib.postgres.indexes.GinIndex(fields=['found_by'], name='interview_found_by', opclasses=['gin_trgm_ops']),
        ),
    ]
