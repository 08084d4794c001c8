"""What the policy needs to know about one perceived mistake, and what it answers: values only."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    OMITTED_INFORMATION = "omitted_information"
    WEAK_ANSWER = "weak_answer"
    TECHNICAL_ERROR = "technical_error"
    WRONG_FACT = "wrong_fact"
    MISLEADING_CLAIM = "misleading_claim"
    REGRETTED_REMARK = "regretted_remark"
    CONDUCT = "conduct"
    LOGISTICS = "logistics"


class Action(StrEnum):
    LET_GO = "let_go"
    THANK_YOU_NOTE = "thank_you_note"
    REFEREE = "referee"
    PRACTICE = "practice"
    CORRECT_NOW = "correct_now"


class Noticed(StrEnum):
    NO = "no"
    UNSURE = "unsure"
    YES = "yes"


class Known(StrEnum):
    """An answer to a question that "I don't know" answers too."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    NONE = "none"
    NEXT_ROUND = "next_round"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


FALSE_STATEMENTS = frozenset({Kind.WRONG_FACT, Kind.MISLEADING_CLAIM})
BEHAVIOUR = frozenset({Kind.REGRETTED_REMARK, Kind.CONDUCT})


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false was expected")
    return value


def _hours(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("a number of hours was expected")
    try:
        hours = float(value)
    except OverflowError:
        hours = math.inf
    if not math.isfinite(hours):
        raise ValueError("a finite number of hours was expected")
    if hours < 0:
        raise ValueError("hours cannot be negative")
    return hours


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("a whole number was expected")
    if value < 0:
        raise ValueError("a count cannot be negative")
    return value


def _one_of[E: StrEnum](choices: type[E]) -> Callable[[object], E]:
    def parse(value: object) -> E:
        if not isinstance(value, str) or value not in choices:
            raise ValueError(f"one of {', '.join(choices)} was expected")
        return choices(value)

    return parse


def _or_null[T](parse: Callable[[object], T]) -> Callable[[object], T | None]:
    return lambda value: None if value is None else parse(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageFacts:
    """The answers of the candidate, and what the interview, its notes and referees already say.

    The defaults are what an answer not given means. Hours are finite and not negative: `hours_since_interview` counts
    from its end, the others from now; None is unknown. `repair_sentences`: None not drafted yet, 0 words cannot repair
    it. `note_sent`: all notes to those who heard it are out.
    """

    kind: Kind
    touches_must_have: bool = False
    asked_for: bool = False
    doubt_voiced: bool = False
    noticed: Noticed = Noticed.UNSURE
    settled_in_the_room: Known = Known.UNKNOWN
    hurt_someone: bool = False
    relied_on: Known = Known.UNKNOWN
    private_matter: bool = False
    has_new_information: bool = False
    repair_sentences: int | None = None
    hours_since_interview: float = 0.0
    hours_until_decision: float | None = None
    outcome: Outcome = Outcome.NONE
    meets_again_in_hours: float | None = None
    note_sent: bool = False
    referee_can_vouch: bool = False
    contact_prohibited: bool = False

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The facts of one JSON object; `id` is passed over, keys that are absent have their default.

        Strict, so that no slip of a caller passes as an answer: ValueError, naming the key, for an unknown key, a
        wrong type, a word that is no choice, a number that is negative or not finite, or a missing `kind`.
        """
        known = {}
        for key, value in values.items():
            if key == "id":
                continue
            if key not in PARSERS:
                raise ValueError(f"{key}: no such fact")
            try:
                known[key] = PARSERS[key](value)
            except ValueError as error:
                raise ValueError(f"{key}: {error}") from None
        if "kind" not in known:
            raise ValueError("kind: missing")
        return cls(**known)

    def to_json(self) -> dict[str, Any]:
        """Every fact by name, as `from_json` reads it."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: str(value) if isinstance(value, StrEnum) else value for key, value in values.items()}


PARSERS: dict[str, Callable[[object], Any]] = {
    "kind": _one_of(Kind),
    "touches_must_have": _truth,
    "asked_for": _truth,
    "doubt_voiced": _truth,
    "noticed": _one_of(Noticed),
    "settled_in_the_room": _one_of(Known),
    "hurt_someone": _truth,
    "relied_on": _one_of(Known),
    "private_matter": _truth,
    "has_new_information": _truth,
    "repair_sentences": _or_null(_count),
    "hours_since_interview": _hours,
    "hours_until_decision": _or_null(_hours),
    "outcome": _one_of(Outcome),
    "meets_again_in_hours": _or_null(_hours),
    "note_sent": _truth,
    "referee_can_vouch": _truth,
    "contact_prohibited": _truth,
}


def matters(facts: TriageFacts) -> bool:
    """Whether it can decide this job: it touches a must-have, or they asked for it, or they said they doubt it."""
    return facts.touches_must_have or facts.asked_for or facts.doubt_voiced


def has_something_new(facts: TriageFacts) -> bool:
    """Whether a note would tell them something.

    Beside a fact they have not heard: what they asked for and did not get (a paper, a figure, a link) and the
    right version of a wrong statement are new by themselves.
    """
    asked_for_and_missing = facts.asked_for and facts.kind in (Kind.OMITTED_INFORMATION, Kind.LOGISTICS)
    return facts.has_new_information or asked_for_and_missing or facts.kind in FALSE_STATEMENTS
