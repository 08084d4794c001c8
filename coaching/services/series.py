"""Series: slots by a weekly pattern, made ahead as far as sessions can be booked, and rolled on day by day.

What a roll has once passed by is never made behind anybody's back: a slot that was withdrawn stays withdrawn, and one that
something stood in the way of is shown as a gap, with a button.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Conflict, Refused, move, start
from coaching import recurrence
from coaching.models import MockSlot, SlotEvent, SlotSeries
from coaching.permissions import can_open_slots
from coaching.services import slots
from coaching.services.closures import Obstacle, obstacles
from coaching.services.locks import places_of

logger = logging.getLogger(__name__)
A_DAY = timedelta(days=1)
LATEST_FIRST = timedelta(days=366)
# The longest a pattern may pause, and as much again for days it leaves out.
LOOKS_FOR_FIRST = 2 * recurrence.MOST_WEEKS_APART * recurrence.WEEK
MOST_EXCEPTIONS = 100
BATCH = 200


@dataclass(frozen=True)
class Gap:
    """A time of the pattern that has no slot. Without an obstacle nothing stands in its way any more."""

    starts_at: object
    ends_at: object
    obstacle: Obstacle | None


def create_series(
    *, coach, zone, rule, starts_wall, by, until_on=None, in_a_row=1, minutes=45, buffer_minutes=15, place="", link="",
    exceptions=(), now=None,
):  # fmt: skip
    """Offer sessions by a pattern, and make the slots that can be booked by now.

    `rule`: an RRULE; its COUNT or UNTIL, or `until_on`, whichever comes first, is the end. What cannot be made because
    something stands in the way is left out, and `gaps` tells it. Raises Refused, at the field.
    """
    now = now or timezone.now()
    if not (coach.is_coach and coach.is_active):
        raise Refused(_("A slot belongs to a coach."), field="coach")
    slots.check_length(minutes, buffer_minutes)
    if not 1 <= in_a_row <= recurrence.MOST_IN_A_ROW:
        raise Refused(
            _("Between 1 and %(most)s sessions in a row.") % {"most": recurrence.MOST_IN_A_ROW}, field="in_a_row"
        )
    if len(exceptions) > MOST_EXCEPTIONS:
        raise Refused(_("At most %(most)s days without.") % {"most": MOST_EXCEPTIONS}, field="exceptions")
    read = _read(rule, starts_wall, zone)
    until_on = min((day for day in (until_on, read.until) if day), default=None)
    series = SlotSeries(
        coach=coach,
        status=SlotSeries.Status.RUNNING if can_open_slots(by) else SlotSeries.Status.PROPOSED,
        rule=str(read),
        zone=zone,
        starts_wall=starts_wall,
        until_on=until_on,
        in_a_row=in_a_row,
        minutes=minutes,
        buffer_minutes=buffer_minutes,
        place=place,
        link=link,
        exceptions=sorted(set(exceptions)),
    )
    _check_begins(series, now)
    check_row(series)
    with places_of(coach):
        start(series, by=by)
        make_ahead(series, now, by=by)
    return series


def check_row(series):
    """Several sessions of one day end on that day."""
    end = series.starts_wall + series.in_a_row * apart(series) - timedelta(minutes=series.buffer_minutes)
    if series.in_a_row > 1 and end.date() != series.starts_wall.date():
        raise Refused(_("So many sessions do not fit into one day."), field="in_a_row")


def apart(series):
    """From the start of one session to the start of the next in a row."""
    return timedelta(minutes=series.minutes + series.buffer_minutes)


def planned(series, *, since, until, in_a_row=None):
    """The occurrences of a series between two instants, without the days it leaves out."""
    return recurrence.occurrences(
        series.pattern,
        first=series.starts_wall,
        zone=series.zone,
        since=since,
        until=until,
        skip=frozenset(series.exceptions),
        in_a_row=in_a_row or series.in_a_row,
        apart=apart(series),
    )


def roll(series, *, now):
    """Make what has come within reach since the last time; the number of slots made. Run once or fifty times: the same."""
    with places_of(series.coach):
        series = SlotSeries.objects.select_related("coach").get(pk=series.pk)
        if series.status not in SlotSeries.GOES_ON or not series.coach.is_active:
            return 0
        made = make_ahead(series, now)
        if series.until_on and series.until_on < when.to_wall(now, series.zone).date():
            move(series, SlotSeries.Status.ENDED, reason="over")
    return len(made)


def roll_all(now):
    """Every series that was not rolled for a day; by the daily task, and by the sweep when that did not come."""
    made = 0
    for series in SlotSeries.objects.to_roll(horizon(now) - A_DAY).select_related("coach")[:BATCH]:
        try:
            with transaction.atomic():
                made += roll(series, now=now)
        except (Conflict, Refused, DatabaseError) as error:
            # One series' trouble is not the others'.
            logger.warning("roll_failed error=%s", type(error).__name__)
    return made


def horizon(now):
    """So far ahead slots are made: as far as they can be booked."""
    return now + min(timedelta(days=settings.BOOKING_HORIZON_DAYS), recurrence.LONGEST_LOOK)


def gaps(series, now):
    """The times of the pattern, of those within reach, that have no slot and never had one."""
    missing = _missing(series, since=now, until=series.rolled_until or now)
    in_the_way = obstacles(series.coach, missing, blocked_minutes=series.minutes + series.buffer_minutes)
    length = timedelta(minutes=series.minutes)
    return [Gap(one.starts_at, one.starts_at + length, in_the_way.get(one.wall)) for one in missing]


def fill(series, *, by, now=None):
    """Make those gaps in whose way nothing stands any more; the slots made."""
    now = now or timezone.now()
    with places_of(series.coach):
        series = SlotSeries.objects.select_related("coach").get(pk=series.pk)
        if series.status not in SlotSeries.GOES_ON:
            raise Conflict(_("This series has ended; it makes no more slots."))
        return _make(series, since=now, until=series.rolled_until or now, by=by)


def make_ahead(series, now, by=None):
    """Make what is within reach and was not passed by yet; call it with the coach's places held."""
    since, until = max(now, series.rolled_until or now), horizon(now)
    if since >= until:
        return []
    made = _make(series, since=since, until=until, by=by)
    series.rolled_until = until
    SlotSeries.objects.filter(pk=series.pk).update(rolled_until=until, updated_at=now)
    return made


def _make(series, *, since, until, by):
    """Slots for all occurrences that have none and can be had; call it with the coach's places held."""
    missing = _missing(series, since=since, until=until)
    in_the_way = obstacles(series.coach, missing, blocked_minutes=series.minutes + series.buffer_minutes)
    made = MockSlot.objects.bulk_create(slot_of(series, one) for one in missing if one.wall not in in_the_way)
    SlotEvent.objects.bulk_create(SlotEvent(subject=slot, new=slot.status, by=by, reason="series") for slot in made)
    return made


def slot_of(series, occurrence):
    """The slot of one occurrence, not saved yet."""
    ends_at = occurrence.starts_at + timedelta(minutes=series.minutes)
    return MockSlot(
        coach=series.coach,
        series=series,
        occurs_wall=occurrence.wall,
        status=MockSlot.Status.PROPOSED if series.status == SlotSeries.Status.PROPOSED else MockSlot.Status.OPEN,
        zone=series.zone,
        # A time that the clocks skip is kept as the one that comes.
        starts_wall=when.to_wall(occurrence.starts_at, series.zone),
        minutes=series.minutes,
        buffer_minutes=series.buffer_minutes,
        starts_at=occurrence.starts_at,
        ends_at=ends_at,
        blocked_until=ends_at + timedelta(minutes=series.buffer_minutes),
        place=series.place,
        link=series.link,
    )


def _missing(series, *, since, until):
    if since >= until:
        return []
    begin = when.to_wall(since, series.zone) - 2 * A_DAY
    there = set(series.slots.filter(occurs_wall__gte=begin).values_list("occurs_wall", flat=True))
    return [one for one in planned(series, since=since, until=until) if one.wall not in there]


def _read(text, first, zone):
    try:
        return recurrence.read_rule(text, first=first, zone=zone)
    except when.UnknownZone:
        raise Refused(_("This is not a time zone we know. Try a city, such as Africa/Nairobi."), field="zone") from None
    except recurrence.BadRule as bad:
        raise Refused(_(bad.message) % bad.values, field="rule") from None


def _check_begins(series, now):
    """A series that never happens, or not for a year, is a slip of the pen."""
    try:
        first = when.to_instant(series.starts_wall, series.zone)
    except ValueError:
        raise Refused(_("This date is out of range."), field="starts_wall") from None
    except when.UnknownZone:
        raise Refused(_("This is not a time zone we know. Try a city, such as Africa/Nairobi."), field="zone") from None
    if first > now + LATEST_FIRST:
        raise Refused(_("This is more than a year away. Is the date right?"), field="starts_wall")
    since = max(now, first)
    if not planned(series, since=since, until=since + LOOKS_FOR_FIRST, in_a_row=1):
        raise Refused(_("No day of this pattern is still to come. Look at the days and the end."), field="until_on")
