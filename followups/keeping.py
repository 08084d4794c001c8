"""How long addresses of people without an account are kept. Pure: `now` is an argument, every instant aware.

`days` is the installation's setting (AFTERWORD_FORGET_ADDRESSES_DAYS): so long after the outcome of an interview; where no
outcome is recorded, or only that there is a next round, twice as long after the decision date or the end.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

NOTICE = timedelta(days=14)
A_DAY = timedelta(days=1)


def of_interview(
    *,
    ended_at: datetime,
    decision_at: datetime | None,
    ended_with_outcome_at: datetime | None,
    kept_until: datetime | None,
    days: int,
) -> datetime:
    """When the addresses of an interview are to be forgotten. `ended_with_outcome_at`: of an outcome that ends it."""
    if ended_with_outcome_at is not None:
        moment = ended_with_outcome_at + days * A_DAY
    else:
        moment = max(ended_at, decision_at or ended_at) + 2 * days * A_DAY
    return max(moment, kept_until or moment)


def of_referee(*, added_at: datetime, used: Iterable[datetime], kept_until: datetime | None, days: int) -> datetime:
    """When the address of a referee is: once no interview it was used for (`used`, their moments) keeps its own any more."""
    return max([added_at + days * A_DAY, *used, *([kept_until] if kept_until else [])])


def announced_for(moment: datetime, now: datetime) -> datetime:
    """The moment that is announced: never sooner than the notice."""
    return max(moment, now + NOTICE)


def next_look(moment: datetime, now: datetime, *, may_come_sooner: bool, days: int) -> datetime:
    """When to reckon again. An outcome recorded after `now` could bring the moment forward, to `days` after it at most."""
    look = moment - NOTICE
    if may_come_sooner:
        look = min(look, now + days * A_DAY - NOTICE)
    return max(look, now + A_DAY)
