"""When an appointment is, as the wall where it takes place shows it, and what had to be guessed for that."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from accounts import when
from accounts.when import gettext_noop
from interviews.invitation import zones
from interviews.invitation.appointment import Remark
from interviews.invitation.lines import Component, Property, Unreadable, read_value

AN_HOUR = timedelta(hours=1)
LONGEST = timedelta(days=3)
MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when. `named_zone` is the zone if the appointment itself names one, else ""."""

    starts: datetime
    ends: datetime
    zone: str
    remarks: tuple[Remark, ...]
    named_zone: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """Reads the times of one file. `zone` is the candidate's, `calendar_zone` what the file says of itself."""

    zone: str
    definitions: dict[str, Component]
    calendar_zone: str

    def exceptions(self, event: Component) -> set[datetime]:
        found = set()
        for entry in list(event.all("EXDATE"))[:200]:
            for text in entry.value.split(",")[:200]:
                value = read_value(text)
                if isinstance(value, datetime):
                    found.add(self._place(value, entry)[0])
        return found

    def moment(self, entry: Property) -> str:
        value = read_value(entry.value)
        if not isinstance(value, datetime):
            return entry.value[:16]
        wall, zone, _ = self._place(value, entry)
        return stamp(wall, zone)

    def times(self, event: Component) -> Times:
        begins = event.first("DTSTART")
        starts = read_value(begins.value) if begins else None
        if begins is None or not isinstance(starts, date):
            raise Unreadable(gettext_noop("This invitation does not say when it is. Please log the interview by hand."))
        if not isinstance(starts, datetime):
            wall = datetime.combine(starts, MORNING)
            remark = Remark(
                "starts_wall", gettext_noop("The invitation names the day only. At what time does it start?")
            )
            return Times(wall, wall + AN_HOUR, self.zone, (remark,))
        wall, zone, remarks = self._place(starts, begins)
        try:
            ends, more = self._ends(event, wall, zone)
        except (OverflowError, ValueError):
            raise Unreadable(gettext_noop("The date in this invitation cannot be right.")) from None
        is_named = starts.tzinfo is None and zone == self._named(begins.params.get("TZID", ""))
        return Times(wall, ends, zone, (*remarks, *more), zone if is_named else "")

    def _ends(self, event: Component, starts: datetime, zone: str) -> tuple[datetime, tuple[Remark, ...]]:
        entry, length = event.first("DTEND"), read_value(event.text("DURATION"))
        value = read_value(entry.value) if entry else None
        ends = starts
        if entry and isinstance(value, datetime):
            there, its_zone, _ = self._place(value, entry)
            ends = there if its_zone == zone else when.to_wall(when.to_instant(there, its_zone), zone)
        elif isinstance(length, timedelta) and timedelta() < length <= LONGEST:
            ends = end_of(starts, length, zone)
        if starts < ends and timedelta() < when.to_instant(ends, zone) - when.to_instant(starts, zone) <= LONGEST:
            return ends, ()
        text = gettext_noop("The invitation does not say when it ends. We put an hour.")
        if ends < starts:
            text = gettext_noop("In the invitation it ends before it starts. We put an hour: please look.")
        elif ends - starts > LONGEST:
            text = gettext_noop("In the invitation it lasts for days. We put an hour: please look.")
        return end_of(starts, AN_HOUR, zone), (Remark("ends_wall", text),)

    def _place(self, value: datetime, entry: Property) -> tuple[datetime, str, tuple[Remark, ...]]:
        """Wall time and zone of a time in the file, and what she ought to know about how they were found."""
        tzid = entry.params.get("TZID", "")
        if value.tzinfo is not None or zones.is_utc(tzid):
            return self._hers(value.replace(tzinfo=UTC)), self.zone, ()
        zone = self._named(tzid) if tzid else zones.zone_of(self.calendar_zone)
        if zone and zones.is_utc(zone):
            return self._hers(value.replace(tzinfo=UTC)), self.zone, ()
        if zone:
            return value, zone, ()
        offset = zones.offset_by(self.definitions.get(tzid), value)
        if offset is not None:
            text = gettext_noop(
                "The time zone “{zone}” goes by another name than ours; we went by its offset. Is the time right?"
            )
            return (
                self._hers(zones.instant_at(value, offset)),
                self.zone,
                (Remark("starts_wall", text, (("zone", tzid[:60]),)),),
            )
        if not tzid:
            text = gettext_noop("The invitation names no time zone. We took yours.")
            return value, self.zone, (Remark("zone", text),)
        text = gettext_noop("We do not know the time zone “{zone}”, so we took yours. Is the time right?")
        return value, self.zone, (Remark("zone", text, (("zone", tzid[:60]),)),)

    def _named(self, tzid: str) -> str | None:
        """The zone that a TZID stands for, by its name or by where its definition says it lies."""
        return zones.zone_of(tzid) or zones.zone_of_definition(self.definitions.get(tzid)) if tzid else None

    def _hers(self, instant: datetime) -> datetime:
        try:
            return when.to_wall(instant, self.zone)
        except (OverflowError, ValueError):
            raise Unreadable(gettext_noop("The date in this invitation cannot be right.")) from None


def end_of(starts: datetime, length: timedelta, zone: str) -> datetime:
    """So much time later, over a change of offset too."""
    ends = when.to_wall(when.to_instant(starts, zone) + length, zone)
    # In the hour that comes twice the clock may show the same again: a wall time cannot say more.
    return ends if ends > starts else starts + length


def stamp(wall: datetime, zone: str) -> str:
    try:
        return f"{when.to_instant(wall, zone):%Y%m%dT%H%M%SZ}"
    except ValueError:
        return f"{wall:%Y%m%dT%H%M%S}"
