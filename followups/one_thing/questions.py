"""What may be asked of a stranger: the buttons of the first page, the questions of each kind, and those about the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.when import gettext_noop
from followups.triage import Kind, Known, Noticed, Outcome
from followups.triage.facts import BEHAVIOUR, FALSE_STATEMENTS

NOTHING = "nothing"  # It cannot be named: nerves, a wording, a feeling.


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its word in forms and in the API, what stands on the button, and the facts it gives."""

    word: str
    text: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask; `help` may be empty."""

    name: str
    text: str
    help: str
    options: tuple[Option, ...]

    def option(self, word: object) -> Option | None:
        return next((option for option in self.options if option.word == word), None)


# What a button of the first page stands for: the kinds behind one plain line, told apart only where the rules do.
BEGINNINGS: tuple[tuple[Kind, ...], ...] = (
    (Kind.OMITTED_INFORMATION,),
    (Kind.WEAK_ANSWER, Kind.TECHNICAL_ERROR),
    (Kind.WRONG_FACT,),
    (Kind.MISLEADING_CLAIM,),
    (Kind.REGRETTED_REMARK, Kind.CONDUCT),
    (Kind.LOGISTICS,),
)

_MATTERS = {"touches_must_have": False, "asked_for": False, "doubt_voiced": False}
_SETTLED = Option(
    "settled", gettext_noop("We put it right there and then"), {"settled_in_the_room": Known.YES, "noticed": "unsure"}
)
_HURT = Option("hurt", gettext_noop("Somebody was offended, or kept waiting without a word"), {"hurt_someone": True})
_REACTED = Option("reacted", gettext_noop("They reacted, and it was left at that"), {"noticed": Noticed.YES})
_QUIET = Option("quiet", gettext_noop("Nobody seemed to react"), {"noticed": Noticed.NO})
_PRIVATE = Option(
    "private",
    gettext_noop("It was none of their business: family, health, age, faith"),
    {"private_matter": True},
)
_ASKED = Option("asked", gettext_noop("They asked for it, or I promised it"), {"asked_for": True})
_DOUBTED = Option("doubted", gettext_noop("They said aloud that they doubt it"), {"doubt_voiced": True})
_MUST_HAVE = Option(
    "must_have", gettext_noop("It touches something this job cannot do without"), {"touches_must_have": True}
)
_NONE = Option("none", gettext_noop("None of these"), {})
_UNSURE = Option("unsure", gettext_noop("Not sure"), {"settled_in_the_room": Known.UNKNOWN, "noticed": Noticed.UNSURE})


def _around(kind: Kind) -> Question:
    """The first question: what was it like? The options stand in the order in which they decide."""
    base: dict[str, Any] = {**_MATTERS, "settled_in_the_room": Known.NO}
    options: tuple[Option, ...]
    if kind in BEHAVIOUR:
        base |= {"hurt_someone": False, "noticed": Noticed.UNSURE}
        options = (_SETTLED, _HURT, _REACTED, _QUIET, _UNSURE)
        text = gettext_noop("How was it taken, there and then?")
    else:
        text = gettext_noop("Is one of these so?")
        options = (_SETTLED, _ASKED, _DOUBTED, _MUST_HAVE, _NONE, _UNSURE)
        if kind is Kind.LOGISTICS:
            base["hurt_someone"] = False
            options = (options[0], _HURT, *options[1:])
        if kind in FALSE_STATEMENTS:
            base["private_matter"] = False
            options = (_SETTLED, _PRIVATE, _MUST_HAVE, _ASKED, _DOUBTED, _NONE, _UNSURE)
    known = {*base, *(("noticed",) if kind in BEHAVIOUR else ())}
    return Question(
        "around",
        text,
        gettext_noop("The first that fits is enough."),
        tuple(Option(each.word, each.text, _only(known, {**base, **each.facts})) for each in options),
    )


def _only(names: set[str], facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name in names}


def _yes_or_no(fact: str, text: str, yes: Any, no: Any, unsure: Any, help: str = "") -> Question:
    return Question(
        fact,
        text,
        help,
        (
            Option("yes", gettext_noop("Yes"), {fact: yes}),
            Option("no", gettext_noop("No"), {fact: no}),
            Option("unsure", gettext_noop("Not sure"), {fact: unsure}),
        ),
    )


FOLLOWING = (
    _yes_or_no("relied_on", gettext_noop("Would they rely on it, or check it?"), Known.YES, Known.NO, Known.UNKNOWN),
    _yes_or_no(
        "has_new_information",
        gettext_noop("Is there a fact they have not heard that would change the picture?"),
        True,
        False,
        False,
        gettext_noop("A fact, not a better way to say the same."),
    ),
    _yes_or_no("noticed", gettext_noop("Did the interviewer react to it?"), Noticed.YES, Noticed.NO, Noticed.UNSURE),
)


def _ago(hours: float, outcome: Outcome = Outcome.NONE) -> dict[str, Any]:
    return {"hours_since_interview": hours, "outcome": outcome}


# Presumed until she says otherwise; the answer asks where it matters.
WHEN = Question(
    "when",
    gettext_noop("When was it?"),
    "",
    (
        Option("recent", gettext_noop("Today or yesterday"), _ago(12.0)),
        Option("week", gettext_noop("Earlier, within a week"), _ago(96.0)),
        Option("longer", gettext_noop("Longer ago"), _ago(336.0)),
        Option("refused", gettext_noop("They have said no"), _ago(96.0, Outcome.REJECTED)),
    ),
)
WRITING = Question(
    "writing",
    gettext_noop("May you write to them?"),
    "",
    (
        Option("yes", gettext_noop("Yes, as far as I know"), {"contact_prohibited": False}),
        Option("no", gettext_noop("They asked us not to"), {"contact_prohibited": True}),
    ),
)
REFEREE = Question(
    "referee",
    gettext_noop("Does somebody who saw your work speak for you?"),
    "",
    (
        Option("no", gettext_noop("Not that I know"), {"referee_can_vouch": False}),
        Option("yes", gettext_noop("Yes, they could mention it"), {"referee_can_vouch": True}),
    ),
)
# The first option of each is what is presumed.
AFTERWARDS = (WHEN, WRITING, REFEREE)
OUTSIDE: dict[str, Any] = {
    "hours_until_decision": None,
    "meets_again_in_hours": None,
    "note_sent": False,
    # Not drafted here: what would go into a note holds if two sentences are enough, and the reasons say so.
    "repair_sentences": None,
    **{name: value for question in AFTERWARDS for name, value in question.options[0].facts.items()},
}


def questions_of(kind: Kind) -> tuple[Question, ...]:
    """All that may be asked about this kind, in this order."""
    return (_around(kind), *FOLLOWING)
