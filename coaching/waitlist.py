"""The waiting list: who is asked first, about which slot, and when.

Pure: values in, values out; `now` is an argument, instants are aware. Three rules: whoever's next interview comes first is
asked first, then whoever has waited longer; nobody is asked about the same time twice, or about two at once; and
everybody can be reached in the end, because waiting without an interview counts as one four weeks after joining.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.when import QuietHours, deliver_from, to_wall

# So long a slot is kept for whoever was asked about it, from the moment at which the question reaches them.
KEPT = timedelta(minutes=30)
# With less time than this before a slot, the question comes in quiet hours too; and no night keeps a slot for longer.
SOON = timedelta(hours=12)
# Who has no interview ahead is ranked as if it came so long after joining: urgent ones go first, but not for ever.
WITHOUT_INTERVIEW = timedelta(days=28)
# After so many questions without a word, others are asked until she says that she still looks.
UNANSWERED = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits. `coaches`: those whose slots she can have, None for all. `asked`: slots and starts she was asked about.

    `busy`: sessions and holds of hers ahead. `can_be_asked` is False while another slot is kept for her, or she may book none.
    """

    key: int
    since: datetime
    interview_on: date | None
    opens_at: datetime
    closes_at: datetime
    zone: str
    quiet: QuietHours
    coaches: frozenset[int] | None = None
    asked: frozenset[tuple[int, datetime]] = frozenset()
    busy: tuple[tuple[datetime, datetime], ...] = ()
    can_be_asked: bool = True

    @property
    def counts_from(self) -> date:
        """The date by which she is ranked."""
        return self.interview_on or to_wall(self.since + WITHOUT_INTERVIEW, self.zone).date()

    @property
    def rank(self) -> tuple[date, datetime, int]:
        return self.counts_from, self.since, self.key


@dataclass(frozen=True, slots=True)
class Free:
    """A slot that can be booked, and since when it could."""

    key: int
    coach: int
    starts_at: datetime
    ends_at: datetime
    free_since: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """Ask this person about this slot at `asks_at`, and keep it for her until `kept_until`."""

    waiting: Waiting
    slot: Free
    asks_at: datetime
    kept_until: datetime


def asks_at(slot: Free, waiting: Waiting, *, now: datetime) -> datetime:
    """When the question reaches her: now, or with the end of her quiet hours where the slot is more than 12 hours away."""
    awake = deliver_from(now, zone=waiting.zone, quiet=waiting.quiet)
    return max(now, min(awake, slot.starts_at - SOON, now + SOON))


def suits(slot: Free, waiting: Waiting, *, now: datetime, notice: timedelta) -> bool:
    """Whether she is to be asked about this slot: within her days, of a coach of hers, free since she waits, and in time to say yes."""
    return (
        waiting.can_be_asked
        and (waiting.coaches is None or slot.coach in waiting.coaches)
        and waiting.opens_at <= slot.starts_at < waiting.closes_at
        and slot.free_since > waiting.since
        and (slot.key, slot.starts_at) not in waiting.asked
        and all(end <= slot.starts_at or start >= slot.ends_at for start, end in waiting.busy)
        and asks_at(slot, waiting, now=now) + KEPT + notice <= slot.starts_at
    )


def offers(slots: Iterable[Free], people: Iterable[Waiting], *, now: datetime, notice: timedelta) -> list[Offer]:
    """Each slot, the soonest first, to the first in rank whom it suits; at most one to each person."""
    in_line = sorted(people, key=lambda waiting: waiting.rank)
    found: list[Offer] = []
    for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.key)):
        first = next((waiting for waiting in in_line if suits(slot, waiting, now=now, notice=notice)), None)
        if first is not None:
            in_line.remove(first)
            at = asks_at(slot, first, now=now)
            found.append(Offer(first, slot, at, at + KEPT))
    return found


def before(waiting: Waiting, people: Sequence[Waiting]) -> int:
    """How many are asked before her: those of better rank who wait for some of the same days and coaches."""
    return sum(other.key != waiting.key and other.rank < waiting.rank and _meet(other, waiting) for other in people)


def _meet(one: Waiting, other: Waiting) -> bool:
    days = one.opens_at < other.closes_at and other.opens_at < one.closes_at
    return days and (one.coaches is None or other.coaches is None or bool(one.coaches & other.coaches))
