"""Learns the weights of the cues from invented notes: `python -m followups.note_check.training.train`.

The sentences beside this file were written for it by twenty-three writers, a block being sentences that follow one another, or a
whole note. Each begins with what it is: S speaks against the writer, A apologises, M is about the mistake, C corrects or adds, T thanks,
O anything else, N that or a correction, ? not judged. A conditional random field learns the roles, two logistic regressions apology and thanks.
Plain Python; the same sentences give the same weights. `--without writer_b` leaves one writer out and tests on her.
"""

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followups.note_check.features import LINKS, features, link, neighbour_features, place_features
from followups.note_check.reading import read, weights_of
from followups.note_check.text import Sentence, read_note

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "weights.json"
WRITERS = sorted(path.stem for path in HERE.glob("writer_*.txt"))
ROLES = "OCMS"
SIZE = len(ROLES)
SEEDS = (0, 1, 2, 3, 4, 5)
CHAIN = 2
"""How often talk that goes on comes up for one single sentence."""
LIGHTEST = 20
"""Hundredths; a cue that nowhere weighs so much is left out of the file."""

PLAIN = ("O", "T", "N")

type Block = list[tuple[str, str]]
type Table = list[list[float]]


@dataclass(slots=True)
class Row:
    """One sentence of an invented note: its cues, the roles it may have, apology and thanks if known, how it hangs on."""

    cues: list[int]
    roles: str
    yes: tuple[bool | None, bool | None]
    link: int
    behind: list[int]
    ahead: list[int]


def allowed_roles(tags: str) -> str:
    """Which roles a sentence with these tags may have."""
    if "?" in tags:
        return ROLES
    if "N" in tags:
        return "OC"
    if "S" in tags:
        return "S"
    if "C" in tags:
        return "CM" if "M" in tags or "A" in tags else "C"
    return "M" if "M" in tags or "A" in tags else "O"


def fragments(writer: str) -> Iterator[Block]:
    """Yield the blocks of a writer: [(tags, sentence)]."""
    for block in (HERE / f"{writer}.txt").read_text("utf-8").split("\n\n"):
        lines = [line.split(" ", 1) for line in block.splitlines() if line.strip()]
        if lines:
            yield [(line[0], line[1]) for line in lines]


@dataclass(slots=True)
class Seen:
    """A sentence as numbers: its cues, how it hangs on, and what it shows to the one behind and the one ahead of it."""

    cues: list[int]
    link: int
    behind: list[int]
    ahead: list[int]


class Cues:
    """The numbers of the features of each sentence, found once."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.seen: dict[str, list[Seen]] = {}

    def of(self, text: str) -> list[Seen]:
        if text not in self.seen:
            note = read_note(f"Dear Ann,\n\n{text}\n\nKind regards,\nBo")
            self.seen[text] = [self._see(s, note.text[s.start : s.end]) for s in note.sentences]
        return self.seen[text]

    def _see(self, sentence: Sentence, raw: str) -> Seen:
        found = features(sentence, raw)
        behind, ahead = neighbour_features(found, []), neighbour_features([], found)
        return Seen(self.numbers(found), link(sentence, False), self.numbers(behind), self.numbers(ahead))

    def numbers(self, names: Iterable[str]) -> list[int]:
        return [self.number.setdefault(name, len(self.number)) for name in names]


def compose(rng: random.Random, fragment: Block, around: dict[str, Block], cues: Cues) -> list[Row]:
    """Put a block into an invented note, between thanks and other sentences, in one paragraph or several."""
    if is_note(fragment) and rng.random() < 0.7:
        return _rows(rng, [fragment], cues)
    blocks: list[Block] = []
    if rng.random() < 0.9:
        blocks.append([rng.choice(around["T"])])
    blocks += [[rng.choice(around["O"])] for _ in range(rng.choice((0, 0, 0, 1, 1, 2)))]
    if len(fragment) > 1 and rng.random() < 0.1:
        at = rng.randrange(1, len(fragment))
        blocks += [fragment[:at], [rng.choice(around["O"])], fragment[at:]]
    elif fragment:
        blocks.append(fragment)
    blocks += [[rng.choice(around["O"])] for _ in range(rng.choice((0, 1, 1, 1, 2)))]
    return _rows(rng, blocks, cues)


def is_note(block: Block) -> bool:
    """Say whether a block is a note in itself rather than a part of one."""
    return len(block) > 2 and any("T" in tags or tags == "O" for tags, _ in block)


def _rows(rng: random.Random, blocks: list[Block], cues: Cues) -> list[Row]:
    rows: list[Row] = []
    is_whole = rng.random() < 0.45
    for number, block in enumerate(blocks):
        for place, (tags, text) in enumerate(block):
            if place == 0:
                is_new = number == 0 or rng.random() < (0.08 if is_whole else 0.55)
            else:
                turns = (block[place - 1][0] in PLAIN and tags not in PLAIN) or (
                    tags in PLAIN and block[place - 1][0] not in PLAIN
                )
                is_new = rng.random() < (0.25 if turns else 0.06) or text.startswith("- ")
            for seen in cues.of(text):
                known = not {"?", "N"} & set(tags)
                apology = "A" in tags if "?" not in tags else None
                thanks = "T" in tags if known else None
                kind = seen.link + LINKS // 2 * is_new
                rows.append(Row(seen.cues, allowed_roles(tags), (apology, thanks), kind, seen.behind, seen.ahead))
                is_new = False
    for at, row in enumerate(rows):
        before = rows[at - 1].behind if at else []
        after = rows[at + 1].ahead if at + 1 < len(rows) else []
        row.cues = [*row.cues, *before, *after, *cues.numbers(place_features(at, len(rows)))]
    return rows


def log_sum(values: list[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(value - top) for value in values))


def forward(scores: Table, moves: list[Table], start: list[float]) -> Table:
    table = [[start[k] + scores[0][k] for k in range(SIZE)]]
    for at in range(1, len(scores)):
        before, move = table[-1], moves[at]
        table.append([log_sum([before[j] + move[j][k] for j in range(SIZE)]) + scores[at][k] for k in range(SIZE)])
    return table


def backward(scores: Table, moves: list[Table]) -> Table:
    table = [[0.0] * SIZE]
    for at in range(len(scores) - 1, 0, -1):
        after, move, score = table[-1], moves[at], scores[at]
        table.append([log_sum([move[j][k] + score[k] + after[k] for k in range(SIZE)]) for j in range(SIZE)])
    return table[::-1]


class Learner:
    """Weights under training, with the sums of squares that set each one's pace (Adagrad)."""

    def __init__(self, size: int, rate: float, decay: float) -> None:
        self.rate, self.decay = rate, decay
        self.weights = [[0.0] * SIZE for _ in range(size)]
        self.pace = [[1e-2] * SIZE for _ in range(size)]
        self.moves = [[[0.0] * SIZE for _ in range(SIZE)] for _ in range(LINKS)]
        self.moves_pace = [[[1.0] * SIZE for _ in range(SIZE)] for _ in range(LINKS)]
        self.start, self.start_pace = [0.0] * SIZE, [1.0] * SIZE
        self.yes = [[0.0, 0.0] for _ in range(size)]
        self.yes_pace = [[1e-2, 1e-2] for _ in range(size)]

    def scores(self, found: list[int]) -> list[float]:
        total = [0.0] * SIZE
        for number in found:
            w = self.weights[number]
            total[0] += w[0]
            total[1] += w[1]
            total[2] += w[2]
            total[3] += w[3]
        return total

    def learn(self, rows: list[Row]) -> float:
        """Move the weights towards one note; return how far off they were."""
        moves = [self.moves[row.link] for row in rows]
        scores = [self.scores(row.cues) for row in rows]
        alpha, beta = forward(scores, moves, self.start), backward(scores, moves)
        right = [
            [score if role in row.roles else -1e9 for role, score in zip(ROLES, line, strict=True)]
            for line, row in zip(scores, rows, strict=True)
        ]
        alpha_right, beta_right = forward(right, moves, self.start), backward(right, moves)
        total, total_right = log_sum(alpha[-1]), log_sum(alpha_right[-1])
        for at, row in enumerate(rows):
            pull = [
                math.exp(alpha_right[at][k] + beta_right[at][k] - total_right)
                - math.exp(alpha[at][k] + beta[at][k] - total)
                for k in range(SIZE)
            ]
            if max(map(abs, pull)) > 1e-3:
                for number in row.cues:
                    self._step(self.weights[number], self.pace[number], pull)
            if at == 0:
                self._step(self.start, self.start_pace, pull, 0.0)
            else:
                for j in range(SIZE):
                    pulls = [
                        math.exp(
                            min(
                                0.0,
                                alpha_right[at - 1][j]
                                + moves[at][j][k]
                                + right[at][k]
                                + beta_right[at][k]
                                - total_right,
                            )
                        )
                        - math.exp(alpha[at - 1][j] + moves[at][j][k] + scores[at][k] + beta[at][k] - total)
                        for k in range(SIZE)
                    ]
                    self._step(self.moves[row.link][j], self.moves_pace[row.link][j], pulls, 0.0)
            self._learn_yes(row.cues, row.yes)
        return total - total_right

    def _step(self, weights: list[float], pace: list[float], pull: list[float], decay: float | None = None) -> None:
        decay = self.decay if decay is None else decay
        for k in range(SIZE):
            d = pull[k] - decay * weights[k]
            pace[k] += d * d
            weights[k] += self.rate * d / math.sqrt(pace[k])

    def _learn_yes(self, found: list[int], wanted: tuple[bool | None, bool | None]) -> None:
        sums = [sum(self.yes[number][c] for number in found) for c in (0, 1)]
        for c in (0, 1):
            answer = wanted[c]
            if answer is None:
                continue
            pull = answer - 1 / (1 + math.exp(-max(-30.0, min(30.0, sums[c]))))
            if abs(pull) > 1e-3:
                for number in found:
                    w, p = self.yes[number], self.yes_pace[number]
                    d = pull - self.decay * w[c]
                    p[c] += d * d
                    w[c] += self.rate * d / math.sqrt(p[c])


def train(
    writers: list[str],
    *,
    rounds: int = 8,
    rate: float = 0.08,
    decay: float = 0.002,
    least: int = 3,
    seed: int = 0,
    log: Callable[[str], object] = lambda line: None,
) -> dict[str, Any]:
    """Return the weights as they are kept in weights.json."""
    cues = Cues()
    blocks = [fragment for writer in writers for fragment in fragments(writer)]
    counts: Counter[int] = Counter()
    for block in blocks:
        for _, text in block:
            for seen in cues.of(text):
                counts.update(seen.cues)
                counts.update(seen.behind)
                counts.update(seen.ahead)
    places = set(cues.numbers(name for at in range(4) for name in place_features(at, 4)))
    kept = {number for number, times in counts.items() if times >= least} | places
    for rows in cues.seen.values():
        for seen in rows:
            seen.cues = [number for number in seen.cues if number in kept]
    around = {tag: [block[0] for block in blocks if len(block) == 1 and block[0][0] == tag] for tag in "OT"}
    talk = [block for block in blocks if any(tags not in ("O", "T", "N") for tags, _ in block)]
    plain = [block for block in blocks if all(tags in ("O", "T", "N") for tags, _ in block)]
    learner = Learner(len(cues.number) + 10, rate, decay)
    sums: dict[int, list[float]] = {}
    yes_sums: dict[int, list[float]] = {}
    times = 0
    for turn in range(rounds):
        rng = random.Random(seed * 1000 + turn)
        # Talk that goes on is what has to be told from what follows it, so it comes up more often than single sentences.
        notes = [compose(rng, block, around, cues) for block in talk for _ in range(CHAIN if len(block) > 1 else 1)]
        notes += [compose(rng, block, around, cues) for block in rng.sample(plain, len(plain) // 2)]
        rng.shuffle(notes)
        loss = sum(learner.learn(rows) for rows in notes if rows)
        log(f"{turn}: {loss:.0f}")
        if turn >= rounds // 2:
            times += 1
            for number in kept:
                total = sums.setdefault(number, [0.0] * SIZE)
                for k in range(SIZE):
                    total[k] += learner.weights[number][k]
                total = yes_sums.setdefault(number, [0.0, 0.0])
                total[0] += learner.yes[number][0]
                total[1] += learner.yes[number][1]
    weights = {}
    for name, number in cues.number.items():
        if number in kept:
            w, y = sums[number], yes_sums[number]
            # Relative to "anything else", so that three numbers say all; in hundredths.
            line = [round(100 * each / times) for each in (w[1] - w[0], w[2] - w[0], w[3] - w[0], y[0], y[1])]
            if max(map(abs, line)) >= LIGHTEST:
                weights[name] = line
    return {
        "start": [round(each, 3) for each in learner.start],
        "moves": [[[round(each, 3) for each in line] for line in move] for move in learner.moves],
        "cues": dict(sorted(weights.items())),
    }


def mean(several: list[dict[str, Any]]) -> dict[str, Any]:
    """What several trainings, each with other invented notes around the same sentences, have in common."""
    names = sorted({name for one in several for name in one["cues"]})
    none = [0] * 5
    return {
        "start": _mean([one["start"] for one in several], 3),
        "moves": [
            [_mean([one["moves"][kind][role] for one in several], 3) for role in range(SIZE)] for kind in range(LINKS)
        ],
        "cues": {
            name: [round(each) for each in _mean([one["cues"].get(name, none) for one in several], 3)] for name in names
        },
    }


def _mean(lines: list[list[float]], digits: int) -> list[float]:
    return [round(sum(column) / len(lines), digits) for column in zip(*lines, strict=True)]


def save(kept: dict[str, Any]) -> None:
    """One cue a line, so that a change of the weights can be read."""
    head = json.dumps({"start": kept["start"], "moves": kept["moves"]})[:-1]
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(line)}"
        for name, line in kept["cues"].items()
        if max(map(abs, line)) >= LIGHTEST
    )
    WEIGHTS.write_text(f'{head}, "cues": {{\n{lines}\n}}}}\n', "utf-8")


def report(writer: str, kept: dict[str, Any]) -> Iterator[str]:
    """Yield precision and recall for the sentences of one writer, each block between thanks and a plan."""
    weights, counts = weights_of(kept), Counter[tuple[str, bool, bool]]()
    for block in fragments(writer):
        text = " ".join(sentence for _, sentence in block)
        note = read_note(
            f"Dear Ann,\n\nThank you for the tour of the mill. {text} I look forward to the trial day.\n\nBo"
        )
        readings = read(note.sentences, note.text, weights)[1:-1]
        if len(readings) != len(block) or any(tags in "?N" for tags, _ in block):
            continue
        for (tags, _), reading in zip(block, readings, strict=True):
            counts["against", "S" in tags, reading.against > 0.5] += 1
            counts["talk", not set(tags) <= set("OT"), reading.other < 0.5] += 1
            counts["apology", "A" in tags, reading.apology > 0.5] += 1
            counts["thanks", "T" in tags, reading.thanks > 0.5] += 1
    for what in ("against", "talk", "apology", "thanks"):
        right = counts[what, True, True]
        found, wanted = right + counts[what, False, True], right + counts[what, True, False]
        yield f"{what}: precision {right / max(1, found):.2f}, recall {right / max(1, wanted):.2f} of {wanted}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", choices=WRITERS, help="leave this writer out and print how well hers are read")
    options = parser.parse_args()
    writers = [writer for writer in WRITERS if writer != options.without]
    kept = mean([train(writers, seed=seed, log=lambda line: print(line, file=sys.stderr)) for seed in SEEDS])
    if options.without:
        print("\n".join(report(options.without, kept)))
    else:
        save(kept)


if __name__ == "__main__":
    main()
