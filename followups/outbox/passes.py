"""One pass of the pump: what is due goes out. Run by Celery, by `pump_outbox`, or by both at once."""

import contextlib
import logging
from collections import deque
from datetime import timedelta
from email.utils import format_datetime
from itertools import islice, takewhile

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, transaction

from followups.models import Heartbeat, OutboundEmail
from followups.outbox import answers, claims, crash, guards, together
from followups.outbox.clock import Clock
from followups.outbox.crypto import hashes_of
from followups.outbox.notices import tell_it_waits
from followups.outbox.pauses import mail_pause
from followups.outbox.rows import move
from followups.outbox.smtp import Channel
from followups.outbox.verp import envelope_sender

logger = logging.getLogger(__name__)
Status = OutboundEmail.Status
PAUSED_FOR = timedelta(minutes=5)
GIVE_UP_AFTER = 3  # broken lines in a row: then the server is at fault, not the mails


def pump(*, limit=200, now=None, stopping=lambda: False):
    """Hand over up to `limit` due mails; the number accepted. `stopping()` ends it after the mail in hand.

    While all mail is paused everything else is done: what has become due is written, and waits.
    """
    clock = Clock(now)
    beat("pump", clock())
    guards.run_sources(clock())
    claims.recover(clock())
    claims.give_up(clock())
    claims.scrub(clock())
    accepted, taken, pace = 0, 0, together.Pace()
    with Channel() as channel:
        # The line first: while there is none, rows stay where they are and no attempt is counted.
        is_more = claims.any_due(clock())
        while is_more and taken < limit and not stopping() and mail_pause() is None and channel.open():
            batch = claims.claim(min(claims.BATCH, limit - taken), clock())
            taken += len(batch)
            done, are_back = _hand_over(batch, channel, clock, pace, stopping)
            accepted += done
            is_more = len(batch) == claims.BATCH or are_back
    if channel.trouble:
        beat(f"smtp_{channel.trouble}", clock())
    return accepted


def beat(name, now):
    """Leave a sign of life for /readyz."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=now)], update_conflicts=True, unique_fields=["name"], update_fields=["at"]
    )


def _hand_over(batch, channel, clock, pace, stopping):
    """Hand over what was claimed: how many were accepted, and whether some went back to the queue to be claimed anew."""
    left = deque(row for row in batch if row.status == Status.CLAIMED)
    line, accepted, are_back = _Line(channel), 0, False

    def may_go_on():
        return not stopping() and line.is_good()

    try:
        while left and may_go_on():
            if together.may_go(left[0]):
                group = [left.popleft() for _ in range(_length(left, pace.size))]
                done, back = together.deliver(
                    group, line.carry, clock, pace=pace, may_go_on=may_go_on, stopping=stopping
                )
                accepted, are_back = accepted + done, are_back or back
            else:
                outcome = deliver(left.popleft(), line.carry, clock, stopping)
                accepted += outcome is not None and outcome.verdict == "accepted"
    finally:
        # Whatever ended it: the rest need not wait for the end of the lease.
        with contextlib.suppress(DatabaseError):
            for row in left:
                claims.release(row, clock(), reason="released")
    return accepted, are_back and may_go_on()


def _length(rows, most):
    """How many of the first rows may go together."""
    return sum(1 for _ in takewhile(together.may_go, islice(rows, most)))


class _Line:
    """Hands over on a channel, and knows when it is no use any more."""

    def __init__(self, channel):
        self.channel = channel
        self.broken = 0

    def is_good(self):
        return self.broken < GIVE_UP_AFTER and self.channel.open()

    def carry(self, row, address, content):
        """No transaction is open here: the server may take its time."""
        outcome = self.channel.hand_over(
            envelope_sender(row.public_id), address, _with_date(content, row.handed_over_at)
        )
        self.broken = self.broken + 1 if outcome.code is None and outcome.verdict in ("later", "lost") else 0
        return outcome


def deliver(row, carry, clock, stopping=lambda: False):
    """Carry one claimed row to its next state. The Outcome, or None if it did not come to a hand-over."""
    try:
        found = together.read(row, clock())
        if found is None or not _begin(row, found[0], clock()):
            return None
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # A guard that fails: its row ends alone, and what is due beside it goes out.
        together.unreadable(row, error, clock())
        return None
    crash.here("after_handover_commit")
    outcome = carry(row, *found)
    crash.here("before_record")
    if not answers.insist(lambda: answers.record(row, outcome, clock()), stopping):
        logger.warning("late_answer row=%s verdict=%s", row.public_id, outcome.verdict)
    crash.here("after_record")
    return outcome


def _begin(row, address, now):
    """Ask its guard whether this mail is still wanted, and mark it as being handed over; False if it does not go now."""
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
    wanted = (guards.NOTHING_AGAINST_IT, guards.hashes_by_row({row.pk: hashes}))
    if move(row, Status.HANDING_OVER, at=now, only_if=wanted, lease_until=lease, handed_over_at=now):
        return True
    # Either something speaks against it, or the claim was lost: then this changes nothing.
    reason = guards.objection(row, hashes)
    if reason == guards.ALL_PAUSED:
        claims.release(row, now, reason=reason)
    elif reason == guards.PAUSED:
        if claims.release(row, now, next_try_at=now + PAUSED_FOR, reason=reason, error=reason):
            tell_it_waits(row)
    elif reason:
        move(row, Status.SUPPRESSED, at=now, reason=reason, error=reason)
    return False


def _with_date(content, now):
    return b"Date: " + format_datetime(now).encode() + b"\r\n" + content
