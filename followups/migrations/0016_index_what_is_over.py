from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # Events and the outbox grow: the indexes are made while they are written.
    atomic = False

    dependencies = [
        ('followups', '0015_outbox_to_archive'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='noteevent',
            index=models.Index(condition=models.Q(('new__in', ('sent_by_self', 'skipped', 'expired'))), fields=['at'], name='note_event_overtaken'),
        ),
        AddIndexConcurrently(
            model_name='outboundemail',
            index=models.Index(condition=models.Q(('status', 'sent'), models.Q(('sent_at', None), ('code', None), ('code__lt', 200), ('code__gte', 300), _connector='OR')), fields=['id'], name='outbound_email_sent_unseen'),
        ),
    ]
