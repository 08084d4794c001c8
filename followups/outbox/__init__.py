"""The outbox: every mail is first a row, written in the transaction that causes it. Celery and SMTP only act on rows.

`queue` writes one; `pump` hands over what is due, from a Celery task or from `manage.py pump_outbox` alike. Letters to
third parties go at most once by the machine, mail to our own people at least once, always under the same Message-ID.
"""

from followups.outbox.archiving import archive
from followups.outbox.claims import forget_unsent
from followups.outbox.crypto import address_of, hashes_of
from followups.outbox.guards import register_follower, register_guard, register_source
from followups.outbox.later import finished, register_writer
from followups.outbox.letters import answer_link, register_letter, titles_of
from followups.outbox.letters import resolve as resolve_letter
from followups.outbox.limits import against_address, against_letters, is_paused, letters_open
from followups.outbox.passes import beat, pump
from followups.outbox.pauses import mail_pause, pause_letters, pause_mail, resume_letters, resume_mail
from followups.outbox.readiness import oldest_due, pump_age, ran_since
from followups.outbox.restored import look_through, settle, words_of_restore
from followups.outbox.rows import cancel, cancel_one, draft, queue, queue_drafts, queue_told, resolve_unknown, retry
from followups.outbox.suppressions import changes_of, lift_suppression, suppress, suppression_of
from followups.outbox.waking import wake, wake_exports

__all__ = [
    "address_of",
    "against_address",
    "against_letters",
    "answer_link",
    "archive",
    "beat",
    "cancel",
    "cancel_one",
    "changes_of",
    "draft",
    "finished",
    "forget_unsent",
    "hashes_of",
    "is_paused",
    "letters_open",
    "lift_suppression",
    "look_through",
    "mail_pause",
    "oldest_due",
    "pause_letters",
    "pause_mail",
    "pump",
    "pump_age",
    "queue",
    "queue_drafts",
    "queue_told",
    "ran_since",
    "register_follower",
    "register_guard",
    "register_letter",
    "register_source",
    "register_writer",
    "resolve_letter",
    "resolve_unknown",
    "resume_letters",
    "resume_mail",
    "retry",
    "settle",
    "suppress",
    "suppression_of",
    "titles_of",
    "wake",
    "wake_exports",
    "words_of_restore",
]
