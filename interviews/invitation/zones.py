"""What a TZID means: a zone of the IANA database where the name can be read as one, else the offset that the file itself gives."""

from datetime import UTC, datetime, timedelta
from functools import cache

from accounts import when
from interviews.invitation.lines import Component, read_offset, read_value
from interviews.invitation.repeats import UnknownRule, last_before, read_rule

# Rules are reckoned day by day; a place has two of them at a time, and history besides.
MAX_OBSERVANCES = 40
MAX_RULES = 6
MAX_ONSETS = 200
_UTC = frozenset({"utc", "etc/utc", "gmt", "etc/gmt", "z", "zulu", "etc/zulu", "coordinated universal time"})


def is_utc(tzid: str) -> bool:
    return tzid.strip('" /').casefold() in _UTC


def zone_of(tzid: str) -> str | None:
    """The IANA zone of a TZID: its own name, that of Windows, or the end of a "/vendor/…/Area/City". None if it names none."""
    name = tzid.strip('" /')[:120]
    if mapped := _windows().get(name.casefold()):
        return _known(mapped)
    parts = name.split("/")
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    return next((zone for tail in tails if (zone := _known(tail))), None)


@cache
def _windows() -> dict[str, str]:
    """The zone of each name that Windows gives one, in lower case."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 -- as in lines.py

    return {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def _known(name: str) -> str | None:
    try:
        when.get_zone(name)
    except when.UnknownZone:
        return next((each for each in when.zone_names() if each.casefold() == name.casefold()), None)
    # EST5EDT, EET and the like are rules; her form offers places.
    return name


def zone_of_definition(definition: Component | None) -> str | None:
    """Where a VTIMEZONE says it lies."""
    location = definition.text("X-LIC-LOCATION") if definition else ""
    return zone_of(location) if location else None


def offset_by(definition: Component | None, wall: datetime) -> timedelta | None:
    """The offset from UTC that a VTIMEZONE gives for a time on its wall; None if it gives none."""
    observances = [each for each in (definition.parts if definition else []) if each.name in ("STANDARD", "DAYLIGHT")]
    latest: tuple[datetime, timedelta] | None = None
    first: tuple[datetime, timedelta] | None = None
    rules = 0
    for each in observances[-MAX_OBSERVANCES:]:
        to, before = read_offset(each.text("TZOFFSETTO")), read_offset(each.text("TZOFFSETFROM"))
        begins = _wall(each.text("DTSTART"))
        if to is None or begins is None:
            continue
        if first is None or begins < first[0]:
            first = begins, to if before is None else before
        rules += bool(each.text("RRULE"))
        onset = _last_onset(each, begins, wall, has_rule=rules <= MAX_RULES)
        if onset and (latest is None or onset > latest[0]):
            latest = onset, to
    found = latest or first
    return found[1] if found else None


def _last_onset(observance: Component, begins: datetime, wall: datetime, *, has_rule: bool) -> datetime | None:
    onsets = [begins]
    for each in list(observance.all("RDATE"))[:MAX_ONSETS]:
        onsets += filter(None, map(_wall, each.value.split(",")[:MAX_ONSETS]))
    found = max((each for each in onsets if each <= wall), default=None)
    if has_rule and (rule := observance.text("RRULE")) and begins <= wall:
        try:
            repeated = last_before(read_rule(rule), begins, wall)
        except UnknownRule:
            repeated = None
        found = max(filter(None, (found, repeated)), default=None)
    return found


def _wall(text: str) -> datetime | None:
    value = read_value(text)
    return value.replace(tzinfo=None) if isinstance(value, datetime) else None


def instant_at(wall: datetime, offset: timedelta) -> datetime:
    return (wall - offset).replace(tzinfo=UTC)
