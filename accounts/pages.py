"""Keyset pages: as quick on the last page as on the first, and stable while rows come and go."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime

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


def keyset_page(queryset, request, *, key, descending=True, size=PAGE_SIZE):
    """Cut a page out of `queryset`, ordered by the instant column `key` and the id, after or before the cursor in the address.

    A cursor that makes no sense shows the first page. The pair (key, id) needs an index.
    """
    cursor = _read(request.GET.get("after") or request.GET.get("before"))
    backwards = cursor is not None and "before" in request.GET and "after" not in request.GET
    falling = descending != backwards
    if cursor:
        instant, pk = cursor
        sign = "lt" if falling else "gt"
        # The first condition lets the index find the place; the second drops the rest of an equal instant.
        queryset = queryset.filter(**{f"{key}__{sign}e": instant}).filter(
            Q(**{f"{key}__{sign}": instant}) | Q(**{f"id__{sign}": pk})
        )
    order = [f"-{key}", "-id"] if falling else [key, "id"]
    rows = list(queryset.order_by(*order)[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (bool(cursor), more) if backwards else (more, bool(cursor))
    return Page(
        rows,
        next_url=_url(request, "after", rows[-1], key) if rows and has_next else "",
        previous_url=_url(request, "before", rows[0], key) if rows and has_previous else "",
    )


def _url(request, direction, row, key):
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[direction] = base64.urlsafe_b64encode(json.dumps([getattr(row, key).isoformat(), row.pk]).encode()).decode()
    return "?" + query.urlencode()


def _read(cursor: Any):
    if not cursor:
        return None
    try:
        text, pk = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        instant = parse_datetime(text)
        return (instant, int(pk)) if instant and instant.tzinfo and 0 < int(pk) < 2**63 else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
