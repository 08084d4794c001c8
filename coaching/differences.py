"""Two texts side by side, word by word. Pure: standard library only."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
# Beyond this many words and spaces (three long letters) nobody reads a comparison.
TOO_LONG = 1200


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is `same`, `out` (only in the first) or `in` (only in the second)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text that both have (`number` None, `gone` = `come`), or one change: `gone` became `come`."""

    number: int | None
    gone: str
    come: str


def parts(old: str, new: str) -> list[Part]:
    """The two texts as what is the same and numbered changes, in reading order: each can be taken by itself."""
    found: list[Part] = []
    number = 0
    pieces = differences(old, new)
    at = 0
    while at < len(pieces):
        if pieces[at].kind == "same":
            found.append(Part(None, pieces[at].text, pieces[at].text))
            at += 1
            continue
        gone = come = ""
        while at < len(pieces) and pieces[at].kind != "same":
            if pieces[at].kind == "out":
                gone += pieces[at].text
            else:
                come += pieces[at].text
            at += 1
        found.append(Part(number, gone, come))
        number += 1
    return found


def taken(found: list[Part], accepted: Collection[int]) -> str:
    """The text with the changes of these numbers, and without the others: none gives the old text, all the new one."""
    return "".join(part.come if part.number in accepted else part.gone for part in found)


def differences(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; what was replaced stands before what replaces it."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) > TOO_LONG or len(after) > TOO_LONG:
        return [Piece("out", old), Piece("in", new)]
    pieces: list[Piece] = []
    gone = come = ""
    # Its guess at common words stays on: without it a letter that says one word a thousand times takes ten minutes.
    codes = SequenceMatcher(None, before, after).get_opcodes()
    for at, (tag, i, j, k, m) in enumerate(codes):
        out, new = "".join(before[i:j]), "".join(after[k:m])
        # A space alone between two changes belongs to both: one phrase for another reads better than word by word.
        if tag == "equal" and not (out == " " and 0 < at < len(codes) - 1):
            pieces += _changed(gone, come)
            pieces.append(Piece("same", out))
            gone = come = ""
        else:
            gone, come = gone + out, come + new
    return pieces + _changed(gone, come)


def _changed(gone: str, come: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in (("out", gone), ("in", come)) if text]
