"""Interviews as a table: a CSV file that somebody kept elsewhere, read as kindly as can be, and the one we give out.

Pure: bytes and texts in, values and reasons out; nothing is stored, and `now` is not known here.
"""

from accounts.csv_files import Said, Unreadable
from interviews.spreadsheet.cells import DAY_FIRST, MONTH_FIRST, Person, Row, first_unclear_date, rows_of
from interviews.spreadsheet.columns import MEANINGS, missing_of, problems_of
from interviews.spreadsheet.reading import MAX_BYTES, MAX_ROWS, Sheet, read
from interviews.spreadsheet.writing import HEADER, cell_of_people, table

__all__ = [
    "DAY_FIRST",
    "HEADER",
    "MAX_BYTES",
    "MAX_ROWS",
    "MEANINGS",
    "MONTH_FIRST",
    "Person",
    "Row",
    "Said",
    "Sheet",
    "Unreadable",
    "cell_of_people",
    "first_unclear_date",
    "missing_of",
    "problems_of",
    "read",
    "rows_of",
    "table",
]
