"""What other parts of the house register with the outbox: guards, followers and sources."""

import logging

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, transaction

from followups.models import LetterPause, MailPause, Suppression
from followups.outbox.waking import awake

logger = logging.getLogger(__name__)

_guards = {}
_followers = {}
_sources = []


def register_guard(kind, still_wanted):
    """Ask `still_wanted(row)` right before each hand-over of this kind: "" sends it, a reason code stops it for good."""
    _guards[kind] = still_wanted


def register_follower(kind, follow):
    """Call `follow(row, old, new)` in the transaction of each change of state of a mail of this kind."""
    _followers[kind] = follow


def register_source(name, produce):
    """Call `produce(now)` at the start of each pass: it may queue what has become due."""
    _sources.append((name, produce))


def run_sources(now):
    """Let each source produce; one that fails is logged and keeps nobody's mail back."""
    for name, produce in _sources:
        try:
            with awake():
                produce(now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("outbox_source_failed source=%s error=%s", name, type(error).__name__)


def is_followed(row):
    return row.kind in _followers


def tell_follower(row, old, new):
    """Tell the follower of this kind. False if it failed: its own writes are undone, the mail's state is the caller's choice."""
    follow = _followers.get(row.kind)
    if follow is None:
        return True
    try:
        with transaction.atomic():
            follow(row, old, new)
    except Exception as error:
        logger.exception("outbox_follower_failed kind=%s new=%s error=%s", row.kind, new, type(error).__name__)
        return False
    return True


def is_guarded(row):
    return row.kind in _guards


def ask_guard(row):
    """What the guard of its kind has against it, as a code; "" if nothing, or if there is no guard."""
    still_wanted = _guards.get(row.kind)
    return still_wanted(row) if still_wanted else ""


# The two objections that pass: the letter waits, or every mail does.
PAUSED = "paused"
ALL_PAUSED = "all_paused"
# The one mail to a closed account: when it will be deleted, and how to undo that.
TO_CLOSED = "account_deletion"
# What holds for every kind, read afresh in the very statement that marks rows as being handed over. Its parameters are
# those of `hashes_by_row`.
NOTHING_AGAINST_IT = """
    AND NOT EXISTS (SELECT FROM followups_mailpause WHERE ended_at IS NULL)
    AND (urgency = 0 OR NOT EXISTS (
        SELECT FROM followups_suppression
        JOIN unnest(%s::bigint[], %s::text[]) AS hashed (row_id, hash) ON address_hash = hash
        WHERE row_id = followups_outboundemail.id
    ))
    AND (NOT to_third_party OR sender_id IS NOT NULL)
    AND (NOT to_third_party OR NOT EXISTS (SELECT FROM followups_letterpause WHERE ended_at IS NULL))
    AND (kind = 'account_deletion' OR NOT EXISTS (
        SELECT FROM accounts_user person
        WHERE NOT is_active AND (person.id = recipient_id OR (to_third_party AND person.id = sender_id))
    ))
"""


def hashes_by_row(hashes):
    """The parameters of NOTHING_AGAINST_IT, from the hashes of the addresses by the rows' ids."""
    pairs = [(pk, one) for pk, several in hashes.items() for one in several]
    return [pk for pk, _ in pairs], [one for _, one in pairs]


def objection(row, hashes):
    """Which of the conditions of NOTHING_AGAINST_IT does not hold, as a code; "" if all do."""
    if MailPause.objects.filter(ended_at=None).exists():
        return ALL_PAUSED
    if row.urgency != row.Urgency.ACCOUNT and Suppression.objects.filter(address_hash__in=hashes).exists():
        return "suppressed"
    if row.kind == TO_CLOSED:
        return ""
    people = {row.recipient_id, row.sender_id if row.to_third_party else None} - {None}
    gone = set(get_user_model().objects.filter(pk__in=people, is_active=False).values_list("pk", flat=True))
    if row.recipient_id in gone:
        return "recipient_gone"
    if not row.to_third_party:
        return ""
    if row.sender_id is None or row.sender_id in gone:
        return "sender_gone"
    return PAUSED if LetterPause.objects.filter(ended_at=None).exists() else ""
