"""One thing they did not hear: which must-have, if any, is worth a sentence in the note. Pure.

Offered once and only once an interview, and only where she can show that she has it; most interviews end without one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Heard(StrEnum):
    UNKNOWN = "unknown"
    RAISED = "raised"
    PARTLY = "partly"
    NOT_RAISED = "not_raised"


@dataclass(frozen=True, slots=True)
class MustHave:
    """What a job cannot do without. `named`: a mistake of hers is about it already. `answered`: it was offered before."""

    key: int
    heard: Heard
    evidence: str = ""
    named: bool = False
    answered: bool = False


def suggestion(must_haves: Iterable[MustHave]) -> MustHave | None:
    """The one to offer, or None. What never came up goes before what was partly heard, then the one she named first.

    Not sure whether they heard it is no reason to bring it up; neither is one without evidence. Keys rise as they are named.
    """
    all_of_them = list(must_haves)
    if any(each.answered for each in all_of_them):
        return None
    open_ones = [
        each
        for each in all_of_them
        if each.heard in (Heard.NOT_RAISED, Heard.PARTLY) and each.evidence.strip() and not each.named
    ]
    return min(open_ones, key=lambda each: (each.heard is Heard.PARTLY, each.key), default=None)
