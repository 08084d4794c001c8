"""The colours of the stylesheet and how well each can be read on another: by WCAG's own arithmetic, in both themes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

Colours = Mapping[str, str]
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
GROUNDS = ("paper", "sheet", "sunk")
TINTS = ("pine-tint", "moss-tint", "lamp-tint", "dusk-tint", "brick-tint", "grey-tint")
MEANINGS = ("pine", "moss", "lamp", "dusk", "brick")
TEXT, BORDER = 4.5, 3.0


@dataclass(frozen=True)
class Pair:
    """One colour on another, and the least that WCAG 2.2 AA asks between them."""

    front: str
    back: str
    least: float


def pairs() -> Iterator[Pair]:
    """Every pair that the components use."""
    for front, back in product(("ink", "ink-2", "ink-3", *MEANINGS), GROUNDS):
        yield Pair(front, back, TEXT)
    for front, back in product(("ink", "ink-2"), TINTS):
        yield Pair(front, back, TEXT)
    for front in (*MEANINGS, "pine-deep"):
        yield Pair(front, f"{front.removesuffix('-deep')}-tint", TEXT)
    for front, back in (("on-pine", "pine"), ("on-pine", "pine-deep"), ("paper", "ink")):
        yield Pair(front, back, TEXT)
    for front, back in product(("line-strong", "focus"), (*GROUNDS, *TINTS)):
        yield Pair(front, back, BORDER)


def themes(stylesheet: str) -> dict[str, Colours]:
    """The colours of each theme: by the device, and as chosen on the page."""
    blocks = {
        "light": r":root \{(.*?)\n\}",
        "dark": r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}',
        "dark, chosen": r':root\[data-theme="dark"\] \{(.*?)\n\}',
    }
    found: dict[str, Colours] = {}
    for theme, pattern in blocks.items():
        block = re.search(pattern, stylesheet, re.DOTALL)
        assert block, f"The stylesheet has no colours for {theme}."
        found[theme] = dict(TOKEN.findall(block[1]))
    return found


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
