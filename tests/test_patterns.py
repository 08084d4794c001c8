"""No regular expression tries one text in ever more ways: none repeats without bound what repeats without bound."""

import ast
import importlib
import re
from pathlib import Path
from re import _constants as sign
from re import _parser as parser

import pytest

from followups.note_check.text import _SENTENCE_END

ROOT = Path(__file__).parent.parent
APPS = ("accounts", "interviews", "followups", "coaching", "config")
BESIDE = ("config/embedded/", "/training/", "/migrations/", "/demo/", "/management/", "wsgi", "demo_urls")
# A header and its folded lines: each begins with a line end, which nothing else in it can be.
KNOWN = {"followups.bounce_report._CONTENT_HEADER"}
BOUND = 20


def modules():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not any(part in name for part in BESIDE):
                yield name.removesuffix(".py").removesuffix("/__init__").replace("/", "."), path


def patterns():
    """All of them by name: those that modules keep, whatever they are made of, and those written where they are used."""
    found = {}
    for name, path in modules():
        for key, value in vars(importlib.import_module(name)).items():
            each = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
            for number, one in enumerate(each):
                if isinstance(one, re.Pattern):
                    found[f"{name}.{key}" + (f".{number}" if len(each) > 1 else "")] = one
        for node in ast.walk(ast.parse(path.read_text())):
            is_use = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and getattr(node.func.value, "id", "") == "re"
            )
            if (
                is_use
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and node.func.attr not in ("compile", "escape")
            ):
                found[f"{name}:{node.lineno}"] = re.compile(node.args[0].value)
    return found


def explodes(tree, within=False):
    """Whether something without a bound stands in something without a bound, and may be given up for another try."""
    for kind, inside in tree:
        if kind in (sign.MAX_REPEAT, sign.MIN_REPEAT):
            is_long = inside[1] is sign.MAXREPEAT or inside[1] > BOUND
            if (is_long and within) or explodes(inside[2], within or is_long):
                return True
        elif kind is sign.POSSESSIVE_REPEAT:
            if explodes(inside[2]):
                return True
        elif kind is sign.ATOMIC_GROUP:
            if explodes(inside):
                return True
        elif kind is sign.SUBPATTERN:
            if explodes(inside[3], within):
                return True
        elif kind is sign.BRANCH:
            if any(explodes(each, within) for each in inside[1]):
                return True
        elif kind in (sign.ASSERT, sign.ASSERT_NOT) and explodes(inside[1], within):
            return True
    return False


def test_none_repeats_without_bound_what_repeats_without_bound():
    found = patterns()
    assert {name for name, one in found.items() if explodes(parser.parse(one.pattern, one.flags & ~re.DEBUG))} == KNOWN
    assert len(found) > 120


def test_a_row_of_signs_is_tried_from_its_first_only():
    """20,000 full stops with a letter behind them took ten seconds: `./dev bench patterns` takes the time of all."""
    assert _SENTENCE_END.match("Well... ", 4)[0] == "..."
    assert [_SENTENCE_END.match("Well... ", place) for place in (5, 6)] == [None, None]


@pytest.mark.parametrize("text", [r"(a+)+b", r"(?:\s*\w+)*$", r"(a|b*)*c", r"(?=(x+)*y)", r"(.{0,500}){30}"])
def test_control_those_that_explode_are_seen(text):
    assert explodes(parser.parse(text))
    assert not explodes(parser.parse(r"(?>a+)\w+[a-z]{0,9}(?:, \w{1,20}){0,5}"))
