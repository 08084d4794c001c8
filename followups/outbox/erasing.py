"""Forgetting a person in the outbox. Rows stay, bare: that a mail was, when it went and what the server said; not whose, to whom or what about.

Punctuality counts them, and a Message-ID that was used stays used.
"""

import email
import email.policy
import re

from django.db.models import Q

from followups.models import ArchivedMail, OutboundEmail
from followups.outbox import later
from followups.outbox.clock import database_now
from followups.outbox.crypto import unseal
from followups.outbox.rows import move

Status = OutboundEmail.Status
REASON = "erased"
_MOVING = (Status.QUEUED, Status.CLAIMED, Status.HANDING_OVER)


def is_handing_over_letters(person):
    """Whether the mail server has a letter of theirs in hand at this moment. Holds the rows, so that none begins meanwhile."""
    letters = OutboundEmail.objects.filter(sender=person, to_third_party=True, status__in=[*_MOVING])
    return Status.HANDING_OVER in list(
        letters.order_by("pk").select_for_update(no_key=True).values_list("status", flat=True)
    )


def forget_person(person):
    """Mails in this person's name and to them; and of mails to staff those that name them."""
    ArchivedMail.objects.filter(recipient=person).delete()
    _bare(OutboundEmail.objects.filter(Q(sender=person, to_third_party=True) | Q(recipient=person)))
    OutboundEmail.objects.filter(sender=person).update(sender=None)
    _forget_mentions(person)


def forget_subjects(ids):
    """Mails about records with these public ids, whosever they are."""
    _bare(OutboundEmail.objects.filter(subject_id__in=ids))
    ArchivedMail.objects.filter(subject_id__in=ids).update(subject_type="", subject_id=None, dedupe_key=None)


def _bare(rows):
    now = database_now()
    ends = {Status.QUEUED: Status.CANCELLED, Status.CLAIMED: Status.CANCELLED, Status.UNKNOWN: Status.CANCELLED}
    for row in rows.filter(status__in=ends).order_by("pk").select_for_update(no_key=True):
        move(row, ends[row.status], at=now, reason=REASON)
    rows.update(
        sender=None,
        recipient=None,
        to_address_encrypted=None,
        message_encrypted=None,
        to_address_hash="",
        content_hash="",
        subject_type="",
        subject_id=None,
        dedupe_key=None,
        scrubbed_at=now,
    )


def _forget_mentions(person):
    """What was told to coaches and admins about them. What is still to go is forgotten once it went."""
    told = OutboundEmail.objects.filter(message_encrypted__isnull=False, to_third_party=False)
    told = told.exclude(recipient__is_candidate=True).only("pk", "message_encrypted")
    names = re.compile("|".join(re.escape(word) for word in _names(person)), re.IGNORECASE)
    about = [row.pk for row in told.iterator() if names.search(_words_of(row))]
    rows = OutboundEmail.objects.filter(pk__in=about)
    rows.filter(status__in=OutboundEmail.FINAL).update(
        to_address_encrypted=None, message_encrypted=None, scrubbed_at=database_now()
    )
    rows.exclude(status__in=OutboundEmail.FINAL).update(is_secret=True)


def _names(person):
    return {word for word in (person.email, person.name, person.get_short_name()) if word}


def _words_of(row):
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 -- as in accounts/keys.py

    try:
        content = unseal(row.message_encrypted)
        if later.holds_facts(content):
            return content.decode()
        message = email.message_from_bytes(content, policy=email.policy.default)
        parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    except (InvalidToken, LookupError, ValueError):
        return ""
    return "\n".join([str(message["Subject"]), *map(str, parts)])
