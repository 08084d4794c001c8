"""The table we give out: opens in every spreadsheet program as text, and can be brought in again."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from interviews.spreadsheet.columns import MEANINGS

HEADER = tuple(MEANINGS.values())
# A cell that begins so would be reckoned by a spreadsheet program (https://owasp.org/www-community/attacks/CSV_Injection).
_ACTS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")
KINDS = {"hr": "HR", "recruiter": "recruiter", "panel": "panel"}


def with_guard(cell: str) -> str:
    """The text with a quote before it, if a program would take it for a formula."""
    return "'" + cell if _ACTS.match(cell) else cell


def without_guard(cell: str) -> str:
    """What `with_guard` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def cell_of_people(people: Iterable[tuple[str, str, str]]) -> str:
    """Name, title and kind of each as "Grace Wanjiru (editor); Peter Otieno (HR)": what `cells.people` reads."""
    return "; ".join(_of_person(*person) for person in people)


def _of_person(name: str, title: str, kind: str) -> str:
    name = name.replace(";", ",")
    inside = ", ".join(part for part in (KINDS.get(kind, ""), _flat(title)) if part)
    # An empty pair keeps brackets that belong to the name from being read as a title.
    return f"{name} ({inside})" if inside or name.endswith(")") else name


def _flat(title: str) -> str:
    return title.translate(str.maketrans("();", "[],"))


def table(rows: Iterable[Sequence[str]], *, header: Sequence[str] = HEADER) -> Iterator[str]:
    """The lines of the file, one by one, with the mark by which Excel knows that it is UTF-8."""
    yield "\ufeff" + _line(header)
    for row in rows:
        yield _line([with_guard(cell) for cell in row])


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    # NUL cannot be in our texts; csv would refuse it in the middle of a file that is half sent.
    csv.writer(buffer).writerow([cell.replace("\x00", "") for cell in cells])
    return buffer.getvalue()
