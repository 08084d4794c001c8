"""A note carries one addition: which of several mistakes gets it, and what becomes of the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from followups.triage.facts import Action, Kind, TriageFacts
from followups.triage.policy import DEFAULT, Policy
from followups.triage.reasons import A_LETTER_OF_ITS_OWN, ONE_ADDITION
from followups.triage.rules import Decision, triage

ORDER_OF_KINDS = (
    Kind.OMITTED_INFORMATION,
    Kind.WEAK_ANSWER,
    Kind.TECHNICAL_ERROR,
    Kind.WRONG_FACT,
    Kind.MISLEADING_CLAIM,
    Kind.LOGISTICS,
    Kind.REGRETTED_REMARK,
    Kind.CONDUCT,
)


@dataclass(frozen=True, slots=True)
class CorrectionCandidate:
    """One mistake heard by the reader of the note.

    `partly_shown`: its requirement was raised before and partly shown. `correction_sent`: a letter that puts a false
    statement right is out already. `chosen`: a person has decided that it goes into the note, whatever the policy says.
    """

    key: str
    facts: TriageFacts
    logged_at: datetime
    partly_shown: bool = False
    correction_sent: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Loser:
    """A mistake that wanted the note too, and what is decided about it instead."""

    candidate: CorrectionCandidate
    decision: Decision


@dataclass(frozen=True, slots=True)
class Choice:
    """Which mistake the note carries (None: none wants it), and the others that wanted it."""

    winner: CorrectionCandidate | None
    losers: tuple[Loser, ...]


def choose_correction(
    candidates: Sequence[CorrectionCandidate], *, preferred: str | None = None, policy: Policy = DEFAULT
) -> Choice:
    """The one addition of a note, and what becomes of the others; `preferred` is the key the candidate swapped to.

    First a false statement not yet put right; then what they doubted, what they asked for, a requirement not shown
    before, the kind, the shorter correction, the one logged first. Mistakes that do not want the note are left out.
    """
    wanting = []
    for candidate in candidates:
        decision = triage(candidate.facts, policy)
        if _wants_note(candidate, decision):
            wanting.append((candidate, decision))
    wanting.sort(key=lambda pair: (pair[0].key != preferred, *_rank(*pair)))
    if not wanting:
        return Choice(None, ())
    losers = tuple(Loser(candidate, _instead(candidate, decision, policy)) for candidate, decision in wanting[1:])
    return Choice(wanting[0][0], losers)


def _wants_note(candidate: CorrectionCandidate, decision: Decision) -> bool:
    if decision.action is Action.CORRECT_NOW:
        return not candidate.correction_sent
    if candidate.chosen:
        return True
    return decision.action is Action.THANK_YOU_NOTE


def _rank(
    candidate: CorrectionCandidate, decision: Decision
) -> tuple[bool, bool, bool, bool, int, float, datetime, str]:
    facts = candidate.facts
    return (
        decision.action is not Action.CORRECT_NOW,
        not facts.doubt_voiced,
        not facts.asked_for,
        candidate.partly_shown,
        ORDER_OF_KINDS.index(facts.kind),
        float("inf") if facts.repair_sentences is None else facts.repair_sentences,
        candidate.logged_at,
        candidate.key,
    )


def _instead(candidate: CorrectionCandidate, decision: Decision, policy: Policy) -> Decision:
    """The decision as if the note were out; a false statement is put right all the same, in a letter of its own."""
    if decision.action is Action.CORRECT_NOW:
        return replace(decision, reasons=(A_LETTER_OF_ITS_OWN, *decision.reasons))
    instead = triage(replace(candidate.facts, note_sent=True), policy)
    return replace(instead, reasons=(ONE_ADDITION, *instead.reasons))
