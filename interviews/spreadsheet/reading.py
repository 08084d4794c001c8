"""From bytes to lines of named cells, or a reason in words why that cannot be."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from interviews.spreadsheet.columns import MEANINGS, meanings_of, missing_of, name_of
from interviews.spreadsheet.said import Said, gettext_noop
from interviews.spreadsheet.writing import without_guard

MAX_BYTES = 2_000_000
MAX_ROWS = 1_000
MAX_COLUMNS = 50
DELIMITERS = ",;\t"
# What other programs' files begin with.
WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
BINARY = (b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")

TOO_LARGE = gettext_noop("This file is larger than 2 MB. Please bring it in by parts.")
EMPTY = gettext_noop("There is nothing in this file.")
WORKBOOK = gettext_noop(
    "This is a workbook (such as .xlsx or .ods) or a zip file. In the program that made it choose “Save as” and then “CSV (UTF-8)”."
)
NO_TEXT = gettext_noop("This is not a text file. A list saved as CSV is what can be read here.")
WEB_PAGE = gettext_noop("This is a web page, not a list. Save the list itself as CSV.")
UNKNOWN_LETTERS = gettext_noop("We can't read the letters of this file. Please save it as “CSV (UTF-8)”.")
NO_COMPANY = gettext_noop(
    "No column is called “Company”. The first line names the columns; at least Company and Date are needed. We read: %(names)s."
)
NO_DATE = gettext_noop("No column is called “Date”. Each interview needs its day. We read: %(names)s.")
NO_ROWS = gettext_noop("Only the names of the columns are in this file, and no interview.")
TOO_MANY = gettext_noop("This file has %(number)s rows; %(most)s can be brought in at once. Please split it.")
TOO_MANY_COLUMNS = gettext_noop(
    "This file has %(number)s columns; %(most)s can be read. Please leave out those that say nothing about the interview."
)
TOO_LONG = gettext_noop("A cell of this row is far too long.")
OPEN_QUOTE = gettext_noop("The quotation marks of this row do not match, so its cells can't be told apart.")
TOO_WIDE = gettext_noop(
    "This row has more cells than there are columns. A text with a comma in it needs quotation marks."
)


class Unreadable(Exception):
    """The file as a whole cannot be used; `said` says why."""

    def __init__(self, text: str, **values: str) -> None:
        super().__init__(text % values)
        self.said = Said(text, values)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: names and meanings of the columns, and each row with its line in the file. Broken rows have a reason instead."""

    encoding: str
    header: list[str]
    meanings: list[str]
    rows: list[tuple[int, list[str]]]
    broken: list[tuple[int, str]]

    @property
    def lines(self) -> list[tuple[int, dict[str, str]]]:
        """Each row by the meanings of its cells, without those that are empty or left aside."""
        places = [(place, meaning) for place, meaning in enumerate(self.meanings) if meaning]
        return [
            (number, {meaning: cells[place] for place, meaning in places if place < len(cells) and cells[place]})
            for number, cells in self.rows
        ]

    @property
    def names(self) -> list[str]:
        """What to call each column."""
        return [name_of(self.header, place) for place in range(len(self.header))]

    @property
    def columns(self) -> dict[str, str]:
        """Meaning → the column that has it, in our order."""
        named = {meaning: name for name, meaning in zip(self.names, self.meanings, strict=True) if meaning}
        return {meaning: named[meaning] for meaning in MEANINGS if meaning in named}

    @property
    def unused(self) -> list[str]:
        """The columns that are left aside."""
        return [name for name, meaning in zip(self.names, self.meanings, strict=True) if not meaning]

    @property
    def examples(self) -> list[str]:
        """Of each column the first cell that says something."""
        return [
            next((cells[place] for _number, cells in self.rows if place < len(cells) and cells[place]), "")
            for place in range(len(self.header))
        ]

    @property
    def missing(self) -> str:
        """What is to be asked about the columns before anything can be made of the rows; "" if nothing."""
        return missing_of(self.meanings)

    def as_json(self) -> dict[str, Any]:
        """For keeping it between the preview and her word."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Sheet":
        """The other way round."""
        pairs = {name: [(number, each) for number, each in kept[name]] for name in ("rows", "broken")}
        return cls(**{**kept, **pairs})


def read(data: bytes) -> Sheet:
    """Read a CSV file. Raises Unreadable where the whole of it cannot be used; a bad line only speaks for itself."""
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    text, encoding = _decoded(data)
    text, delimiter = _delimiter(text)
    found = _rows(text, delimiter)
    first = next((cells for _number, cells, problem in found if not problem), None)
    if first is None:
        raise Unreadable(EMPTY)
    named = [" ".join(name.split())[:60] for name in first]
    missing = missing_of(meanings_of(named))
    if missing and sum(map(bool, named)) < 2:
        # One column is no list: there is nothing to choose from.
        reason = NO_COMPANY if "company" not in meanings_of(named) else NO_DATE
        raise Unreadable(reason, names=", ".join(name[:30] for name in named[:8]))
    rows, broken = _cells(found, len(named))
    if not rows and not broken:
        raise Unreadable(NO_ROWS)
    # Programs write commas for columns that hold nothing at all.
    width = max(_filled(named), *(len(cells) for _number, cells in rows), 0)
    if width > MAX_COLUMNS:
        raise Unreadable(TOO_MANY_COLUMNS, number=f"{width:,}", most=str(MAX_COLUMNS))
    return Sheet(encoding, named[:width], meanings_of(named[:width]), rows, broken)


def _filled(cells: Sequence[str]) -> int:
    """How many cells there are up to the last that is not empty."""
    return next((place + 1 for place in reversed(range(len(cells))) if cells[place]), 0)


def _decoded(data: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding. Never guesses among more than UTF-8, UTF-16 and Windows-1252."""
    if data.startswith(WORKBOOKS):
        raise Unreadable(WORKBOOK)
    if data.startswith(BINARY):
        raise Unreadable(NO_TEXT)
    text, encoding = _letters(data)
    text = text.removeprefix("\ufeff").rstrip("\x1a")
    if not text.strip():
        raise Unreadable(EMPTY)
    if any(char < " " and char not in "\t\r\n\v\f" for char in text) or "\ufffe" in text:
        raise Unreadable(NO_TEXT)
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<table", "<head")):
        raise Unreadable(WEB_PAGE)
    return text, encoding


def _letters(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tries = ["utf-16"]
    elif b"\x00" in data[:200]:
        # Without a mark at the beginning: the halves of plain letters that are zero tell which half comes first.
        tries = ["utf-16-be" if data[:1] == b"\x00" else "utf-16-le"]
    else:
        tries = ["utf-8-sig", "cp1252"]
    for name in tries:
        try:
            return data.decode(name), {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(name, "UTF-16")
        except UnicodeDecodeError:
            continue
    raise Unreadable(UNKNOWN_LETTERS if tries[-1] == "cp1252" else NO_TEXT)


def _delimiter(text: str) -> tuple[str, str]:
    """The sign between cells: Excel's first line `sep=;` says it, else the most frequent in the first line that says something."""
    first, _break, rest = text.lstrip("\r\n").partition("\n")
    said = first.strip().strip('"').lower()
    if said.startswith("sep=") and len(said) == 5 and said[4] in DELIMITERS:
        # Its line stays, empty, so that the numbers of the others are right.
        return text[: len(text) - len(first) - len(_break) - len(rest)] + "\n" + rest, said[4]
    bare = "".join(part for place, part in enumerate(first.split('"')) if place % 2 == 0)
    return text, max(DELIMITERS, key=bare.count)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Number of its first line, cells and problem of each row that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [], TOO_LONG if "field larger" in str(error) else OPEN_QUOTE
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells, ""


def _cells(
    found: Iterator[tuple[int, list[str], str]], width: int
) -> tuple[list[tuple[int, list[str]]], list[tuple[int, str]]]:
    rows: list[tuple[int, list[str]]] = []
    broken: list[tuple[int, str]] = []
    for count, (number, cells, problem) in enumerate(found, start=1):
        if count > MAX_ROWS:
            more = sum(1 for _row in found)
            raise Unreadable(TOO_MANY, number=f"{count + more:,}", most=f"{MAX_ROWS:,}")
        plain = [without_guard(cell.strip()) for cell in cells]
        if not problem and any(plain[width:]):
            problem = TOO_WIDE
        if problem:
            broken.append((number, problem))
        else:
            rows.append((number, plain[: _filled(plain)]))
    return rows, broken
