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

# Files of the zone database that name no place and no rule.
NOT_ZONES = frozenset({"Factory", "localtime", "posixrules", "posix", "right"})
AREAS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
A_MOMENT = timedelta(minutes=1)


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


def zone_label(zone: str, instant: datetime) -> str:
    """The short name of a zone as people say it: the city. Zones without one (Etc/GMT+3, EST) show their offset."""
    get_zone(zone)
    if zone.split("/", maxsplit=1)[0] in AREAS:
        return zone.rsplit("/", 1)[-1].replace("_", " ")
    return _offset_name(_offset(instant, zone))


def print_date(day: date, *, translate: Translate = gettext_noop, year: bool = True) -> str:
    """A day as "Saturday 21 November 2026"."""
    return translate(DATE if year else DATE_WITHOUT_YEAR).format(
        weekday=translate(WEEKDAYS[day.weekday()]), day=day.day, month=translate(MONTHS[day.month - 1]), year=day.year
    )


def _clock(instant: datetime, zone: str) -> str:
    """The time of day; with its offset where the same time comes twice that night."""
    wall = to_wall(instant, zone)
    text = f"{wall:%H:%M}"
    before, after = _instant(wall, zone, fold=0), _instant(wall, zone, fold=1)
    if before < after:
        return f"{text} {_offset_name(_offset(instant, zone))}"
    return text


def print_instant(
    instant: datetime, *, reader_zone: str, event_zone: str | None = None, translate: Translate = gettext_noop
) -> str:
    """The one way a time is shown, on pages, in mail and in .ics: "Saturday 21 November 2026, 08:30 Nairobi".

    The reader's own time leads. Where the event's zone has another offset at that instant, its time follows:
    "…, 08:30 Nairobi (05:30 London)", with its date where that differs too.
    """
    return print_range(instant, instant, reader_zone=reader_zone, event_zone=event_zone, translate=translate)


def print_range(
    start: datetime,
    end: datetime,
    *,
    reader_zone: str,
    event_zone: str | None = None,
    translate: Translate = gettext_noop,
) -> str:
    """A span in the manner of `print_instant`: "Saturday 21 November 2026, 08:30–09:15 Nairobi (05:30–06:15 London)".

    Raises ValueError if `end` is before `start`.
    """
    if _aware(end) < _aware(start):
        raise ValueError("a span cannot end before it starts")
    day = to_wall(start, reader_zone).date()
    text = f"{print_date(day, translate=translate)}, {_span(start, end, reader_zone, translate)}"
    if event_zone is None or all(_offset(at, reader_zone) == _offset(at, event_zone) for at in (start, end)):
        return text
    there = to_wall(start, event_zone).date()
    date_there = "" if there == day else print_date(there, translate=translate, year=there.year != day.year) + ", "
    return f"{text} ({date_there}{_span(start, end, event_zone, translate)})"


def _span(start: datetime, end: datetime, zone: str, translate: Translate) -> str:
    first, last = _clock(start, zone), _clock(end, zone)
    label = zone_label(zone, start)
    if start == end:
        return f"{first} {label}"
    first_day, last_day = to_wall(start, zone).date(), to_wall(end, zone).date()
    if first_day == last_day:
        return f"{first}–{last} {label}"
    last_date = print_date(last_day, translate=translate, year=first_day.year != last_day.year)
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
    That moment lies before `due` and may be past already: then the caller delivers at once.
    Never inside quiet hours; applying it twice changes nothing.
    """
    if not is_quiet(due, zone, quiet):
        return due
    end = _end_of_quiet(due, zone, quiet)
    if deadline is None or end < deadline:
        return end
    return _before_quiet(due, zone, quiet)


def _end_of_quiet(due: datetime, zone: str, quiet: QuietHours) -> datetime:
    wall = to_wall(due, zone)
    for days in (0, 1, 2):
        end = datetime.combine(wall.date() + timedelta(days=days), quiet.end)
        # Both readings of the wall time: when clocks go back, the first may lie before `due`.
        for instant in sorted(_instant(end, zone, fold) for fold in (0, 1)):
            if instant > due and not is_quiet(instant, zone, quiet):
                return instant
    raise AssertionError("quiet hours end within two days")


def _before_quiet(due: datetime, zone: str, quiet: QuietHours) -> datetime:
    wall = to_wall(due, zone)
    for days in (0, 1, 2):
        start = datetime.combine(wall.date() - timedelta(days=days), quiet.start)
        for instant in sorted((_instant(start, zone, fold) for fold in (0, 1)), reverse=True):
            for moment in (instant - A_MOMENT, instant - timedelta.resolution):
                if instant <= due and not is_quiet(moment, zone, quiet):
                    return moment
    raise AssertionError("quiet hours began within two days")


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
