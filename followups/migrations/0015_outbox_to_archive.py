from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # The outbox grows: its index is made while mails are written.
    atomic = False

    dependencies = [
        ('followups', '0014_archived_mails'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='outboundemail',
            index=models.Index(condition=models.Q(('scrubbed_at__isnull', False), ('to_third_party', False)), fields=['finished_at'], name='outbound_email_to_archive'),
        ),
    ]
