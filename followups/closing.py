"""The words of the closing page: the evening of one interview in three sentences, and what is next.

Pure: values in, sentences out. The first says what it was and how it ended, the second what became of the letters, the third
what became of each thing on her mind; the last when something needs her again. It counts nothing that could scold: no visits,
no hours, no things left open longer than others. `gettext` and `ngettext` are those of whoever shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.when import gettext_noop

Gettext = Callable[[str], str]
Ngettext = Callable[[str, str, int], str]

NUMBERS = (
    gettext_noop("no"),
    gettext_noop("one"),
    gettext_noop("two"),
    gettext_noop("three"),
    gettext_noop("four"),
    gettext_noop("five"),
    gettext_noop("six"),
    gettext_noop("seven"),
    gettext_noop("eight"),
    gettext_noop("nine"),
    gettext_noop("ten"),
)
THAT_WAS_IT = gettext_noop("That was the interview at {company}.")
# By the codes of `Interview.Outcome`.
HOW_IT_ENDED = {
    "next_round": gettext_noop("That was the interview at {company}, and you meet again."),
    "offer": gettext_noop("That was the interview at {company}, and they made you an offer."),
    "rejected": gettext_noop("That was the interview at {company}, and it was a no."),
    "withdrawn": gettext_noop("That was the interview at {company}, and you withdrew."),
    "closed": gettext_noop("That was the interview at {company}, and the search was closed."),
}


def plain_plural(one: str, many: str, number: int) -> str:
    """English without a catalogue."""
    return one if number == 1 else many


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What there is to say about one interview. Times and days come printed; `outcome` is a code of `Interview.Outcome`.

    Letters, each counted in one place only: `gone` with `last_gone` (the moment of the last), `said`: whether what she wanted
    to add went with them; `waiting` for their time with `next_goes`; `on_the_way`: being handed over; `came_back`, `failed`,
    `unseen` (nobody can see whether it arrived) and `unwritten` (begun, or owed and not begun) need her. `unwelcome`: they asked
    not to be written to.
    Things on her mind: `with_referees`, `to_practise`, `left_behind` are settled; `put_off` are sentences to write when she
    likes; `open` need her.
    What is next: `asked`: it is time to ask her how it ended; `elsewhere`: something else of hers needs her; `next_day`: the first day on which something may, "" if none is
    known; `next_interview`: whose company that is, where it is an interview.
    """

    company: str
    outcome: str = "none"
    gone: int = 0
    last_gone: str = ""
    said: bool = False
    waiting: int = 0
    next_goes: str = ""
    on_the_way: int = 0
    came_back: int = 0
    failed: int = 0
    unseen: int = 0
    unwritten: int = 0
    unwelcome: bool = False
    with_referees: int = 0
    to_practise: int = 0
    left_behind: int = 0
    put_off: int = 0
    open: int = 0
    briefs_open: int = 0
    asked: bool = False
    next_day: str = ""
    next_interview: str = ""
    elsewhere: bool = False

    @property
    def needing_her(self) -> int:
        """How many things here wait for her."""
        return self.open + self.came_back + self.failed + self.unseen + self.unwritten + self.briefs_open

    @property
    def needs_her(self) -> bool:
        return self.needing_her > 0


@dataclass(frozen=True, slots=True)
class Story:
    """The sentences by their place on the page; `letters` and `things` may be empty."""

    what: str
    letters: str
    things: str
    next: str

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(part for part in (self.what, self.letters, self.things, self.next) if part)


def story(closing: Closing, *, gettext: Gettext = gettext_noop, ngettext: Ngettext = plain_plural) -> Story:
    """What the page says about it: at most four sentences, of which the first and the last are always there."""
    what = gettext(HOW_IT_ENDED.get(closing.outcome, THAT_WAS_IT))
    # "K." and "Acme Ltd." bring their own full stop, where the sentence ends with them.
    company = closing.company.rstrip(".") if closing.outcome not in HOW_IT_ENDED else closing.company
    return Story(
        what.replace("{company}", company),
        _joined(_about_letters(closing, gettext, ngettext), "; "),
        _joined(_about_things(closing, gettext, ngettext), ", "),
        _about_next(closing, gettext, ngettext),
    )


def sentences(
    closing: Closing, *, gettext: Gettext = gettext_noop, ngettext: Ngettext = plain_plural
) -> tuple[str, ...]:
    """The same in a row."""
    return story(closing, gettext=gettext, ngettext=ngettext).sentences


def _number(number: int, gettext: Gettext) -> str:
    return gettext(NUMBERS[number]) if number < len(NUMBERS) else str(number)


def _joined(clauses: list[str], between: str) -> str:
    """Clauses as one sentence."""
    text = between.join(clauses)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _about_letters(closing: Closing, gettext: Gettext, ngettext: Ngettext) -> list[str]:
    said = []
    if closing.gone and closing.said:
        text = ngettext(
            "{number} note, gone {when}, with what you wanted to add",
            "{number} notes, the last gone {when}, with what you wanted to add",
            closing.gone,
        )
        said.append(text.format(number=_number(closing.gone, gettext), when=closing.last_gone))
    elif closing.gone:
        text = ngettext("{number} note, gone {when}", "{number} notes, the last gone {when}", closing.gone)
        said.append(text.format(number=_number(closing.gone, gettext), when=closing.last_gone))
    for number, text in (
        (
            closing.on_the_way,
            ngettext("{number} note is on its way", "{number} notes are on their way", closing.on_the_way),
        ),
        (
            closing.waiting,
            ngettext(
                "{number} note goes by itself {when}",
                "{number} notes go by themselves, the next {when}",
                closing.waiting,
            ),
        ),
        (closing.came_back, ngettext("{number} note came back", "{number} notes came back", closing.came_back)),
        (closing.failed, ngettext("{number} note did not go out", "{number} notes did not go out", closing.failed)),
        (
            closing.unseen,
            ngettext(
                "we can't see whether {number} note arrived",
                "we can't see whether {number} notes arrived",
                closing.unseen,
            ),
        ),
        (
            closing.unwritten,
            ngettext("{number} note is still to be sent", "{number} notes are still to be sent", closing.unwritten),
        ),
    ):
        if number:
            said.append(text.format(number=_number(number, gettext), when=closing.next_goes))
    if said:
        return said
    if closing.unwelcome:
        return [gettext("they asked not to be written to, so there was no note to send")]
    return [gettext("no note this time, and that is fine")]


def _about_things(closing: Closing, gettext: Gettext, ngettext: Ngettext) -> list[str]:
    """The first with its noun, the others without: "Two things left behind, one to practise"."""
    count = (closing.left_behind, closing.to_practise, closing.with_referees, closing.put_off)
    first = (
        ngettext("{number} thing left behind", "{number} things left behind", closing.left_behind),
        ngettext("{number} thing to practise", "{number} things to practise", closing.to_practise),
        ngettext("{number} thing with a referee", "{number} things with a referee", closing.with_referees),
        ngettext(
            "{number} thing to put right when you like", "{number} things to put right when you like", closing.put_off
        ),
    )
    other = (
        ngettext("{number} left behind", "{number} left behind", closing.left_behind),
        ngettext("{number} to practise", "{number} to practise", closing.to_practise),
        ngettext("{number} with a referee", "{number} with a referee", closing.with_referees),
        ngettext("{number} to put right when you like", "{number} to put right when you like", closing.put_off),
    )
    said: list[str] = []
    for number, with_noun, without in zip(count, first, other, strict=True):
        if number:
            said.append((without if said else with_noun).format(number=_number(number, gettext)))
    return said


def _about_next(closing: Closing, gettext: Gettext, ngettext: Ngettext) -> str:
    if closing.needs_her:
        text = ngettext(
            "{number} thing here still waits for you.", "{number} things here still wait for you.", closing.needing_her
        ).format(number=_number(closing.needing_her, gettext))
        return text[0].upper() + text[1:]
    if closing.asked:
        return gettext("Only one question is left: have you heard from them?")
    if closing.elsewhere:
        return gettext("Nothing more is needed here; the rest stands on Today.")
    if closing.next_day and closing.next_interview:
        text = gettext("Nothing needs you before {day}, your interview at {company}.")
        return text.replace("{day}", closing.next_day).replace("{company}", closing.next_interview.rstrip("."))
    if closing.next_day:
        return gettext("Nothing needs you before {day}.").replace("{day}", closing.next_day)
    return gettext("Nothing needs you now.")
