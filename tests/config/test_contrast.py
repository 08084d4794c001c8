"""Every colour can be read on what it stands on, in both themes."""

import re
from pathlib import Path

import pytest

from config import contrast

STYLESHEET = (Path(__file__).parents[2] / "static" / "css" / "afterword.css").read_text()
THEMES = contrast.themes(STYLESHEET)
RULE = re.compile(r"[^{}]+{([^{}]*)}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_pair_reaches_what_wcag_asks(theme):
    colours = THEMES[theme]
    measured = {pair: contrast.ratio(colours[pair.front], colours[pair.back]) for pair in contrast.pairs()}
    assert {pair: figure for pair, figure in measured.items() if figure < pair.least} == {}


def test_both_ways_to_the_dark_theme_lead_to_the_same_colours():
    assert THEMES["dark"] == THEMES["dark, chosen"]
    assert THEMES["light"].keys() == THEMES["dark"].keys()


def test_each_pair_of_the_stylesheet_is_known():
    """A rule that sets both a text's colour and its ground names a pair that is measured."""
    known = {(pair.front, pair.back) for pair in contrast.pairs()}
    used = set()
    for (rule,) in map(re.Match.groups, RULE.finditer(STYLESHEET)):
        front = re.search(r"(?<![\w-])(?:color|--tone): var\(--([\w-]+)\)", rule)
        back = re.search(r"(?:background|--tint): var\(--([\w-]+)\)", rule)
        if front and back:
            used.add((front[1], back[1]))
    assert sorted(used - known) == []


def test_the_arithmetic_is_wcags_own():
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
