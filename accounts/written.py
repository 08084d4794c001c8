"""Queries whose SQL Django writes once in a process and PostgreSQL plans once, while their values change from call to call.

Writing a query anew on every request takes several times what running it takes. The rules stay where they are, in the
querysets (`visible_to` and the rest): a query is built from them once, with marks in the place of people and moments, and
each call puts its own values there. A mark that nobody fills in is nobody's number, so it finds no rows.
"""

from copy import copy
from datetime import UTC, date, datetime, timedelta
from itertools import chain, zip_longest
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import BigIntegerField, Value
from psycopg import sql
from psycopg.types.numeric import Int8

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

    What is named in a call changes with it: moments, public ids, and numbers of rows (or lists of them, for `among`). Whatever else the
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
        compiler.connection = _Beside()
        compiler.as_sql = lambda: (text, tuple([place(given) for place in places]))
        again = queryset.all()
        again._query = copy(again.query)
        again._query.get_compiler = lambda *arguments, **options: compiler
        return list(again)


def values_beside():
    """A cursor that sends values beside the statement, otherwise as Django's own.

    Django puts them into it, so that PostgreSQL plans each statement anew, which often takes longer than running it. Of one
    that comes back word for word psycopg has the plan kept (settings.DATABASES), as long as the connection lasts.
    """
    if connection.queries_logged:
        return connection.cursor()  # whoever looks at the statements sees the values
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection.make_cursor(psycopg.Cursor(connection.connection))


class _Beside:
    """The connection, with such cursors."""

    cursor = staticmethod(values_beside)

    def __getattr__(self, name):
        return getattr(connection, name)


def among(column, mark):
    """`column` is one of the numbers that a call gives, of which there may be any number."""
    return any_of(column, Value(mark, output_field=BigIntegerField()))


def _write(build, shape, values):
    marks = {name: _mark(place, value) for place, (name, value) in enumerate(values.items())}
    queryset = build(*shape, **marks)
    compiler = queryset.query.get_compiler(connection=connection)
    text, written = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    compiler.get_converters = lambda columns: converters
    # What is the same in every call stands in the text, where the planner sees it.
    connection.ensure_connection()
    places = [_place(value, list(marks.values())) for value in written]
    parts = text.split("%s")
    if len(parts) != len(written) + 1:
        raise AssertionError(f"a sign of percent that is no mark: {text}")
    between = [
        "%s" if place else sql.quote(value, connection.connection).replace("%", "%%")
        for value, place in zip(written, places, strict=True)
    ]
    text = "".join(chain.from_iterable(zip_longest(parts, between, fillvalue="")))
    return queryset, compiler, text, [place for place in places if place]


def _mark(place, value):
    if isinstance(value, datetime):
        return EARLIEST + place * APART
    # No record gets so low a random address.
    return UUID(int=place) if isinstance(value, UUID) else LOWEST + place


def _place(value, marks):
    """How a value of the query comes out of those of a call; None if it is the same in each."""
    if isinstance(value, datetime):
        if value > BEFORE_US:
            raise AssertionError(f"{value} would be the same in every call")
        place = round((value - EARLIEST) / APART)
        later = value - marks[place]
        return lambda given: given[place] + later
    if isinstance(value, date):
        day = _place(datetime(value.year, value.month, value.day, tzinfo=UTC), marks)
        return lambda given: day(given).date()
    if isinstance(value, int | UUID) and value in marks:
        place = marks.index(value)
        return lambda given: _number(given[place])
    return None


def _number(value):
    """A public id as it is; numbers, one or several, as wide as our columns, whatever it is: else there would be a plan for each width."""
    if isinstance(value, UUID):
        return value
    if isinstance(value, list):
        return [Int8(one) for one in value]
    return None if value is None else Int8(value)
