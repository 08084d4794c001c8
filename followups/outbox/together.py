"""Mail to our own people goes in small groups: looked at and marked in one statement, recorded in one.

It is sent at least once, so a worker that is killed may leave a few that go again under the same Message-ID: those of the
last tenth of a second. Letters go one by one (passes.py).
"""

import logging
import time
from collections import deque

from django.db import InterfaceError, OperationalError, connection, transaction

from followups.models import OutboundEmail
from followups.outbox import answers, claims, crash, guards
from followups.outbox.crypto import address_of, hashes_of
from followups.outbox.later import finished
from followups.outbox.rows import after_quiet_hours, move

logger = logging.getLogger(__name__)
Status = OutboundEmail.Status
LARGEST = 32
FRESH = 1.0  # seconds: what was found wanted longer ago is looked at once more before it goes
UNRECORDED = 0.1  # seconds for which an answer may be known to this process alone

BEGIN = """
    WITH moved AS (
        UPDATE followups_outboundemail
        SET status = 'handing_over', updated_at = %s, handed_over_at = %s, lease_until = %s
        WHERE id = ANY(%s) AND status = 'claimed' AND claim_id = %s {nothing_against_it}
        RETURNING id
    ), told AS (
        INSERT INTO followups_outboundemailevent (subject_id, old, new, reason, at)
        SELECT id, 'claimed', 'handing_over', '', %s FROM moved ORDER BY id
    )
    SELECT id FROM moved
"""


def may_go(row):
    """Whether this row may go in a group."""
    return not row.to_third_party and not guards.is_followed(row)


class Pace:
    """How many go together: as many as are through while what was found about them is fresh."""

    size = 1

    def learn(self, seconds):
        if seconds < FRESH / 4:
            self.size = min(2 * self.size, LARGEST)
        elif seconds > FRESH / 2:
            self.size = max(self.size // 4, 1)


def deliver(rows, carry, clock, *, pace, may_go_on, stopping):
    """Carry claimed rows to their next states: how many were accepted, and whether some went back to the queue.

    `carry(row, address, content)` hands one over and returns its Outcome; `may_go_on()` says whether there is another.
    """
    begun, accepted = time.monotonic(), 0
    ready = deque(begin(rows, clock()))
    known = _Known(stopping)
    crash.here("after_handover_commit")
    try:
        while ready and time.monotonic() - begun < FRESH and may_go_on():
            row, address, content = ready.popleft()
            outcome = carry(row, address, content)
            if outcome.verdict == "accepted":
                accepted += 1
                known.add(row, outcome.code, clock())
            else:
                answers.insist(lambda row=row, outcome=outcome: answers.record(row, outcome, clock()), stopping)
    finally:
        known.write()
        for row, _, _ in ready:
            claims.release(row, clock(), reason="released")
    pace.learn(time.monotonic() - begun)
    return accepted, bool(ready)


class _Known:
    """Accepted mails whose answer is not in the database yet."""

    def __init__(self, stopping):
        self._answers, self._since, self._stopping = [], 0.0, stopping

    def add(self, row, code, at):
        if not self._answers:
            self._since = time.monotonic()
        self._answers.append((row, code, at))
        if time.monotonic() - self._since > UNRECORDED:
            self.write()

    def write(self):
        if self._answers:
            crash.here("before_record")
            answers.insist(lambda: answers.record_accepted(self._answers), self._stopping)
            self._answers = []
            crash.here("after_record")


def begin(rows, now):
    """Look once more which are still wanted and mark those as being handed over: a list of (row, address, content)."""
    readable = {row.pk: found for row in rows if (found := read(row, now)) is not None}
    try:
        marked = _mark([row for row in rows if row.pk in readable], readable, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        if len(rows) > 1:
            return [found for row in rows for found in begin([row], now)]
        # Its guard fails: it ends alone, and what is due beside it goes out.
        unreadable(rows[0], error, now)
        return []
    return [(row, *readable[row.pk]) for row in rows if row.pk in marked]


def read(row, now):
    """Address and content of a claimed row whose time it is; None if it goes elsewhere now."""
    try:
        found = address_of(row), finished(row)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        unreadable(row, error, now)
        return None
    if row.useless_after and row.useless_after < now:
        move(row, Status.FAILED, at=now, reason="too_late", error="too_late")
        return None
    moment = after_quiet_hours(row, now)
    if moment > now:
        claims.release(row, now, next_try_at=moment, reason="quiet_hours")
        return None
    return found


def unreadable(row, error, now):
    logger.warning("mail_unreadable row=%s error=%s", row.public_id, type(error).__name__)
    move(row, Status.FAILED, at=now, reason="unreadable", error=type(error).__name__[:60])


def _mark(rows, readable, now):
    """The ids of those that go now; for the others it is written down why not."""
    if not (any(guards.is_guarded(row) for row in rows) or crash.is_asked_for("before_handover_commit")):
        # One statement is a transaction of its own.
        return _mark_unobjected(rows, readable, now)
    with transaction.atomic():
        wanted = []
        for row in rows:
            if reason := guards.ask_guard(row):
                move(row, Status.SUPPRESSED, at=now, reason=reason, error=reason[:60])
            else:
                wanted.append(row)
        marked = _mark_unobjected(wanted, readable, now)
        crash.here("before_handover_commit")
        return marked


def _mark_unobjected(rows, readable, now):
    if not rows:
        return set()
    hashes = {row.pk: hashes_of(readable[row.pk][0]) for row in rows}
    lease = now + claims.HANDOVER_LEASE
    statement = BEGIN.format(nothing_against_it=guards.NOTHING_AGAINST_IT)
    with connection.cursor() as cursor:
        cursor.execute(statement, [now, now, lease, list(hashes), rows[0].claim_id, *guards.hashes_by_row(hashes), now])
        marked = {pk for (pk,) in cursor}
    for row in rows:
        if row.pk in marked:
            row.status, row.updated_at, row.handed_over_at, row.lease_until = Status.HANDING_OVER, now, now, lease
        elif (reason := guards.objection(row, hashes[row.pk])) == guards.ALL_PAUSED:
            claims.release(row, now, reason=reason)
        elif reason:
            move(row, Status.SUPPRESSED, at=now, reason=reason, error=reason)
    return marked
