"""Reads the sentences of a note in their order and says how likely each is to be what.

The weights come from invented notes (`training/`): how much each cue speaks for talk about the mistake, a correction, or
words against the writer, and how one kind of sentence follows another. `cues_for` shows what decided.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

from followups.note_check.features import blames, features, link, neighbour_features, place_features
from followups.note_check.tags import CLASSES, SMALL
from followups.note_check.text import Sentence

MAX_SENTENCES = 150
"""More are not read closely: no letter has them, and a pasted book should cost no more than a letter."""
SHORTEST = 3
"""Words; a shorter piece is a name, a closing, a word of joy."""
OTHER, CORRECTION, MISTAKE, AGAINST = range(4)
_ROLES = range(4)
LONGEST_WITH_HALVES = 40
"""Words; a longer sentence is no aside followed by a "but"."""
_HUNDREDTHS = 0.01
_ME = frozenset({"i", "my", "me", "mine", "myself"})
_EMPTY = SMALL | CLASSES["THINK"]
"""Of such words alone a half says nothing: "I know, I know, but …"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How likely a sentence is each of the roles (they sum to 1), an apology, a word of thanks."""

    other: float = 1.0
    correction: float = 0.0
    mistake: float = 0.0
    against: float = 0.0
    apology: float = 0.0
    thanks: float = 0.0


NOTHING = Reading()


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each cue says (correction, mistake, against, apology, thanks) and how the roles follow one another."""

    start: list[float]
    moves: list[list[list[float]]]
    cues: dict[str, tuple[float, ...]]


def read(sentences: list[Sentence], text: str, weights: Weights | None = None) -> list[Reading]:
    """Return a reading of each sentence; of those that are too short or too many, that it is nothing in particular."""
    close = [at for at, sentence in enumerate(sentences) if len(sentence.words) >= SHORTEST][:MAX_SENTENCES]
    readings = [NOTHING] * len(sentences)
    if not close:
        return readings
    weights = weights or _weights()
    scores: list[list[float]] = []
    sides: list[tuple[float, float]] = []
    moves: list[list[list[float]]] = []
    paragraph = -1
    seen = [features(sentences[at], text[sentences[at].start : sentences[at].end]) for at in close]
    for place, at in enumerate(close):
        sentence = sentences[at]
        correction = mistake = against = apology = thanks = 0.0
        around = neighbour_features(seen[place - 1] if place else [], seen[place + 1] if place + 1 < len(close) else [])
        for cue in (*seen[place], *around, *place_features(place, len(close))):
            if weight := weights.cues.get(cue):
                correction += weight[0]
                mistake += weight[1]
                against += weight[2]
                apology += weight[3]
                thanks += weight[4]
        scores.append([0.0, correction, mistake, against])
        sides.append((_share(apology), _share(thanks)))
        moves.append(weights.moves[link(sentence, sentence.paragraph != paragraph)])
        paragraph = sentence.paragraph
    for at, role, side in zip(close, _shares(scores, moves, weights.start), sides, strict=True):
        readings[at] = Reading(role[OTHER], role[CORRECTION], role[MISTAKE], role[AGAINST], *side)
    return readings


def against_in_a_half(sentence: Sentence, text: str) -> float:
    """Return how surely one side of a "but" speaks against the writer: what the other side boasts or thanks for cannot make up for it."""
    tokens = sentence.tokens
    if not 2 * SHORTEST < len(tokens) <= LONGEST_WITH_HALVES or "but" not in sentence.words[SHORTEST:-SHORTEST]:
        return 0.0
    at = sentence.words.index("but", SHORTEST)
    halves = [
        Sentence(half[0].start, half[-1].end, half, sentence.paragraph) for half in (tokens[:at], tokens[at + 1 :])
    ]
    told = [
        half for half in halves if blames(half) or not (_ME.isdisjoint(half.words) or _EMPTY.issuperset(half.words))
    ]
    return max((reading.against for half in told for reading in read([half], text)), default=0.0)


def cues_for(sentence: Sentence, text: str, most: int = 6) -> list[tuple[str, float]]:
    """Return the cues that speak most for the mistake, a correction or against the writer, heaviest first."""
    cues = _weights().cues
    found = features(sentence, text[sentence.start : sentence.end])
    weighed = [(cue, max(cues[cue][:3])) for cue in found if cue in cues]
    return sorted(weighed, key=lambda each: -each[1])[:most]


def _shares(scores: list[list[float]], moves: list[list[list[float]]], start: list[float]) -> list[list[float]]:
    """Return for each sentence the share of every role over all ways to read the note (forward and backward)."""
    forward = [_normal([start[role] + scores[0][role] for role in _ROLES])]
    for at in range(1, len(scores)):
        before, move, score = forward[-1], moves[at], scores[at]
        forward.append(_normal([_log_sum([before[j] + move[j][k] for j in _ROLES]) + score[k] for k in _ROLES]))
    backward = [[0.0] * 4]
    for at in range(len(scores) - 1, 0, -1):
        after, move, score = backward[-1], moves[at], scores[at]
        backward.append(_normal([_log_sum([move[j][k] + score[k] + after[k] for k in _ROLES]) for j in _ROLES]))
    shares = []
    for left, right in zip(forward, reversed(backward), strict=True):
        both = [left[role] + right[role] for role in _ROLES]
        total = _log_sum(both)
        shares.append([math.exp(each - total) for each in both])
    return shares


def _normal(values: list[float]) -> list[float]:
    top = max(values)
    return [value - top for value in values]


def _log_sum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(sum([math.exp(value - top) for value in values]))


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def _weights() -> Weights:
    """Line by line: while the file is read whole, it takes three times the memory of what is kept of it, and that stays taken."""
    with Path(__file__).with_name("weights.json").open(encoding="utf-8") as lines:
        head = json.loads(next(lines).removesuffix(', "cues": {\n') + "}")
        return Weights(head["start"], head["moves"], _weighed(map(_cue, takewhile(lambda line: line[0] != "}", lines))))


def _cue(line: str) -> tuple[str, list[int]]:
    name, _, numbers = line.rstrip(",\n").rpartition(": ")
    return json.loads(name), json.loads(numbers)


def weights_of(kept: dict[str, Any]) -> Weights:
    """Return the weights as they are used of what the training keeps."""
    return Weights(kept["start"], kept["moves"], _weighed(kept["cues"].items()))


def _weighed(cues: Iterable[tuple[str, list[int]]]) -> dict[str, tuple[float, ...]]:
    """Each number once: there are some hundreds, and each stands in many cues."""
    numbers: dict[int, float] = {}
    return {name: tuple([numbers.setdefault(each, each * _HUNDREDTHS) for each in line]) for name, line in cues}
