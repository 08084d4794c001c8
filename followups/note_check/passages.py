"""Sorts the sentences of a note: talk about the mistake, correction or added answer, or anything else.

Both counts rest on it: `dwelling` (talk about the mistake) and `too_long` (both kinds together). Rules find apologies and
thanks; what else a sentence is comes from reading the note as a whole (`reading.py`).
"""

from dataclasses import dataclass, replace
from enum import Enum

from followups.note_check.admissions import admits
from followups.note_check.announced import announces
from followups.note_check.apology import apologises
from followups.note_check.features import turns_away
from followups.note_check.reading import Reading, read
from followups.note_check.text import Note, Sentence
from followups.note_check.thanks import names_thanks, thanks_in

IS_AGAINST = 0.45
IS_APOLOGY = 0.3
IS_THANKS = 0.7
IS_MISTAKE = 0.25
IS_TALK = 0.25
ANNOUNCED = 0.9
"""How sure a reading has to be. Talk about the mistake is seen sooner than a single sentence is blamed: it takes two."""


class Kind(Enum):
    MISTAKE = "mistake"
    CORRECTION = "correction"
    OTHER = "other"


@dataclass(frozen=True)
class Passage:
    """One sentence with what it is; `opens` if it begins a correction of its own; `talk` is how surely it is any of the two."""

    sentence: Sentence
    kind: Kind
    is_apology: bool = False
    is_self_deprecation: bool = False
    gives_thanks: bool = False
    opens: bool = False
    talk: float = 0.0


def passages(note: Note) -> list[Passage]:
    """Sort the sentences of a note's body, in their order."""
    sorted_: list[Passage] = []
    for sentence, reading in zip(note.sentences, read(note.sentences, note.text), strict=True):
        before = sorted_[-1] if sorted_ else None
        sorted_.append(_passage(sentence, reading, before))
    return _with_answers(sorted_)


def _with_answers(sorted_: list[Passage]) -> list[Passage]:
    """Count what follows an announced answer ("You asked how …") as part of it, until the subject turns back to the reader."""
    found: list[Passage] = []
    is_answer, paragraph = False, -1
    for passage in sorted_:
        sentence = passage.sentence
        if sentence.paragraph != paragraph or turns_away(sentence):
            is_answer = False
        paragraph = sentence.paragraph
        if is_answer and passage.kind is Kind.OTHER and not sentence.is_piece:
            passage = replace(passage, kind=Kind.CORRECTION, talk=max(passage.talk, ANNOUNCED))
        found.append(passage)
        is_answer = is_answer or announces(sentence)
    return found


def _passage(sentence: Sentence, reading: Reading, before: Passage | None) -> Passage:
    is_apology = apologises(sentence) or reading.apology > IS_APOLOGY
    is_against = reading.against > IS_AGAINST or admits(sentence)
    kind = _kind(reading) if not (is_apology or is_against) else Kind.MISTAKE
    return Passage(
        sentence,
        kind,
        is_apology,
        is_against,
        thanks_in(sentence) or (reading.thanks > IS_THANKS and not names_thanks(sentence)),
        kind is Kind.CORRECTION and _opens(sentence, before),
        1.0 if is_apology or is_against else 1 - reading.other,
    )


def _kind(reading: Reading) -> Kind:
    if reading.mistake + reading.against > IS_MISTAKE and reading.mistake + reading.against >= reading.correction:
        return Kind.MISTAKE
    return Kind.CORRECTION if 1 - reading.other > IS_TALK else Kind.OTHER


def _opens(sentence: Sentence, before: Passage | None) -> bool:
    if before is None or before.kind is not Kind.CORRECTION or before.sentence.paragraph != sentence.paragraph:
        return True
    return sentence.text.startswith(
        (" i also ", " also ", " and ", " another ", " secondly ", " in addition ", " one more ")
    )
