"""Which questions are still worth asking: those whose answer can still change the decision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from followups.triage.facts import BEHAVIOUR, FALSE_STATEMENTS, Kind, Known, Noticed, TriageFacts
from followups.triage.policy import DEFAULT, Policy
from followups.triage.rules import Decision, matching_rule, triage

# Three screens and one text: does it matter, how was it taken, what would be said, and the correction itself.
SCREENS = (
    ("touches_must_have", "asked_for", "doubt_voiced"),
    ("noticed", "settled_in_the_room", "hurt_someone"),
    ("relied_on", "private_matter", "has_new_information"),
    ("repair_sentences",),
)
# Asked of the candidate, in this order; everything else is known from the interview, its notes and referees.
ASKED = tuple(fact for screen in SCREENS for fact in screen)


def _possible(fact: str, policy: Policy) -> tuple[Any, ...]:
    """One value of each sort the rules can tell apart."""
    if fact == "noticed":
        return tuple(Noticed)
    if fact in ("settled_in_the_room", "relied_on"):
        return tuple(Known)
    if fact == "repair_sentences":
        return (None, 0, 1, policy.note_sentences + 1)
    return (False, True)


def _applies(fact: str, kind: Kind) -> bool:
    if fact == "hurt_someone":
        return kind in BEHAVIOUR or kind is Kind.LOGISTICS
    if fact in ("relied_on", "private_matter"):
        return kind in FALSE_STATEMENTS
    return True


def questions_for(facts_so_far: Mapping[str, Any], policy: Policy = DEFAULT) -> tuple[str, ...]:
    """The facts still to ask, in the order to ask them; empty once no answer can change anything.

    `facts_so_far` is as for `TriageFacts.from_json`; a key that is present counts as answered ("unsure" is an answer).
    Found by trying: a question stays if, for some answers to the other open ones, its answer makes a difference to
    what to do, what else, or whether a coach is needed. So nothing left out can matter later.
    """
    known = TriageFacts.from_json(facts_so_far)
    asked = [fact for fact in ASKED if fact not in facts_so_far and _applies(fact, known.kind)]
    values = [_possible(fact, policy) for fact in asked]
    results = []
    for answers in product(*values):
        facts = replace(known, **dict(zip(asked, answers, strict=True)))
        rule = matching_rule(facts, policy)
        results.append((rule.action, rule.also(facts, policy), rule.needs_coach(facts, policy)))
    # `product` turns the last fact fastest: `stride` results lie between two values of the same fact.
    open_questions, stride = [], len(results)
    for fact, choices in zip(asked, values, strict=True):
        block, stride = stride, stride // len(choices)
        if _varies(results, block, stride):
            open_questions.append(fact)
    return tuple(open_questions)


def next_screen(facts_so_far: Mapping[str, Any], policy: Policy = DEFAULT) -> tuple[str, ...]:
    """The questions to ask next, together: those of the first screen that has one still open; empty at the end."""
    still_open = questions_for(facts_so_far, policy)
    for screen in SCREENS:
        if asked := tuple(fact for fact in screen if fact in still_open):
            return asked
    return ()


def _varies(results: list[Any], block: int, stride: int) -> bool:
    for start in range(0, len(results), block):
        first = results[start : start + stride]
        for other in range(start + stride, start + block, stride):
            if results[other : other + stride] != first:
                return True
    return False


@dataclass(frozen=True, slots=True)
class Trimming:
    """A correction too long for the note: what is decided as it stands, and if it were cut to two sentences."""

    now: Decision
    trimmed: Decision


def outcome_of_trimming(facts: TriageFacts, policy: Policy = DEFAULT) -> Trimming | None:
    """Both outcomes for a correction with more sentences than a note carries; None if there is nothing to cut."""
    if facts.repair_sentences is None or facts.repair_sentences <= policy.note_sentences:
        return None
    return Trimming(triage(facts, policy), triage(replace(facts, repair_sentences=policy.note_sentences), policy))
