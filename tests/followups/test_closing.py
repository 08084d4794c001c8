"""The words of the closing page."""

import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followups.closing import HOW_IT_ENDED, Closing, sentences, story


def words(**facts):
    return " ".join(sentences(Closing(company="K.", **facts)))


def test_the_page_of_the_design():
    text = words(
        gone=1, last_gone="Saturday 21 November 2026, 08:30 Nairobi", left_behind=2, next_day="Wednesday 25 November"
    )
    assert text == (
        "That was the interview at K. One note, gone Saturday 21 November 2026, 08:30 Nairobi. Two things left behind. "
        "Nothing needs you before Wednesday 25 November."
    )


@pytest.mark.parametrize(
    ("facts", "letters"),
    [
        ({"gone": 1, "said": True}, "One note, gone Monday, with what you wanted to add."),
        ({"gone": 3}, "Three notes, the last gone Monday."),
        ({"gone": 1, "waiting": 1}, "One note, gone Monday; one note goes by itself Saturday."),
        ({"waiting": 2}, "Two notes go by themselves, the next Saturday."),
        ({"on_the_way": 1}, "One note is on its way."),
        ({"came_back": 1}, "One note came back."),
        ({"gone": 1, "failed": 1}, "One note, gone Monday; one note did not go out."),
        ({"unseen": 1}, "We can't see whether one note arrived."),
        ({"unwritten": 1}, "One note is still to be sent."),
        ({}, "No note this time, and that is fine."),
        ({"unwelcome": True}, "They asked not to be written to, so there was no note to send."),
        ({"unwelcome": True, "gone": 1}, "One note, gone Monday."),
    ],
)
def test_the_letters(facts, letters):
    assert story(Closing(company="K.", last_gone="Monday", next_goes="Saturday", **facts)).letters == letters


@pytest.mark.parametrize(
    ("facts", "things"),
    [
        ({}, ""),
        ({"left_behind": 1}, "One thing left behind."),
        ({"left_behind": 12}, "12 things left behind."),
        (
            {"left_behind": 2, "to_practise": 1, "with_referees": 1},
            "Two things left behind, one to practise, one with a referee.",
        ),
        ({"to_practise": 2}, "Two things to practise."),
        ({"put_off": 1}, "One thing to put right when you like."),
    ],
)
def test_what_became_of_each_thing(facts, things):
    assert story(Closing(company="K.", **facts)).things == things


@pytest.mark.parametrize(
    ("facts", "last"),
    [
        ({}, "Nothing needs you now."),
        ({"next_day": "Wednesday"}, "Nothing needs you before Wednesday."),
        (
            {"next_day": "Wednesday", "next_interview": "L."},
            "Nothing needs you before Wednesday, your interview at L.",
        ),
        (
            {"next_day": "Wednesday", "elsewhere": True},
            "Nothing more is needed here; the rest stands on Today.",
        ),
        ({"asked": True, "elsewhere": True}, "Only one question is left: have you heard from them?"),
        ({"open": 1, "failed": 1, "asked": True}, "Two things here still wait for you."),
        ({"briefs_open": 1}, "One thing here still waits for you."),
    ],
)
def test_what_is_next(facts, last):
    assert story(Closing(company="K.", **facts)).next == last


@pytest.mark.parametrize(
    ("outcome", "first"),
    [
        ("none", "That was the interview at K."),
        ("offer", "That was the interview at K., and they made you an offer."),
        ("rejected", "That was the interview at K., and it was a no."),
        ("next_round", "That was the interview at K., and you meet again."),
        ("withdrawn", "That was the interview at K., and you withdrew."),
        ("closed", "That was the interview at K., and the search was closed."),
    ],
)
def test_how_it_ended(outcome, first):
    assert story(Closing(company="K.", outcome=outcome)).what == first


FEW = st.integers(0, 12)
CLOSINGS = st.builds(
    Closing,
    company=st.sampled_from(["K.", "Acme Ltd.", "Savanna Books", "{number} {when}", "%(x)s", "."]),
    outcome=st.sampled_from(["none", *HOW_IT_ENDED]),
    last_gone=st.just("Monday"),
    next_goes=st.just("Saturday"),
    next_day=st.sampled_from(["", "Wednesday"]),
    next_interview=st.sampled_from(["", "L. {day}"]),
    said=st.booleans(),
    unwelcome=st.booleans(),
    asked=st.booleans(),
    elsewhere=st.booleans(),
    **{field.name: FEW for field in fields(Closing) if field.type is int},
)


@given(CLOSINGS)
def test_in_every_state_three_sentences_and_what_is_next(closing):
    told = story(closing)
    assert 2 <= len(told.sentences) <= 4
    for sentence in told.sentences:
        assert sentence[0] == sentence[0].upper()
        assert sentence[-1] in ".?"
    assert told.letters
    assert closing.company.rstrip(".") in told.what


@given(CLOSINGS)
def test_it_never_says_that_nothing_needs_her_while_something_does(closing):
    told = story(closing)
    troubled = closing.open or closing.came_back or closing.failed or closing.unseen or closing.unwritten
    needs = bool(troubled or closing.briefs_open)
    assert closing.needs_her == needs
    assert ("Nothing needs you" in told.next) == (not needs and not closing.asked and not closing.elsewhere)
    assert ("still wait" in told.next) == needs
    letters = ("gone", "waiting", "on_the_way", "came_back", "failed", "unseen", "unwritten")
    there_are_none = not any(getattr(closing, name) for name in letters)
    assert ("no note" in told.letters.lower()) == there_are_none
    for trouble, phrase in (("came_back", "came back"), ("failed", "did not go out"), ("unseen", "we can't see")):
        assert (phrase in told.letters.lower()) == bool(getattr(closing, trouble))


@given(CLOSINGS)
def test_no_word_of_blame(closing):
    text = " ".join(sentences(closing)).lower()
    assert not re.search(r"\b(mistakes?|failed|wrong|only (?!one question)|sorry|should|must|overdue|late)\b", text)


def test_it_speaks_the_readers_language():
    swahili = {"That was the interview at {company}.": "Hayo yalikuwa mahojiano ya {company}.", "one": "moja"}
    text = sentences(
        Closing(company="K.", left_behind=1, gone=1, last_gone="Jumatatu"),
        gettext=lambda message: swahili.get(message, message),
        ngettext=lambda one, many, number: "jambo {number}" if "left" in one else one,
    )
    assert text == (
        "Hayo yalikuwa mahojiano ya K.",
        "Moja note, gone Jumatatu.",
        "Jambo moja.",
        "Nothing needs you now.",
    )
