"""The calendar of slots: a month, a week or a day, for admins everybody's and for a coach her own."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import User
from coaching import slot_calendar
from coaching.day_marks import marks_of
from coaching.models import Booking, MockSlot
from coaching.permissions import can_accept_slots, can_manage_slot, can_offer_slots
from coaching.spans import read_span
from interviews.spreadsheet import table

KINDS = ("day", "week", "month")
# So many stand in a week's column and beside a month before the rest folds into the day's own page.
MOST_IN_WEEK, MOST_BESIDE, MOST_OF_DAY = 8, 30, 300
# Of the CSV file.
COLUMNS = (
    "Date", "Start", "End", "Time zone", "Minutes", "Minutes free afterwards", "Coach", "State", "Booked by", "Booking",
    "Confirmed", "Place", "Link",
)  # fmt: skip


def slot_calendar_page(request):
    """Numbers of each day, and the slots of the days one looks at; the same number of queries at any size."""
    user, now = request.user, timezone.now()
    coaches = _coaches(user)
    look = Look.of(request, now, coaches)
    shown = look.slots()
    weeks = slot_calendar.counted(shown, look.span, zone=look.zone, now=now)
    marks = marks_of(user, weeks[0][0].on, weeks[-1][-1].on, zone=look.zone, coach=look.coach)
    for one in (one for week in weeks for one in week):
        one.marks = marks.get(one.on)
    days = [one for week in weeks for one in week if one.is_inside]
    chosen, most = (
        _chosen(look, days, weeks),
        {"day": MOST_OF_DAY, "week": MOST_IN_WEEK, "month": MOST_BESIDE}[look.span.kind],
    )
    slot_calendar.filled(chosen, now=now, most=most)
    for one in chosen:
        one.lines = [_line(slot, one.on, look.zone, user) for slot in one.rows]
    is_empty = not any(one.total for one in days)
    later = shown.filter(starts_at__gte=max(now, look.end)).order_by("starts_at", "id")
    next_one = later.first() if is_empty else None
    context = {
        "look": look,
        "span": look.span,
        "title": look.span.title(_),
        "weeks": weeks if look.span.kind == "month" else [],
        "days": chosen,
        "is_empty": is_empty,
        "next_one": next_one,
        "next_address": next_one and look.address(**{look.span.kind: _span_of(next_one, look).name}),
        "proposed": MockSlot.objects.visible_to(user).filter(status="proposed", starts_at__gt=now).count(),
        "can_accept": can_accept_slots(user),
        "coaches": coaches,
        "now": now,
        "nav_active": "slots",
    }
    return render(request, "coaching/slot_calendar.html", context)


def slot_export(request):
    """What the calendar shows, as a file. Nothing of what people write is in it: slots and who has them."""
    if not can_offer_slots(request.user):
        raise PermissionDenied
    return csv_of(Look.of(request, timezone.now()))


def csv_of(look):
    rows = look.slots().filter(starts_at__gte=look.begin, starts_at__lt=look.end).order_by("starts_at", "id")
    held = Booking.objects.filter(status__in=["booked", "done", "no_show"]).select_related("candidate")
    rows = rows.select_related("coach").prefetch_related(Prefetch("bookings", held, to_attr="kept")).iterator(500)
    answer = StreamingHttpResponse(table(map(_cells, rows), header=COLUMNS), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="slots-{look.span.name}.csv"'
    return answer


class Look:
    """What is looked at: which days, whose slots, on whose wall. Addresses name it in full, so each can be kept and sent."""

    def __init__(self, user, span, coach=None, *, theirs=False, on=None):
        self.user, self.span, self.coach, self.theirs, self.on = user, span, coach, theirs, on

    @classmethod
    def of(cls, request, now, coaches=()):
        """`coaches`: those already read, among which the one that is asked for most probably is."""
        user, asked = request.user, request.GET
        there = {str(one.public_id): one for one in coaches}
        coach = there.get(asked.get("coach")) or coach_of(asked.get("coach")) if user.is_admin else None
        theirs = asked.get("clock") == "coach" and coach is not None
        today = when.to_wall(now, coach.zone if theirs else user.zone).date()
        kind = next((kind for kind in KINDS if kind in asked), "week")
        on = date_of(asked.get("on"))
        return cls(user, read_span(kind, asked.get(kind), today=today), coach, theirs=theirs, on=on)

    @property
    def zone(self):
        return self.coach.zone if self.theirs else self.user.zone

    @property
    def begin(self):
        return self.span.bounds(self.zone)[0]

    @property
    def end(self):
        return self.span.bounds(self.zone)[1]

    @property
    def clock(self):
        """The zone's name, for the line that says whose times these are."""
        return when.zone_label(self.zone, self.begin)

    @property
    def other_clock(self):
        """The coach's zone, where it is another one than the reader's."""
        return when.zone_label(self.coach.zone, self.begin) if self.coach and self.coach.zone != self.user.zone else ""

    def slots(self):
        rows = MockSlot.objects.visible_to(self.user).exclude(status=MockSlot.Status.WITHDRAWN)
        return rows.filter(coach=self.coach) if self.coach else rows

    def address(self, **changes):
        """The query string of this look with something else in it."""
        values = {self.span.kind: self.span.name}
        if self.coach:
            values["coach"] = self.coach.public_id
        if self.theirs:
            values["clock"] = "coach"
        for kind in KINDS:
            if kind in changes:
                values.pop(self.span.kind, None)
        values |= changes
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def around(self):
        """The day that the other kinds of span are to hold: the one looked at, today if it lies in it."""
        return self.on or self.span.first

    @property
    def previous(self):
        return self.address(**{self.span.kind: self.span.previous})

    @property
    def next(self):
        return self.address(**{self.span.kind: self.span.next})

    @property
    def here(self):
        return self.address()

    @property
    def now_address(self):
        return self.address(**{self.span.kind: "now"})

    @property
    def kinds(self):
        """The three ways to look, with their addresses around the same day."""
        on = self.around()
        words = {"day": _("Day"), "week": _("Week"), "month": _("Month")}
        names = {"day": f"{on:%Y-%m-%d}", "week": f"{on:%G-W%V}", "month": f"{on:%Y-%m}"}
        return [(words[kind], self.address(**{kind: names[kind]}), kind == self.span.kind) for kind in reversed(KINDS)]

    @property
    def my_clock(self):
        return self.address(clock="")

    @property
    def their_clock(self):
        return self.address(clock="coach")


def coach_of(text):
    """The coach an address names, or None."""
    try:
        return User.objects.filter(is_coach=True, public_id=UUID(text or "")).first()
    except ValueError:
        return None


def _chosen(look, days, weeks):
    """The days whose slots are listed: all of a week; of a month the one that was chosen, today, or the first with any."""
    if look.span.kind != "month":
        return days
    by_day = {one.on: one for week in weeks for one in week}
    today = next((one for one in days if one.is_today), None)
    first = next((one for one in days if one.total and (today is None or one.on >= today.on)), None)
    chosen = by_day.get(look.on) or (today if today and today.total else None) or first or today or days[0]
    chosen.is_chosen = True
    return [chosen]


def _span_of(slot, look):
    """The span of the same kind that holds this slot."""
    return read_span("day", f"{when.to_wall(slot.starts_at, look.zone):%Y-%m-%d}", today=look.span.first).widened(
        look.span.kind
    )


def _line(slot, on, zone, user):
    """A slot with its hours in words, without the day that stands above it."""
    words = when.print_range(slot.starts_at, slot.ends_at, reader_zone=zone, event_zone=slot.zone, translate=_)
    hours = words.removeprefix(when.print_date(on, translate=_) + ", ")
    return {
        "slot": slot,
        "hours": hours,
        "booking": slot.live_bookings[0] if slot.live_bookings else None,
        "can_manage": slot.status in ("open", "proposed") and can_manage_slot(user, slot),
    }


def _coaches(user):
    if not user.is_admin:
        return []
    return list(User.objects.filter(is_coach=True, is_active=True).order_by("name", "id"))


def _cells(slot):
    wall = [when.to_wall(at, slot.zone) for at in (slot.starts_at, slot.ends_at)]
    booking = slot.kept[0] if slot.kept else None
    return (
        f"{wall[0]:%Y-%m-%d}",
        f"{wall[0]:%H:%M}",
        f"{wall[1]:%H:%M}",
        slot.zone,
        str(slot.minutes),
        str(slot.buffer_minutes),
        slot.coach.get_full_name(),
        str(slot.get_status_display()),
        booking.candidate.get_full_name() if booking else "",
        str(booking.get_status_display()) if booking else "",
        ("yes" if booking.confirmed_at else "no") if booking else "",
        slot.place,
        slot.link,
    )


def date_of(text):
    """The day an address names, or None."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
