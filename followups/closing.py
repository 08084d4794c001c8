"""The words of the closing page: what was done about one interview, and that nothing else is due.

Pure: values in, sentences out. It counts nothing that could scold: no visits, no hours, no things left open longer
than others. `gettext` and `ngettext` are those of whoever shows it.
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


def plain_plural(one: str, many: str, number: int) -> str:
    """English without a catalogue."""
    return one if number == 1 else many


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What there is to say about one interview. Times and days come printed.

    `notes_gone` with `last_gone` (the moment of the last), `notes_waiting` for their time with `next_goes`,
    `notes_unfinished` that need her; `said`: things that stand in a note that is out; `with_referees`, `to_practise`,
    `left_behind`: settled things; `still_open`: things that wait for her; `put_off`: statements she will put right when she likes;
    `next_day`: the first day on which something may be asked of her again, "" if none is known; `elsewhere`: another interview
    needs her before that; `to_thank`: the names of referees who stood ready and have not been thanked, once it is known how it ended.
    """

    company: str
    notes_gone: int = 0
    last_gone: str = ""
    notes_waiting: int = 0
    next_goes: str = ""
    notes_unfinished: int = 0
    writing_unwelcome: bool = False
    said: int = 0
    with_referees: int = 0
    to_practise: int = 0
    left_behind: int = 0
    still_open: int = 0
    put_off: int = 0
    next_day: str = ""
    elsewhere: bool = False
    to_thank: tuple[str, ...] = ()

    @property
    def needs_her(self) -> bool:
        return bool(self.still_open or self.notes_unfinished)


def sentences(
    closing: Closing, *, gettext: Gettext = gettext_noop, ngettext: Ngettext = plain_plural
) -> tuple[str, ...]:
    """The page's text, a sentence each: the interview, the notes, what became of each thing, and what is next."""
    parts = (
        # "K." and "Acme Ltd." bring their own full stop.
        gettext("That was the interview at {company}.").format(company=closing.company.rstrip(".")),
        *_about_notes(closing, gettext, ngettext),
        *_about_things(closing, gettext, ngettext),
        *_about_thanks(closing, gettext),
        _about_next(closing, gettext, ngettext),
    )
    return tuple(part[0].upper() + part[1:] for part in parts)


def _number(number: int, gettext: Gettext) -> str:
    return gettext(NUMBERS[number]) if number < len(NUMBERS) else str(number)


def _about_notes(closing: Closing, gettext: Gettext, ngettext: Ngettext) -> list[str]:
    said = []
    gone, waiting = closing.notes_gone, closing.notes_waiting
    if gone:
        text = ngettext("{number} note, gone {when}.", "{number} notes, the last gone {when}.", gone)
        said.append(text.format(number=_number(gone, gettext), when=closing.last_gone))
    if closing.said:
        text = ngettext("What you wanted to add is in it.", "What you wanted to add is in them.", max(gone, 1))
        said.append(text)
    if waiting:
        text = ngettext(
            "{number} note goes by itself {when}.", "{number} notes go by themselves, the next {when}.", waiting
        )
        said.append(text.format(number=_number(waiting, gettext), when=closing.next_goes))
    if said or closing.notes_unfinished:
        return said
    if closing.writing_unwelcome:
        return [gettext("They asked not to be written to, so there was no note to send.")]
    return [] if closing.still_open else [gettext("No note this time, and that is fine.")]


def _about_things(closing: Closing, gettext: Gettext, ngettext: Ngettext) -> list[str]:
    counted = (
        (
            closing.with_referees,
            ngettext("{number} thing is with a referee.", "{number} things are with a referee.", closing.with_referees),
        ),
        (
            closing.to_practise,
            ngettext("{number} thing to practise.", "{number} things to practise.", closing.to_practise),
        ),
        (
            closing.left_behind,
            ngettext("{number} thing left behind.", "{number} things left behind.", closing.left_behind),
        ),
        (
            closing.put_off,
            ngettext(
                "{number} sentence to write, whenever you like.",
                "{number} sentences to write, whenever you like.",
                closing.put_off,
            ),
        ),
    )
    return [text.format(number=_number(number, gettext)) for number, text in counted if number]


def _about_thanks(closing: Closing, gettext: Gettext) -> list[str]:
    """Not owed, only a good end: so it stands before the last sentence, which says that nothing is due."""
    if not closing.to_thank:
        return []
    if len(closing.to_thank) == 1:
        return [
            gettext("{name} stood ready to speak for you; two lines of thanks would please them.").format(
                name=closing.to_thank[0]
            )
        ]
    return [gettext("Your referees stood ready to speak for you; two lines of thanks would please them.")]


def _about_next(closing: Closing, gettext: Gettext, ngettext: Ngettext) -> str:
    waiting = closing.still_open + closing.notes_unfinished
    if waiting:
        text = ngettext("{number} thing here still waits for you.", "{number} things here still wait for you.", waiting)
        return text.format(number=_number(waiting, gettext))
    if closing.elsewhere:
        return gettext("Nothing more is needed here.")
    if closing.next_day:
        return gettext("Nothing needs you before {day}.").format(day=closing.next_day)
    return gettext("Nothing needs you now.")
