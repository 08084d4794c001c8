"""Sorts the sentences of a note: talk about the mistake, correction or added answer, or anything else.

Both counts rest on it: `dwelling` (talk about the mistake) and `too_long` (both kinds together). Rules find apologies and
thanks; what else a sentence is comes from reading the note as a whole (`reading.py`).
"""

from enum import Enum
from typing import NamedTuple

from followups.note_check import aftermath
from followups.note_check.admissions import admits, blames_itself, is_about_another
from followups.note_check.announced import announces, is_at_ease, offers, presents, promises, puts_right, states
from followups.note_check.apology import apologises
from followups.note_check.features import blames, is_foreign, speaks_of_writer, stays, turns_away
from followups.note_check.reading import NOTHING, Reading, against_in_a_half, read
from followups.note_check.sorry import is_regret
from followups.note_check.tags import CLASSES
from followups.note_check.text import Note, Sentence, signs_off
from followups.note_check.thanks import names_thanks, thanks_in

IS_AGAINST = 0.42
IS_APOLOGY = 0.45
IS_APOLOGY_IN_WORDS = 0.9
"""Where a word of apology stands in the sentence, the rules know it; against them the reading has to be beyond doubt."""
IS_THANKS = 0.7
IS_MISTAKE = 0.25
IS_TALK = 0.25
"""How sure a reading has to be. Talk about the mistake is seen sooner than a single sentence is blamed: it takes two."""
IS_PLAIN = 0.7
"""How surely one half of a sentence has to speak against the writer where the whole does not."""
IS_HALF = 0.5
"""A story is followed only from what is rather a mistake than not."""
IS_SURE = 0.6
"""From here on nothing but the reading is asked whether a sentence is about the mistake; without a word of blame it is not held against the writer below."""
ASIDES = 2
"""So many sentences between two of a mistake can be of it too."""
ANNOUNCED = 0.9
"""How surely a sentence counts that goes on with an answer."""


class Kind(Enum):
    MISTAKE = "mistake"
    CORRECTION = "correction"
    OTHER = "other"


class Passage(NamedTuple):
    """One sentence with what it is; `opens` if it begins a correction of its own; `talk` is how surely it is any of the two."""

    sentence: Sentence
    kind: Kind
    is_apology: bool = False
    is_self_deprecation: bool = False
    gives_thanks: bool = False
    opens: bool = False
    talk: float = 0.0
    is_sure: bool = False


def passages(note: Note) -> list[Passage]:
    """Sort the sentences of a note's body, in their order."""
    sorted_: list[Passage] = []
    readings = read(note.sentences, note.text)
    for sentence, reading, follows in zip(note.sentences, readings, [*readings[1:], NOTHING], strict=False):
        before = sorted_[-1] if sorted_ else None
        is_beside = _is_mistake(before) or follows.mistake > IS_HALF
        sorted_.append(_passage(sentence, reading, before, is_beside, note.text))
    sorted_ = _with_answers(_with_asides(_with_aftermath(sorted_)))
    if sorted_ and signs_off(sorted_[-1].sentence, note.text):
        sorted_[-1] = sorted_[-1]._replace(kind=Kind.OTHER, is_self_deprecation=False, opens=False, talk=0.0)
    return sorted_


def _with_aftermath(sorted_: list[Passage]) -> list[Passage]:
    """Count as talk about the mistake what went on in the mind after it, what made one late, and the name of a mistake that is then explained."""
    found: list[Passage] = []
    is_late = was_named = is_told = is_tale = False
    for passage in sorted_:
        before = found[-1] if found else None
        sentence = passage.sentence
        if before and before.kind is not Kind.OTHER and before.sentence.paragraph == sentence.paragraph:
            happened = aftermath.was_late(before.sentence) or aftermath.is_event(before.sentence)
            is_late = before.kind is Kind.MISTAKE and before.talk > IS_HALF and (is_late or happened)
            named = before.kind is Kind.MISTAKE or aftermath.names_error(before.sentence)
            was_named |= named
            goes_on = (
                aftermath.lingers(sentence)
                or (named and aftermath.explains(sentence))
                or (was_named and aftermath.tells_origin(sentence))
                or (was_named and passage.kind is Kind.CORRECTION and aftermath.explains(sentence))
                or (is_late and aftermath.tells_way(sentence))
                or (before.is_apology and before.kind is Kind.MISTAKE and aftermath.tells_story(sentence))
                or ((before.is_self_deprecation or before.is_apology) and aftermath.tells_how(sentence))
                or (is_told and aftermath.goes_on_telling(sentence))
                or ((named or _states_wrongly(before)) and aftermath.likens(sentence))
                or (is_tale and not (turns_away(sentence) or promises(sentence) or passage.gives_thanks))
                or (
                    aftermath.names_cause(before.sentence)
                    and (aftermath.goes_on(sentence) or aftermath.goes_on_telling(sentence))
                )
            )
            is_told = goes_on
            is_tale = (is_tale and goes_on) or aftermath.begins_tale(sentence)
            if goes_on and not (passage.kind is Kind.MISTAKE and passage.is_sure):
                passage = passage._replace(kind=Kind.MISTAKE, opens=False, talk=1.0, is_sure=True)
            elif passage.kind is Kind.OTHER and puts_right(before.sentence, sentence):
                passage = passage._replace(kind=Kind.CORRECTION, talk=ANNOUNCED)
            if (
                before.kind is Kind.CORRECTION
                and passage.kind is Kind.MISTAKE
                and (
                    named
                    or aftermath.likens(sentence)
                    or (passage.is_self_deprecation and aftermath.lingers(before.sentence))
                )
            ):
                found[-1] = before._replace(kind=Kind.MISTAKE)
        else:
            is_late = was_named = is_told = False
            is_tale = aftermath.begins_tale(sentence)
            if before and passage.kind is Kind.MISTAKE and _is_its_reason(passage, before):
                found[-1] = before._replace(kind=Kind.MISTAKE, talk=ANNOUNCED)
        found.append(passage)
    return found


def _states_wrongly(passage: Passage) -> bool:
    """Say whether a correction tells what was said and not yet what is true."""
    return passage.kind is Kind.CORRECTION and states(passage.sentence)


def _with_asides(sorted_: list[Passage]) -> list[Passage]:
    """Count as talk about the mistake what stands between sentences of it, in one paragraph, and turns to nothing else."""
    found = list(sorted_)
    last = -ASIDES - 1
    for at, passage in enumerate(sorted_):
        if not (_is_mistake(passage) and passage.is_sure):
            continue
        between = range(last + 1, at)
        if last >= 0 and len(between) <= ASIDES and all(_is_aside(sorted_[each], passage) for each in (last, *between)):
            for each in between:
                found[each] = found[each]._replace(kind=Kind.MISTAKE, talk=ANNOUNCED)
        last = at
    return found


def _is_aside(passage: Passage, after: Passage) -> bool:
    """Say whether a sentence can belong to the talk about a mistake that goes on below it."""
    sentence = passage.sentence
    if sentence.paragraph != after.sentence.paragraph or sentence.is_piece:
        return False
    if passage.kind is Kind.OTHER:
        return not (passage.gives_thanks or turns_away(sentence) or promises(sentence))
    return passage.kind is Kind.MISTAKE


def _is_its_reason(passage: Passage, before: Passage) -> bool:
    """Say whether a sentence gives the reason of the one before, or what kept one awake in it; then that one tells the mistake."""
    one, other = before.sentence, passage.sentence
    if one.paragraph != other.paragraph or before.gives_thanks:
        return False
    is_felt = passage.is_self_deprecation and (aftermath.lingers(one) or aftermath.blames_what_came_before(other, one))
    is_excused = passage.is_apology and aftermath.points_back(other) and aftermath.tells_slip(one)
    return is_felt or is_excused or (not turns_away(one) and aftermath.gives_reason(other))


def _with_answers(sorted_: list[Passage]) -> list[Passage]:
    """Count what follows an announced answer ("You asked how …") as part of it, until the subject turns back to the reader."""
    found: list[Passage] = []
    kinds: set[Kind] = set()
    is_answer = False
    paragraph = -1
    for passage in sorted_:
        sentence = passage.sentence
        if sentence.paragraph != paragraph or turns_away(sentence):
            kinds = set()
        paragraph = sentence.paragraph
        if (passage.kind in kinds or (is_answer and len(kinds) > 1 and _is_plain(passage))) and not sentence.is_piece:
            passage = passage._replace(kind=Kind.CORRECTION, talk=max(passage.talk, ANNOUNCED))
        found.append(passage)
        if announces(sentence) and not passage.is_self_deprecation:
            kinds = {Kind.CORRECTION, Kind.OTHER}
            # "About your question, I mixed up …" goes on with the mistake.
            is_answer = passage.kind is not Kind.MISTAKE
        elif passage.kind is not Kind.OTHER and passage.talk >= ANNOUNCED:
            kinds |= {Kind.CORRECTION}
    return found


def _is_plain(passage: Passage) -> bool:
    """Say whether a sentence of an answer neither asks pardon, nor blames the writer, nor names a delay."""
    return not (passage.is_apology or passage.is_self_deprecation or aftermath.was_late(passage.sentence))


def _passage(sentence: Sentence, reading: Reading, before: Passage | None, is_beside: bool, text: str) -> Passage:
    if reading is not NOTHING and (
        is_foreign(sentence)
        or presents(sentence)
        or offers(sentence)
        or promises(sentence)
        or is_at_ease(sentence)
        or is_regret(sentence)
    ):
        reading = NOTHING
    is_apology = apologises(sentence) or _asks_pardon(sentence, reading, is_beside)
    is_of_letter = is_apology and reading.against < IS_SURE and aftermath.is_about_letter(sentence)
    is_against = not is_of_letter and (
        _is_against(sentence, reading, text) or admits(sentence) or (_is_mistake(before) and blames_itself(sentence))
    )
    if is_of_letter:
        kind, talk, is_sure = Kind.OTHER, 0.0, False
    elif is_apology or is_against or aftermath.names_cause(sentence):
        kind, talk, is_sure = Kind.MISTAKE, 1.0, True
    else:
        kind, talk = _kind(sentence, reading), 1 - reading.other
        is_sure = reading.mistake + reading.against >= IS_SURE
    return Passage(
        sentence,
        kind,
        is_apology,
        is_against,
        thanks_in(sentence) or (reading.thanks > IS_THANKS and not names_thanks(sentence)),
        kind is Kind.CORRECTION and _opens(sentence, before),
        talk,
        is_sure,
    )


def _is_mistake(passage: Passage | None) -> bool:
    return passage is not None and passage.kind is Kind.MISTAKE and passage.talk > IS_HALF


_PARDON = CLASSES["SORRY"] | {"pole", "poleni"}


def _asks_pardon(sentence: Sentence, reading: Reading, is_beside: bool) -> bool:
    """Say whether a reading is enough to call a sentence an apology that no rule has found; beside a mistake "sorry about your coat" is one."""
    is_named = not (is_beside or _PARDON.isdisjoint(sentence.words))
    return reading.apology > (IS_APOLOGY_IN_WORDS if is_named else IS_APOLOGY) and " in mind " not in sentence.text


def _is_against(sentence: Sentence, reading: Reading, text: str) -> bool:
    """Say whether a reading is enough to call a sentence words against the writer: where a doubtful one, or one without blame, gives a reason, it is the reason."""
    if is_about_another(sentence):
        return False
    if reading.against <= IS_AGAINST:
        return against_in_a_half(sentence, text) > IS_PLAIN
    if blames(sentence):
        return reading.against >= IS_SURE or not aftermath.explains(sentence)
    return reading.against >= IS_SURE and not (aftermath.explains(sentence) or aftermath.turns_over(sentence))


def _kind(sentence: Sentence, reading: Reading) -> Kind:
    blame = reading.mistake + reading.against
    if blame <= IS_MISTAKE and 1 - reading.other <= IS_TALK:
        return Kind.OTHER
    is_doubtful = blame < IS_SURE and not (speaks_of_writer(sentence) and stays(sentence))
    if blame > IS_MISTAKE and blame >= reading.correction and not is_doubtful:
        return Kind.CORRECTION if blame < IS_SURE and announces(sentence) else Kind.MISTAKE
    is_talk = 1 - reading.other > IS_TALK and not (is_doubtful and reading.correction < IS_TALK)
    return Kind.CORRECTION if is_talk else Kind.OTHER


def _opens(sentence: Sentence, before: Passage | None) -> bool:
    if before is None or before.kind is not Kind.CORRECTION or before.sentence.paragraph != sentence.paragraph:
        return True
    return sentence.text.startswith(
        (" i also ", " also ", " and ", " another ", " secondly ", " in addition ", " one more ")
    )
