"""`./dev bench patterns [--characters N] [--over MILLISECONDS]`: the worst that each regular expression makes of a text written against it.

For every repetition without bound in every expression of the product a text is made that it begins to match, goes on
matching and cannot end with. It is asked as the product asks it (`match` where nothing searches), and the processor's time is
taken for half the text and for the whole: quadratic ones take four times as long. Those over the limit are printed, the
slowest first; one line of totals comes last. What the product cuts short before it looks (a line, a field) is not cut here.
"""

import argparse
import os
import re
import time
from re import _constants as sign
from re import _parser as parser

LONG = 20_000
# What is commonly repeated in a text, where an expression begins anew at each place.
COMMON = (" ", "a", "a ", "1", "\n", "a\n", ".", "-", "@", "a@", "<", "(", ", ", "'", "ab1 ", "http://a", "no ", "I ")
# What hardly any expression ends with.
ENDS = ("", "\x00", "!")


def main(arguments=None):
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="./dev bench patterns")
    asked.add_argument("--characters", type=int, default=LONG)
    asked.add_argument("--over", type=float, default=100, help="print those that take longer than so many milliseconds")
    options = asked.parse_args(arguments)
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- the settings read the environment

    django.setup()
    from tests.test_patterns import modules, patterns  # noqa: PLC0415 -- imports the product

    found = patterns()
    slow, worst = [], 0.0
    source = "\n".join(path.read_text() for _name, path in modules())
    for name, pattern in sorted(found.items()):
        milliseconds, growth, text = worst_of(asked_as(name, pattern, source), pattern, options.characters)
        worst = max(worst, milliseconds)
        if milliseconds > options.over:
            slow.append((milliseconds, growth, name, text))
    for milliseconds, growth, name, text in sorted(slow, reverse=True):
        print(f"{milliseconds:8.0f} ms, {growth:.1f} times for twice the text  {name}  {text[:24]!r}…")
    print(
        f"patterns: {len(found)} expressions, texts of {options.characters} characters,"
        f" worst {worst:.0f} ms, over {options.over:g} ms: {len(slow)}"
    )


def asked_as(name, pattern, source):
    """How the product asks: at the beginning of a text only, or anywhere in it."""
    word = name.split(".")[-2 if name.rpartition(".")[2].isdecimal() else -1]
    ways = set(re.findall(rf"\b{re.escape(word)}(?:\[[^\]]*\])?\.(\w+)\(", source))
    if ":" in name or not ways or ways - {"match", "fullmatch"}:
        return pattern.search
    return pattern.match if "match" in ways else pattern.fullmatch


def worst_of(ask, pattern, characters):
    """(milliseconds, how much more than for half the text, the text) of the slowest of all texts written against it."""
    worst = (0.0, 1.0, "")
    for text in texts_against(pattern, characters):
        half = measure(ask, text[: len(text) // 2] + text[-1:])
        whole = measure(ask, text)
        worst = max(worst, (whole, whole / max(half, 0.001), text))
    return worst


def measure(ask, text):
    begun = time.process_time()
    ask(text)
    return (time.process_time() - begun) * 1000


def texts_against(pattern, characters):
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(text, pattern.flags)
    found = {("", one) for one in COMMON} | set(pumps(list(tree)))
    for before, again in sorted(found):
        for end in ENDS:
            whole = before + again * (characters // len(again)) + end
            if isinstance(pattern.pattern, str):
                yield whole
            else:
                yield whole.encode("latin-1", "replace")


def pumps(nodes, before=""):
    """(what comes before, what is repeated) of each repetition without bound."""
    for kind, inside in nodes:
        if kind in (sign.MAX_REPEAT, sign.MIN_REPEAT, sign.POSSESSIVE_REPEAT):
            again = example(list(inside[2]))
            if (inside[1] is sign.MAXREPEAT or inside[1] > 1000) and again:
                yield before, again
                yield "", before + again
            yield from pumps(list(inside[2]), before)
        elif kind is sign.SUBPATTERN:
            yield from pumps(list(inside[3]), before)
        elif kind is sign.ATOMIC_GROUP:
            yield from pumps(list(inside), before)
        elif kind is sign.BRANCH:
            for each in inside[1]:
                yield from pumps(list(each), before)
        elif kind in (sign.ASSERT, sign.ASSERT_NOT):
            yield from pumps(list(inside[1]), before)
        before += example([(kind, inside)])


def example(nodes):
    """A short text that these match, or nearly."""
    text = ""
    for kind, inside in nodes:
        if kind is sign.LITERAL:
            text += chr(inside)
        elif kind is sign.ANY:
            text += "a"
        elif kind is sign.NOT_LITERAL:
            text += "b" if inside == ord("a") else "a"
        elif kind is sign.IN:
            text += of_class(inside)
        elif kind in (sign.MAX_REPEAT, sign.MIN_REPEAT, sign.POSSESSIVE_REPEAT):
            text += example(list(inside[2])) * min(inside[0], 20)
        elif kind is sign.SUBPATTERN:
            text += example(list(inside[3]))
        elif kind is sign.ATOMIC_GROUP:
            text += example(list(inside))
        elif kind is sign.BRANCH:
            text += example(list(inside[1][0]))
    return text


OF_CATEGORY = {
    sign.CATEGORY_DIGIT: "1",
    sign.CATEGORY_SPACE: " ",
    sign.CATEGORY_WORD: "a",
    sign.CATEGORY_NOT_DIGIT: "a",
    sign.CATEGORY_NOT_SPACE: "a",
    sign.CATEGORY_NOT_WORD: " ",
}


def of_class(items):
    if items[0][0] is sign.NEGATE:
        shut = {value for kind, value in items if kind is sign.LITERAL}
        return next(one for one in "a b1.!\n" if ord(one) not in shut)
    kind, value = items[0]
    if kind is sign.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is sign.RANGE else OF_CATEGORY.get(value, "a")


if __name__ == "__main__":
    main()
