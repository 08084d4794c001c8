"""What a lesson is about, in words of the interview room: the question to practise with, and the line for a prep sheet.

Which lessons are alike, which are asked about after an interview, and when one has held. Pure: values in, values out;
`gettext` is that of whoever shows it. The words of a mistake never stand in a line made here, only its topic and its must-have.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from accounts.when import gettext_noop

Gettext = Callable[[str], str]

MOST_ASKED = 3
HELD_TIMES = 2
SECONDS = 90
# Of the three-letter pieces of both, the share they have in common. "Excel formulas" and "formulas in Excel" have 0.83,
# "leading a team" and "team lead" 0.56, "writing" and "waiting" 0.45, "conflict with my boss" and "conflict at work" 0.34.
ALIKE = 0.5

HELD, CAME_BACK, NOT_THERE = "held", "came_back", "not_there"

_ANSWERS, _STATEMENTS, _MANNERS, _AROUND = "answers", "statements", "manners", "around"
FAMILIES = {
    "omitted_information": _ANSWERS,
    "weak_answer": _ANSWERS,
    "technical_error": _ANSWERS,
    "wrong_fact": _STATEMENTS,
    "misleading_claim": _STATEMENTS,
    "regretted_remark": _MANNERS,
    "conduct": _MANNERS,
    "logistics": _AROUND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is known of where a lesson came from. `kind` is a mistake's, "" where it is gone; texts may be empty."""

    kind: str = ""
    requirement: str = ""
    topic: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Two ways to say something: about `{about}`, and where nothing is known to be about."""

    about: str
    plain: str


QUESTIONS = {
    "omitted_information": Words(
        about=gettext_noop("Tell me about “{about}”: one time when you did it, and what came of it."),
        plain=gettext_noop("What should we know about you that does not stand in your CV?"),
    ),
    "weak_answer": Words(
        about=gettext_noop("Let us talk about “{about}”. Tell me about one time when it mattered."),
        plain=gettext_noop("Tell me about something difficult that you finished."),
    ),
    "technical_error": Words(
        about=gettext_noop("Explain “{about}” to me, as you would to a new colleague."),
        plain=gettext_noop("Explain one thing about your work to me, as you would to a new colleague."),
    ),
    "wrong_fact": Words(
        about=gettext_noop("Tell me about “{about}”: when was it, and in what figures?"),
        plain=gettext_noop("Take me through your last three years, with dates."),
    ),
    "misleading_claim": Words(
        about=gettext_noop("“{about}”: what did you do yourself, and what did others do?"),
        plain=gettext_noop("In your last project, what did you do yourself, and what did others do?"),
    ),
    "regretted_remark": Words(
        about=gettext_noop("The talk comes to “{about}”. What do you say first?"),
        plain=gettext_noop("I ask you something you did not expect. What do you say first?"),
    ),
    "conduct": Words(
        about=gettext_noop("The talk comes to “{about}”. How do you begin?"),
        plain=gettext_noop("You come into the room. How do you begin?"),
    ),
    "logistics": Words(
        about=gettext_noop("Something goes wrong with “{about}”. What do you say, and what do you do?"),
        plain=gettext_noop("Take me through the last hour before your next interview."),
    ),
    "": Words(
        about=gettext_noop("Tell me about “{about}”: one time when you did it, and what came of it."),
        plain=gettext_noop("Tell me about something difficult that you finished."),
    ),
}

TO_DO = {
    "omitted_information": Words(
        about=gettext_noop("Bring it up yourself: {about}."),
        plain=gettext_noop("Say one thing that does not stand in your CV."),
    ),
    "weak_answer": Words(
        about=gettext_noop("{about}: one example, a minute and a half, then stop."),
        plain=gettext_noop("One example, a minute and a half, then stop."),
    ),
    "technical_error": Words(
        about=gettext_noop("{about}: have it clear in your own words."),
        plain=gettext_noop("One technical thing, clear in your own words."),
    ),
    "wrong_fact": Words(
        about=gettext_noop("{about}: have dates, figures and names at hand."),
        plain=gettext_noop("Have dates, figures and names at hand."),
    ),
    "misleading_claim": Words(
        about=gettext_noop("{about}: say what you did yourself, and what you are still learning."),
        plain=gettext_noop("Say what you did yourself, and what you are still learning."),
    ),
    "regretted_remark": Words(
        about=gettext_noop("{about}: one breath first, then one friendly sentence."),
        plain=gettext_noop("One breath before each answer."),
    ),
    "conduct": Words(
        about=gettext_noop("{about}: be early, and begin with a greeting."),
        plain=gettext_noop("Be early, and begin with a greeting."),
    ),
    "logistics": Words(
        about=gettext_noop("The evening before: {about}."),
        plain=gettext_noop("The evening before: the address, the link, the battery, the papers."),
    ),
    "": Words(about="{about}", plain=gettext_noop("One example, a minute and a half, then stop.")),
}


def question_for(source: Source, *, gettext: Gettext = gettext_noop) -> str:
    """What an interviewer might ask about it."""
    return _say(QUESTIONS.get(source.kind, QUESTIONS[""]), source, gettext)


def to_do(source: Source, *, gettext: Gettext = gettext_noop) -> str:
    """What to do next time, in one line; never what went wrong."""
    return _say(TO_DO.get(source.kind, TO_DO[""]), source, gettext)


def _say(words: Words, source: Source, gettext: Gettext) -> str:
    about = source.requirement or source.topic or ("" if source.kind else source.title)
    # Her words may hold braces of their own.
    return gettext(words.about).replace("{about}", _bare(about)) if about.strip() else gettext(words.plain)


def _bare(text: str) -> str:
    return text.strip().rstrip(".!?;:,") or text.strip()


def likeness(one: Source, other: Source) -> float:
    """How far two lessons are the same thing to practise, 0 to 1: the same must-have is 1, other families of kinds are 0."""
    if one.requirement and other.requirement and _plain(one.requirement) == _plain(other.requirement):
        return 1.0
    if one.kind and other.kind and FAMILIES.get(one.kind) != FAMILIES.get(other.kind):
        return 0.0
    return max(
        (similarity(a, b) for a in (one.topic, one.title) for b in (other.topic, other.title) if a and b), default=0.0
    )


def are_alike(one: Source, other: Source) -> bool:
    """Whether to offer to practise them as one."""
    return likeness(one, other) >= ALIKE


def pairs_to_join(
    lessons: Sequence[tuple[int, Source]], *, apart: Iterable[frozenset[int]] = ()
) -> list[tuple[int, int]]:
    """Pairs of ids that are alike and were not kept apart, the most alike first, then the oldest; the smaller id in front."""
    closed = set(apart)
    found = [
        (-likeness(one, other), min(a, b), max(a, b))
        for (a, one), (b, other) in combinations(lessons, 2)
        if are_alike(one, other) and frozenset((a, b)) not in closed
    ]
    return [(a, b) for _likeness, a, b in sorted(found)]


def similarity(one: str, other: str) -> float:
    """Of the three-letter pieces of both texts, the share they have in common (as pg_trgm does it, words in any order)."""
    a, b = _pieces(one), _pieces(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _pieces(text: str) -> set[str]:
    padded = [f"  {word} " for word in _plain(text).split()]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """An open lesson, seen from one interview. `is_near`: it came from the same employer, or is about one of its must-haves."""

    id: int
    taken_at: datetime
    is_near: bool = False
    is_from_here: bool = False


def choose_to_ask(lessons: Iterable[Practised], *, ended_at: datetime, answered: int = 0) -> list[int]:
    """The ids to ask about after an interview: at most three with those `answered`, the near ones first, then the oldest.

    What was taken up afterwards, or out of this very interview, could not have held in it.
    """
    able = [each for each in lessons if each.taken_at < ended_at and not each.is_from_here]
    able.sort(key=lambda each: (not each.is_near, each.taken_at, each.id))
    return [each.id for each in able[: max(0, MOST_ASKED - answered)]]


def has_held(answers: Sequence[str]) -> bool:
    """Whether it is done with: it held twice since it last came back. `answers` in the order of the interviews."""
    since = answers[len(answers) - answers[::-1].index(CAME_BACK) :] if CAME_BACK in answers else answers
    return since.count(HELD) >= HELD_TIMES
