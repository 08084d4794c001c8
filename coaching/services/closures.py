"""Days on which no slots are made, and what else can stand in the way of one."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Refused
from coaching.models import Closure, CoachAbsence, DayAway, MockSlot

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Obstacle:
    """Why a planned slot is not made: a closure of that day, an absence, a day away, another slot of the coach's at that time,
    or none of these: then the clocks change that day, and the slot would begin before the one before it has ended.
    """

    closure: Closure | None = None
    slot: MockSlot | None = None
    absence: CoachAbsence | None = None
    day_away: date | None = None

    def words(self, reader):
        if self.closure:
            return _("Closed: %(title)s") % {"title": self.closure.title}
        if self.absence:
            until = when.print_instant(self.absence.ends_at, reader_zone=reader.zone, translate=_)
            return _("Away until %(until)s.") % {"until": until}
        if self.day_away:
            return _("Away on %(day)s.") % {"day": when.print_date(self.day_away, translate=_)}
        if not self.slot:
            return _("The clocks change that day: it would begin before the one before it has ended.")
        other = self.slot
        span = when.print_range(
            other.starts_at, other.ends_at, reader_zone=reader.zone, event_zone=other.zone, translate=_
        )
        return _("There is a slot already: %(span)s, and %(minutes)s minutes free afterwards.") % {
            "span": span,
            "minutes": other.buffer_minutes,
        }


def close_days(*, from_on, until_on, title, by, coach=None):
    """No slots are made on these days any more; those that are there stay. Raises Refused at the field."""
    if until_on < from_on:
        raise Refused(_("The last day comes before the first."), field="until_on")
    if until_on - from_on > LONGEST:
        raise Refused(_("This is more than a year. Is the date right?"), field="until_on")
    closure = Closure(coach=coach, from_on=from_on, until_on=until_on, title=title, created_by=by)
    closure.full_clean()
    closure.save()
    return closure


def closed_by(coach, day):
    """The closure of this day for this coach, or None."""
    return of_coach(coach).touching(day, day).order_by("id").first()


def of_coach(coach):
    """What closes days for her: her own closures and the installation's."""
    return Closure.objects.filter(coach=None) | Closure.objects.filter(coach=coach)


def slots_on(closure, now):
    """Live slots still to come on the days of a closure, which it leaves alone."""
    rows = MockSlot.objects.filter(
        status__in=["proposed", "open"],
        starts_at__gt=now,
        starts_wall__gte=datetime.combine(closure.from_on, time()),
        starts_wall__lt=datetime.combine(closure.until_on + timedelta(days=1), time()),
    )
    return rows.filter(coach=closure.coach) if closure.coach_id else rows


def obstacles(coach, planned, *, blocked_minutes, besides=()):
    """{the planned occurrence's wall: Obstacle} of those that cannot be made; four queries, whatever their number.

    `besides`: keys of slots that are in nobody's way, because they are about to go or move.
    """
    if not planned:
        return {}
    days = [one.wall.date() for one in planned]
    closures = list(of_coach(coach).touching(min(days), max(days)).order_by("id"))
    blocked = timedelta(minutes=blocked_minutes)
    busy = list(
        MockSlot.objects.filter(
            coach=coach,
            status__in=["proposed", "open"],
            starts_at__lt=planned[-1].starts_at + blocked,
            blocked_until__gt=planned[0].starts_at,
        )
        .exclude(pk__in=besides)
        .order_by("starts_at")
    )
    absences = list(
        CoachAbsence.objects.planned().touching(coach, planned[0].starts_at, planned[-1].starts_at + blocked)
    )
    away_days = set(
        DayAway.objects.filter(coach=coach)
        .touching(planned[0].starts_at, planned[-1].starts_at + blocked)
        .values_list("day", flat=True)
    )
    # No two of them overlap, so in the order of their starts their ends are in order too.
    ends = [slot.blocked_until for slot in busy]
    found, free_from = {}, planned[0].starts_at
    for one in planned:
        closure = next((each for each in closures if each.from_on <= one.wall.date() <= each.until_on), None)
        place = bisect_left(ends, one.starts_at + timedelta.resolution)
        away = next(
            (each for each in absences if each.starts_at < one.starts_at + blocked and each.ends_at > one.starts_at),
            None,
        )
        if closure:
            found[one.wall] = Obstacle(closure=closure)
        elif away:
            found[one.wall] = Obstacle(absence=away)
        elif day_away := _first_of(away_days, one.starts_at, one.starts_at + blocked, coach.zone):
            found[one.wall] = Obstacle(day_away=day_away)
        elif place < len(busy) and busy[place].starts_at < one.starts_at + blocked:
            found[one.wall] = Obstacle(slot=busy[place])
        elif one.starts_at < free_from:
            found[one.wall] = Obstacle()
        else:
            free_from = one.starts_at + blocked
    return found


def _first_of(days, starts_at, ends_at, zone):
    """The first of these days, on the wall of `zone`, with which this span has a moment in common; None if it has with none."""
    first, last = (when.to_wall(at, zone).date() for at in (starts_at, ends_at - timedelta.resolution))
    return min((day for day in days if first <= day <= last), default=None)
