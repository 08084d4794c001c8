"""Writing down what came of a hand-over: what the server has said must not be forgotten."""

import logging
import random
import threading
import time
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection

from followups.models import OutboundEmail
from followups.outbox import claims
from followups.outbox.rows import move

logger = logging.getLogger(__name__)
Status = OutboundEmail.Status
FIRST_WAIT, LONGEST_WAIT = 10, 1800  # seconds
# While the database is away the answer is kept here, until whoever looks for dead workers has decided about the row.
INSISTENCE = claims.HANDOVER_LEASE.total_seconds()
INSISTENCE_WHEN_STOPPING = 5

ACCEPTED = """
    WITH answer AS (
        SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::timestamptz[]) AS answer (id, code, at)
    ), moved AS (
        UPDATE followups_outboundemail mail
        SET status = 'sent', stage = 'accepted', code = answer.code, error = '', attempts = attempts + 1,
            sent_at = answer.at, finished_at = answer.at, updated_at = answer.at,
            to_address_encrypted = CASE WHEN is_secret THEN NULL ELSE to_address_encrypted END,
            message_encrypted = CASE WHEN is_secret THEN NULL ELSE message_encrypted END,
            scrubbed_at = CASE WHEN is_secret THEN answer.at ELSE scrubbed_at END
        FROM answer
        WHERE mail.id = answer.id AND status = 'handing_over' AND claim_id = %s
        RETURNING mail.id, answer.at
    )
    INSERT INTO followups_outboundemailevent (subject_id, old, new, reason, at)
    SELECT id, 'handing_over', 'sent', '', at FROM moved ORDER BY at
"""


def record(row, outcome, now):
    """Write down what came of one hand-over; False if the claim was lost meanwhile, so that somebody else has decided."""
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
    # Whether it may have gone already: punctuality counts what may be doubled.
    reason = "lost" if outcome.verdict == "lost" else "retry"
    return claims.release(row, now, next_try_at=next_try_at, reason=reason, **answer)


def _record_late(row, answer, now):
    """The lease ran out while the server took its time, and then it accepted after all: better to know."""
    unknown = OutboundEmail.objects.filter(pk=row.pk, claim_id=row.claim_id, status=Status.UNKNOWN).first()
    return unknown is not None and move(unknown, Status.SENT, at=now, sent_at=now, **answer)


def _wait(attempts):
    seconds = min(FIRST_WAIT * 2**attempts, LONGEST_WAIT) * random.uniform(0.8, 1.2)
    return timedelta(seconds=min(max(seconds, FIRST_WAIT), LONGEST_WAIT))


def record_accepted(answers):
    """The same for many that nobody follows and that the server accepted, (row, code, instant) each, in one statement."""
    rows, codes, instants = zip(*answers, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(ACCEPTED, [[row.pk for row in rows], list(codes), list(instants), rows[0].claim_id])
        if cursor.rowcount < len(rows):
            logger.warning("late_answers count=%s", len(rows) - cursor.rowcount)


def insist(write, stopping):
    """Call `write()` until the database takes it: the server's answer is known nowhere else. Raises when it is no use."""
    pause, begun = threading.Event(), time.monotonic()
    while True:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            patience = INSISTENCE_WHEN_STOPPING if stopping() else INSISTENCE
            if connection.in_atomic_block or time.monotonic() - begun > patience:
                raise
            logger.warning("answer_waits_for_database error=%s", type(error).__name__)
            connection.close()
            pause.wait(0.5)
