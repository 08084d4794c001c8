"""From cells to the facts of one interview, with what is wrong and what was assumed, in words."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from accounts import when
from accounts.csv_files import Said, gettext_noop
from interviews.finding import fold
from interviews.spreadsheet.dates import DAY_FIRST, MONTH_FIRST, Unclear, moment, order_of
from interviews.spreadsheet.reading import Sheet

__all__ = ["DAY_FIRST", "MONTH_FIRST", "Person", "Row", "first_unclear_date", "rows_of"]

END_OF_A_DAY = time(17)
USUAL = timedelta(hours=1)
DATED = ("date", "start", "end", "decision")
OUTCOMES = {
    "none": ("not heard yet", "none", "pending", "waiting", "no answer", "bado"),
    "next_round": ("next round", "second round", "invited again", "through", "raundi inayofuata"),
    "offer": ("an offer", "offer", "offered", "hired", "got it", "nimepata"),
    "rejected": ("a no", "no", "rejected", "rejection", "declined", "unsuccessful", "hapana"),
    "withdrawn": ("i withdrew", "withdrew", "withdrawn", "nimejitoa"),
    "closed": ("closed", "over"),
}
STATES = {
    "planned": ("planned", "upcoming", "scheduled", "to come"),
    "held": ("held", "done", "took place", "completed", "past"),
    "cancelled": ("cancelled", "canceled", "called off", "imeghairiwa"),
    "missed": ("missed", "no show"),
}
KINDS = {"hr": "hr", "recruiter": "recruiter", "panel": "panel", "the panel": "panel"}
ZONES = {"eat": "Africa/Nairobi", "wat": "Africa/Lagos", "cat": "Africa/Maputo", "sast": "Africa/Johannesburg"}
_WITH_TITLE = re.compile(r"(.*?) ?\(([^()]*)\)")

NO_COMPANY = gettext_noop("The company is missing.")
NO_DAY = gettext_noop("The day is missing.")
UNKNOWN_ZONE = gettext_noop("“%(text)s” is not a time zone we know. Try a city, such as Africa/Nairobi.")
MORE_ADDRESSES = gettext_noop("There are more e-mail addresses than people.")
NO_TIME = gettext_noop("No time is given: we take 17:00 for its end.")
NO_END = gettext_noop("No end is given: we take an hour.")
NO_ANSWER = gettext_noop("“%(text)s” is none of our answers, and is left out.")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was there."""

    name: str
    title: str = ""
    kind: str = "interviewer"
    email: str = ""


@dataclass(slots=True)
class Row:
    """One interview of the file. With `problems` it cannot be used; `hints` say what was assumed or left out."""

    number: int
    company: str = ""
    role_title: str = ""
    zone: str = ""
    starts_wall: datetime | None = None
    ends_wall: datetime | None = None
    decision_on: date | None = None
    decision_time: time | None = None
    people: tuple[Person, ...] = ()
    outcome: str = "none"
    state: str = ""
    went_well: str = ""
    notes: str = ""
    problems: list[Said] = field(default_factory=list)
    hints: list[Said] = field(default_factory=list)


def first_unclear_date(sheet: Sheet) -> str:
    """A date of the file that can mean two days, if no other date of it tells which comes first; "" if there is none.

    Where other dates contradict each other, the file tells nothing and has to be asked about, too.
    """
    dates = [cells[name] for _number, cells in sheet.lines for name in DATED if name in cells]
    told = {order_of(_without_time(cell)) for cell in dates} - {""}
    if "?" not in told or len(told & {DAY_FIRST, MONTH_FIRST}) == 1:
        return ""
    return next(cell for cell in dates if order_of(_without_time(cell)) == "?")


def rows_of(sheet: Sheet, *, zone: str, order: str = "") -> list[Row]:
    """The interviews of a sheet, in the order of its lines. `zone` is hers; `order` what she said about unclear dates."""
    dates = [_without_time(cells[name]) for _number, cells in sheet.lines for name in DATED if name in cells]
    told = {order_of(cell) for cell in dates} & {DAY_FIRST, MONTH_FIRST}
    order = order or (told.pop() if len(told) == 1 else "")
    rows = [_row(number, cells, zone, order) for number, cells in sheet.lines]
    rows += [Row(number, problems=[Said(text)]) for number, text in sheet.broken]
    return sorted(rows, key=lambda row: row.number)


def _without_time(cell: str) -> str:
    return cell.strip().replace("T", " ").split(" ")[0].rstrip(",")


def _row(number: int, cells: dict[str, str], zone: str, order: str) -> Row:
    row = Row(number, company=_line(cells, "company"), role_title=_line(cells, "role_title"), zone=zone)
    row.went_well, row.notes = _text(cells, "went_well"), _text(cells, "notes")
    if not row.company:
        row.problems.append(Said(NO_COMPANY))
    for read in (_read_zone, _read_times, _read_decision, _read_people, _read_answers):
        try:
            read(row, cells, order)
        except Unclear as unclear:
            row.problems.append(unclear.said)
    return row


def _line(cells: dict[str, str], name: str) -> str:
    return " ".join(cells.get(name, "").split())


def _text(cells: dict[str, str], name: str) -> str:
    return cells.get(name, "").replace("\r\n", "\n").replace("\r", "\n")


def _read_zone(row: Row, cells: dict[str, str], order: str) -> None:
    if text := _line(cells, "zone"):
        name = _zones().get(fold(text).replace(" ", "_"))
        if name is None:
            row.problems.append(Said(UNKNOWN_ZONE, {"text": text[:40]}))
        else:
            row.zone = name


@cache
def _zones() -> dict[str, str]:
    """Zones by their names and, where only one has it, by their city."""
    names = {fold(name): name for name in when.zone_names()}
    by_city: dict[str, list[str]] = {}
    for name in when.zone_names():
        by_city.setdefault(fold(name.rsplit("/", 1)[-1]), []).append(name)
    cities = {city: found[0] for city, found in by_city.items() if len(found) == 1}
    return {**cities, **names, **ZONES, "gmt": "UTC", "utc": "UTC"}


def _read_times(row: Row, cells: dict[str, str], order: str) -> None:
    read = {name: moment(cells[name], order) for name in ("date", "start", "end") if name in cells}
    none: tuple[None, None] = (None, None)
    date_day, date_time = read.get("date", none)
    start_day, start_time = read.get("start", none)
    end_day, end_time = read.get("end", none)
    start_time = start_time or date_time
    day = date_day or start_day or end_day
    if day is None:
        row.problems.append(Said(NO_DAY))
        return
    if start_time:
        row.starts_wall = datetime.combine(start_day or day, start_time)
    if end_time:
        row.ends_wall = datetime.combine(end_day or day, end_time)
    elif row.starts_wall:
        row.ends_wall = row.starts_wall + USUAL
        row.hints.append(Said(NO_END))
    else:
        row.ends_wall = datetime.combine(day, END_OF_A_DAY)
        row.hints.append(Said(NO_TIME))


def _read_decision(row: Row, cells: dict[str, str], order: str) -> None:
    if "decision" in cells:
        row.decision_on, row.decision_time = moment(cells["decision"], order)
        if row.decision_on is None:
            row.decision_time = None
            row.problems.append(Said(NO_DAY))
    if "decision_time" in cells and row.decision_on:
        row.decision_time = moment(cells["decision_time"], order)[1]


def _read_people(row: Row, cells: dict[str, str], order: str) -> None:
    people = [_person(part.strip()) for part in _line(cells, "people").split(";") if part.strip()]
    addresses = [part.strip() for part in re.split(r"[;,]", _line(cells, "emails"))]
    if any(addresses[len(people) :]):
        row.problems.append(Said(MORE_ADDRESSES))
    addresses += [""] * len(people)
    row.people = tuple(
        Person(who.name, who.title, who.kind, address) for who, address in zip(people, addresses, strict=False)
    )


def _person(text: str) -> Person:
    found = _WITH_TITLE.fullmatch(text)
    if not found:
        return Person(text)
    first, _comma, rest = found[2].partition(",")
    kind = KINDS.get(fold(first))
    return Person(found[1], rest.strip(), kind) if kind else Person(found[1], found[2].strip())


def _read_answers(row: Row, cells: dict[str, str], order: str) -> None:
    """How it ended, and whether it took place; a column "Status" may hold either."""
    for name in ("outcome", "state"):
        text = _line(cells, name)
        if not text:
            continue
        if state := _among(STATES, text) if name == "state" else "":
            row.state = state
        elif outcome := _among(OUTCOMES, text):
            row.outcome = outcome
        else:
            row.hints.append(Said(NO_ANSWER, {"text": text[:40]}))


def _among(words: dict[str, tuple[str, ...]], text: str) -> str:
    plain = fold(text).replace("_", " ").replace("-", " ")
    return next((name for name, known in words.items() if plain in known), "")
