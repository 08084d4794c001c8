"""CSV files, whatever they are about: bytes to rows of cells as kindly as can be, and rows to a file that no program reckons with.

Pure: nothing is stored, and nothing is known here of what a column means.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

DELIMITERS = ",;\t"
# What other programs' files begin with.
WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
BINARY = (b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
# A cell that begins so would be reckoned by a spreadsheet program (https://owasp.org/www-community/attacks/CSV_Injection).
_ACTS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")


def gettext_noop(text: str) -> str:
    """Mark `text` for translation and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with places for values (`%(name)s`)."""

    text: str
    values: dict[str, str] = field(default_factory=dict)

    def words(self, translate: Callable[[str], str] = gettext_noop) -> str:
        """The sentence in the language of `translate`."""
        return translate(self.text) % self.values


EMPTY = gettext_noop("There is nothing in this file.")
WORKBOOK = gettext_noop(
    "This is a workbook (such as .xlsx or .ods) or a zip file. In the program that made it choose “Save as” and then “CSV (UTF-8)”."
)
NO_TEXT = gettext_noop("This is not a text file. A list saved as CSV is what can be read here.")
WEB_PAGE = gettext_noop("This is a web page, not a list. Save the list itself as CSV.")
UNKNOWN_LETTERS = gettext_noop("We can't read the letters of this file. Please save it as “CSV (UTF-8)”.")
TOO_LONG = gettext_noop("A cell of this row is far too long.")
OPEN_QUOTE = gettext_noop("The quotation marks of this row do not match, so its cells can't be told apart.")


class Unreadable(Exception):
    """The file as a whole cannot be used; `said` says why."""

    def __init__(self, text: str, **values: str) -> None:
        super().__init__(text % values)
        self.said = Said(text, values)


def decoded(data: bytes) -> tuple[str, str]:
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


def delimiter_of(text: str) -> tuple[str, str]:
    """The sign between cells: Excel's first line `sep=;` says it, else the most frequent in the first line that says something."""
    first, _break, rest = text.lstrip("\r\n").partition("\n")
    said = first.strip().strip('"').lower()
    if said.startswith("sep=") and len(said) == 5 and said[4] in DELIMITERS:
        # Its line stays, empty, so that the numbers of the others are right.
        return text[: len(text) - len(first) - len(_break) - len(rest)] + "\n" + rest, said[4]
    bare = "".join(part for place, part in enumerate(first.split('"')) if place % 2 == 0)
    return text, max(DELIMITERS, key=bare.count)


def rows_of(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
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


def filled(cells: Sequence[str]) -> int:
    """How many cells there are up to the last that is not empty."""
    return next((place + 1 for place in reversed(range(len(cells))) if cells[place]), 0)


def with_guard(cell: str) -> str:
    """The text with a quote before it, if a program would take it for a formula."""
    return "'" + cell if _ACTS.match(cell) else cell


def without_guard(cell: str) -> str:
    """What `with_guard` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def table(rows: Iterable[Sequence[str]], *, header: Sequence[str]) -> Iterator[str]:
    """The lines of a file, one by one, with the mark by which Excel knows that it is UTF-8."""
    yield "\ufeff" + _line(header)
    for row in rows:
        yield _line([with_guard(cell) for cell in row])


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    # NUL cannot be in our texts; csv would refuse it in the middle of a file that is half sent.
    csv.writer(buffer).writerow([cell.replace("\x00", "") for cell in cells])
    return buffer.getvalue()
