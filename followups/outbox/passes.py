"""One pass of the pump: what is due goes out. Run by Celery, by `pump_outbox`, or by both at once."""

import contextlib
import logging
import random
from collections import deque
from datetime import timedelta
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, transaction

from followups.models import Heartbeat, OutboundEmail
from followups.outbox import claims, crash, guards
from followups.outbox.clock import Clock
from followups.outbox.crypto import address_of, hashes_of, unseal
from followups.outbox.rows import after_quiet_hours, move
from followups.outbox.smtp import Channel

logger = logging.getLogger(__name__)
Status = OutboundEmail.Status
FIRST_WAIT, LONGEST_WAIT = 10, 1800  # seconds
GIVE_UP_AFTER = 3  # broken lines in a row: then the server is at fault, not the mails


def pump(*, limit=200, now=None, stopping=lambda: False):
    """Hand over up to `limit` due mails; the number accepted. `stopping()` ends it after the mail in hand."""
    clock = Clock(now)
    beat("pump", clock())
    guards.run_sources(clock())
    claims.recover(clock())
    claims.give_up(clock())
    claims.scrub(clock())
    accepted = taken = 0
    with Channel() as channel:
        # The line first: while there is none, rows stay where they are and no attempt is counted.
        is_more = claims.any_due(clock())
        while is_more and taken < limit and not stopping() and channel.open():
            batch = claims.claim(min(claims.BATCH, limit - taken), clock())
            taken += len(batch)
            accepted += _hand_over(batch, channel, clock, stopping)
            is_more = len(batch) == claims.BATCH
    return accepted


def beat(name, now):
    """Leave a sign of life for /readyz."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=now)], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )


def _hand_over(batch, channel, clock, stopping):
    accepted = broken = 0
    left = deque(row for row in batch if row.status == Status.CLAIMED)
    try:
        while left and not stopping() and broken < GIVE_UP_AFTER and channel.open():
            outcome = deliver(left.popleft(), channel, clock)
            accepted += outcome is not None and outcome.verdict == "accepted"
            broken = broken + 1 if outcome is not None and outcome.code is None and outcome.verdict != "accepted" else 0
    finally:
        # Whatever ended it: the rest need not wait for the end of the lease.
        with contextlib.suppress(DatabaseError):
            for row in left:
                claims.release(row, clock(), reason="released")
    return accepted


def deliver(row, channel, clock):
    """Carry one claimed row to its next state. The Outcome, or None if it did not come to a hand-over."""
    try:
        address, content = address_of(row), unseal(row.message_encrypted)
        if not _begin(row, address, clock()):
            return None
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # A row that cannot be read, or whose guard fails, ends alone; what is due beside it goes out.
        logger.warning("mail_unreadable row=%s error=%s", row.public_id, type(error).__name__)
        move(row, Status.FAILED, at=clock(), reason="unreadable", error=type(error).__name__[:60])
        return None
    crash.here("after_handover_commit")
    # No transaction is open here: the server may take its time.
    outcome = channel.hand_over(
        _envelope_sender(settings.DEFAULT_FROM_EMAIL), address, _with_date(content, row.handed_over_at)
    )
    crash.here("before_record")
    if not _record(row, outcome, clock()):
        logger.warning("late_answer row=%s verdict=%s", row.public_id, outcome.verdict)
    crash.here("after_record")
    return outcome


@lru_cache(maxsize=2)
def _envelope_sender(from_line):
    return parseaddr(from_line)[1]


def _begin(row, address, now):
    """Look once more whether this mail is still wanted, and mark it as being handed over; False if it does not go now."""
    if row.useless_after and row.useless_after < now:
        move(row, Status.FAILED, at=now, reason="too_late", error="too_late")
        return False
    moment = after_quiet_hours(row, now)
    if moment > now:
        claims.release(row, now, next_try_at=moment, reason="quiet_hours")
        return False
    if not (guards.is_guarded(row) or guards.is_followed(row) or crash.is_asked_for("before_handover_commit")):
        # One statement is a transaction of its own.
        return _mark_or_suppress(row, address, now)
    with transaction.atomic():
        reason = guards.ask_guard(row)
        if reason:
            move(row, Status.SUPPRESSED, at=now, reason=reason, error=reason[:60])
            return False
        began = _mark_or_suppress(row, address, now)
        crash.here("before_handover_commit")
        return began


def _mark_or_suppress(row, address, now):
    hashes = hashes_of(address)
    lease = now + claims.HANDOVER_LEASE
    wanted = (guards.NOTHING_AGAINST_IT, [hashes])
    if move(row, Status.HANDING_OVER, at=now, only_if=wanted, lease_until=lease, handed_over_at=now):
        return True
    # Either something speaks against it, or the claim was lost: then this changes nothing.
    if reason := guards.objection(row, hashes):
        move(row, Status.SUPPRESSED, at=now, reason=reason, error=reason)
    return False


def _with_date(content, now):
    return b"Date: " + format_datetime(now).encode() + b"\r\n" + content


def _record(row, outcome, now):
    """Write down what came of a hand-over; False if the claim was lost meanwhile, so that somebody else has decided."""
    answer = {"stage": outcome.stage, "code": outcome.code, "error": outcome.error[:60], "attempts": row.attempts + 1}
    if outcome.verdict == "accepted":
        return move(row, Status.SENT, at=now, sent_at=now, **answer) or _record_late(row, answer, now)
    if outcome.verdict == "refused":
        return move(row, Status.FAILED, at=now, reason="refused", **answer)
    if outcome.verdict == "lost" and claims.may_have_gone(row):
        return move(row, Status.UNKNOWN, at=now, reason="lost", **answer)
    next_try_at = now + _wait(row.attempts)
    if row.useless_after and next_try_at > row.useless_after:
        return move(row, Status.FAILED, at=now, reason="too_late", **answer)
    return claims.release(row, now, next_try_at=next_try_at, reason="retry", **answer)


def _record_late(row, answer, now):
    """The lease ran out while the server took its time, and then it accepted after all: better to know."""
    unknown = OutboundEmail.objects.filter(pk=row.pk, claim_id=row.claim_id, status=Status.UNKNOWN).first()
    return unknown is not None and move(unknown, Status.SENT, at=now, sent_at=now, **answer)


def _wait(attempts):
    seconds = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT) * random.uniform(0.8, 1.2)
    return timedelta(seconds=min(max(seconds, FIRST_WAIT), LONGEST_WAIT))
