"""Finds a note that is a copy of another one to the same panel."""

from collections import Counter
from itertools import pairwise

from followups.note_check.passages import Kind, passages
from followups.note_check.text import read_note
from followups.note_check.thanks import thanks_in

LIMIT = 0.7
"""Share of word pairs two notes may have in common, after what is naturally alike is removed."""
_TOO_SHORT = 4


def overlap(one: str, other: str) -> float:
    """Return from 0 to 1 how alike two notes are without greeting, sign-off, first thanks and the correction."""
    first, second = _own(one), _own(other)
    if min(len(first), len(second)) < _TOO_SHORT:
        first, second = _own(one, whole=True), _own(other, whole=True)
    pairs, others = _pairs(first), _pairs(second)
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 0.0


def is_copy(text: str, panel: tuple[str, ...]) -> bool:
    """Say whether the note overlaps with one of the panel's other notes above LIMIT."""
    return any(overlap(text, other) > LIMIT for other in panel)


def _own(text: str, whole: bool = False) -> list[str]:
    words: list[str] = []
    has_thanked = whole
    for passage in passages(read_note(text)):
        if not has_thanked and thanks_in(passage.sentence):
            has_thanked = True
        elif whole or passage.kind is not Kind.CORRECTION:
            words += [word for word in passage.sentence.words if word != ","]
    return words


def _pairs(words: list[str]) -> Counter[tuple[str, str]]:
    return Counter(pairwise(words))
