"""Two texts side by side, word by word. Pure: standard library only."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
# Beyond this many words a comparison takes longer than anybody would read.
TOO_LONG = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is `same`, `out` (only in the first) or `in` (only in the second)."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; what was replaced stands before what replaces it."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) > TOO_LONG or len(after) > TOO_LONG:
        return [Piece("out", old), Piece("in", new)]
    pieces = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i:j])))
            continue
        if j > i:
            pieces.append(Piece("out", "".join(before[i:j])))
        if m > k:
            pieces.append(Piece("in", "".join(after[k:m])))
    return pieces
