"""What is said to the candidate: why a rule decided, and what speaks for and against acting on it.

The strength is that of the public advice behind a sentence: strong, medium or disputed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from accounts.when import gettext_noop
from followups.triage.facts import Action, Kind, Known, Noticed, Outcome, TriageFacts, matters


class Stance(StrEnum):
    FOR = "for"
    AGAINST = "against"
    RULE = "rule"


class Strength(StrEnum):
    STRONG = "strong"
    MEDIUM = "medium"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence or two with a stable code; `text` is marked for translation, whoever shows it translates it."""

    code: str
    text: str
    stance: Stance
    strength: Strength


def _reason(code: str, strength: Strength, text: str, stance: Stance = Stance.RULE) -> Reason:
    return Reason(code, text, stance, strength)


S, M, D = Strength.STRONG, Strength.MEDIUM, Strength.DISPUTED
FOR, AGAINST = Stance.FOR, Stance.AGAINST

PUT_RIGHT = _reason(
    "put_right",
    S,
    gettext_noop("They may rely on it or check it. One plain sentence now is the easiest it will ever be."),
)
TO_HR = _reason(
    "to_hr",
    S,
    gettext_noop("Writing to the panel is not allowed here, so it goes to HR or the recruiter, nobody else."),
)
NOT_THROUGH_A_REFEREE = _reason(
    "not_through_a_referee", S, gettext_noop("It comes from you. A referee is never asked to stand in for it.")
)
THEY_CHOSE_YOU = _reason("they_chose_you", S, gettext_noop("They chose you."))
SAY_IT_THERE = _reason("say_it_there", M, gettext_noop("You meet again: say it there. It is on your prep sheet."))
BE_READY_THERE = _reason(
    "be_ready_there",
    M,
    gettext_noop("You meet again, so it did not stop them. Nothing to bring up yourself; be ready in case they do."),
)
NEXT_INTERVIEW = _reason("next_interview", M, gettext_noop("The note can no longer help; the next interview can."))
WORDS_RARELY_UNDO = _reason(
    "words_rarely_undo", D, gettext_noop("Words rarely undo it, and a written apology repeats it.")
)
ONE_SENTENCE_OWED = _reason(
    "one_sentence_owed",
    D,
    gettext_noop(
        "One plain sentence may be owed to them. With a coach, you decide that together; without one, you do."
    ),
)
NOT_IN_WRITING = _reason(
    "not_in_writing", S, gettext_noop("Writing about it would not help. The next interview can be different.")
)
SMALL_OR_SETTLED = _reason(
    "small_or_settled",
    S,
    gettext_noop("It was small, or it is settled. If you mention it, some of them will hear of it for the first time."),
)
SETTLED = _reason("settled", S, gettext_noop("You put it right while it counted."))
WILL_NOT_DECIDE = _reason("will_not_decide", S, gettext_noop("It will not decide this job."))
PRIVATE = _reason("private_matter", M, gettext_noop("They had no right to ask. You owe them nothing more about it."))
KNOWN_ALREADY = _reason("known_already", M, gettext_noop("There is nothing new to tell: they know it already."))
NOBODY_REACTED = _reason(
    "nobody_reacted", M, gettext_noop("Nobody reacted, so don't reopen it. It is yours to practise.")
)
NOTE_CARRIES_IT = _reason(
    "note_carries_it",
    S,
    gettext_noop("It matters, it is new to them, and two sentences carry it inside the note you are sending anyway."),
)
REFEREE_CARRIES_IT = _reason(
    "referee_carries_it", M, gettext_noop("It matters, but your note cannot carry it. Somebody who saw your work can.")
)
ONLY_IF_THEY_CALL = _reason(
    "only_if_they_call",
    S,
    gettext_noop("Contact is not allowed here, so your referee mentions it only if they call."),
)
TAKE_IT_TO_A_MOCK = _reason(
    "take_it_to_a_mock",
    S,
    gettext_noop(
        "It matters, and nothing written now would mend it. Practise it, alone or in a mock session, before the next interview."
    ),
)
ONE_ADDITION = _reason(
    "one_addition", S, gettext_noop("A note carries one addition, and another one has the better claim to it.")
)
A_LETTER_OF_ITS_OWN = _reason(
    "a_letter_of_its_own",
    S,
    gettext_noop("A note carries one addition, so this one goes in a short letter of its own."),
)

NOTE_GONE = _reason("note_gone", S, gettext_noop("Your note has gone without it. A second message rarely helps."))
TOO_LATE = _reason("too_late", M, gettext_noop("There is no longer time for it to be read before it counts."))
CONTACT_PROHIBITED = _reason("contact_prohibited", S, gettext_noop("They asked candidates not to write."))
NO_REFEREE = _reason("no_referee", S, gettext_noop("There is no referee any more who can mention it."))
OUTCOME_KNOWN = _reason("outcome_known", S, gettext_noop("They have decided, so it can no longer change this one."))

When = Callable[[TriageFacts], bool]


def _always(facts: TriageFacts) -> bool:
    return True


def _open(facts: TriageFacts) -> bool:
    return facts.outcome is Outcome.NONE


def _is_an_answer(facts: TriageFacts) -> bool:
    return facts.kind in (Kind.OMITTED_INFORMATION, Kind.WEAK_ANSWER, Kind.TECHNICAL_ERROR)


MUST_HAVE = _reason("must_have", S, gettext_noop("It touches something this job cannot do without."), FOR)
ASKED = _reason("asked", S, gettext_noop("They asked for it."), FOR)
DOUBT = _reason("doubt", S, gettext_noop("They said that they doubt it, and a doubt is best met with evidence."), FOR)
CONCERNS: tuple[tuple[When, Reason], ...] = (
    (lambda f: f.touches_must_have, MUST_HAVE),
    (lambda f: f.asked_for, ASKED),
    (lambda f: f.doubt_voiced, DOUBT),
)

# What speaks for and against the action, each with the condition under which it is true. Every action has at least
# one of both that always holds: nobody is told that a judgement has only one side.
SIDES: dict[Action, tuple[tuple[When, Reason], ...]] = {
    Action.LET_GO: (
        (
            lambda f: f.noticed is Noticed.NO,
            _reason("unnoticed", S, gettext_noop("Nobody seems to have noticed it."), FOR),
        ),
        (
            lambda f: f.settled_in_the_room is Known.YES,
            _reason("recovered", S, gettext_noop("What they saw is how you recovered."), FOR),
        ),
        (
            _always,
            _reason(
                "harder_on_yourself",
                S,
                gettext_noop("People judge their own interviews harder than those across the table do."),
                FOR,
            ),
        ),
        (
            lambda f: f.noticed is Noticed.YES and f.settled_in_the_room is not Known.YES and _open(f),
            _reason("they_reacted", D, gettext_noop("They did react, so it may stay with them for a while."), AGAINST),
        ),
        (
            _open,
            _reason(
                "something_new",
                M,
                gettext_noop("If you remember something new that this job needs, it is worth another look."),
                AGAINST,
            ),
        ),
        (
            lambda f: not _open(f),
            _reason(
                "still_yours", M, gettext_noop("If it keeps coming back to you, you can still practise it."), AGAINST
            ),
        ),
    ),
    Action.THANK_YOU_NOTE: (
        *CONCERNS,
        (
            _always,
            _reason(
                "note_goes_anyway", S, gettext_noop("The note is going anyway: nothing extra lands on their desk."), FOR
            ),
        ),
        (
            _always,
            _reason(
                "interviewers_differ",
                D,
                gettext_noop("Some interviewers value a follow-up; others look at it once more."),
                AGAINST,
            ),
        ),
        (
            lambda f: f.kind is Kind.TECHNICAL_ERROR,
            _reason("small_slip", D, gettext_noop("Some say that a technical slip is better left alone."), AGAINST),
        ),
        (
            lambda f: f.kind is Kind.WEAK_ANSWER,
            _reason("not_reopened", D, gettext_noop("Some advise never to reopen an answer in writing."), AGAINST),
        ),
        (
            lambda f: f.repair_sentences is None,
            _reason(
                "if_short", S, gettext_noop("It only holds if two sentences are enough. Draft them and see."), AGAINST
            ),
        ),
    ),
    Action.REFEREE: (
        *CONCERNS,
        (
            _always,
            _reason("seen_by_others", S, gettext_noop("Work described by somebody who saw it is believed."), FOR),
        ),
        (
            _always,
            _reason("calls_come_late", M, gettext_noop("Calls to referees come late, and sometimes never."), AGAINST),
        ),
    ),
    Action.PRACTICE: (
        *CONCERNS[:1],
        (
            lambda f: f.noticed is Noticed.YES,
            _reason("they_noticed", M, gettext_noop("They noticed it, and others would too."), FOR),
        ),
        (
            _is_an_answer,
            _reason("asked_again", M, gettext_noop("What was asked once is likely to be asked again."), FOR),
        ),
        (
            lambda f: not _is_an_answer(f),
            _reason(
                "thought_through", M, gettext_noop("Thought through once in calm, it comes easier next time."), FOR
            ),
        ),
        (
            _always,
            _reason(
                "only_an_offer",
                M,
                gettext_noop("It changes nothing about this interview. Leaving it at that is fine too."),
                AGAINST,
            ),
        ),
    ),
    Action.CORRECT_NOW: (
        *CONCERNS[:2],
        (
            _always,
            _reason("better_from_you", S, gettext_noop("It is heard best when it comes from you, unasked."), FOR),
        ),
        (
            lambda f: not matters(f),
            _reason("may_be_small", D, gettext_noop("It may be smaller to them than it is to you."), AGAINST),
        ),
        (
            _always,
            _reason(
                "takes_courage",
                D,
                gettext_noop(
                    "It takes some courage, and nobody can promise how it is received. It need not be this minute."
                ),
                AGAINST,
            ),
        ),
    ),
}


def sides(action: Action, facts: TriageFacts) -> tuple[Reason, ...]:
    """What speaks for and against `action` in this case, in the order to show it."""
    return tuple(reason for holds, reason in SIDES[action] if holds(facts))
