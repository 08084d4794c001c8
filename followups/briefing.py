"""What a referee is told: one skill, one project, two sentences of hers, the job, and who may ring. And the thanks afterwards.

Pure: values in, text out, no Django. Our own words are the frame only; hers are never read as a template.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from followups.note_check import Finding, NoteContext, check_note, count_sentences
from followups.note_check.text import read_note

MAX_SENTENCES = 2
LINK_DAYS = 60
# What is not so is put right by herself; asking somebody else to speak to it would make two people answerable.
FALSE_STATEMENTS = frozenset({"wrong_fact", "misleading_claim"})
CHECKED = frozenset({"apology", "self_deprecation", "dwelling", "placeholder"})

SUBJECT = "If they ring you about me"
SUBJECT_OF_THANKS = "Thank you"
DEAR = "Dear {name},"
HELLO = "Hello {name}, "
READY = "Thank you for being ready to speak for me."
RING = "I have had an interview for {job}, and {who} may ring you."
RING_WITHOUT_JOB = "I have had an interview, and {who} may ring you."
THEY = "they"
ONLY_IF_CALLED = "They asked us not to contact them, so please speak of it only if they call you."
ONE_THING = "If they do, this is the one thing I hope you can mention: {skill}."
ONE_THING_SHOWN = "If they do, this is the one thing I hope you can mention: {skill}. What shows it: {project}."
NO_ANSWER = "You need not answer this."
ANSWER_IF = (
    "You need not answer this. If you would rather not, or want no more mail like this, one click is enough on a page for "
    "you alone:"
)
SIGN_OFF = "Kind regards,"
THANKS = "Thank you for being ready to speak for me about {job}."
THANKS_WITHOUT_JOB = "Thank you for being ready to speak for me."
THANKS_CALLED = "Thank you for speaking for me about {job}."
THANKS_CALLED_WITHOUT_JOB = "Thank you for speaking for me."
NEWS = {
    "offer": "They have offered me the job.",
    "next_round": "I am through to the next round.",
    "rejected": "They chose somebody else this time, and it was good to know you stood ready.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a brief is made of. `words` are hers; `only_if_called`: the employer forbade contact."""

    referee: str
    writer: str
    skill: str = ""
    project: str = ""
    words: str = ""
    job: str = ""
    who_may_ring: str = ""
    only_if_called: bool = False


def letter(material: Material, *, link: str) -> str:
    """The brief as a mail. It says everything; `link` is for those who want to say something back."""
    return _letter(
        _put(DEAR, name=material.referee),
        _sentences(READY, _ring(material), material.only_if_called and ONLY_IF_CALLED),
        _one_thing(material),
        material.words,
        ANSWER_IF + "\n" + link,
        _signed(material),
    )


def message(material: Material) -> str:
    """The same from her own phone: shorter, and without a link."""
    ready = _put(HELLO, name=material.referee) + _small(READY)
    return _letter(
        _sentences(ready, _ring(material), material.only_if_called and ONLY_IF_CALLED),
        _sentences(_one_thing(material), material.words),
        NO_ANSWER,
        material.writer,
    )


def thanks_letter(material: Material) -> str:
    """Two lines of thanks as a mail."""
    return _letter(_put(DEAR, name=material.referee), material.words, _signed(material))


def thanks_message(material: Material) -> str:
    """Two lines of thanks from her own phone."""
    words = " ".join(material.words.split())
    return _letter(_put(HELLO, name=material.referee) + _small(words), material.writer)


def thanks_words(*, job: str, was_called: bool, outcome: str) -> str:
    """Two lines to begin with: the thanks, and how it ended."""
    if job:
        first = _put(THANKS_CALLED if was_called else THANKS, job=job)
    else:
        first = THANKS_CALLED_WITHOUT_JOB if was_called else THANKS_WITHOUT_JOB
    return _sentences(first, NEWS.get(outcome, ""))


def first_sentences(text: str, number: int = MAX_SENTENCES) -> str:
    """The first sentences of her own text, as she wrote them."""
    # On one line: what breaks over two is no greeting and no signature here.
    text = " ".join(text.split())
    spans = [sentence for sentence in read_note(text).sentences if not sentence.is_piece][:number]
    return " ".join(text[span.start : span.end] for span in spans)


def is_too_long(words: str) -> bool:
    """More than a person on the telephone remembers."""
    return count_sentences(words) > MAX_SENTENCES


def findings(words: str) -> list[Finding]:
    """What works against her: an apology, ill words about herself, dwelling, a place left to fill."""
    return [found for found in check_note(words, NoteContext(kind="correction")) if found.code in CHECKED]


def is_false_statement(kind: str) -> bool:
    """Whether a mistake of this kind must never be covered by a referee."""
    return kind in FALSE_STATEMENTS


def last_day_of_link(*, decision_on: date | None, sent_on: date) -> date:
    """Sixty days after the decision; after sending where the decision is unknown or was past by then."""
    known = decision_on is not None and decision_on >= sent_on
    return (decision_on if known and decision_on else sent_on) + timedelta(days=LINK_DAYS)


def _ring(material: Material) -> str:
    who = material.who_may_ring or THEY
    if material.job:
        return _put(RING, job=material.job, who=who)
    return _put(RING_WITHOUT_JOB, who=who)


def _one_thing(material: Material) -> str:
    if not material.skill:
        return ""
    template = ONE_THING_SHOWN if material.project else ONE_THING
    return _put(template, skill=_ended(material.skill), project=_ended(material.project))


def _ended(text: str) -> str:
    """Our sentence brings the full stop."""
    return text.rstrip(".")


def _small(text: str) -> str:
    """Goes on after a comma: only our own first words lose their capital."""
    first = text.split(maxsplit=1)[0] if text else ""
    return text[0].lower() + text[1:] if first in ("Thank", "Thanks") else text


def _signed(material: Material) -> str:
    return f"{SIGN_OFF}\n{material.writer}"


def _sentences(*parts: str | bool) -> str:
    return " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())


def _letter(*paragraphs: str) -> str:
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip()) + "\n"


def _put(template: str, **parts: str) -> str:
    """Fill our own template in one pass, so that braces in her words are never read as places to fill."""
    return re.sub(r"\{(\w+)\}", lambda found: parts.get(found.group(1), found.group()), template)
