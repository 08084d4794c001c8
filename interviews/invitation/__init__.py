"""Calendar invitations (.ics): from bytes to what the form asks, to be checked by her before anything is kept.

Pure: nothing is fetched, nothing stored, `now` is an argument. Times come out as wall times with an IANA zone, by the rule
of `accounts.when`. Texts for her are untranslated, marked with gettext_noop; whoever shows them translates them and
fills in their values.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from accounts import when
from accounts.when import gettext_noop
from interviews.countries import country_of
from interviews.invitation.appointment import Invitation, Reading, Remark
from interviews.invitation.companies import guess_company, guess_role, title_of
from interviews.invitation.details import description_of, links_of, place_of
from interviews.invitation.lines import MAX_BYTES, MAX_EVENTS, Component, Unreadable, decode, read_components
from interviews.invitation.people import Person, clean_line, domains_of, people_of
from interviews.invitation.repeats import UnknownRule, days_of, read_rule
from interviews.invitation.times import Clock, Times, end_of, stamp
from interviews.invitation.versions import latest, sequence_of, uid_of, without_replaced

__all__ = ["MAX_BYTES", "Invitation", "Person", "Reading", "Remark", "Unreadable", "read_invitation"]

MAX_CHOICES = 20
NEXT_TIMES = 5
NEAR = timedelta(days=400)


def read_invitation(
    raw: bytes | str, *, zone: str, now: datetime, addresses: Iterable[str] = (), name: str = ""
) -> Reading:
    """What a file or a pasted text says. `zone`, `addresses` and `name` are the candidate's own.

    Raises Unreadable, with a sentence for her, if there is no appointment in it.
    """
    text, guessed = decode(raw) if isinstance(raw, bytes) else (raw, False)
    root = read_components(text)
    events = latest(list(root.walk("VEVENT")))
    if not events:
        raise Unreadable(gettext_noop("There is no appointment in this calendar file."))
    if len(events) > MAX_EVENTS:
        raise Unreadable(gettext_noop("This holds a whole calendar. Save the one event that is the interview."))
    definitions = {each.text("TZID"): each for each in root.walk("VTIMEZONE")}
    calendar = next(root.walk("VCALENDAR"))
    reader = _Reader(
        clock=Clock(zone, definitions, calendar.text("X-WR-TIMEZONE")),
        now=now,
        addresses=frozenset(address.casefold() for address in addresses),
        name=name,
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
    found = without_replaced(found)
    coming = sorted((each for each in found if each.ends_at >= now), key=lambda each: each.starts_at)
    past = sorted((each for each in found if each.ends_at < now), key=lambda each: each.starts_at, reverse=True)
    return Reading(tuple([*coming, *past][:MAX_CHOICES]), is_cut=len(found) > MAX_CHOICES)


@dataclass(frozen=True, slots=True)
class _Reader:
    clock: Clock
    now: datetime
    addresses: frozenset[str]
    name: str
    is_cancel: bool
    guessed: bool

    def read(self, event: Component, number: int) -> list[Invitation]:
        """One appointment; of a series the next times, each an appointment of its own."""
        if not event.is_closed:
            raise Unreadable(
                gettext_noop("This invitation is cut off before its end. Please save or copy it again, whole.")
            )
        times = self.clock.times(event)
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
        moment, place = event.first("RECURRENCE-ID"), place_of(event)
        base = Invitation(
            key=f"{number}=" if moment else str(number),
            uid=uid_of(event, self.clock.moment(moment) if moment else ""),
            sequence=sequence_of(event),
            is_cancelled=self.is_cancel or event.text("STATUS").upper() == "CANCELLED",
            title=title,
            company=clean_line(company, 80),
            role_title=clean_line(guess_role(title), 80),
            starts_wall=times.starts,
            ends_wall=times.ends,
            zone=times.zone,
            country=country_of(times.named_zone, place),
            people=people,
            place=place,
            links=links_of(event),
            description=description_of(event),
            remarks=tuple(remarks),
        )
        rule = event.text("RRULE")
        return self._repeated(base, event, rule) if rule and not moment else [base]

    def _check_range(self, times: Times) -> None:
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
            left_out = self.clock.exceptions(event)
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
                uid=uid_of(event, stamp(wall, base.zone)),
                starts_wall=wall,
                ends_wall=end_of(wall, length, base.zone),
                remarks=(*base.remarks, remark),
            )
            for wall in walls
        ]
