"""Slots as a table to take away: a CSV file that opens in every spreadsheet program as text, never as a formula.

Pure: texts in, lines out.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from interviews.spreadsheet.writing import with_guard

HEADER = (
    "Date", "Start", "End", "Time zone", "Minutes", "Minutes free afterwards", "Coach", "State", "Booked by", "Booking",
    "Confirmed", "Place", "Link",
)  # fmt: skip


def lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of the file, one by one, with the mark by which Excel knows that it is UTF-8."""
    yield "\ufeff" + _line(HEADER)
    for row in rows:
        yield _line([with_guard(cell) for cell in row])


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([cell.replace("\x00", "") for cell in cells])
    return buffer.getvalue()
