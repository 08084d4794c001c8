"""A list of people as a table: which column is which, and its lines. Pure: bytes in, texts and reasons out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.csv_files import EMPTY, Unreadable, decoded, delimiter_of, filled, gettext_noop, rows_of, without_guard

MAX_BYTES = 1_000_000
MAX_ROWS = 2_000
MAX_COLUMNS = 50
MEANINGS = {
    "email": gettext_noop("E-mail address"),
    "name": gettext_noop("Name"),
    "role": gettext_noop("Role"),
    "cohort": gettext_noop("Cohort"),
    "zone": gettext_noop("Time zone"),
}
# In small letters, without anything but letters and digits; English and Swahili.
WORDS = {
    "email": ("email", "emailaddress", "mail", "address", "baruapepe"),
    "name": ("name", "fullname", "jina"),
    "role": ("role", "as", "wajibu"),
    "cohort": ("cohort", "group", "class", "intake", "course", "kundi"),
    "zone": ("timezone", "zone", "tz", "saazaeneo", "eneo"),
}
ROLES = {
    "candidate": ("candidate", "client", "mtahiniwa"),
    "coach": ("coach", "kocha"),
    "admin": ("admin", "administrator"),
    "coach_admin": ("coachandadmin", "coachadmin", "admincoach"),
}

TOO_LARGE = gettext_noop("This file is larger than 1 MB. Please bring it in by parts.")
NO_EMAIL = gettext_noop(
    "No column is called “E-mail address”. The first line names the columns; only that one is needed. We read: %(names)s."
)
NO_ROWS = gettext_noop("Only the names of the columns are in this file, and nobody.")
TOO_MANY = gettext_noop("This file has more than %(most)s lines. Please split it.")
TOO_MANY_COLUMNS = gettext_noop("This file has %(number)s columns; %(most)s can be read.")
TOO_WIDE = gettext_noop(
    "This line has more cells than there are columns. A text with a comma in it needs quotation marks."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a list by the meanings of their cells, each with its number in the file; broken ones have a reason."""

    lines: list[tuple[int, dict[str, str]]]
    broken: list[tuple[int, str]]
    unused: list[str]

    def as_json(self) -> dict[str, Any]:
        """For keeping it between the preview and the admin's word."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Sheet":
        """The other way round."""
        return cls([(a, b) for a, b in kept["lines"]], [(a, b) for a, b in kept["broken"]], kept["unused"])


def read(data: bytes) -> Sheet:
    """Read a CSV file. Raises Unreadable where the whole of it cannot be used; a bad line only speaks for itself."""
    if len(data) > MAX_BYTES:
        raise Unreadable(TOO_LARGE)
    text, _encoding = decoded(data)
    text, delimiter = delimiter_of(text)
    found = rows_of(text, delimiter)
    header = next((cells for _number, cells, problem in found if not problem), None)
    if header is None:
        raise Unreadable(EMPTY)
    header = [" ".join(name.split())[:60] for name in header[: filled(header)]]
    meanings = meanings_of(header)
    if "email" not in meanings:
        raise Unreadable(NO_EMAIL, names=", ".join(name[:30] for name in header[:8]))
    if len(header) > MAX_COLUMNS:
        raise Unreadable(TOO_MANY_COLUMNS, number=f"{len(header):,}", most=str(MAX_COLUMNS))
    lines: list[tuple[int, dict[str, str]]] = []
    broken: list[tuple[int, str]] = []
    for count, (number, cells, problem) in enumerate(found, start=1):
        if count > MAX_ROWS:
            raise Unreadable(TOO_MANY, most=f"{MAX_ROWS:,}")
        if problem or any(cell.strip() for cell in cells[len(header) :]):
            broken.append((number, problem or TOO_WIDE))
        else:
            lines.append((number, _named(cells, meanings)))
    if not lines and not broken:
        raise Unreadable(NO_ROWS)
    return Sheet(lines, broken, [name for name, meaning in zip(header, meanings, strict=True) if name and not meaning])


def _named(cells: Sequence[str], meanings: Sequence[str]) -> dict[str, str]:
    plain = (" ".join(without_guard(cell.strip()).split()) for cell in cells)
    return {meaning: cell for meaning, cell in zip(meanings, plain, strict=False) if meaning and cell}


def meanings_of(header: Sequence[str]) -> list[str]:
    """What each column means; "" for those nobody knows. Of two for one meaning the first counts."""
    found: list[str] = []
    for name in header:
        plain = _plain(name)
        meaning = next((meaning for meaning, words in WORDS.items() if plain in words), "")
        found.append("" if meaning in found else meaning)
    return found


def role_of(cell: str) -> str:
    """The role that a cell names; "" for one that is none."""
    plain = _plain(cell)
    return next((role for role, words in ROLES.items() if plain in words), "")


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
