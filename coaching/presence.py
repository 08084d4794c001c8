"""Who has a review open just now: the candidate sees that it is being read, and a second coach does not begin too.

Kept in the cache alone, for as long as a page goes on asking: it is a courtesy, and may be forgotten at any moment.
"""

from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta

from django.core.cache import cache

# An open page asks at least once a minute (static/js/live.js).
GONE_AFTER = timedelta(seconds=100)


@dataclass(frozen=True)
class Reader:
    pk: int
    name: str
    since: datetime
    seen: datetime


def enter(review, *, by, now):
    """This person has it open at `now`. Of two who come at the same moment each is there from their next look on."""
    there = _there(review, now)
    mine = next((reader for reader in there if reader.pk == by.pk), Reader(by.pk, by.get_short_name(), now, now))
    _keep(review, [*(reader for reader in there if reader.pk != by.pk), replace(mine, seen=now)])


def leave(review, *, by, now):
    """This person is done with it."""
    _keep(review, [reader for reader in _there(review, now) if reader.pk != by.pk])


def readers(review, *, but, now):
    """Who else has it open at `now`, in the order in which they came."""
    return sorted((reader for reader in _there(review, now) if reader.pk != but.pk), key=lambda reader: reader.since)


def forget(keys):
    """Of reviews with these primary keys that are about to go."""
    cache.delete_many([f"review-open:{key}" for key in keys])


def _there(review, now):
    # Plain tuples: what another version of this code has written must stay readable.
    kept = (Reader(*each) for each in cache.get(_key(review)) or [])
    return [reader for reader in kept if reader.seen > now - GONE_AFTER]


def _keep(review, there):
    cache.set(_key(review), [astuple(reader) for reader in there], GONE_AFTER.total_seconds())


def _key(review):
    return f"review-open:{review.pk}"
