"""What the note check costs: a note of 200 words, the worst texts a small search finds, at growing lengths, and one of mistyped words.

    .venv/bin/python -m bench.note_check [--seconds 20] [--seed 1]

CPU time, best of several. The search joins pieces that have been dear before, and goes on from the dearest. The last line
is the fit of time over length for the worst text; it exits 1 when 200 words cost over 5 ms, 20,000 characters over
100 ms, or twice the length costs more than 2.6 times as much.
"""

import argparse
import random
import sys
import time
from dataclasses import dataclass

from followups.note_check import MAX_LENGTH, check_note
from followups.note_check.words import TARGETS

NOTE = (
    "Dear Ms Wafula,\n\nThank you for showing me the sluice gates on Friday and for the tea afterwards. The plan for the "
    "lower ponds interests me, and I would be glad to help with the survey in May. When you asked about the 2017 flood I gave "
    "the wrong year for the second breach; it was 2019. I had the old report in my bag. Your way of letting the keepers write "
    "the log themselves is one that I would like to see elsewhere. "
)
WORDS = 200
PIECES = (
    "a", "i ", "I was not ", "my answer ", "sorry ", "sorrx ", "appreciqte ", "thank you ", ". ", ", ", "! ", "? ", "\n", "\n\n", "> ", '"', "“", "«", "(", "[", "{", "<p>",
    "<style>", "<blockquote>", "<!--", "</p>", "&nbsp;", "&#39;", "On 3 May ", "Ada wrote:", "From: a\n", "-- \n", "Dear ", "Regards\n", "P.S. ", "1) ", "- ", "http://a ", "a@b.c ", "é",
    "\u0301", "\u200b", "😀", "שלום ", "漢", "ß", "’", "'", "_", "____", "[Name] ", "x" * 60, "Aa Bb ", "join Aa ", "e.g. ", "i am so very really ", "hope you can overlook my ",
    "it was because i had been ", "wrong year ", "42 ", "a b c. ", "A.", "...", "—", ":", "nobody ",
)  # fmt: skip


def cost(text, times=3):
    """Milliseconds of CPU time for one check, the best of some."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        check_note(text)
        best = min(best, time.process_time() - start)
    return best * 1000


def filled(unit, length):
    return (unit * (length // max(1, len(unit)) + 1))[:length]


def mistyped(rng):
    """Words each mistyped in a way of its own: nothing that is remembered of the one before helps."""
    words = []
    for _ in range(MAX_LENGTH // 4):
        word = list(rng.choice(sorted(TARGETS)))
        for _ in range(rng.randrange(1, 4)):
            word[rng.randrange(1, len(word))] = rng.choice("abcdefghijklmnopqrstuvwxyz")
        words.append("".join(word))
    return ". ".join(words)[:MAX_LENGTH]


def search(seconds, rng):
    """Return the units whose repetition costs most, dearest first."""
    found = {piece: cost(filled(piece, MAX_LENGTH), 1) for piece in PIECES}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        dearest = sorted(found, key=found.get, reverse=True)[:12]
        unit = rng.choice(dearest) + "".join(rng.choice(PIECES) for _ in range(rng.randrange(1, 4)))
        if rng.random() < 0.3:
            unit = unit[rng.randrange(len(unit)) :] or unit
        if len(unit) <= 400 and unit not in found:
            found[unit] = cost(filled(unit, MAX_LENGTH), 1)
    return sorted(found, key=found.get, reverse=True)


@dataclass(frozen=True)
class Costs:
    """Milliseconds: of the usual note, of the worst text at each length, of the longest one of mistyped words."""

    usual: float
    worst: str
    tried: int
    sizes: tuple
    times: tuple
    mistyped: float

    @property
    def growth(self):
        return self.times[-1] / self.times[-2]

    @property
    def longest(self):
        return max(self.times[-1], self.mistyped)


def measure(seconds, seed=1):
    rng = random.Random(seed)
    note = " ".join((NOTE * 3).split(" ")[: WORDS - 2]) + "\n\nRuth Auma"
    check_note(note)
    usual = cost(note, 50)
    units = search(seconds, rng)
    worst = max(units[:5], key=lambda unit: cost(filled(unit, MAX_LENGTH)))
    sizes = MAX_LENGTH // 8, MAX_LENGTH // 4, MAX_LENGTH // 2, MAX_LENGTH
    times = tuple(cost(filled(worst, size), 5) for size in sizes)
    # Each text once: what a word stands for is remembered.
    return Costs(usual, worst, len(units), sizes, times, min(cost(mistyped(rng), 1) for _ in range(3)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20, help="how long to search")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = measure(asked.seconds, asked.seed)
    print(f"{WORDS} words: {found.usual:.2f} ms")
    print(f"worst of {found.tried} units: {found.worst!r}")
    for size, spent in zip(found.sizes, found.times, strict=True):
        print(f"{size:>7,} characters: {spent:6.1f} ms")
    pasted = cost(filled(found.worst, 100_000), 3)
    print(f"100,000 characters: {pasted:6.1f} ms (only the first {MAX_LENGTH:,} are read)")
    print(f"{MAX_LENGTH:>7,} characters of mistyped words: {found.mistyped:6.1f} ms")
    slope = sum(s * t for s, t in zip(found.sizes, found.times, strict=True)) / sum(s * s for s in found.sizes)
    print(f"fit: {slope * 1000:.2f} ms per 1,000 characters; twice the length costs {found.growth:.2f} times as much")
    sys.exit(found.usual > 5 or found.longest > 100 or found.growth > 2.6)


if __name__ == "__main__":
    main()
