"""The outbox: every mail is first a row, written in the transaction that causes it. Celery and SMTP only act on rows.

`queue` writes one; `pump` hands over what is due, from a Celery task or from `manage.py pump_outbox` alike. Letters to
third parties go at most once by the machine, mail to our own people at least once, always under the same Message-ID.
"""

from followups.outbox.crypto import address_of, hashes_of
from followups.outbox.guards import register_follower, register_guard, register_source
from followups.outbox.limits import against_address, against_letters, letters_open
from followups.outbox.passes import beat, pump
from followups.outbox.readiness import oldest_due, pump_age, ran_since
from followups.outbox.rows import cancel, draft, queue, queue_drafts, resolve_unknown, retry, suppress
from followups.outbox.waking import wake

__all__ = [
    "address_of",
    "against_address",
    "against_letters",
    "beat",
    "cancel",
    "draft",
    "hashes_of",
    "letters_open",
    "oldest_due",
    "pump",
    "pump_age",
    "queue",
    "queue_drafts",
    "ran_since",
    "register_follower",
    "register_guard",
    "register_source",
    "resolve_unknown",
    "retry",
    "suppress",
    "wake",
]
