"""Queries whose SQL Django writes once in a process, while their values change from call to call.

Writing a query anew on every request takes several times what running it takes. The rules stay where they are, in the
querysets (`visible_to` and the rest): a query is built from them once, with marks in the place of people and moments, and
each call puts its own values there. A mark that nobody fills in is nobody's number, so it finds no rows.
"""

from copy import copy
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.models import BigIntegerField, Value

from accounts.any_of import any_of

# No row has so low a number, and no moment here is as long ago; what is reckoned from one ("fourteen days before") stays near its mark.
LOWEST = -(10**15)
EARLIEST, APART = datetime(1000, 1, 1, tzinfo=UTC), timedelta(days=10_000)
BEFORE_US = datetime(1900, 1, 1, tzinfo=UTC)


every = []


def forget():
    """Write each of them anew when it is asked next; for tests that change the rules."""
    for query in every:
        query.written.clear()


class Written:
    """`build(*shape, **marks)` gives the queryset; it is called once for each `shape`: roles, and settings it reads.

    What is named in a call changes with it: moments, and numbers of rows (or lists of them, for `among`). Whatever else the
    query holds stays as it was at the first call.
    """

    def __init__(self, build):
        self.build = build
        self.written = {}
        every.append(self)

    def rows(self, *shape, **values):
        """The rows of the query with these values."""
        key = (*shape, *values)
        if key not in self.written:
            self.written[key] = _write(self.build, shape, values)
        queryset, compiler, text, places = self.written[key]
        given = list(values.values())
        compiler = copy(compiler)
        compiler.as_sql = lambda: (text, tuple([place(given) for place in places]))
        again = queryset.all()
        again._query = copy(again.query)
        again._query.get_compiler = lambda *arguments, **options: compiler
        return list(again)


def among(column, mark):
    """`column` is one of the numbers that a call gives, of which there may be any number."""
    return any_of(column, Value(mark, output_field=BigIntegerField()))


def _write(build, shape, values):
    marks = {
        name: EARLIEST + place * APART if isinstance(value, datetime) else LOWEST + place
        for place, (name, value) in enumerate(values.items())
    }
    queryset = build(*shape, **marks)
    compiler = queryset.query.get_compiler(connection=connection)
    text, written = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    compiler.get_converters = lambda columns: converters
    return queryset, compiler, text, [_place(value, list(marks.values())) for value in written]


def _place(value, marks):
    """How a value of the query comes out of those of a call."""
    if isinstance(value, datetime):
        if value > BEFORE_US:
            raise AssertionError(f"{value} would be the same in every call")
        place = round((value - EARLIEST) / APART)
        later = value - marks[place]
        return lambda given: given[place] + later
    if isinstance(value, date):
        day = _place(datetime(value.year, value.month, value.day, tzinfo=UTC), marks)
        return lambda given: day(given).date()
    if isinstance(value, int) and value in marks:
        place = marks.index(value)
        return lambda given: given[place]
    return lambda given: value
