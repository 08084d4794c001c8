"""Whether a session took place, and if not, who was missing: settled from what its people say.

Pure: standard library only. What two people do not agree on counts for nobody, and both words are kept and shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

TOOK_PLACE, CANDIDATE_MISSED, COACH_MISSED = "took_place", "candidate_missed", "coach_missed"
CANDIDATE, COACH, ADMIN = "candidate", "coach", "admin"
UNSETTLED = "unsettled"
MISSED_BY = {CANDIDATE_MISSED: CANDIDATE, COACH_MISSED: COACH}
# Somebody may be late; a week later nobody remembers.
SAID_FROM = timedelta(minutes=10)
SAID_UNTIL = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`missed_by`: candidate, coach, or unsettled; empty where it took place."""

    took_place: bool
    missed_by: str = ""


def settle(words: Mapping[str, str]) -> Outcome:
    """What holds, from {role: what was said}; at least one word.

    An admin's word settles it. Else it took place as soon as one of the two says so; if neither does and they name
    different people, that it did not is all that holds.
    """
    said = [words[ADMIN]] if ADMIN in words else list(words.values())
    if TOOK_PLACE in said:
        return Outcome(took_place=True)
    missed_by = {MISSED_BY[each] for each in said}
    return Outcome(took_place=False, missed_by=missed_by.pop() if len(missed_by) == 1 else UNSETTLED)


def is_open(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether it can be said at `now`: from ten minutes after the start until a week after the end."""
    return starts_at + SAID_FROM <= now < ends_at + SAID_UNTIL
