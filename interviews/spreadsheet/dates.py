"""Days and times as people write them into cells. What can mean two days is not guessed."""

import re
from datetime import date, time

from accounts.csv_files import Said, gettext_noop
from interviews.finding import fold

DAY_FIRST, MONTH_FIRST = "day", "month"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.*))?")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]+(.*))?")
_DAY_MONTH = re.compile(
    r"(?:[^\W\d_]+\.?,? +)?(\d{1,2})(?:st|nd|rd|th|\.)?[ -]*([^\W\d_]+)\.?,?[ -]*(\d{4})(?:[ ,]+(.*))?"
)
_MONTH_DAY = re.compile(r"(?:[^\W\d_]+\.?,? +)?([^\W\d_]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?:[ ,]+(.*))?")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?|h)? ?([ap])?\.?(?:m\.?)?")
MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    )
    for number, name in enumerate(names.split(), start=1)
}
NO_DAY = gettext_noop("“%(text)s” is not a day we can read. 2026-11-03 and 3 November 2026 can be read.")
NO_SUCH_DAY = gettext_noop("There is no such day as %(text)s.")
NO_TIME = gettext_noop("“%(text)s” is not a time we can read. 14:30 and 2:30 pm can be read.")
NOT_IN_ORDER = gettext_noop("“%(text)s” does not fit the way the other dates are written.")
UNCLEAR = gettext_noop("“%(text)s” can mean two days.")


class Unclear(Exception):
    """A cell that cannot be read; `said` says why."""

    def __init__(self, text: str, cell: str) -> None:
        super().__init__(text)
        self.said = Said(text, {"text": " ".join(cell.split())[:40]})


def order_of(cell: str) -> str:
    """What a date tells about the order in its file: DAY_FIRST, MONTH_FIRST, "?" for either, "" for nothing.

    Dots go with the day first everywhere; slashes and dashes go with both.
    """
    found = _NUMBERS.fullmatch(cell.strip())
    if not found or found[2] == ".":
        return ""
    first, second = int(found[1]), int(found[3])
    if first > 12 or second > 12:
        return DAY_FIRST if first > 12 >= second else MONTH_FIRST if second > 12 >= first else ""
    return "" if first == second else "?"


def moment(cell: str, order: str = "") -> tuple[date | None, time | None]:
    """The day and the time of day in a cell, either of which may be missing. Raises Unclear."""
    text = " ".join(cell.split())
    if found := _ISO.fullmatch(text):
        return _day(cell, int(found[1]), int(found[2]), int(found[3])), _rest(found[4])
    if found := _NUMBERS.fullmatch(text):
        return _by_numbers(cell, found, order), _rest(found[5])
    if (found := _DAY_MONTH.fullmatch(text)) and (month := _month(found[2])):
        return _day(cell, int(found[3]), month, int(found[1])), _rest(found[4])
    if (found := _MONTH_DAY.fullmatch(text)) and (month := _month(found[1])):
        return _day(cell, int(found[3]), month, int(found[2])), _rest(found[4])
    if clock := _clock(text):
        return None, clock
    is_about_time = re.match(r"\d{1,2}(?!\d)", text) and not re.search(r"[-/]|\d{3}", text)
    raise Unclear(NO_TIME if is_about_time else NO_DAY, cell)


def _by_numbers(cell: str, found: re.Match[str], order: str) -> date:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    told = order_of(cell[: cell.find(found[4]) + 4])
    if told == "?" and not order:
        raise Unclear(UNCLEAR, cell)
    if told in (DAY_FIRST, MONTH_FIRST) and order and told != order:
        raise Unclear(NOT_IN_ORDER, cell)
    if (told if told in (DAY_FIRST, MONTH_FIRST) else order) == MONTH_FIRST and found[2] != ".":
        first, second = second, first
    return _day(cell, year, second, first)


def _day(cell: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unclear(NO_SUCH_DAY, cell) from None


def _month(word: str) -> int:
    short = fold(word)
    return next((number for name, number in MONTHS.items() if len(short) >= 3 and name.startswith(short[:9])), 0)


def _rest(text: str | None) -> time | None:
    if not text:
        return None
    if (clock := _clock(text)) is None:
        raise Unclear(NO_TIME, text)
    return clock


def _clock(text: str) -> time | None:
    found = _TIME.fullmatch(text.strip().lower())
    if not found or not (found[2] or found[3] or "h" in text.lower()):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
