"""Keyset pages: as quick on the last page as on the first, and stable while rows come and go."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from accounts.written import Written

PAGE_SIZE = 25


@dataclass(frozen=True)
class Page:
    """One page of a list. `next_url` and `previous_url` are query strings, empty at the ends."""

    rows: list
    next_url: str = ""
    previous_url: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def _instant(text):
    instant = parse_datetime(text)
    return instant if instant and instant.tzinfo else None


def words(text):
    """For `read`: a name. PostgreSQL takes no NUL."""
    return text if isinstance(text, str) and "\x00" not in text else None


def keyset_page(queryset, request, *, key, descending=True, size=PAGE_SIZE, of="", read=_instant):
    """Cut a page out of `queryset`, ordered by the column `key` and the id, after or before the cursor in the address.

    A cursor that makes no sense shows the first page. The pair (key, id) needs an index. `of` tells the cursors of two lists
    on one page apart; `read` makes of a cursor's text what stands in the column, an instant unless it is said.
    """
    return _page(
        request, key, descending, size, lambda falling, cursor: _cut(queryset, key, falling, size, cursor), of, read
    )


class WrittenList:
    """A list that is asked for all the time: `build` gives its queryset to `Written`, and each page is cut out as by `keyset_page`."""

    def __init__(self, build, *, key, size=PAGE_SIZE):
        self.key, self.size = key, size
        self.written = Written(
            lambda falling, *shape, after=None, pk=None, **marks: _cut(
                build(*shape, **marks), key, falling, size, (after, pk) if after else None
            )
        )

    def page(self, request, *shape, descending, **values):
        def fetch(falling, cursor):
            where = {"after": cursor[0], "pk": cursor[1]} if cursor else {}
            return self.written.rows(falling, *shape, **values, **where)

        return _page(request, self.key, descending, self.size, fetch)


def _cut(queryset, key, falling, size, cursor):
    """The rows from there on, in this direction, and one more that says whether there are others."""
    if cursor:
        value, pk = cursor
        sign = "lt" if falling else "gt"
        # The first condition lets the index find the place; the second drops the rest of an equal value.
        queryset = queryset.filter(**{f"{key}__{sign}e": value}).filter(
            Q(**{f"{key}__{sign}": value}) | Q(**{f"id__{sign}": pk})
        )
    order = [f"-{key}", "-id"] if falling else [key, "id"]
    return queryset.order_by(*order)[: size + 1]


def _page(request, key, descending, size, fetch, of="", read=_instant):
    after, before = f"{of}after", f"{of}before"
    cursor = _read(request.GET.get(after) or request.GET.get(before), read)
    backwards = cursor is not None and before in request.GET and after not in request.GET
    rows = list(fetch(descending != backwards, cursor))
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (bool(cursor), more) if backwards else (more, bool(cursor))
    return Page(
        rows,
        next_url=_url(request, (after, before), rows[-1], key) if rows and has_next else "",
        previous_url=_url(request, (before, after), rows[0], key) if rows and has_previous else "",
    )


def _url(request, names, row, key):
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    value = getattr(row, key)
    text = value.isoformat() if isinstance(value, datetime) else value
    query[names[0]] = base64.urlsafe_b64encode(json.dumps([text, row.pk]).encode()).decode()
    return "?" + query.urlencode()


def _read(cursor: Any, read):
    if not cursor:
        return None
    try:
        text, pk = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        value = read(text)
        return (value, int(pk)) if value is not None and 0 < int(pk) < 2**63 else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
