"""How punctual mail was, from the rows themselves: by class and week, kept in a small table that the pump refreshes.

Measured from the moment a mail should have been handed over (its due time, the end of quiet hours if they held it, a person's
second try) to the moment the mail server accepted it. Never earlier than due counts as zero. What the words mean:

- lost: given up because no hand-over succeeded while it was of use, or past its time and in nobody's hands: waiting for
  longer than a lease and a minute, or claimed by a worker whose lease ended more than a minute ago.
- doubled: handed over again after an answer nobody saw (mail to our own people, under the same Message-ID); or the same
  letter accepted twice for one reader, save where the first came back.
- unknown: a letter of which nobody could see whether it arrived, whatever its owner decided afterwards.
- refused: the mail server said no for good. Its owner was told; it counts as neither lost nor late.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction

from followups.models import Heartbeat, OutboundEmail, PunctualityWeek
from followups.outbox.claims import HANDOVER_LEASE

WEEKS = 12
REFRESH_EVERY = timedelta(minutes=5)
ON_TIME = timedelta(minutes=1)
GRACE = timedelta(seconds=60)
# Below this many a figure would be somebody's own.
FEW = 5

# One walk over the index of due moments for one week; the events with an unseen answer are a handful (partial index).
FIGURES = """
WITH unseen AS (
    SELECT subject_id, bool_or(new = 'queued') AS was_again, bool_or(new = 'unknown') AS was_unknown
    FROM followups_outboundemailevent
    WHERE (old = 'handing_over' AND new = 'queued' AND reason IN ('lost', 'lease_over')) OR new = 'unknown'
    GROUP BY subject_id
), mail AS (
    SELECT row.urgency, row.status, row.status = 'sent' AS is_sent,
        row.status = 'failed' AND COALESCE(row.code, 0) >= 500 AS is_refused,
        GREATEST(EXTRACT(epoch FROM row.sent_at - COALESCE(row.deliver_at, row.due_at)), 0)::float8 AS late,
        (row.status = 'failed' AND COALESCE(row.code, 0) < 500 AND row.error NOT IN ('bounced', 'follower'))
        OR (row.status IN ('claimed', 'handing_over') AND row.lease_until < %(now)s - %(grace)s)
        OR (row.status = 'queued' AND row.next_try_at < %(now)s - %(lease)s - %(grace)s) AS is_lost,
        row.status = 'sent' AND (COALESCE(unseen.was_again, false) OR (
            row.to_third_party AND row.content_hash <> '' AND EXISTS (
                SELECT FROM followups_outboundemail earlier
                WHERE earlier.subject_type = row.subject_type AND earlier.subject_id = row.subject_id
                  AND earlier.id < row.id AND earlier.status = 'sent' AND earlier.bounced_at IS NULL
                  AND earlier.to_address_hash = row.to_address_hash AND earlier.content_hash = row.content_hash
            )
        )) AS is_doubled,
        COALESCE(unseen.was_unknown, false) AS is_unknown
    FROM followups_outboundemail row LEFT JOIN unseen ON unseen.subject_id = row.id
    WHERE COALESCE(row.deliver_at, row.due_at) >= %(begin)s AND COALESCE(row.deliver_at, row.due_at) < %(end)s
)
SELECT urgency, GROUPING(urgency) = 1,
    count(*) FILTER (WHERE is_sent),
    count(*) FILTER (WHERE is_sent AND late <= %(on_time)s),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY late) FILTER (WHERE is_sent),
    percentile_cont(0.95) WITHIN GROUP (ORDER BY late) FILTER (WHERE is_sent),
    max(late) FILTER (WHERE is_sent),
    count(*) FILTER (WHERE is_lost),
    count(*) FILTER (WHERE is_doubled),
    count(*) FILTER (WHERE is_unknown),
    count(*) FILTER (WHERE is_refused)
FROM mail GROUP BY GROUPING SETS ((urgency), ())
"""
COLUMNS = ("sent", "on_time", "p50", "p95", "worst", "lost", "doubled", "unknown", "refused")


def monday_of(now):
    """The Monday of the week of an instant, in UTC: weeks are the installation's, not anybody's."""
    day = now.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def compute(week, now):
    """The rows of PunctualityWeek for the week of this Monday as of `now`, not saved."""
    begin = datetime.combine(week, time(), UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            FIGURES,
            {
                "now": now,
                "grace": GRACE,
                "lease": HANDOVER_LEASE,
                "on_time": ON_TIME.total_seconds(),
                "begin": begin,
                "end": begin + timedelta(days=7),
            },
        )
        return [
            PunctualityWeek(
                week=week,
                urgency=None if is_all else urgency,
                computed_at=now,
                **dict(zip(COLUMNS, figures, strict=True)),
            )
            for urgency, is_all, *figures in cursor.fetchall()
        ]


def refresh(now):
    """A source of the pump: this week and the last anew, at most every five minutes; older ones once, if they are missing.

    What is older than last week is not touched again: its rows may be scrubbed and archived, its figures stay.
    """
    with transaction.atomic():
        if not _is_my_turn(now):
            return
        this_week = monday_of(now)
        weeks = [this_week - timedelta(weeks=number) for number in range(WEEKS)]
        there = set(PunctualityWeek.objects.filter(week__in=weeks, urgency=None).values_list("week", flat=True))
        for week in weeks:
            if week >= this_week - timedelta(weeks=1) or week not in there:
                save(week, now)


@transaction.atomic
def save(week, now):
    """Replace a week's figures by what its rows say now."""
    PunctualityWeek.objects.filter(week=week).delete()
    PunctualityWeek.objects.bulk_create(compute(week, now))


def _is_my_turn(now):
    """One of several pumps at most, and not more often than needed."""
    beat, is_new = Heartbeat.objects.get_or_create(name="punctuality", defaults={"at": now})
    if is_new:
        return True
    due = Heartbeat.objects.filter(pk=beat.pk, at__lte=now - REFRESH_EVERY).select_for_update(skip_locked=True)
    if not due.exists():
        return False
    Heartbeat.objects.filter(pk=beat.pk).update(at=now)
    return True


@dataclass(frozen=True)
class Cell:
    """One class in one week, ready to be shown. `is_silent`: so few that the times would be somebody's own."""

    week: date
    urgency: int | None
    label: str
    sent: int
    on_time: int
    p50: float | None
    p95: float | None
    worst: float | None
    lost: int
    doubled: int
    unknown: int
    refused: int
    is_silent: bool

    @property
    def share_on_time(self):
        return None if self.is_silent or not self.sent else round(100 * self.on_time / self.sent, 1)


def by_week(now, *, classes=True):
    """The last twelve weeks since there was mail, the latest first, each a list of cells: all mail together, then each class that had any."""
    first = monday_of(now) - timedelta(weeks=WEEKS - 1)
    rows = PunctualityWeek.objects.filter(week__gte=first)
    rows = rows if classes else rows.filter(urgency=None)
    weeks = {}
    for row in sorted(rows, key=lambda row: (row.week, row.urgency is not None, row.urgency or 0)):
        if row.urgency is not None and not (row.sent or row.lost or row.unknown or row.refused):
            continue
        weeks.setdefault(row.week, []).append(cell_of(row))
    latest_first = [weeks[week] for week in sorted(weeks, reverse=True)]
    while latest_first and not any(cell.sent or cell.lost or cell.unknown or cell.refused for cell in latest_first[-1]):
        latest_first.pop()  # before there was any mail
    return latest_first


def cell_of(row):
    """What may be shown of one row."""
    # Also where none was sent: one letter of which nobody knows is somebody's own too.
    is_silent = row.sent < FEW and any((row.sent, row.lost, row.unknown, row.refused))
    label = "" if row.urgency is None else OutboundEmail.Urgency(row.urgency).label
    times = (None, None, None) if is_silent else (row.p50, row.p95, row.worst)
    return Cell(
        row.week,
        row.urgency,
        label,
        row.sent,
        row.on_time,
        *times,
        row.lost,
        row.doubled,
        row.unknown,
        row.refused,
        is_silent,
    )


def for_everybody(cell):
    """A cell for the public summary: of a week with very few mails nothing but that."""
    if not cell.is_silent:
        return cell
    return replace(cell, sent=0, on_time=0, lost=0, doubled=0, unknown=0, refused=0)


def class_name(urgency):
    """The class as API and metrics call it."""
    return "all" if urgency is None else OutboundEmail.Urgency(urgency).name.lower()
