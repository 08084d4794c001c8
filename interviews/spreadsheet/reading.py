"""From bytes to lines of named cells, or a reason in words why that cannot be."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from interviews.spreadsheet.columns import columns_of
from interviews.spreadsheet.said import Said, gettext_noop
from interviews.spreadsheet.writing import without_guard

MAX_BYTES = 2_000_000
MAX_ROWS = 1_000
MOST_UNUSED = 20
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
    """What was read: each line with its number in the file and its cells by field. Broken lines have a reason instead."""

    encoding: str
    columns: dict[str, str]
    unused: list[str]
    lines: list[tuple[int, dict[str, str]]]
    broken: list[tuple[int, str]]

    def as_json(self) -> dict[str, Any]:
        """For keeping it between the preview and her word."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Sheet":
        """The other way round."""
        lines = [(number, cells) for number, cells in kept["lines"]]
        return cls(**{**kept, "lines": lines, "broken": [(number, text) for number, text in kept["broken"]]})


def read(data: bytes) -> Sheet:
    """Read a CSV file. Raises Unreadable where the whole of it cannot be used; a bad line only speaks for itself."""
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    text, encoding = _decoded(data)
    text, delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    header = next((cells for _number, cells, problem in rows if not problem), None)
    if header is None:
        raise Unreadable(EMPTY)
    places, unused = columns_of(header)
    names = ", ".join(" ".join(name.split())[:30] for name in header[:8])
    if "company" not in places:
        raise Unreadable(NO_COMPANY, names=names)
    if not {"date", "start", "end"} & set(places):
        raise Unreadable(NO_DATE, names=names)
    lines, broken = _lines(rows, places, len(header))
    if not lines and not broken:
        raise Unreadable(NO_ROWS)
    columns = {field: " ".join(header[place].split())[:60] for field, place in places.items()}
    return Sheet(encoding, columns, unused[:MOST_UNUSED], lines, broken)


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


def _lines(
    rows: Iterator[tuple[int, list[str], str]], places: dict[str, int], width: int
) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, str]]]:
    lines: list[tuple[int, dict[str, str]]] = []
    broken: list[tuple[int, str]] = []
    for count, (number, cells, problem) in enumerate(rows, start=1):
        if count > MAX_ROWS:
            more = sum(1 for _row in rows)
            raise Unreadable(TOO_MANY, number=f"{count + more:,}", most=f"{MAX_ROWS:,}")
        if not problem and any(cell.strip() for cell in cells[width:]):
            problem = TOO_WIDE
        if problem:
            broken.append((number, problem))
            continue
        named = {field: without_guard(cells[place].strip()) for field, place in places.items() if place < len(cells)}
        lines.append((number, {field: cell for field, cell in named.items() if cell}))
    return lines, broken
