"""What other parts of the house register with the outbox: guards, followers and sources."""

import logging

from django.db import DatabaseError, transaction

from followups.models import Suppression
from followups.outbox.crypto import hashes_of

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
            produce(now)
        except DatabaseError:
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


def objection(row, address):
    """Why this mail must not go now, as a code; "" if nothing speaks against it. Every fact is read afresh."""
    if row.urgency != row.Urgency.ACCOUNT and Suppression.objects.filter(address_hash__in=hashes_of(address)).exists():
        return "suppressed"
    if row.recipient is not None and not row.recipient.is_active:
        return "recipient_gone"
    if row.to_third_party and (row.sender is None or not row.sender.is_active):
        return "sender_gone"
    still_wanted = _guards.get(row.kind)
    return still_wanted(row) if still_wanted else ""
