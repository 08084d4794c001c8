"""What the calendar shows: each day of a span with its numbers and its first slots, in a fixed number of queries."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import FETCH_RAISE, Count, Exists, OuterRef, Prefetch, Q, Window
from django.db.models.functions import RowNumber, TruncDate

from accounts import when
from coaching import spans
from coaching.day_marks import Marks
from coaching.models import Booking, MockSlot

NUMBERS = ("total", "booked", "proposed", "resting")


@dataclass
class Day:
    """`free`: nobody has them and they are open; `resting`: they would be, but their coach is away that day; `rows`: the first of the day; `more`: how many there are beside these."""

    on: date
    is_inside: bool = True
    is_today: bool = False
    total: int = 0
    booked: int = 0
    proposed: int = 0
    resting: int = 0
    marks: Marks | None = None
    rows: list = field(default_factory=list)

    @property
    def free(self):
        return self.total - self.booked - self.proposed - self.resting

    @property
    def more(self):
        return self.total - len(self.rows)


def counted(slots, span, *, zone, now):
    """The weeks of a span as lists of Day with numbers and without rows; one query, whatever the number of slots."""
    first, last = span.weeks[0][0], span.weeks[-1][-1]
    begin, end = _bounds(first, last, zone)
    numbers = {
        row["day"]: row
        for row in slots.filter(starts_at__gte=begin, starts_at__lt=end)
        .order_by()
        .with_day_away()
        .annotate(day=_day_in(zone), is_booked=Exists(_booked()))
        .values("day")
        .annotate(
            total=Count("pk"),
            booked=Count("pk", filter=Q(is_booked=True)),
            proposed=Count("pk", filter=Q(status=MockSlot.Status.PROPOSED)),
            resting=Count("pk", filter=Q(status=MockSlot.Status.OPEN, is_booked=False, is_day_away=True)),
        )
    }
    today = when.to_wall(now, zone).date()
    return [
        [
            Day(
                on,
                is_inside=span.first <= on < span.end,
                is_today=on == today,
                **{name: numbers.get(on, {}).get(name, 0) for name in NUMBERS},
            )
            for on in week
        ]
        for week in span.weeks
    ]


def filled(slots, days, *, zone, now, most):
    """Give each of these days (in their order) its first `most` slots with their bookings; two queries."""
    begin, end = _bounds(days[0].on, days[-1].on, zone)
    place = Window(RowNumber(), partition_by="day", order_by=["starts_at", "id"])
    live = Booking.objects.live(now).select_related("candidate")
    rows = (
        slots.filter(starts_at__gte=begin, starts_at__lt=end)
        .annotate(day=_day_in(zone))
        .annotate(place_in_day=place)
        .filter(place_in_day__lte=most)
        .with_day_away()
        .select_related("coach")
        .prefetch_related(Prefetch("bookings", live, to_attr="live_bookings"))
        .order_by("starts_at", "id")
        .fetch_mode(FETCH_RAISE)
    )
    by_day = {day.on: day for day in days}
    for slot in rows:
        if slot.day in by_day:
            by_day[slot.day].rows.append(slot)
    return days


def _booked():
    return Booking.objects.filter(slot=OuterRef("pk"), status__in=["booked", "done", "no_show"])


def _day_in(zone):
    return TruncDate("starts_at", tzinfo=when.get_zone(zone))


def _bounds(first, last, zone):
    return spans.day(first).bounds(zone)[0], spans.day(last).bounds(zone)[1]
