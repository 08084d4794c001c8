"""A prep sheet: what fits on one printed page before an interview. Pure: values in, a sheet that fits out.

Nothing on it says what went wrong: lessons stand as what to do, earlier rounds as what is still worth saying.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

# What one page of A4 takes beside its headings, in lines of text at most this long. Measured by printing (tests/e2e).
LINES = {"people": 6, "say_there": 4, "practise": 5, "must_haves": 6, "went_well": 3, "links": 2}
LONGEST = 160
MOST_JOTTINGS = 240

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MustHave:
    """Something the job cannot do without, and the line she can show for it, "" if none. `heard`: in words, from earlier rounds."""

    text: str
    evidence: str = ""
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `links` are addresses found in `jottings`; all lines are hers or made from what she answered."""

    people: tuple[str, ...] = ()
    say_there: tuple[str, ...] = ()
    practise: tuple[str, ...] = ()
    must_haves: tuple[MustHave, ...] = ()
    went_well: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    jottings: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Sheet()


def fit(sheet: Sheet) -> Sheet:
    """The same sheet, with as many lines of each part as one page takes, none twice, each cut at a word."""
    return replace(
        sheet,
        people=_first("people", sheet.people),
        say_there=_first("say_there", sheet.say_there),
        practise=_first("practise", sheet.practise),
        must_haves=_first_must_haves(sheet.must_haves),
        went_well=_first("went_well", sheet.went_well),
        # An address that is cut leads nowhere.
        links=tuple(dict.fromkeys(link for link in sheet.links if len(link) <= LONGEST))[: LINES["links"]],
        jottings=cut(sheet.jottings, MOST_JOTTINGS),
    )


def _first(part: str, lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for text in lines if (line := cut(text))))[: LINES[part]]


def _first_must_haves(rows: Sequence[MustHave]) -> tuple[MustHave, ...]:
    """Each once, as it was written first; evidence from any round. Those with evidence stay where there are too many."""
    merged: dict[str, MustHave] = {}
    for row in rows:
        key = " ".join(row.text.casefold().split())
        known = merged.setdefault(key, MustHave(cut(row.text), cut(row.evidence), row.heard))
        if row.evidence and not known.evidence:
            merged[key] = replace(merged[key], evidence=cut(row.evidence))
        if row.heard and not known.heard:
            merged[key] = replace(merged[key], heard=row.heard)
    merged.pop("", None)
    kept = sorted(merged.values(), key=lambda row: not row.evidence)[: LINES["must_haves"]]
    return tuple(row for row in merged.values() if row in kept)


def cut(text: str, most: int = LONGEST) -> str:
    """One line of at most `most` characters, cut at a word where it can be."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head = line[: most - 1]
    whole = head.rpartition(" ")[0]
    return f"{(whole if len(whole) > most // 2 else head).rstrip(' ,;:.')}…"


def links_in(text: str) -> tuple[str, ...]:
    """The addresses in a text, each once, without what a sentence puts behind them."""
    return tuple(dict.fromkeys(found.rstrip(".,;:!?)]}") for found in _LINK.findall(text)))


def without_links(text: str) -> str:
    """The text without its addresses: they stand in a line of their own."""
    return _LINK.sub(" ", text)
