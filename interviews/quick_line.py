"""One line typed in a lift: which company, when it ended or will begin, when they decide.

Pure. Whatever is not understood stays: before the first comma as part of the company, after it as a jotting. Nothing is
ever dropped, and the time taken grows with the length of the line only.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

MAX_LINE = 300
MAX_COMPANY = 80
# As long as a planned talk is taken to last, and when a day begins or has ended for which no time is given.
AN_HOUR = timedelta(hours=1)
MORNING, EVENING = time(9), time(17)
# A phone's clock, or hers, may be a little ahead.
PATIENCE = timedelta(minutes=10)
FRIDAY = 4
LAST_WORDS = 24  # No more words than these make up a time and a decision.

DAYS = {
    **dict.fromkeys(["monday", "mon", "jumatatu"], 0),
    **dict.fromkeys(["tuesday", "tue", "tues", "jumanne"], 1),
    **dict.fromkeys(["wednesday", "wed", "jumatano"], 2),
    **dict.fromkeys(["thursday", "thu", "thur", "thurs", "alhamisi"], 3),
    **dict.fromkeys(["friday", "fri", "ijumaa"], 4),
    **dict.fromkeys(["saturday", "sat", "jumamosi"], 5),
    **dict.fromkeys(["sunday", "sun", "jumapili"], 6),
}
MONTHS = {
    **{name: number + 1 for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())},  # noqa: SIM905
    **{
        name: number + 1
        for number, name in enumerate(
            "january february march april may june july august september october november december".split()  # noqa: SIM905
        )
    },
    "sept": 9,
}
RELATIVE = {"today": 0, "tonight": 0, "leo": 0, "yesterday": -1, "jana": -1, "tomorrow": 1, "kesho": 1}
DECIDE = frozenset(["decide", "decides", "deciding", "decision", "answer", "hear", "wanaamua", "uamuzi"])
BY = frozenset(["by", "on", "until", "till", "is", "back", "due", "before", "kabla", "ya"])
WHO = frozenset(["they", "they'll", "will", "we", "i'll", "i"])
AT = frozenset(["at", "@", "from", "around", "about", "saa"])

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?", re.ASCII)
_RANGE = re.compile(r"(\d{1,2}[:.]\d{2})[-–](\d{1,2}[:.]\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?(\d{4})?", re.ASCII)
_LINK = re.compile(r"https?:|www\.|@|\w\.[a-z]{2,}/", re.IGNORECASE)
_OPENING = re.compile(r"^(?:(?:job )?interview(?:ed)? (?:at|with) |at |with )(?=\S)", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. Without `ends_wall` it ended just now. `assumed` names what was filled in for her to look at."""

    company: str
    is_planned: bool = False
    starts_wall: datetime | None = None
    ends_wall: datetime | None = None
    decision_on: date | None = None
    decision_time: time | None = None
    notes: str = ""
    assumed: tuple[Literal["time"], ...] = ()


@dataclass(slots=True)
class _Found:
    """What has been understood so far; each of it once."""

    just_now: bool = False
    day: date | None = None
    clock: time | None = None
    until: time | None = None
    decision_on: date | None = None
    decision_time: time | None = None

    def copy(self) -> "_Found":
        return _Found(self.just_now, self.day, self.clock, self.until, self.decision_on, self.decision_time)


def read_line(text: str, *, now: datetime) -> Line:
    """Read a line; `now` is the time on her wall. Total: whatever comes, the words of it are in company or notes."""
    clean = "".join(char if char == "\n" or unicodedata.category(char) not in _INVISIBLE else " " for char in text)
    segments = [segment.split() for segment in re.split(r"[,;\n]|\s[-–—]\s", clean)]
    segments = [words for words in segments if words]
    found = _Found()
    company: list[str] = []
    notes: list[str] = []
    for number, words in enumerate(segments):
        begins = _where_times_begin(words, found, now) if number == 0 else 0
        if number == 0:
            company, words = words[:begins], words[begins:]
        rest = words[_read(words, found, now) :]
        if rest and not company:
            company = rest
        elif rest:
            notes.append(" ".join(rest))
    if not company and not notes:
        # Only a time: then that is all we know to call it by.
        found, company = _Found(), [word for words in segments for word in words]
    name, more = _company(company)
    return _line(name, [*more, *notes], found, now)


def _where_times_begin(words: list[str], found: _Found, now: datetime) -> int:
    """The first word from which all that follows are times: so that "USA Today just now" keeps its name."""
    for start in range(max(0, len(words) - LAST_WORDS), len(words)):
        trial = found.copy()
        if _read(words[start:], trial, now) == len(words) - start:
            return start
    return len(words)


def _read(words: list[str], found: _Found, now: datetime) -> int:
    """Take in as many times as stand at the beginning; returns the number of words understood."""
    place = 0
    plain = [_plain(word) for word in words[: 2 * LAST_WORDS]]
    while place < len(plain):
        taken = _decision(plain, place, found, now) or _time(plain, place, found, now)
        if not taken:
            break
        place += taken
    return place


def _plain(word: str) -> str:
    """Without the signs around it; the point of "12.12." belongs to it."""
    is_date = word[:1].isdigit() and ":" not in word
    return word.casefold().strip("!?()" if is_date else ".!?()")


def _decision(words: list[str], place: int, found: _Found, now: datetime) -> int:
    at = place
    while at < len(words) and at < place + 3 and words[at] in WHO:
        at += 1
    if at >= len(words) or words[at] not in DECIDE or found.decision_on:
        return 0
    at += 1
    while at < len(words) and at < place + 7 and words[at] in BY:
        at += 1
    day, taken = _day(words, at, now, is_ahead=True)
    if day is None or day < now.date():
        return 0
    at += taken
    found.decision_on = day
    clock, taken = _clock(words, at)
    if clock and taken:
        found.decision_time = clock
        at += taken
    return at - place


def _time(words: list[str], place: int, found: _Found, now: datetime) -> int:
    two = " ".join(words[place : place + 2])
    if two in ("just now", "right now", "sasa hivi") or words[place] == "now":
        if found.just_now or found.day or found.clock:
            return 0
        found.just_now = True
        return 1 if words[place] == "now" else 2
    if found.just_now:
        return 0
    if not found.clock:
        if ranged := _RANGE.fullmatch(words[place]):
            first, last = (_wall_clock(part) for part in ranged.groups())
            if first and last and first < last:
                found.clock, found.until = first, last
                return 1
        clock, taken = _clock(words, place)
        if clock:
            found.clock = clock
            return taken
    if not found.day:
        skip = 1 if words[place] in ("on", "it", "was") and place + 1 < len(words) else 0
        day, taken = _day(words, place + skip, now, is_ahead=False)
        if day:
            found.day = day
            return taken + skip
    return 0


def _clock(words: list[str], place: int) -> tuple[time | None, int]:
    """A time of day: "at 15:30", "at 3pm", "15:30", "3.30 pm". A bare number needs its "at"."""
    if place >= len(words):
        return None, 0
    said_at = words[place] in AT
    at = place + said_at
    if at >= len(words):
        return None, 0
    word, more = words[at], words[at + 1] if at + 1 < len(words) else ""
    half = more in ("am", "pm")
    found = _wall_clock(word + more if half else word, bare=said_at)
    return (found, said_at + 1 + half) if found else (None, 0)


def _wall_clock(word: str, *, bare: bool = False) -> time | None:
    match = _CLOCK.fullmatch(word.rstrip("!?,)"))
    if not match or not (match[2] or match[3] or bare):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(words: list[str], place: int, now: datetime, *, is_ahead: bool) -> tuple[date | None, int]:
    """A day and the words it takes. A day of the week is the next one, after "last" the one before."""
    if place >= len(words):
        return None, 0
    word, more = words[place], words[place + 1] if place + 1 < len(words) else ""
    today = now.date()
    try:
        if word in RELATIVE:
            return today + timedelta(days=RELATIVE[word]), 1
        if word in DAYS:
            return _next(today, DAYS[word]), 1
        if word in ("this", "next", "last") and more in DAYS:
            day = _next(today, DAYS[more])
            return (day - timedelta(days=7) if word == "last" else day), 2
        if word in ("this", "next", "wiki") and more in ("week", "hii", "ijayo") and is_ahead:
            friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
            return (friday + timedelta(days=7) if word == "next" or more == "ijayo" else friday), 2
        return _date(word, more, today, is_ahead=is_ahead)
    except (ValueError, OverflowError):
        return None, 0


def _next(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _date(word: str, more: str, today: date, *, is_ahead: bool) -> tuple[date | None, int]:
    if iso := _ISO.fullmatch(word):
        return date(*map(int, iso.groups())), 1
    if (dotted := _DOTTED.fullmatch(word)) and (dotted[3] or word.endswith(".")):
        return _of_this_year(int(dotted[1]), int(dotted[2]), dotted[3], today, is_ahead), 1
    number, month = _DAY_NUMBER.fullmatch(word), MONTHS.get(more.rstrip("."))
    if number and month:
        return _of_this_year(int(number[1]), month, None, today, is_ahead), 2
    number, month = _DAY_NUMBER.fullmatch(more), MONTHS.get(word.rstrip("."))
    if number and month:
        return _of_this_year(int(number[1]), month, None, today, is_ahead), 2
    return None, 0


def _of_this_year(day: int, month: int, year: str | None, today: date, is_ahead: bool) -> date:
    """The day of this year; of the next one if it has passed and one to come is meant, or passed long ago."""
    if year:
        return date(int(year), month, day)
    found = date(today.year, month, day)
    return found if found >= today - timedelta(days=0 if is_ahead else 60) else date(today.year + 1, month, day)


def _company(words: list[str]) -> tuple[str, list[str]]:
    """The name, and what of it belongs elsewhere: links, addresses, and all of it if it is too long for a name."""
    links = [word for word in words if _LINK.search(word) or "=?" in word]
    name = " ".join(word for word in words if word not in links)
    more = [" ".join(links)] if links else []
    shorter = _OPENING.sub("", name)
    if len(shorter) <= MAX_COMPANY:
        return shorter, more
    cut = shorter[: MAX_COMPANY + 1].rsplit(" ", 1)[0][:MAX_COMPANY]
    return cut, [name, *more]


def _line(company: str, notes: list[str], found: _Found, now: datetime) -> Line:
    line = Line(company, decision_on=found.decision_on, decision_time=found.decision_time, notes="\n".join(notes))
    day = found.day or now.date()
    if not found.clock and day == now.date():
        return line
    is_ahead = day > now.date() or (
        day == now.date() and datetime.combine(day, found.clock or EVENING) > now + PATIENCE
    )
    begins = datetime.combine(day, found.clock or (MORNING if is_ahead else EVENING))
    try:
        ends = datetime.combine(day, found.until) if found.until else begins + AN_HOUR
    except OverflowError:
        return line
    if not found.clock:
        line = replace(line, assumed=("time",))
    if is_ahead:
        return replace(line, is_planned=True, starts_wall=begins, ends_wall=ends)
    return (
        replace(line, starts_wall=begins, ends_wall=ends) if found.until else replace(line, ends_wall=min(begins, now))
    )
