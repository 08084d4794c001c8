"""Changing or ending a series from a day on. Who is affected is shown first; what is booked changes only as somebody chose.

The series before that day ends, and another takes over: what was is not rewritten. The slots are changed by a
`CalendarChange`, so nobody hears of anything for some minutes, and all of it can be undone.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Conflict, Refused, move, start
from coaching import recurrence
from coaching.models import Booking, CalendarChange, ChangeItem, MockSlot, SlotSeries
from coaching.services import changes, slots
from coaching.services.closures import obstacles
from coaching.services.locks import lock_people, places_of
from coaching.services.series import apart, check_row, horizon, make_ahead, planned

KEEP, ASK, CANCEL = "keep", "ask", "cancel"
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """What becomes of one slot. `act`: edit, withdraw, or empty where it stays. `wall`: its time in the new pattern.

    `asks`: somebody has booked it, and its time goes or changes, so that a choice is needed. `in_the_way`: why it cannot be
    moved there.
    """

    slot: MockSlot
    act: str = ""
    wall: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    booking: Booking | None = None
    asks: bool = False
    in_the_way: str = ""

    @property
    def key(self):
        return str(self.slot.public_id)

    @property
    def moves(self):
        return self.act == ChangeItem.Act.EDIT and self.starts_at != self.slot.starts_at


@dataclass(frozen=True)
class Plan:
    """`rows`: every live slot from that day on; `added`: how many the new pattern makes beside them."""

    series: SlotSeries
    from_on: date
    values: dict | None
    rows: list[Row] = field(default_factory=list)
    added: int = 0

    @property
    def changed(self):
        return sum(row.act == ChangeItem.Act.EDIT for row in self.rows)

    @property
    def withdrawn(self):
        return sum(row.act == ChangeItem.Act.WITHDRAW for row in self.rows)

    @property
    def booked(self):
        return [row for row in self.rows if row.booking]

    @property
    def asking(self):
        """Those for whom a choice is needed."""
        return [row for row in self.rows if row.asks]

    @property
    def by_hand(self):
        """Slots that were moved one by one and stay where they are."""
        return sum(not row.act and row.slot.starts_at != _planned_start(row.slot) for row in self.rows)


def values_of(series):
    """What can be changed about a series, as it is."""
    return {
        "starts": series.starts_wall.time(),
        "days": list(series.pattern.days),
        "in_a_row": series.in_a_row,
        "minutes": series.minutes,
        "buffer_minutes": series.buffer_minutes,
        "until_on": series.until_on,
        "place": series.place,
        "link": series.link,
    }


def plan_edit(series, *, from_on, values, now):
    """What another pattern from that day on would do. Raises Refused, at the field, for values that cannot be."""
    from_on = _first_day(series, from_on, now)
    new = _changed(series, from_on, values)
    wanted = {_key(new, one.wall): one for one in planned(new, since=now, until=horizon(now))}
    rows = [
        _edit(slot, booking, wanted.pop(_key(series, slot.occurs_wall), None), new)
        for slot, booking in _live(series, from_on, now)
    ]
    going = [row.slot.pk for row in rows if row.act]
    rows = _with_obstacles(rows, new, going)
    more = sorted(wanted.values(), key=lambda one: one.starts_at)
    added = len(more) - len(_in_the_way(new, more, going))
    return Plan(series, from_on, values, rows, added=added)


def plan_end(series, *, from_on, now):
    """What ending it that day would do."""
    from_on = _first_day(series, from_on, now)
    rows = [
        Row(slot, ChangeItem.Act.WITHDRAW, booking=booking, asks=booking is not None)
        for slot, booking in _live(series, from_on, now)
    ]
    return Plan(series, from_on, None, rows)


def carry_out(plan, *, by, choices=None, reason="", now=None):
    """Do what a plan says. `choices`: {slot's public id: keep, ask or cancel} of those who booked; without one it is kept.

    Answers the CalendarChange: it waits some minutes if anybody has to be told, and can be undone until then.
    """
    now, choices, reason = now or timezone.now(), choices or {}, reason.strip()
    series = plan.series
    if series.status not in SlotSeries.GOES_ON:
        raise Conflict(_("This series has ended already."))
    steps, walls = [], {}
    for row in _in_order(plan.rows):
        choice = choices.get(row.key, KEEP) if row.asks else None
        if row.wall:
            walls[row.slot.pk] = row.wall.isoformat()
        if not row.act or choice == KEEP:
            continue
        if choice == CANCEL and not reason:
            raise Refused(_("Somebody's session is cancelled. Say in a line why, for them."), field="reason")
        steps.append(
            changes.Step(row.slot, row.act, fields=_fields(row, plan) if row.act == ChangeItem.Act.EDIT else {})
        )
    data = {"series": series.pk, "from_on": plan.from_on.isoformat(), "values": _as_json(plan.values), "walls": walls}
    with places_of(series.coach):
        _check_seen(plan, steps)
        return changes.begin(
            steps, kind=CalendarChange.Kind.SERIES, by=by, coach=series.coach, reason=reason, data=data, now=now
        )


def _check_seen(plan, steps):
    """Nobody loses a session that the plan did not show. Call it with the coach's places held."""
    shown = {row.slot.pk: row.booking and row.booking.pk for row in plan.rows}
    for booking in Booking.objects.filter(
        slot__in=[step.slot.pk for step in steps], status=Booking.Status.BOOKED
    ).select_related("candidate"):
        if shown[booking.slot_id] != booking.pk:
            raise Conflict(
                _("%(name)s has booked meanwhile. Please look once more; nothing has happened yet.")
                % {"name": booking.candidate.get_full_name()}
            )


def follow(change, *, now):
    """The slots have been changed: the series follows, in the same transaction."""
    series = SlotSeries.objects.select_related("coach").get(pk=change.data["series"])
    lock_people(series.coach)
    if series.status not in SlotSeries.GOES_ON:
        return
    from_on = date.fromisoformat(change.data["from_on"])
    new = None
    if change.data["values"] is not None:
        new = start(_changed(series, from_on, _from_json(change.data["values"])), by=change.by, reason="takes over")
        for pk, wall in change.data["walls"].items():
            MockSlot.objects.filter(pk=pk, series=series).update(series=new, occurs_wall=datetime.fromisoformat(wall))
    SlotSeries.objects.filter(pk=series.pk).update(until_on=from_on - A_DAY, updated_at=now)
    series.refresh_from_db()
    _withdraw_left(series, from_on, change, now)
    if series.until_on < when.to_wall(now, series.zone).date():
        move(series, SlotSeries.Status.ENDED, by=change.by)
    if new:
        make_ahead(new, now, by=change.by)


def _withdraw_left(series, from_on, change, now):
    """What the old pattern made while the change waited; whoever has booked one keeps it."""
    taken = Booking.objects.live(now).values("slot")
    kept = set(change.items.values_list("slot", flat=True))
    for slot in series.slots.filter(
        status__in=["proposed", "open"], occurs_wall__gte=datetime.combine(from_on, time()), starts_at__gt=now
    ).exclude(pk__in=taken):
        if slot.pk not in kept and slot.starts_at == _planned_start(slot):
            move(slot, MockSlot.Status.WITHDRAWN, by=change.by, reason="series")


def _first_day(series, from_on, now):
    """Not before today, nor before the series begins."""
    return max(from_on, when.to_wall(now, series.zone).date(), series.starts_wall.date())


def _changed(series, from_on, values):
    """The series that takes over, not saved yet; its weeks are those of the one before."""
    slots.check_length(values["minutes"], values["buffer_minutes"])
    if not values["days"]:
        raise Refused(_("On which days?"), field="days")
    rule = series.pattern
    begin = from_on
    if rule.interval > 1:
        begin = _week_that_counts(rule, series.starts_wall.date(), from_on)
    if values["until_on"] and values["until_on"] < from_on:
        raise Refused(_("The last day comes before the first."), field="until_on")
    if not 1 <= values["in_a_row"] <= recurrence.MOST_IN_A_ROW:
        raise Refused(
            _("Between 1 and %(most)s sessions in a row.") % {"most": recurrence.MOST_IN_A_ROW}, field="in_a_row"
        )
    new = SlotSeries(
        coach=series.coach,
        status=series.status,
        zone=series.zone,
        rule=str(recurrence.Rule(tuple(sorted(values["days"])), rule.interval, rule.wkst)),
        starts_wall=datetime.combine(begin, values["starts"]),
        exceptions=series.exceptions,
        **{name: values[name] for name in ("until_on", "in_a_row", "minutes", "buffer_minutes", "place", "link")},
    )
    check_row(new)
    return new


def _week_that_counts(rule, first, from_on):
    """That day, or the beginning of the next week that counts in a pattern of every so many weeks."""
    begin = first - timedelta(days=(first.weekday() - rule.wkst) % 7)
    week = from_on - timedelta(days=(from_on.weekday() - rule.wkst) % 7)
    over = (week - begin).days // 7 % rule.interval
    return from_on if over == 0 else week + timedelta(weeks=rule.interval - over)


def _key(series, wall):
    """Which one of a pattern: the day, and its place in the row of that day."""
    begin = datetime.combine(wall.date(), series.starts_wall.time())
    return wall.date(), round((wall - begin) / apart(series))


def _planned_start(slot):
    return when.to_instant(slot.occurs_wall, slot.zone)


def _live(series, from_on, now):
    """(slot, its booking or None) of everything still to come from that day on, in its order."""
    rows = series.slots.filter(
        status__in=["proposed", "open"], starts_at__gt=now, occurs_wall__gte=datetime.combine(from_on, time())
    )
    booked = {
        booking.slot_id: booking
        for booking in Booking.objects.filter(slot__in=rows, status=Booking.Status.BOOKED).select_related("candidate")
    }
    return [(slot, booked.get(slot.pk)) for slot in rows.select_related("coach").order_by("starts_at", "id")]


def _edit(slot, booking, wanted, new):
    if slot.starts_at != _planned_start(slot):
        # Moved by hand: it stays, in the place of its day.
        return Row(slot, wall=wanted and wanted.wall, booking=booking)
    if wanted is None:
        return Row(slot, ChangeItem.Act.WITHDRAW, booking=booking, asks=booking is not None)
    ends_at = wanted.starts_at + timedelta(minutes=new.minutes)
    moves = (wanted.starts_at, ends_at) != (slot.starts_at, slot.ends_at)
    same = not moves and all(getattr(slot, name) == getattr(new, name) for name in ("buffer_minutes", "place", "link"))
    act = "" if same else ChangeItem.Act.EDIT
    return Row(slot, act, wanted.wall, wanted.starts_at, ends_at, booking, asks=moves and booking is not None)


def _in_the_way(new, planned, going):
    """What stands in the way of these times, the slots aside that go or move themselves."""
    return obstacles(new.coach, planned, blocked_minutes=new.minutes + new.buffer_minutes, besides=going)


def _with_obstacles(rows, new, going):
    """Say of each that is to move what stands there."""
    moving = [recurrence.Occurrence(row.wall, row.starts_at) for row in rows if row.moves]
    found = _in_the_way(new, sorted(moving, key=lambda one: one.starts_at), going)
    return [
        Row(**{**row.__dict__, "in_the_way": found[row.wall].words(new.coach)})
        if row.moves and row.wall in found
        else row
        for row in rows
    ]


def _in_order(rows):
    """So that no slot has to pass another: first what goes, then what moves later from the last on, then the rest."""
    going = [row for row in rows if row.act == ChangeItem.Act.WITHDRAW]
    later = [row for row in rows if row.moves and row.starts_at > row.slot.starts_at]
    rest = [row for row in rows if row not in going and row not in later]
    return going + later[::-1] + rest


def _fields(row, plan):
    """The new values of one slot."""
    values = {name: plan.values[name] for name in ("minutes", "buffer_minutes", "place", "link")}
    if row.moves:
        values["starts_wall"] = when.to_wall(row.starts_at, row.slot.zone)
    return values


def _as_json(values):
    if values is None:
        return None
    return {
        **values,
        "starts": values["starts"].isoformat(),
        "until_on": values["until_on"].isoformat() if values["until_on"] else None,
    }


def _from_json(values):
    return {
        **values,
        "starts": time.fromisoformat(values["starts"]),
        "until_on": date.fromisoformat(values["until_on"]) if values["until_on"] else None,
    }
