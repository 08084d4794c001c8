"""First drafts of notes, put together from the candidate's own words.

Pure: no Django. The only words that are ours are the greeting, the line of thanks, the lead-in of the one addition and the
sign-off; everything else is hers, never read as a template: a placeholder or a percent sign in her text stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SUBJECT = "Thank you"
SUBJECT_WITH_ROLE = "Thank you: {role}"
SUBJECT_OF_CORRECTION = "After our conversation"

DEAR = "Dear {name},"
DEAR_ALL = "Dear all,"
HELLO = "Hello,"
LIST_AND = "{names} and {last}"
THANKS = "Thank you for the conversation."
THANKS_WITH_ROLE = "Thank you for the conversation about the {role} role."
THANKS_FOR_ARRANGING = "Thank you for arranging the interview."
PASS_ON = "Please pass this on to {names}."
PASS_ON_TO_ALL = "Please pass this on to the people who interviewed me."
ADDITION = "One thing I would add: {addition}"
ADDITION_WITH_TOPIC = "When we spoke about {topic}, one thing I would add: {addition}"
FACT = "The fact I would like you to have is this: {addition}"
FACT_WITH_TOPIC = "When we spoke about {topic}, the fact I would like you to have is this: {addition}"
SIGN_OFF = "Kind regards,"

NAMED_IN_GREETING = 4
LONGEST_SIGN_OFF = 8

# Words that begin a sentence with a capital only because they begin it. Any other first word may be a name.
SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a after all an and as at because before besides both by during each earlier every for from her his how if in it "
        "its last later many most my of on once one our over recently since some that the their there these they this "
        "those through today two under until we when where which while with yes yesterday you your",
    )
)


class Reader(StrEnum):
    """Whom a note goes to."""

    INTERVIEWER = "interviewer"
    HR = "hr"
    RECRUITER = "recruiter"
    PANEL = "panel"
    NOBODY = "nobody"

    @property
    def passes_on(self) -> bool:
        return self in (Reader.HR, Reader.RECRUITER)


@dataclass(frozen=True, slots=True)
class Material:
    """What a note is made of.

    `reader_name` is empty where nobody is known; `met` are the names of those who interviewed her; `addition` is the
    correction of the one mistake the note carries, `topic` what they were speaking about then.
    """

    reader: Reader = Reader.INTERVIEWER
    reader_name: str = ""
    met: Sequence[str] = ()
    writer: str = ""
    role: str = ""
    stayed_with_me: str = ""
    like_them_to_know: str = ""
    topic: str = ""
    addition: str = ""


def thank_you_note(material: Material) -> str:
    """The text of a thank-you note; parts she has not written are left out."""
    return _letter(
        greeting(material),
        thanks(material),
        material.stayed_with_me,
        material.like_them_to_know,
        added(material),
        _pass_on(material),
        _signed(material),
    )


def correction_letter(material: Material) -> str:
    """The text of a letter that puts one fact right: no thanks, no reasons, no apology."""
    fact = _linked(material, FACT, FACT_WITH_TOPIC)
    return _letter(greeting(material), fact, _pass_on(material), _signed(material))


def added(material: Material) -> str:
    """The paragraph with the one addition, linked to what they spoke about; empty if there is none."""
    return _linked(material, ADDITION, ADDITION_WITH_TOPIC)


def subject(material: Material, *, is_correction: bool = False) -> str:
    """A subject line to begin with."""
    if is_correction:
        return SUBJECT_OF_CORRECTION
    return _put(SUBJECT_WITH_ROLE, role=material.role) if material.role else SUBJECT


def greeting(material: Material) -> str:
    """Dear …: by name; the panel by their names if they are few."""
    if material.reader is Reader.PANEL:
        if 1 < len(material.met) <= NAMED_IN_GREETING:
            return _put(DEAR, name=_names(material.met))
        return DEAR_ALL
    return _put(DEAR, name=material.reader_name) if material.reader_name else HELLO


def without_addition(text: str, addition: str) -> str | None:
    """`text` without the sentences of `addition` and their lead-in; None if they cannot be found.

    A paragraph that holds the lead-in and the addition goes as a whole if nothing else stands in it.
    """
    span = find(text, addition)
    if span is None:
        return None
    start, end = span
    start -= _lead_in_before(text[:start])
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    if before.endswith("\n\n") or not before.strip():
        after = after.lstrip("\n")
    joined = (
        before + (" " if before and after and not before.endswith("\n") and not after.startswith("\n") else "") + after
    )
    return joined.strip("\n")


def with_addition(text: str, paragraph: str) -> str:
    """`text` with one more paragraph, before the sign-off (or before the last paragraph, if that is no longer than a name)."""
    if not paragraph:
        return text
    paragraphs = re.split(r"\n{2,}", text.strip("\n"))
    at = len(paragraphs)
    for place, each in enumerate(paragraphs[1:], 1):
        if each.startswith(SIGN_OFF) or (place == len(paragraphs) - 1 and len(each.split()) <= LONGEST_SIGN_OFF):
            at = place
            break
    return _letter(*paragraphs[:at], paragraph, *paragraphs[at:])


def readdressed(text: str, before: Material, after: Material) -> str:
    """`text` for another reader: our greeting, thanks and request to pass it on follow; whatever she has changed stays."""
    for line in (greeting, thanks):
        old, new = line(before), line(after)
        if span := find(text[: len(text) // 2 + len(old)], old):
            text = text[: span[0]] + new + text[span[1] :]
    old, new = _pass_on(before), _pass_on(after)
    if old and (span := find(text, old)):
        text = text[: span[0]] + new + text[span[1] :]
    elif new and not find(text, new):
        text = with_addition(text, new)
    return _letter(*re.split(r"\n{2,}", text))


def addition_in(text: str, addition: str) -> tuple[int, int] | None:
    """Where the one addition stands: from our lead-in, whatever follows it now, to the end of the paragraph; or her sentences."""
    starts = []
    for template in (ADDITION_WITH_TOPIC, FACT_WITH_TOPIC, ADDITION, FACT):
        head, _, tail = template.partition("{addition}")[0].partition("{topic}")
        pattern = _loosely(head) + (r"[^\n]{0,200}?" + _loosely(tail) if tail else "")
        if found := re.search(pattern, text, re.IGNORECASE):
            starts.append(found.start())
    if not starts:
        return find(text, addition)
    end = text.find("\n\n", min(starts))
    return min(starts), len(text.rstrip()) if end < 0 else end


def find(text: str, words: str) -> tuple[int, int] | None:
    """Where `words` stand in `text` as whole words, however they are wrapped; None if they do not."""
    found = re.search(rf"(?<!\w){_loosely(words)}(?!\w)", text, re.IGNORECASE) if words.strip() else None
    return found.span() if found else None


def _lead_in_before(text: str) -> int:
    """How many characters at the end of `text` are our lead-in, whatever topic she wrote into it."""
    longest = 0
    for template in (ADDITION_WITH_TOPIC, FACT_WITH_TOPIC, ADDITION, FACT):
        head, _, tail = template.partition("{topic}")
        tail = (tail or head).partition("{addition}")[0].strip()
        head = head.strip() if "{topic}" in template else ""
        pattern = (_loosely(head) + r"[^\n]{0,200}?" if head else "") + _loosely(tail) + r"\s*$"
        if found := re.search(pattern, text[-400:], re.IGNORECASE):
            longest = max(longest, len(found.group()))
    return longest


def _loosely(text: str) -> str:
    """A pattern for `text` that does not mind how its words are spaced and wrapped."""
    return r"\s+".join(re.escape(word) for word in text.split())


def _linked(material: Material, plain: str, with_topic: str) -> str:
    addition = _one_paragraph(material.addition)
    if not addition:
        return ""
    topic = _one_paragraph(material.topic).rstrip(".!?,;:")
    if topic:
        return _put(with_topic, topic=_as_continuation(topic), addition=_as_continuation(addition))
    return _put(plain, addition=_as_continuation(addition))


def _as_continuation(text: str) -> str:
    """Lower the first letter where it is large only because a sentence began with it."""
    first = text.split(maxsplit=1)[0].strip(",.:;")
    return text[0].lower() + text[1:] if first.lower() in SMALL_WORDS and not first[1:].isupper() else text


def thanks(material: Material) -> str:
    """The line of thanks."""
    if material.reader.passes_on:
        return THANKS_FOR_ARRANGING
    return _put(THANKS_WITH_ROLE, role=material.role) if material.role else THANKS


def _pass_on(material: Material) -> str:
    if not material.reader.passes_on:
        return ""
    if material.met:
        return _put(PASS_ON, names=_names(material.met))
    return PASS_ON_TO_ALL


def _signed(material: Material) -> str:
    return f"{SIGN_OFF}\n{material.writer}".rstrip()


def _names(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _put(LIST_AND, names=", ".join(names[:-1]), last=names[-1])


def _put(template: str, **parts: str) -> str:
    """Fill our own template in one pass, so that braces in her words are never read as places to fill."""
    return re.sub(r"\{(\w+)\}", lambda found: parts.get(found.group(1), found.group()), template)


def _one_paragraph(text: str) -> str:
    return " ".join(text.split())


def _letter(*paragraphs: str) -> str:
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip()) + "\n"
