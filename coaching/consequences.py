"""What follows when a coach changes a decision, said before it is done and done as it was said.

Pure: the table of what becomes of the letter that carries the old decision. A letter that has gone stays as it is; one
that its writer has approved stays approved, unless the coach calls a sentence false or hurtful.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from accounts.when import gettext_noop

# What goes out in the candidate's name (TriageDecision.Action).
WRITTEN = frozenset({"thank_you_note", "correct_now"})


class Stage(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that carries the two sentences; `is_only_that`: a letter of its own, written for nothing else."""

    stage: Stage
    is_only_that: bool = False


class Effect(StrEnum):
    """What becomes of one thing."""

    NEXT_TIME = "next_time"
    COMES_OUT = "comes_out"
    GOES_WITHOUT = "goes_without"
    PUT_AWAY = "put_away"
    ASKED = "asked"
    TO_WRITE = "to_write"
    TO_PUT_RIGHT = "to_put_right"
    TO_REFEREE = "to_referee"
    TO_PRACTISE = "to_practise"
    LEFT_BEHIND = "left_behind"


# After these the sentences stand in no letter any more.
TAKEN_OUT = frozenset({Effect.COMES_OUT, Effect.GOES_WITHOUT, Effect.PUT_AWAY})
WORDS = {
    Effect.NEXT_TIME: gettext_noop(
        "It is behind them or has gone: your answer is kept for next time, and nobody suggests a second mail."
    ),
    Effect.COMES_OUT: gettext_noop(
        "The sentences come out of the draft; the text as it was is kept, and they are told."
    ),
    Effect.GOES_WITHOUT: gettext_noop(
        "The sentences come out of the approved note, and it goes at its time without them."
    ),
    Effect.PUT_AWAY: gettext_noop("The letter was written for this alone: it is put away, and they are told."),
    Effect.ASKED: gettext_noop(
        "They have approved the note, and that stands. They are asked whether to send it without; if they say nothing, it goes as it is."
    ),
    Effect.TO_WRITE: gettext_noop("They may put two sentences into their note; nothing is written by itself."),
    Effect.TO_PUT_RIGHT: gettext_noop(
        "They are offered a short letter that puts it right; nothing is written by itself."
    ),
    Effect.TO_REFEREE: gettext_noop("They are offered to ask a referee; nobody is written to by itself."),
    Effect.TO_PRACTISE: gettext_noop("They are offered to practise it, alone or in a session."),
    Effect.LEFT_BEHIND: gettext_noop("They are told that they may leave it behind."),
}
_OFFERS = {
    "thank_you_note": Effect.TO_WRITE,
    "correct_now": Effect.TO_PUT_RIGHT,
    "referee": Effect.TO_REFEREE,
    "practice": Effect.TO_PRACTISE,
    "let_go": Effect.LEFT_BEHIND,
}


def of_letter(action: str, letter: Letter, *, stop: bool = False) -> Effect | None:
    """What becomes of one letter when the decision it carries becomes `action`; None: nothing.

    `stop`: the coach calls the sentences false or hurtful.
    """
    if letter.stage == Stage.GONE:
        return Effect.NEXT_TIME
    if action in WRITTEN:
        return None
    if letter.stage == Stage.SCHEDULED and not stop:
        return Effect.ASKED
    if letter.is_only_that:
        return Effect.PUT_AWAY
    return Effect.COMES_OUT if letter.stage == Stage.DRAFT else Effect.GOES_WITHOUT


def of_change(action: str, letters: Iterable[Letter], *, is_behind: bool = False, stop: bool = False) -> list[Effect]:
    """Everything that follows, in the order in which it is told. `is_behind`: the mistake is settled."""
    of_letters = [effect for letter in letters if (effect := of_letter(action, letter, stop=stop))]
    if is_behind or Effect.NEXT_TIME in of_letters:
        return [Effect.NEXT_TIME]
    return [*dict.fromkeys(of_letters), _OFFERS[action]]
