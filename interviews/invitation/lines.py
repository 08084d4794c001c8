"""The lines of a calendar file as components, within limits that hold whatever is thrown at it.

`icalendar` splits and unfolds the lines; its own components are not used, because they keep every VTIMEZONE they meet for
the whole process, so one person's file could move the times of another's, and a rule in it could run for minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from accounts.when import gettext_noop

if TYPE_CHECKING:
    from icalendar.parser import Contentline

MAX_BYTES = 256 * 1024
MAX_LINES = 6_000
MAX_LINE = 16_000
MAX_DEPTH = 8
MAX_EVENTS = 100
MAX_PARAMETERS = 1_000  # characters

_NAME = re.compile(r"[ \t]*([A-Za-z0-9-]{1,60})[ \t]*[;:]")
_BEGIN = re.compile(r"^[ \t]*BEGIN[ \t]*:[ \t]*VCALENDAR[ \t]*$", re.IGNORECASE | re.MULTILINE)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF")


@cache
def _library() -> Any:
    """Two megabytes that a process which reads no invitation does without. Its own functions have no types."""
    import icalendar  # noqa: PLC0415 -- see above

    return icalendar


class Unreadable(ValueError):
    """Nothing can be filled in from this; `text` says why, for her to read, untranslated. `values` go into it."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    params: dict[str, str]
    value: str  # unescaped


@dataclass(slots=True)
class Component:
    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    is_closed: bool = False

    def all(self, name: str) -> Iterator[Property]:
        return (each for each in self.properties if each.name == name)

    def first(self, name: str) -> Property | None:
        return next(self.all(name), None)

    def text(self, name: str) -> str:
        found = self.first(name)
        return found.value.strip() if found else ""

    def walk(self, name: str) -> Iterator["Component"]:
        """Every component of this name below, without recursion."""
        waiting = [self]
        while waiting:
            each = waiting.pop()
            if each.name == name:
                yield each
            waiting.extend(reversed(each.parts))


def decode(raw: bytes) -> tuple[str, bool]:
    """The text of a file, and whether its encoding had to be guessed.

    Raises Unreadable for what is no text at all.
    """
    if len(raw) > MAX_BYTES:
        raise Unreadable(
            gettext_noop("This is too large for an invitation (256 kB at most). Save the one event, not the calendar.")
        )
    if not raw.strip():
        raise Unreadable(gettext_noop("This file is empty. Please save the invitation again."))
    if raw.startswith(b"PK\x03\x04"):
        raise Unreadable(gettext_noop("This is a packed file. Unpack it, and choose the .ics file inside."))
    if raw.startswith(_PICTURES):
        raise Unreadable(
            gettext_noop("This is a picture or a PDF. The invitation is the attachment that ends in .ics.")
        )
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), False
    try:
        return raw.decode(), False
    except UnicodeDecodeError:
        # What Outlook on an old Windows writes; every byte means something in it or is replaced.
        return raw.decode("cp1252", "replace"), True


def read_components(text: str) -> Component:
    """Everything from the first BEGIN:VCALENDAR on, as one component that holds the calendars of the file.

    Raises Unreadable.
    """
    if len(text) > MAX_BYTES:
        raise Unreadable(
            gettext_noop("This is too large for an invitation (256 kB at most). Save the one event, not the calendar.")
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    found = _BEGIN.search(text)
    if found is None:
        if text.lstrip()[:1] == "<":
            raise Unreadable(
                gettext_noop(
                    "This is a web page, not an invitation. The invitation is the attachment that ends in .ics."
                )
            )
        raise Unreadable(
            gettext_noop(
                "There is no calendar invitation in this. It begins with BEGIN:VCALENDAR; in a mail it is the attachment that ends in .ics."
            )
        )
    root = Component("")
    stack = [root]
    lines: list[Contentline] = _library().parser.Contentlines.from_ical(text[found.start() :])
    if len(lines) > MAX_LINES:
        raise Unreadable(gettext_noop("This holds a whole calendar. Save the one event that is the interview."))
    for line in lines:
        read = _read(line)
        if read is None:
            continue
        if read.name == "BEGIN":
            if len(stack) > MAX_DEPTH:
                raise Unreadable(gettext_noop("This file is not built as an invitation is. Please save it again."))
            begun = Component(read.value.strip().upper()[:60])
            stack[-1].parts.append(begun)
            stack.append(begun)
        elif read.name == "END":
            _end(stack, read.value.strip().upper())
        else:
            stack[-1].properties.append(read)
    return root


def _end(stack: list[Component], name: str) -> None:
    """Close the innermost component of this name; what was left open in it stays marked as cut off."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name == name:
            stack[depth].is_closed = True
            del stack[depth:]
            return


def _read(line: "Contentline") -> Property | None:
    """One line; None for what is none. A broken line spoils nothing but itself."""
    named = _NAME.match(line)
    if named is None or named[1].upper() not in WANTED:
        return None
    name, colon = named[1].upper(), line.find(":")
    # Descriptions are as long as people like; the library's reader looks at each character, in Python.
    if len(line) > MAX_LINE:
        line = _library().parser.Contentline(line[:MAX_LINE])
    if line[named.end() - 1] == ";" and line.value_separator_index() > MAX_PARAMETERS:
        return None
    try:
        _, params, value = line.parts()
    except ValueError:
        # A parameter without quotes where there should be some: the value is still of use.
        if colon < 0:
            return None
        return Property(name, {}, line[colon + 1 :].replace("\\n", "\n").replace("\\,", ","))
    plain = {key.upper(): each if isinstance(each, str) else ", ".join(map(str, each)) for key, each in params.items()}
    return Property(name, plain, value)


def read_value(text: str) -> datetime | date | timedelta | None:
    """A date, a time or a length as the file writes it; None for anything else."""
    try:
        value: object = _library().prop.vDDDTypes.from_ical(text.strip())
    except (ValueError, TypeError, OverflowError, AttributeError):
        return None
    return value if isinstance(value, (date, timedelta)) else None


def read_offset(text: str) -> timedelta | None:
    """An offset from UTC such as +0300."""
    try:
        offset: timedelta = _library().prop.vUTCOffset.from_ical(text.strip())
    except (ValueError, TypeError):
        return None
    return offset


LINKS = (
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-APPLE-CONFERENCE",
    "X-ZOOM-MEETING-URL",
    "CONFERENCE",
    "URL",
)
WANTED = frozenset(
    {
        *("BEGIN", "END", "METHOD", "X-WR-TIMEZONE"),
        *("UID", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER", "ATTENDEE"),
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION"),
        *LINKS,
    }
)
