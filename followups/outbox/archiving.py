"""Rows that are over leave the outbox in small batches, and what is worth keeping of them stays in a table that nobody waits for.

Only mails to our own people: a letter stays, for its owner sees its life, and a second one to the same reader is told from it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection

from followups.models import ArchivedMail, OutboundEmail

BATCH = 500
OVER = sorted({*OutboundEmail.FINAL} - {"unknown"})
KEPT = ", ".join(field.column for field in ArchivedMail._meta.concrete_fields if not field.primary_key)
# One statement is one transaction: no row is ever in both tables or in none. Rows that somebody holds are left for the next time.
MOVE = f"""
    WITH old AS (
        SELECT id FROM followups_outboundemail
        WHERE finished_at < %s AND NOT to_third_party AND scrubbed_at IS NOT NULL AND status = ANY(%s)
        ORDER BY finished_at LIMIT %s FOR UPDATE SKIP LOCKED
    ), steps AS (
        DELETE FROM followups_outboundemailevent WHERE subject_id IN (SELECT id FROM old)
    ), gone AS (
        DELETE FROM followups_outboundemail WHERE id IN (SELECT id FROM old) RETURNING {KEPT}
    )
    INSERT INTO followups_archivedmail ({KEPT}) SELECT {KEPT} FROM gone
"""


def archive(now, *, batches=1):
    """Move what has been over for AFTERWORD_ARCHIVE_MAILS_DAYS, at most so many batches; how many mails went."""
    before, moved = now - timedelta(days=settings.AFTERWORD_ARCHIVE_MAILS_DAYS), 0
    for _batch in range(batches):
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [before, OVER, BATCH])
            went = cursor.rowcount
        moved += went
        if went < BATCH:
            break
    return moved


def archived(dedupe_key):
    """The mail under this key that left the outbox long ago, or None."""
    return ArchivedMail.objects.filter(dedupe_key=dedupe_key).first()
