"""From bytes to lines of named cells, or a reason in words why that cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accounts.csv_files import EMPTY, Unreadable, decoded, delimiter_of, filled, gettext_noop, rows_of, without_guard
from interviews.spreadsheet.columns import MEANINGS, meanings_of, missing_of, name_of

MAX_BYTES = 2_000_000
MAX_ROWS = 1_000
MAX_COLUMNS = 50

TOO_LARGE = gettext_noop("This file is larger than 2 MB. Please bring it in by parts.")
NO_COMPANY = gettext_noop(
    "No column is called “Company”. The first line names the columns; at least Company and Date are needed. We read: %(names)s."
)
NO_DATE = gettext_noop("No column is called “Date”. Each interview needs its day. We read: %(names)s.")
NO_ROWS = gettext_noop("Only the names of the columns are in this file, and no interview.")
TOO_MANY = gettext_noop("This file has %(number)s rows; %(most)s can be brought in at once. Please split it.")
TOO_MANY_COLUMNS = gettext_noop(
    "This file has %(number)s columns; %(most)s can be read. Please leave out those that say nothing about the interview."
)
TOO_WIDE = gettext_noop(
    "This row has more cells than there are columns. A text with a comma in it needs quotation marks."
)


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
    text, encoding = decoded(data)
    text, delimiter = delimiter_of(text)
    found = rows_of(text, delimiter)
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
    width = max(filled(named), *(len(cells) for _number, cells in rows), 0)
    if width > MAX_COLUMNS:
        raise Unreadable(TOO_MANY_COLUMNS, number=f"{width:,}", most=str(MAX_COLUMNS))
    return Sheet(encoding, named[:width], meanings_of(named[:width]), rows, broken)


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
            rows.append((number, plain[: filled(plain)]))
    return rows, broken
