"""The table we give out: opens in every spreadsheet program as text, and can be brought in again."""

from collections.abc import Iterable, Iterator, Sequence

from accounts import csv_files
from interviews.spreadsheet.columns import MEANINGS

HEADER = tuple(MEANINGS.values())
KINDS = {"hr": "HR", "recruiter": "recruiter", "panel": "panel"}


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
    """The lines of the file, one by one."""
    return csv_files.table(rows, header=header)
