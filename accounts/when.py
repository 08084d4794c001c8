"""Instants, zones and quiet hours: the one place that prints a time.

Pure: standard library only, `now` never read. Every instant is an aware datetime, every zone an IANA name.
Wall times are naive datetimes that mean nothing without their zone; they turn into instants by the rule of
RFC 5545 section 3.3.5 (in a gap the offset before the gap counts, in an overlap the first occurrence).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones


def gettext_noop(text: str) -> str:
    """Mark `text` for translation and return it unchanged; whoever shows it translates it."""
    return text


Translate = Callable[[str], str]

WEEKDAYS = (
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)
MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)
DATE = gettext_noop("{weekday} {day} {month} {year}")
DATE_WITHOUT_YEAR = gettext_noop("{weekday} {day} {month}")
# By how many days they lie from the reader's own.
NEAR_DAYS = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}

# Files of the zone database that name no place and no rule.
NOT_ZONES = frozenset({"Factory", "localtime", "posixrules", "posix", "right"})
AREAS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
A_MOMENT = timedelta(minutes=1)
MORNING = time(8)
A_REST = timedelta(hours=3)


class UnknownZone(ValueError):
    """The name is no zone of the IANA database."""


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones() - NOT_ZONES)


@cache
def zone_names() -> tuple[str, ...]:
    """The zones to offer in a form, sorted: every area/city, and UTC. (`get_zone` knows the older aliases too.)"""
    return tuple(sorted(name for name in _known_zones() if name.split("/")[0] in AREAS or name == "UTC"))


@lru_cache(maxsize=1024)
def get_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name, exactly as spelled there. Raises UnknownZone for anything else."""
    if name not in _known_zones():
        raise UnknownZone(f"{name!r} is not a time zone")
    return ZoneInfo(name)


def _aware(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError("an instant needs a time zone")
    return instant


def _instant(wall: datetime, zone: str, fold: int) -> datetime:
    try:
        return wall.replace(tzinfo=get_zone(zone), fold=fold).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{wall.isoformat()} is out of range") from None


def to_instant(wall: datetime, zone: str) -> datetime:
    """The instant (in UTC) of a naive wall time in `zone`.

    A time skipped by a change of offset is read with the offset before the gap (02:30 becomes 03:30); of a time
    that comes twice the first is meant. Raises ValueError for an aware `wall` or one outside years 1-9999.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no time zone of its own")
    return _instant(wall, zone, fold=0)


def to_wall(instant: datetime, zone: str) -> datetime:
    """What a clock on the wall in `zone` shows at `instant`, as a naive datetime."""
    return _aware(instant).astimezone(get_zone(zone)).replace(tzinfo=None, fold=0)


def _offset(instant: datetime, zone: str) -> timedelta:
    return _aware(instant).astimezone(get_zone(zone)).utcoffset() or timedelta()


def _offset_name(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}" if hours else "UTC"


def _is_city(zone: str) -> bool:
    return zone.split("/", maxsplit=1)[0] in AREAS


def zone_label(zone: str, instant: datetime) -> str:
    """The short name of a zone as people say it: the city. Zones without one (Etc/GMT+3, EST) show their offset."""
    get_zone(zone)
    if _is_city(zone):
        return zone.rsplit("/", 1)[-1].replace("_", " ")
    return _offset_name(_offset(instant, zone))


def print_date(day: date, *, translate: Translate = gettext_noop, year: bool = True) -> str:
    """A day as "Saturday 21 November 2026"."""
    return translate(DATE if year else DATE_WITHOUT_YEAR).format(
        weekday=translate(WEEKDAYS[day.weekday()]), day=day.day, month=translate(MONTHS[day.month - 1]), year=day.year
    )


def _clock(instant: datetime, zone: str) -> str:
    """The time of day; with its offset where the same time comes twice that night."""
    local = _aware(instant).astimezone(get_zone(zone))
    text = f"{local.hour:02}:{local.minute:02}"
    offset = local.utcoffset() or timedelta()
    if local.replace(fold=1 - local.fold).utcoffset() != offset and _is_city(zone):
        return f"{text} {_offset_name(offset)}"
    return text


def print_instant(
    instant: datetime,
    *,
    reader_zone: str,
    event_zone: str | None = None,
    now: datetime | None = None,
    translate: Translate = gettext_noop,
) -> str:
    """The one way a time is shown, on pages, in mail and in .ics: "Saturday 21 November 2026, 08:30 Nairobi".

    The reader's own time leads. Where the event's zone has another offset at that instant, its time follows:
    "…, 08:30 Nairobi (05:30 London)", with its date where that differs too. Whoever reads it at once gives `now`
    as well, and reads "today, 08:30 Nairobi"; what is kept, as a mail is, names the day.
    """
    return print_range(instant, instant, reader_zone=reader_zone, event_zone=event_zone, now=now, translate=translate)


def print_range(
    start: datetime,
    end: datetime,
    *,
    reader_zone: str,
    event_zone: str | None = None,
    now: datetime | None = None,
    translate: Translate = gettext_noop,
) -> str:
    """A span in the manner of `print_instant`: "Saturday 21 November 2026, 08:30–09:15 Nairobi (05:30–06:15 London)".

    Raises ValueError if `end` is before `start`.
    """
    if _aware(end) < _aware(start):
        raise ValueError("a span cannot end before it starts")
    day = to_wall(start, reader_zone).date()
    today = None if now is None else to_wall(now, reader_zone).date()
    text = f"{_print_day(day, today, translate)}, {_span(start, end, reader_zone, translate, today)}"
    if event_zone in (None, reader_zone) or all(
        _offset(at, reader_zone) == _offset(at, event_zone) for at in (start, end)
    ):
        return text
    there = to_wall(start, event_zone).date()
    date_there = "" if there == day else print_date(there, translate=translate, year=there.year != day.year) + ", "
    return f"{text} ({date_there}{_span(start, end, event_zone, translate)})"


def _print_day(day: date, today: date | None, translate: Translate, *, year: bool = True) -> str:
    word = NEAR_DAYS.get((day - today).days) if today else None
    return translate(word) if word else print_date(day, translate=translate, year=year)


def _span(start: datetime, end: datetime, zone: str, translate: Translate, today: date | None = None) -> str:
    first, label = _clock(start, zone), zone_label(zone, start)
    if start == end:
        return f"{first} {label}"
    last = _clock(end, zone)
    if (ends := zone_label(zone, end)) != label:
        # The zone's name is its offset, and that changes in between.
        first, label = f"{first} {label}", ends
    first_day, last_day = to_wall(start, zone).date(), to_wall(end, zone).date()
    if first_day == last_day:
        return f"{first}–{last} {label}"
    last_date = _print_day(last_day, today, translate, year=first_day.year != last_day.year)
    return f"{first} – {last_date}, {last} {label}"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The part of each day, by somebody's own clock, in which nothing is delivered.

    From `start` up to, not including, `end`; may cross midnight; equal times mean that there are none.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("quiet hours are wall times")

    def cover(self, moment: time) -> bool:
        """Whether this time of day lies in them."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


NO_QUIET_HOURS = QuietHours(time(0), time(0))


def is_quiet(instant: datetime, zone: str, quiet: QuietHours) -> bool:
    """Whether the clock on the wall in `zone` is within the quiet hours at `instant`."""
    return quiet.cover(to_wall(instant, zone).time())


def deliver_at(due: datetime, *, zone: str, quiet: QuietHours, deadline: datetime | None = None) -> datetime:
    """When to deliver what is due at `due`: then, unless it falls into quiet hours.

    Otherwise at their end; if that is not before `deadline`, a minute before they begin, so that it still helps.
    That moment lies before `due` and may be past already: then the caller delivers at once (`deliver_from`).
    Never inside quiet hours; applying it twice changes nothing.
    """
    if not is_quiet(due, zone, quiet):
        return due
    end = _end_of_quiet(due, zone, quiet)
    if deadline is None or end < deadline:
        return end
    return _before_quiet(due, zone, quiet)


def deliver_from(now: datetime, *, zone: str, quiet: QuietHours, deadline: datetime | None = None) -> datetime:
    """When to deliver what ought to go at `now`: later if quiet hours can be waited out, never earlier."""
    return max(now, deliver_at(now, zone=zone, quiet=quiet, deadline=deadline))


def cannot_wait(now: datetime, *, zone: str, quiet: QuietHours, deadline: datetime | None) -> bool:
    """Whether the quiet hours that are on at `now`, or come next, end only after `deadline`: what may be held up does not wait for them."""
    if deadline is None:
        return False
    begin = next(
        (edge for edge in [now, *_edges(now, zone, quiet)] if edge >= now and is_quiet(edge, zone, quiet)), None
    )
    return begin is not None and begin < deadline <= _end_of_quiet(begin, zone, quiet)


def next_morning(now: datetime, *, zone: str, opens: time = MORNING, rest: timedelta = A_REST) -> datetime:
    """The first `opens` o'clock in `zone` at least `rest` from now: tomorrow's, or this day's for whoever is up at night."""
    wall = to_wall(now, zone)
    days = (wall.date() + timedelta(days=days) for days in range(3))
    mornings = (to_instant(datetime.combine(day, opens), zone) for day in days)
    return next(morning for morning in mornings if morning >= now + rest)


def _end_of_quiet(due: datetime, zone: str, quiet: QuietHours) -> datetime:
    """The first moment after `due` that is not quiet."""
    return next(edge for edge in _edges(due, zone, quiet) if edge > due and not is_quiet(edge, zone, quiet))


def _before_quiet(due: datetime, zone: str, quiet: QuietHours) -> datetime:
    """A minute before the quiet hours around `due` began; the very last moment where the minute before is quiet too."""
    for edge in reversed(_edges(due, zone, quiet)):
        if edge <= due and not is_quiet(edge - timedelta.resolution, zone, quiet):
            return edge - (timedelta.resolution if is_quiet(edge - A_MOMENT, zone, quiet) else A_MOMENT)
    raise AssertionError("quiet hours began within a day")


def _edges(around: datetime, zone: str, quiet: QuietHours) -> list[datetime]:
    """Every instant of the days around at which quiet hours can begin or end, sorted.

    Those are their two wall times, each in both its readings, and the change of offset if there is one: it may skip
    over a beginning or an end, or bring an hour back.
    """
    today = to_wall(around, zone).date()
    edges = {
        _instant(datetime.combine(today + timedelta(days=days), moment), zone, fold)
        for days in (-1, 0, 1)
        for moment in (quiet.start, quiet.end)
        for fold in (0, 1)
    }
    edges.add(_change_of_offset(min(edges), max(edges), zone))
    return sorted(edges)


def _change_of_offset(first: datetime, last: datetime, zone: str) -> datetime:
    """The instant between the two from which another offset holds (`last` if it never changes), to the second."""
    before = _offset(first, zone)
    if _offset(last, zone) == before:
        return last
    while last - first > timedelta(seconds=1):
        middle = first + (last - first) // 2
        if _offset(middle, zone) == before:
            first = middle
        else:
            last = middle
    return last.replace(microsecond=0)


def moments_at(
    hours: tuple[time, ...], *, since: datetime, until: datetime, zone: str, weekend: frozenset[int] = frozenset()
) -> list[datetime]:
    """Every instant from `since` on at which the clock in `zone` shows one of `hours` on a day not in `weekend`.

    The last one is the first after `until`. On a day that skips an hour it comes at the clock's next time, once.
    """
    found: list[datetime] = []
    day = to_wall(since, zone).date()
    while not found or found[-1] <= until:
        if day.weekday() not in weekend:
            of_day = {to_instant(datetime.combine(day, hour), zone) for hour in hours}
            found += sorted(moment for moment in of_day if moment >= since and (not found or moment > found[-1]))
        day += timedelta(days=1)
    return found[: next(number for number, moment in enumerate(found) if moment > until) + 1]


def next_working_moment(
    after: datetime, *, zone: str, opens: time, closes: time, weekend: frozenset[int] = frozenset()
) -> datetime | None:
    """The first instant, not before `after`, between `opens` and `closes` (inclusive) of a day not in `weekend`.

    Days are numbered as by `date.weekday()` (Monday 0). None if every day is weekend. Public holidays are not known.
    """
    wall = to_wall(after, zone)
    for days in range(9):
        day = wall.date() + timedelta(days=days)
        if day.weekday() in weekend:
            continue
        moment = max(after, to_instant(datetime.combine(day, opens), zone))
        if moment <= to_instant(datetime.combine(day, closes), zone):
            return moment
    return None
