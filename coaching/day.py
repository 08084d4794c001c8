"""A candidate's day in three groups: the one thing for now, what else belongs to today, and everything later.

Pure: values in, groups out; `now` is an argument.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from accounts import when

# A bad evening goes past midnight, and what is due at one o'clock belongs to it.
DAY_ENDS = time(4)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of Today. With a `label` it is a step to take at `url`; without, it happens by itself or is coming up.

    `at` is its deadline, or the moment at which it happens; `is_offer`: nice to do, never due.
    """

    title: str
    text: str
    url: str
    label: str = ""
    at: datetime | None = None
    zone: str = ""
    tone: str = ""
    is_offer: bool = False

    @property
    def needs_her(self) -> bool:
        return bool(self.label) and not self.is_offer


@dataclass(frozen=True, slots=True)
class Day:
    """`now`: at most one; `today`: other steps whose deadline is before the day ends; `later`: everything else, by its time."""

    now: tuple[Item, ...] = ()
    today: tuple[Item, ...] = ()
    later: tuple[Item, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.now or self.today or self.later)

    @property
    def is_calm(self) -> bool:
        """Nothing needs her: what there is goes or comes without her."""
        return not self.now

    @property
    def goes_by_itself(self) -> bool:
        return any(item.tone == "kept" for item in self.later)


def end_of_day(now: datetime, zone: str) -> datetime:
    """The instant at which the day of `now` is over by her clock."""
    wall = when.to_wall(now, zone)
    day = wall.date() if wall.time() < DAY_ENDS else wall.date() + timedelta(days=1)
    return when.to_instant(datetime.combine(day, DAY_ENDS), zone)


def grouped(items: Iterable[Item], *, now: datetime, zone: str) -> Day:
    """Every item in exactly one group. The nearest deadline comes first; what has none comes last, in the order given."""
    ends = end_of_day(now, zone)
    in_order = sorted(items, key=lambda item: (item.at is None, item.at or now))
    steps = [item for item in in_order if item.needs_her]
    today = tuple(item for item in steps[1:] if item.at is not None and item.at < ends)
    placed = {id(item) for item in (*steps[:1], *today)}
    return Day(tuple(steps[:1]), today, tuple(item for item in in_order if id(item) not in placed))
