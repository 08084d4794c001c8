"""Who works on which row: claims, their leases, and what becomes of rows whose worker died."""

import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q

from followups.models import OutboundEmail
from followups.outbox import crash, guards
from followups.outbox.clock import database_now
from followups.outbox.rows import move

Status, Urgency = OutboundEmail.Status, OutboundEmail.Urgency
BATCH = 50
# A row that was picked up but not begun is free again after this.
CLAIM_LEASE = timedelta(seconds=90)
# Above the sum of all patience of a hand-over (smtp.py), reconnecting included.
HANDOVER_LEASE = timedelta(seconds=330)
KEPT = timedelta(days=30)
SWEEP = 200
# Locked by whoever calls, so that both writes are about the same rows.
MARK = """
    WITH moved AS (
        UPDATE followups_outboundemail SET status = 'claimed', updated_at = %s, claim_id = %s, lease_until = %s
        WHERE id = ANY(%s) RETURNING id
    )
    INSERT INTO followups_outboundemailevent (subject_id, old, new, reason, at)
    SELECT id, 'queued', 'claimed', '', %s FROM moved ORDER BY id
"""


def _due(now):
    return OutboundEmail.objects.filter(status=Status.QUEUED, next_try_at__lte=now)


def any_due(now):
    return any(_due(now).filter(urgency=urgency).exists() for urgency in Urgency.values)


def claim(number, now):
    """Take up to `number` due rows, the most urgent class first, the oldest of a class first. No two workers get the same."""
    rows = []
    with transaction.atomic():
        for urgency in Urgency.values:
            # One seek in the index per class: rows due later are never walked over.
            due = _due(now).filter(urgency=urgency).select_related("recipient", "sender").order_by("next_try_at", "id")
            rows += due.select_for_update(skip_locked=True, no_key=True, of=("self",))[: number - len(rows)]
            if len(rows) == number:
                break
        claimed = _mark(rows, now)
    crash.here("after_claim")
    return claimed


def _mark(rows, now):
    claim_id, lease = uuid.uuid4(), now + CLAIM_LEASE
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(MARK, [now, claim_id, lease, [row.pk for row in rows], now])
    for row in rows:
        row.status, row.claim_id, row.lease_until = Status.CLAIMED, claim_id, lease
        if not guards.tell_follower(row, Status.QUEUED, Status.CLAIMED):
            # What it is about has moved on: it does not go, and does not hold up the others.
            move(row, Status.FAILED, at=now, reason="follower", error="follower")
    return rows


def release(row, now, *, next_try_at=None, reason="", **fields):
    """Give a row back to the queue. Its due time stays: lateness is measured from it."""
    return move(
        row,
        Status.QUEUED,
        at=now,
        reason=reason,
        claim_id=None,
        lease_until=None,
        next_try_at=next_try_at or row.next_try_at,
        **fields,
    )


def recover(now):
    """Rows whose lease has run out: their worker died, or is so slow that it has lost its claim."""
    with transaction.atomic():
        over = OutboundEmail.objects.filter(status__in=[Status.CLAIMED, Status.HANDING_OVER], lease_until__lt=now)
        for row in over.select_for_update(skip_locked=True, no_key=True)[:SWEEP]:
            if row.status == Status.HANDING_OVER and may_have_gone(row):
                move(row, Status.UNKNOWN, at=now, reason="lease_over", error="lease_over")
            else:
                release(row, now, reason="lease_over")


def may_have_gone(row):
    """At most once to third parties; to our own people a second copy under the same Message-ID is better than none."""
    return row.to_third_party


def give_up(now):
    """Rows that nobody needs any more; also while the mail server is away."""
    with transaction.atomic():
        late = OutboundEmail.objects.filter(status=Status.QUEUED, next_try_at__lte=now, useless_after__lt=now)
        for row in late.select_for_update(skip_locked=True, no_key=True)[:SWEEP]:
            move(row, Status.FAILED, at=now, reason="too_late", error="too_late")


def forget_unsent(subjects, *, since=None):
    """Forget the content of mails about these records that will not go any more, at once; `since`: written from then on."""
    rows = OutboundEmail.objects.filter(
        subject_id__in=[subject.public_id for subject in subjects],
        status__in=[Status.CANCELLED, Status.SUPPRESSED, Status.FAILED],
        scrubbed_at=None,
    )
    rows = rows.filter(created_at__gte=since) if since else rows
    rows.update(to_address_encrypted=None, message_encrypted=None, scrubbed_at=database_now())


def scrub(now):
    """Forget the content of rows that have been final for thirty days."""
    old = OutboundEmail.objects.filter(finished_at__lt=now - KEPT, scrubbed_at=None).filter(
        Q(status__in=OutboundEmail.FINAL)
    )
    OutboundEmail.objects.filter(pk__in=old.values("pk")[:SWEEP]).update(
        to_address_encrypted=None, message_encrypted=None, scrubbed_at=now
    )
