"""What the calendar shows: each day of a span with its numbers and its first slots, in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import FETCH_RAISE, Exists, OuterRef, Prefetch

from accounts import when
from coaching.by_day import first_of_each
from coaching.day_marks import Marks
from coaching.models import Booking, MockSlot

# More of a day are not looked through: with every coach there are more.
MOST = 500
NUMBERS = """
SELECT day, array_agg(id ORDER BY starts_at, id),
count(*) FILTER (WHERE is_booked),
count(*) FILTER (WHERE status = 'proposed'),
count(*) FILTER (WHERE status = 'open' AND is_day_away AND NOT is_booked)
{found} GROUP BY day
"""


@dataclass
class Day:
    """`slots`: the ids of those that are counted; `free`: nobody has them and they are open; `resting`: they would be, but their coach is away that day; `rows`: the first of
    the day; `more`: how many there are beside these; `plus`: stands after each number of a day of which only so many are counted.
    """

    on: date
    is_inside: bool = True
    is_today: bool = False
    slots: list[int] = field(default_factory=list)
    booked: int = 0
    proposed: int = 0
    resting: int = 0
    marks: Marks | None = None
    rows: list = field(default_factory=list)

    @property
    def total(self):
        return len(self.slots)

    @property
    def free(self):
        return self.total - self.booked - self.proposed - self.resting

    @property
    def more(self):
        return self.total - len(self.rows)

    @property
    def plus(self):
        return "+" if self.total == MOST else ""


def counted(slots, span, *, zone, now):
    """The weeks of a span as lists of Day with numbers and without rows; one query, whatever the number of slots."""
    slots = slots.with_day_away().annotate(is_booked=Exists(_booked())).order_by("starts_at", "id")
    slots = slots.values("id", "starts_at", "status", "is_day_away", "is_booked")
    days = [day for week in span.weeks for day in week]
    found, parameters = first_of_each(slots, days, zone=zone, most=MOST)
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS.replace("{found}", found), parameters)
        numbers = {day: numbers for day, *numbers in cursor.fetchall()}
    today, none = when.to_wall(now, zone).date(), ([], 0, 0, 0)
    return [
        [Day(on, span.first <= on < span.end, on == today, *numbers.get(on, none)) for on in week]
        for week in span.weeks
    ]


def filled(days, *, now, most):
    """Give each of these days its first `most` slots (no more than MOST) with their bookings; two queries."""
    day_of = {key: day for day in days for key in day.slots[:most]}
    live = Booking.objects.live(now).select_related("candidate")
    rows = (
        MockSlot.objects.filter(pk__in=list(day_of))
        .with_day_away()
        .select_related("coach")
        .prefetch_related(Prefetch("bookings", live, to_attr="live_bookings"))
        .order_by("starts_at", "id")
        .fetch_mode(FETCH_RAISE)
    )
    for slot in rows:
        day_of[slot.pk].rows.append(slot)
    return days


def _booked():
    return Booking.objects.filter(slot=OuterRef("pk"), status__in=["booked", "done", "no_show"])
