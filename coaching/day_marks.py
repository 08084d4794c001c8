"""Why a day of the calendar has less than others: closed, a day away, an absence. One query for the rows, the rest is reckoned."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts import when
from accounts.fields import WallTimeField
from accounts.models import User
from coaching.models import Closure, CoachAbsence, DayAway

A_DAY = timedelta(days=1)
CLOSED, AWAY_DAY, ABSENT = "closed", "day", "absence"
# So many are named on one day; the others are counted.
NAMED = 4


@dataclass(frozen=True)
class Marks:
    """Of one day: a word or two for its cell, and the whole of it in sentences."""

    short: str
    lines: list[str]


def marks_of(user, first, last, *, zone, coach=None):
    """{day: Marks} of the days from `first` to `last` on the wall of `zone`, of what this person may see; one query.

    A closure is meant as the wall of each slot has it, so it stands on its own days; who is away is away from an instant
    on, which may be in the middle of a day elsewhere. `coach`: what concerns this one only.
    """
    closed, away = defaultdict(list), defaultdict(list)
    for kind, whose, name, its_zone, title, begins, ends in _rows(user, first, last, coach):
        if kind == CLOSED:
            text = _("Closed for %(name)s: %(title)s") if whose and whose != user.pk else _("Closed: %(title)s")
            for day in _days(max(first, begins.date()), min(last, ends.date())):
                closed[day].append(text % {"name": name, "title": title})
            continue
        end = ends if kind == ABSENT else ends + A_DAY
        away[whose, name].append(tuple(when.to_instant(wall, its_zone) for wall in (begins, end)))
    absent = defaultdict(list)
    for (whose, name), spans in away.items():
        for begin, end in _joined(spans):
            walls = [when.to_wall(at, zone) for at in (begin, end)]
            last_day = (walls[1] - timedelta.resolution).date()
            for day in _days(max(first, walls[0].date()), min(last, last_day)):
                absent[day].append(_sentence(None if whose == user.pk else name, day, *walls))
    return {day: _marks(closed[day], absent[day]) for day in {*closed, *absent}}


def _rows(user, first, last, coach):
    """Each as (kind, whose, name, zone, title, begin, end) on a wall; a day more on both sides, for zones."""
    since, until = first - A_DAY, last + A_DAY
    closures = Closure.objects.visible_to(user).touching(first, last)
    days = DayAway.objects.visible_to(user).filter(day__range=(since, until), coach__is_active=True)
    absences = CoachAbsence.objects.visible_to(user).planned().filter(coach__is_active=True)
    absences = absences.filter(from_wall__lt=_begin(until + A_DAY), until_wall__gt=_begin(since))
    if coach:
        closures = closures.filter(coach=None) | closures.filter(coach=coach)
        days, absences = days.filter(coach=coach), absences.filter(coach=coach)
    found = _columns(closures, CLOSED, zone=_text(""), title=F("title"), begins="from_on", ends="until_on")
    found = found.union(
        _columns(days, AWAY_DAY, zone=F("coach__zone"), title=_text(""), begins="day", ends="day"),
        _columns(absences, ABSENT, zone=F("zone"), title=_text(""), begins="from_wall", ends="until_wall"),
        all=True,
    )
    rows = sorted(found, key=lambda row: (row[0], row[2] or "", row[1] or 0, row[-2]))
    return [
        (kind, whose, User(name=name or "", email=email or "").get_full_name(), *rest)
        for kind, whose, name, email, *rest in rows
    ]


def _columns(rows, kind, *, zone, title, begins, ends):
    return rows.order_by().values_list(
        _text(kind),
        "coach_id",
        "coach__name",
        "coach__email",
        Cast(zone, CharField()),
        Cast(title, CharField()),
        Cast(begins, WallTimeField()),
        Cast(ends, WallTimeField()),
    )


def _text(value):
    return Cast(Value(value), CharField())


def _joined(spans):
    """Without overlaps; what touches is one."""
    joined = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _sentence(name, day, begins, ends):
    """Who is away on this day, and from or until when if not all of it. Without a name: the reader."""
    from_, until = begins > _begin(day), ends < _begin(day + A_DAY)
    texts = {
        (False, False): (_("You are away"), _("%(name)s is away")),
        (True, False): (_("You are away from %(from)s on"), _("%(name)s is away from %(from)s on")),
        (False, True): (_("You are away until %(until)s"), _("%(name)s is away until %(until)s")),
        (True, True): (
            _("You are away from %(from)s until %(until)s"),
            _("%(name)s is away from %(from)s until %(until)s"),
        ),
    }
    hers, others = texts[from_, until]
    return (others if name else hers) % {"name": name, "from": f"{begins:%H:%M}", "until": f"{ends:%H:%M}"}


def _marks(closed, absent):
    if closed:
        short = pgettext("day", "closed")
    else:
        short = ngettext("away", "%(number)s away", len(absent)) % {"number": len(absent)}
    more = len(absent) - NAMED
    lines = [*closed[:NAMED], *absent[: NAMED if more > 1 else NAMED + 1]]
    if more > 1:
        lines.append(ngettext("%(number)s more is away", "%(number)s more are away", more) % {"number": more})
    return Marks(short, lines)


def _begin(day):
    return datetime.combine(day, time())


def _days(first: date, last: date):
    return [first + number * A_DAY for number in range((last - first).days + 1)]
