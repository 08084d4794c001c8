"""The free slots nearest to one that is gone, in one query whose SQL Django writes once in a process.

A crowd at one slot is told no two hundred times in two seconds. Writing this query anew took half of each answer, and planning
it 5 ms of the database's time against 0.4 ms for running it. So the rule, which is that of the querysets (`visible_to`,
`free_for`), is built here with marks for the values; each call puts its own in their place, and PostgreSQL plans the
statement once for each connection.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import chain, zip_longest
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg import sql

from accounts.models import User
from accounts.written import values_beside
from coaching.models import Booking, MockSlot

# Times before year 2000 are reckoned from "now", those after 2500 from the start of the slot that is gone.
NOW, START = datetime(1000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
CANDIDATE, READER, GONE, MOVING = -1, -2, -3, -4
COLUMNS = ("id", "public_id", "starts_at", "ends_at", "zone", "place", "coach_id", "coach__name", "coach__email")


@dataclass(frozen=True)
class Near:
    """What a page or an answer says of a free slot."""

    pk: int
    public_id: Any
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    coach: User

    @property
    def coach_id(self):
        return self.coach.pk


def around(slot, *, candidate, reader, now, limit, moving=None):
    """At most `limit` free slots on either side of this one, for this candidate, of those that `reader` may see."""
    settled = (settings.BOOKING_NOTICE_HOURS, settings.BOOKING_HORIZON_DAYS, settings.AFTERWORD_ANY_OPEN_SLOT)
    text, marked = _written(reader.is_admin, reader.is_coach, moving is not None, limit, settled)
    keys = {CANDIDATE: candidate.pk, READER: reader.pk, GONE: slot.pk, MOVING: moving and moving.pk}
    with values_beside() as cursor:
        cursor.execute(text, [_filled(mark, keys, now, slot.starts_at) for mark in marked])
        rows = cursor.fetchall()
    return [Near(*row[:6], coach=User(pk=row[6], name=row[7], email=row[8])) for row in rows]


def query_around(slot_pk, starts_at, *, candidate, reader, now, limit, moving=None):
    """The query, as Django builds it."""
    free = MockSlot.objects.visible_to(reader).free_for(candidate, now, moving=moving).exclude(pk=slot_pk)
    later = free.filter(starts_at__gte=starts_at).order_by("starts_at", "id").values_list(*COLUMNS)
    sooner = free.filter(starts_at__lt=starts_at).order_by("-starts_at", "-id").values_list(*COLUMNS)
    return later[:limit].union(sooner[:limit], all=True)


@cache
def _written(is_admin, is_coach, is_moving, limit, settled):
    """The SQL for a reader of this role under these settings, and the marks of the values that differ from call to call.

    What is the same in every call stands in the text, where the planner can see it.
    """
    rows = query_around(
        GONE,
        START,
        candidate=User(pk=CANDIDATE),
        reader=User(pk=READER, is_admin=is_admin, is_coach=is_coach),
        now=NOW,
        limit=limit,
        moving=Booking(pk=MOVING) if is_moving else None,
    )
    text, values = rows.query.sql_with_params()
    parts = text.split("%s")
    marked = [value for value in values if _is_mark(value)]
    between = [
        "%s" if _is_mark(value) else sql.quote(value, connection.connection).replace("%", "%%") for value in values
    ]
    return "".join(chain.from_iterable(zip_longest(parts, between, fillvalue=""))), marked


def _is_mark(value):
    return isinstance(value, datetime) or value in (CANDIDATE, READER, GONE, MOVING)


def _filled(mark, keys, now, start):
    if isinstance(mark, datetime):
        return now + (mark - NOW) if mark.year < 2000 else start + (mark - START)
    return keys[mark]
