"""One thing on your mind: which question to ask a stranger next, and what the triage policy makes of her answers.

Pure: words in, words out; nothing is kept anywhere. The questions are those of the debrief, put so that most answers
take three taps: what the rules never tell apart is not asked apart, and of several things that may be so the first
that fits is enough. Only what can still change the answer is asked. The time of the interview is presumed (today or
yesterday) and said; where another would change the answer, the answer itself asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from followups.one_thing.advice import next_steps
from followups.one_thing.questions import (
    AFTERWARDS,
    BEGINNINGS,
    NOTHING,
    OUTSIDE,
    REFEREE,
    WHEN,
    Question,
    questions_of,
)
from followups.triage import Action, Decision, Kind, Known, Noticed, Outcome, TriageFacts, questions_for, triage
from followups.triage.policy import DEFAULT, Policy
from followups.triage.reasons import Stance

__all__ = ["AFTERWARDS", "BEGINNINGS", "NOTHING", "OUTSIDE", "WHEN", "Look", "look", "next_steps", "questions_of"]

WRITTEN = (Action.THANK_YOU_NOTE, Action.CORRECT_NOW)


@dataclass(frozen=True, slots=True)
class Look:
    """Where somebody stands: what she has answered, and either the next question or the decision.

    `answers` holds only what was asked of her, in that order, `kind` first; `facts` what they come to. With a decision,
    `could_change` are the questions whose answers would still make another one of it. All empty before a kind is chosen.
    `nothing_named`: there is nothing to decide.
    """

    answers: Mapping[str, str]
    facts: Mapping[str, Any]
    question: Question | None = None
    decision: Decision | None = None
    could_change: tuple[Question, ...] = ()
    nothing_named: bool = False

    @property
    def kind(self) -> str | None:
        return self.answers.get("kind")


def look(answers: Mapping[str, object], policy: Policy = DEFAULT) -> Look:
    """What to ask next, or what to do, given the answers so far: words by name of the question, and `kind`.

    Total: what is unknown, or no longer asked, counts as not answered.
    """
    word = answers.get("kind")
    if word == NOTHING:
        return Look({"kind": NOTHING}, {}, nothing_named=True)
    if not isinstance(word, str) or word not in Kind:
        return Look({}, {})
    kind = Kind(word)
    taken, facts = {"kind": word}, {"kind": kind, **OUTSIDE}
    for question in questions_of(kind):
        if not _still_matters(question, facts, policy):
            continue
        option = question.option(answers.get(question.name))
        if option is None:
            return Look(taken, _spoken(facts), question)
        taken[question.name] = option.word
        facts |= option.facts
    return _answer(answers, taken, facts, policy)


def _still_matters(question: Question, facts: Mapping[str, Any], policy: Policy) -> bool:
    open_questions = questions_for(_spoken(facts), policy)
    return any(name in open_questions for option in question.options for name in option.facts)


def _spoken(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as `TriageFacts.from_json` reads them."""
    return {
        name: str(value) if isinstance(value, Kind | Known | Noticed | Outcome) else value
        for name, value in facts.items()
    }


def _answer(answers: Mapping[str, object], taken: dict[str, str], presumed: dict[str, Any], policy: Policy) -> Look:
    """The decision, and what would change it. A reply that makes no difference is not carried on."""
    chosen = {question.name: question.option(answers.get(question.name)) for question in AFTERWARDS}
    facts = dict(presumed)
    for option in chosen.values():
        facts |= option.facts if option else {}
    could_change = tuple(question for question in AFTERWARDS if _would_change(question, presumed, facts, policy))
    for question in could_change:
        if option := chosen[question.name]:
            taken[question.name] = option.word
            presumed = {**presumed, **option.facts}
    return Look(taken, _spoken(presumed), None, _decide(presumed, policy), could_change)


def _would_change(question: Question, presumed: dict[str, Any], facts: dict[str, Any], policy: Policy) -> bool:
    """Whether one of its options makes another action, or another rule's words, of what is to be done in writing."""
    if question is not REFEREE and _decide(presumed, policy).action not in WRITTEN:
        return False
    decisions = [_decide({**facts, **option.facts}, policy) for option in question.options]
    if question is REFEREE:
        return len({decision.action for decision in decisions}) > 1
    return len({(decision.action, _why(decision)) for decision in decisions}) > 1


def _why(decision: Decision) -> tuple[str, ...]:
    return tuple(reason.code for reason in decision.reasons if reason.stance is Stance.RULE)


def _decide(facts: Mapping[str, Any], policy: Policy) -> Decision:
    return triage(TriageFacts.from_json(_spoken(facts)), policy)
