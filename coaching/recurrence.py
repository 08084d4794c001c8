"""When the slots of a series happen: a weekly pattern on the wall of one zone, as an RRULE of RFC 5545.

Pure: the standard library, python-dateutil and `accounts.when`; `now` is never read. Of RRULE only what a coach's week needs:
FREQ=WEEKLY with INTERVAL, BYDAY, WKST, and COUNT or UNTIL. Everything else is answered by `BadRule`, before anything is
reckoned, so that no rule costs more time than another.

A slot keeps its *local* time over a change of offset (RFC 5545 section 3.3.5, as everywhere in `accounts.when`): a time that
the clocks skip comes at the next one they show (02:30 becomes 03:30) on that day only; of an hour that comes twice the first
is meant. Where two slots of one day would thereby begin at once, there is one of them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import WEEKLY, rrule  # type: ignore[import-untyped]

from accounts.when import WEEKDAYS, get_zone, gettext_noop, to_instant, to_wall

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = timedelta(days=7)
LONGEST_TEXT = 200
MOST_WEEKS_APART = 26
MOST_TIMES = 500
MOST_IN_A_ROW = 12
# So far `occurrences` looks at once: the longest horizon an installation may set, and more than a year.
LONGEST_LOOK = timedelta(days=800)
_NUMBER = re.compile(r"[0-9]{1,9}")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")

EVERY_WEEK = gettext_noop("every week on {days}")
EVERY_SECOND_WEEK = gettext_noop("every second week on {days}")
EVERY_SO_MANY_WEEKS = gettext_noop("every {weeks} weeks on {days}")
LAST_OF_SEVERAL = gettext_noop("{several} and {last}")


class BadRule(ValueError):
    """This is no pattern we can follow. `message` is to be translated and filled with `values`."""

    def __init__(self, message: str, **values: object):
        super().__init__(message % values)
        self.message, self.values = message, values


@dataclass(frozen=True, slots=True)
class Rule:
    """Every `interval` weeks on `days` (Monday 0), up to and including the day `until` where there is one.

    `wkst`: the day on which weeks begin; it matters only where they are several apart.
    """

    days: tuple[int, ...]
    interval: int = 1
    wkst: int = 0
    until: date | None = None

    def __str__(self) -> str:
        """As RRULE, without its end, which is a day on a wall and no instant."""
        parts = ["FREQ=WEEKLY"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        parts.append("BYDAY=" + ",".join(DAYS[day] for day in self.days))
        if self.interval > 1 and self.wkst:
            parts.append(f"WKST={DAYS[self.wkst]}")
        return ";".join(parts)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a series. `wall`: as the pattern has it, which names it for ever; `moved`: the clocks skip it that day."""

    wall: datetime
    starts_at: datetime
    moved: bool = False


def read_rule(text: str, *, first: datetime, zone: str) -> Rule:
    """The pattern an RRULE names. `first`: the wall time at or after which it begins; COUNT becomes the day it ends on.

    Raises BadRule, in words, for everything that is no weekly pattern, and UnknownZone.
    """
    get_zone(zone)
    parts = _parts(text)
    if parts.pop("FREQ", None) != "WEEKLY":
        raise BadRule(gettext_noop("Only weekly patterns work here: FREQ=WEEKLY."))
    rule = Rule(
        days=_days(parts.pop("BYDAY", DAYS[first.weekday()])),
        interval=_number(parts.pop("INTERVAL", "1"), "INTERVAL", MOST_WEEKS_APART),
        wkst=_day(parts.pop("WKST", "MO")),
    )
    count, until = parts.pop("COUNT", None), parts.pop("UNTIL", None)
    if parts:
        raise BadRule(
            gettext_noop("We do not know what to do with %(part)s in a weekly pattern."), part=min(parts)[:20]
        )
    if count is not None and until is not None:
        raise BadRule(gettext_noop("Give COUNT or UNTIL, not both."))
    if count is not None:
        return replace(rule, until=_last_of(rule, first, _number(count, "COUNT", MOST_TIMES)))
    if until is not None:
        return replace(rule, until=_until(until, first, zone))
    return rule


def occurrences(
    rule: Rule,
    *,
    first: datetime,
    zone: str,
    since: datetime,
    until: datetime,
    skip: frozenset[date] = frozenset(),
    in_a_row: int = 1,
    apart: timedelta = timedelta(),
) -> list[Occurrence]:
    """Every time of the series that begins at or after the instant `since` and before `until`, in their order.

    `first`: the wall time before which there is none. `skip`: days on the wall without any. `in_a_row`: so many on each day,
    one beginning `apart` after the other. Raises ValueError for a look further than `LONGEST_LOOK`.
    """
    if until - since > LONGEST_LOOK:
        raise ValueError("this looks too far ahead")
    found: dict[datetime, Occurrence] = {}
    # A day more at either end, because what the clocks skip moves, and the length of the row.
    margin = timedelta(days=1)
    begins = _walls(rule, first, to_wall(since, zone) - margin - in_a_row * apart, to_wall(until, zone) + margin)
    for begin in begins:
        if begin.date() in skip:
            continue
        for place in range(in_a_row):
            wall = begin + place * apart
            starts_at = to_instant(wall, zone)
            one = Occurrence(wall, starts_at, moved=to_wall(starts_at, zone) != wall)
            if since <= starts_at < until and (starts_at not in found or found[starts_at].moved):
                found[starts_at] = one
    return [found[starts_at] for starts_at in sorted(found)]


def describe(rule: Rule, *, translate: Callable[[str], str] = gettext_noop) -> str:
    """The pattern as people say it: "every second week on Monday and Thursday"."""
    names = [translate(WEEKDAYS[day]) for day in rule.days]
    days = names[-1]
    if len(names) > 1:
        days = translate(LAST_OF_SEVERAL).format(several=", ".join(names[:-1]), last=names[-1])
    words = {1: EVERY_WEEK, 2: EVERY_SECOND_WEEK}.get(rule.interval, EVERY_SO_MANY_WEEKS)
    return translate(words).format(days=days, weeks=rule.interval)


def _walls(rule: Rule, first: datetime, since: datetime, until: datetime) -> Iterator[datetime]:
    """The wall times of the pattern between the two. Begins near `since` however long ago `first` was, so a look costs its length."""
    stride = rule.interval * WEEK
    begin = first + max(0, (since - first) // stride - 1) * stride
    if rule.until:
        until = min(until, datetime.combine(rule.until, time.max))
    # Of these weeks each has the rule's days: alignment by whole strides keeps it the same.
    pattern = rrule(WEEKLY, dtstart=begin, interval=rule.interval, byweekday=rule.days, wkst=rule.wkst, until=until)
    return (wall for wall in pattern if wall >= since)


def _last_of(rule: Rule, first: datetime, count: int) -> date | None:
    """The day of the last of so many; none where the calendar ends before."""
    pattern = rrule(WEEKLY, dtstart=first, interval=rule.interval, byweekday=rule.days, wkst=rule.wkst, count=count)
    return max((wall.date() for wall in pattern), default=None)


def _parts(text: str) -> dict[str, str]:
    text = text.strip().upper().removeprefix("RRULE:")
    if len(text) > LONGEST_TEXT:
        raise BadRule(gettext_noop("This pattern is too long: %(most)s signs at most."), most=LONGEST_TEXT)
    parts: dict[str, str] = {}
    for part in text.removesuffix(";").split(";"):
        name, sign, value = part.partition("=")
        if not (sign and name.isascii() and name.isalpha() and value):
            raise BadRule(gettext_noop("This is no RRULE. One looks like FREQ=WEEKLY;BYDAY=MO,WE."))
        if name in parts:
            raise BadRule(gettext_noop("%(part)s stands there twice."), part=name[:20])
        parts[name] = value
    return parts


def _days(text: str) -> tuple[int, ...]:
    return tuple(sorted({_day(name) for name in text.split(",")}))


def _day(name: str) -> int:
    if name not in DAYS:
        raise BadRule(gettext_noop("“%(day)s” is no day of the week: MO, TU, WE, TH, FR, SA or SU."), day=name[:20])
    return DAYS.index(name)


def _number(text: str, name: str, most: int) -> int:
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= most:
        raise BadRule(gettext_noop("%(part)s is a number from 1 to %(most)s."), part=name, most=most)
    return int(text)


def _until(text: str, first: datetime, zone: str) -> date:
    """The last day of a pattern that ends at this date or time: in UTC with Z, else on the series' wall."""
    match = _UNTIL.fullmatch(text)
    try:
        day, clock, is_utc = match.groups() if match else ("", None, "")
        moment = datetime.strptime(day + (clock or "235959"), "%Y%m%d%H%M%S")  # noqa: DTZ007 -- on the wall but for a Z
        if is_utc:
            moment = to_wall(moment.replace(tzinfo=UTC), zone)
        last = moment.date() if moment.time() >= first.time() else moment.date() - timedelta(days=1)
    except (OverflowError, ValueError):
        raise BadRule(gettext_noop("UNTIL is a day such as 20270331.")) from None
    if last < first.date():
        raise BadRule(gettext_noop("This pattern ends before it begins."))
    return last
