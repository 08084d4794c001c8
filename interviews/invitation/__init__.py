"""Calendar invitations (.ics): from bytes to what the form asks, to be checked by her before anything is kept.

Pure: nothing is fetched, nothing stored, `now` is an argument. Times come out as wall times with an IANA zone, by the rule
of `accounts.when`. Texts for her are untranslated, marked with gettext_noop; whoever shows them translates them and
fills in their values.
"""

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from accounts import when
from accounts.when import gettext_noop
from interviews.invitation import zones
from interviews.invitation.companies import guess_company, guess_role, title_of
from interviews.invitation.lines import (
    LINKS,
    MAX_BYTES,
    MAX_EVENTS,
    Component,
    Property,
    Unreadable,
    decode,
    read_components,
    read_value,
)
from interviews.invitation.people import Person, clean_line, domains_of, people_of
from interviews.invitation.repeats import UnknownRule, days_of, read_rule

__all__ = ["MAX_BYTES", "Invitation", "Person", "Reading", "Remark", "Unreadable", "read_invitation"]

MAX_UID = 255
MAX_SEQUENCE = 2**31 - 1
MAX_CHOICES = 20
NEXT_TIMES = 5
MAX_DESCRIPTION = 1_500
AN_HOUR = timedelta(hours=1)
LONGEST = timedelta(days=3)
MORNING = time(9)
NEAR = timedelta(days=400)

_HOSTS = re.compile(
    r"meet\.google\.com|teams\.(?:microsoft|live)\.com|zoom\.us|zoomgov\.com|webex\.com|whereby\.com|meet\.jit\.si|gotomeet(?:ing)?\.com|"
    r"goto\.com|bluejeans\.com|chime\.aws|skype\.com|around\.co|livestorm\.co|hirevue\.com|bigbluebutton|bbb\.",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"'\\\])}]{4,500}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at before saving: which field, and a sentence with `values` to fill in."""

    field: str
    text: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """One appointment. `key` names it within its file."""

    key: str
    uid: str
    sequence: int
    is_cancelled: bool
    title: str
    company: str
    role_title: str
    starts_wall: datetime
    ends_wall: datetime
    zone: str
    people: tuple[Person, ...]
    place: str
    links: tuple[str, ...]
    description: str
    remarks: tuple[Remark, ...]

    @property
    def starts_at(self) -> datetime:
        return when.to_instant(self.starts_wall, self.zone)

    @property
    def ends_at(self) -> datetime:
        return when.to_instant(self.ends_wall, self.zone)


@dataclass(frozen=True, slots=True)
class Reading:
    """The appointments of a file, those still to come first; `is_cut`: there are more than are offered."""

    invitations: tuple[Invitation, ...]
    is_cut: bool = False

    def choose(self, key: str) -> Invitation | None:
        """The one of this key, or the only one."""
        if not key and len(self.invitations) == 1:
            return self.invitations[0]
        return next((each for each in self.invitations if each.key == key), None)


def read_invitation(
    raw: bytes | str, *, zone: str, now: datetime, addresses: Iterable[str] = (), name: str = ""
) -> Reading:
    """What a file or a pasted text says. `zone`, `addresses` and `name` are the candidate's own.

    Raises Unreadable, with a sentence for her, if there is no appointment in it.
    """
    text, guessed = decode(raw) if isinstance(raw, bytes) else (raw, False)
    root = read_components(text)
    events = _latest(list(root.walk("VEVENT")))
    if not events:
        raise Unreadable(gettext_noop("There is no appointment in this calendar file."))
    if len(events) > MAX_EVENTS:
        raise Unreadable(gettext_noop("This holds a whole calendar. Save the one event that is the interview."))
    definitions = {each.text("TZID"): each for each in root.walk("VTIMEZONE")}
    calendar = next(root.walk("VCALENDAR"))
    reader = _Reader(
        zone=zone,
        now=now,
        addresses=frozenset(address.casefold() for address in addresses),
        name=name,
        definitions=definitions,
        calendar_zone=calendar.text("X-WR-TIMEZONE"),
        is_cancel=any(each.text("METHOD").upper() == "CANCEL" for each in root.walk("VCALENDAR")),
        guessed=guessed,
    )
    found, problem = [], None
    for number, event in enumerate(events):
        try:
            found += reader.read(event, number)
        except Unreadable as failed:
            problem = problem or failed
    if not found:
        raise problem or Unreadable(gettext_noop("There is no appointment in this calendar file."))
    found = _without_replaced(found)
    coming = sorted((each for each in found if each.ends_at >= now), key=lambda each: each.starts_at)
    past = sorted((each for each in found if each.ends_at < now), key=lambda each: each.starts_at, reverse=True)
    return Reading(tuple([*coming, *past][:MAX_CHOICES]), is_cut=len(found) > MAX_CHOICES)


def _latest(events: list[Component]) -> list[Component]:
    """Of several versions of one event the highest SEQUENCE, the last of equals."""
    found: dict[tuple[str, ...], Component] = {}
    for number, each in enumerate(events):
        uid = each.text("UID")
        key = (uid, each.text("RECURRENCE-ID")) if uid else ("", str(number))
        if key not in found or _sequence(each) >= _sequence(found[key]):
            found[key] = each
    return list(found.values())


def _without_replaced(found: list[Invitation]) -> list[Invitation]:
    """A time of a series that has an entry of its own (RECURRENCE-ID, its key ends in "=") is meant by that alone."""
    own = {each.uid for each in found if each.key.endswith("=")}
    return [each for each in found if each.key.endswith("=") or not each.uid or each.uid not in own]


def _sequence(event: Component) -> int:
    text = event.text("SEQUENCE")
    return min(int(text[:12]), MAX_SEQUENCE) if text[:12].isascii() and text[:12].isdigit() else 0


def _uid(event: Component, moment: str = "") -> str:
    """What the appointment is known by when it changes: its UID; of a series with the moment it was first meant for."""
    uid = "".join(char for char in event.text("UID") if char.isprintable())
    uid = f"{uid}/{moment}" if uid and moment else uid
    return uid if len(uid) <= MAX_UID else f"sha256:{hashlib.sha256(uid.encode(errors='replace')).hexdigest()}"


@dataclass(frozen=True, slots=True)
class _Times:
    starts: datetime
    ends: datetime
    zone: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    zone: str
    now: datetime
    addresses: frozenset[str]
    name: str
    definitions: dict[str, Component]
    calendar_zone: str
    is_cancel: bool
    guessed: bool

    def read(self, event: Component, number: int) -> list[Invitation]:
        """One appointment; of a series the next times, each an appointment of its own."""
        if not event.is_closed:
            raise Unreadable(
                gettext_noop("This invitation is cut off before its end. Please save or copy it again, whole.")
            )
        times = self._times(event)
        self._check_range(times)
        title = clean_line(title_of(event.text("SUMMARY")), 200)
        people = people_of(event, addresses=self.addresses, her_name=self.name)
        company = guess_company(
            title, domains_of(event, addresses=self.addresses), people=[self.name, *(person.name for person in people)]
        )
        remarks = list(times.remarks)
        if not title:
            remarks.append(Remark("company", gettext_noop("The invitation has no title. Which company is it?")))
        elif not company:
            remarks.append(
                Remark("company", gettext_noop("It is called “{title}”. Which company is that?"), (("title", title),))
            )
        if self.guessed:
            remarks.append(
                Remark(
                    "notes", gettext_noop("Some letters of this file could not be read for certain. Look at the names.")
                )
            )
        moment = event.first("RECURRENCE-ID")
        base = Invitation(
            key=f"{number}=" if moment else str(number),
            uid=_uid(event, self._moment(moment) if moment else ""),
            sequence=_sequence(event),
            is_cancelled=self.is_cancel or event.text("STATUS").upper() == "CANCELLED",
            title=title,
            company=clean_line(company, 80),
            role_title=clean_line(guess_role(title), 80),
            starts_wall=times.starts,
            ends_wall=times.ends,
            zone=times.zone,
            people=people,
            place=_place(event),
            links=_links(event),
            description=_description(event),
            remarks=tuple(remarks),
        )
        rule = event.text("RRULE")
        return self._repeated(base, event, rule) if rule and not moment else [base]

    def _check_range(self, times: _Times) -> None:
        try:
            starts, ends = when.to_instant(times.starts, times.zone), when.to_instant(times.ends, times.zone)
        except ValueError:
            raise Unreadable(gettext_noop("The date in this invitation cannot be right.")) from None
        if not (datetime(1950, 1, 1, tzinfo=UTC) < starts and ends < datetime(2150, 1, 1, tzinfo=UTC)):
            raise Unreadable(gettext_noop("The date in this invitation cannot be right."))

    def _repeated(self, base: Invitation, event: Component, rule: str) -> list[Invitation]:
        """The next times of a series, or its first one if its rule is beyond us; every one keeps its own name."""
        remark = Remark("starts_wall", gettext_noop("This appointment repeats. Is this the right day?"))
        length = base.ends_wall - base.starts_wall
        since = max(base.starts_wall.date(), (when.to_wall(self.now, base.zone) - length).date())
        try:
            days = days_of(read_rule(rule), base.starts_wall.date(), since=since, until=since + NEAR)
            left_out = self._exceptions(event)
            walls: list[datetime] = []
            for day in days:
                wall = datetime.combine(day, base.starts_wall.time())
                if wall not in left_out:
                    walls.append(wall)
                if len(walls) >= NEXT_TIMES:
                    break
        except UnknownRule:
            walls = []
        walls = walls or [base.starts_wall]
        return [
            replace(
                base,
                key=f"{base.key}.{wall:%Y%m%dT%H%M}",
                uid=_uid(event, _stamp(wall, base.zone)),
                starts_wall=wall,
                ends_wall=_end(wall, length, base.zone),
                remarks=(*base.remarks, remark),
            )
            for wall in walls
        ]

    def _exceptions(self, event: Component) -> set[datetime]:
        found = set()
        for entry in list(event.all("EXDATE"))[:200]:
            for text in entry.value.split(",")[:200]:
                value = read_value(text)
                if isinstance(value, datetime):
                    found.add(self._place(value, entry)[0])
        return found

    def _moment(self, entry: Property) -> str:
        value = read_value(entry.value)
        if not isinstance(value, datetime):
            return entry.value[:16]
        wall, zone, _ = self._place(value, entry)
        return _stamp(wall, zone)

    def _times(self, event: Component) -> _Times:
        begins = event.first("DTSTART")
        starts = read_value(begins.value) if begins else None
        if begins is None or not isinstance(starts, date):
            raise Unreadable(gettext_noop("This invitation does not say when it is. Please log the interview by hand."))
        if not isinstance(starts, datetime):
            wall = datetime.combine(starts, MORNING)
            remark = Remark(
                "starts_wall", gettext_noop("The invitation names the day only. At what time does it start?")
            )
            return _Times(wall, wall + AN_HOUR, self.zone, (remark,))
        wall, zone, remarks = self._place(starts, begins)
        try:
            ends, more = self._ends(event, wall, zone)
        except (OverflowError, ValueError):
            raise Unreadable(gettext_noop("The date in this invitation cannot be right.")) from None
        return _Times(wall, ends, zone, (*remarks, *more))

    def _ends(self, event: Component, starts: datetime, zone: str) -> tuple[datetime, tuple[Remark, ...]]:
        entry, length = event.first("DTEND"), read_value(event.text("DURATION"))
        value = read_value(entry.value) if entry else None
        ends = starts
        if entry and isinstance(value, datetime):
            there, its_zone, _ = self._place(value, entry)
            ends = there if its_zone == zone else when.to_wall(when.to_instant(there, its_zone), zone)
        elif isinstance(length, timedelta) and timedelta() < length <= LONGEST:
            ends = _end(starts, length, zone)
        if starts < ends and timedelta() < when.to_instant(ends, zone) - when.to_instant(starts, zone) <= LONGEST:
            return ends, ()
        text = gettext_noop("The invitation does not say when it ends. We put an hour.")
        if ends < starts:
            text = gettext_noop("In the invitation it ends before it starts. We put an hour: please look.")
        elif ends - starts > LONGEST:
            text = gettext_noop("In the invitation it lasts for days. We put an hour: please look.")
        return _end(starts, AN_HOUR, zone), (Remark("ends_wall", text),)

    def _place(self, value: datetime, entry: Property) -> tuple[datetime, str, tuple[Remark, ...]]:
        """Wall time and zone of a time in the file, and what she ought to know about how they were found."""
        tzid = entry.params.get("TZID", "")
        if value.tzinfo is not None or zones.is_utc(tzid):
            return self._hers(value.replace(tzinfo=UTC)), self.zone, ()
        definition = self.definitions.get(tzid)
        zone = (
            zones.zone_of(tzid) or zones.zone_of_definition(definition) if tzid else zones.zone_of(self.calendar_zone)
        )
        if zone and zones.is_utc(zone):
            return self._hers(value.replace(tzinfo=UTC)), self.zone, ()
        if zone:
            return value, zone, ()
        offset = zones.offset_by(definition, value)
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

    def _hers(self, instant: datetime) -> datetime:
        try:
            return when.to_wall(instant, self.zone)
        except (OverflowError, ValueError):
            raise Unreadable(gettext_noop("The date in this invitation cannot be right.")) from None


def _end(starts: datetime, length: timedelta, zone: str) -> datetime:
    """So much time later, over a change of offset too."""
    ends = when.to_wall(when.to_instant(starts, zone) + length, zone)
    # In the hour that comes twice the clock may show the same again: a wall time cannot say more.
    return ends if ends > starts else starts + length


def _stamp(wall: datetime, zone: str) -> str:
    try:
        return f"{when.to_instant(wall, zone):%Y%m%dT%H%M%SZ}"
    except ValueError:
        return f"{wall:%Y%m%dT%H%M%S}"


def _place(event: Component) -> str:
    """Where it is, if that is no link."""
    return clean_line(event.text("LOCATION").replace("\n", ", "), 200)


def _links(event: Component) -> tuple[str, ...]:
    """Where the talk is held online: what is said to be a meeting's link, and links of such services in the text."""
    found: list[str] = []
    for name in LINKS:
        for entry in list(event.all(name))[:5]:
            found += _URL.findall(entry.value[:1000])[:1]
    for name in ("LOCATION", "DESCRIPTION"):
        found += [link for link in _URL.findall(event.text(name)[:16_000])[:40] if _HOSTS.search(link[:120])]
    return tuple(dict.fromkeys(html.unescape(link).rstrip(".,;:>") for link in found))[:3]


def _description(event: Component) -> str:
    """Its text without markup and without the lines that only decorate."""
    text = _BREAK.sub("\n", event.text("DESCRIPTION")[:16_000])
    text = html.unescape(_TAG.sub("", text))
    text = "".join(char for char in text if char in "\n\t" or char.isprintable())
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept = [line for line in lines if not line or any(char.isalnum() for char in line)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return text if len(text) <= MAX_DESCRIPTION else text[:MAX_DESCRIPTION].rsplit(" ", 1)[0] + " …"
