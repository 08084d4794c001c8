"""The words of the closing page."""

from followups.closing import Closing, sentences


def words(**facts):
    return " ".join(sentences(Closing(company="K.", **facts)))


def test_the_page_of_the_design():
    text = words(
        notes_gone=1,
        last_gone="Saturday 21 November 2026, 08:30 Nairobi",
        left_behind=2,
        next_day="Wednesday 25 November",
    )
    assert text == (
        "That was the interview at K. One note, gone Saturday 21 November 2026, 08:30 Nairobi. Two things left behind. "
        "Nothing needs you before Wednesday 25 November."
    )


def test_several_notes_name_the_last():
    text = words(notes_gone=3, last_gone="Monday", said=1)
    assert text == (
        "That was the interview at K. Three notes, the last gone Monday. What you wanted to add is in them. "
        "Nothing needs you now."
    )


def test_what_was_taken_up_is_told_before_what_was_left():
    text = words(notes_gone=1, last_gone="Monday", with_referees=1, to_practise=2, left_behind=1)
    assert text == (
        "That was the interview at K. One note, gone Monday. One thing is with a referee. Two things to practise. "
        "One thing left behind. Nothing needs you now."
    )


def test_a_note_that_waits_for_its_time_needs_nobody():
    text = words(notes_waiting=1, next_goes="Saturday", next_day="Wednesday")
    assert text == (
        "That was the interview at K. One note goes by itself Saturday. Nothing needs you before Wednesday."
    )


def test_where_writing_is_unwelcome_no_note_is_missed():
    text = words(writing_unwelcome=True, left_behind=1)
    assert text == (
        "That was the interview at K. They asked not to be written to, so there was no note to send. "
        "One thing left behind. Nothing needs you now."
    )


def test_no_note_is_fine():
    assert words() == "That was the interview at K. No note this time, and that is fine. Nothing needs you now."


def test_something_that_waits_is_said_plainly():
    text = words(still_open=1, notes_unfinished=1)
    assert text == "That was the interview at K. Two things here still wait for you."


def test_another_interview_that_needs_her_is_not_denied():
    text = words(notes_gone=1, last_gone="Monday", elsewhere=True, next_day="Wednesday")
    assert text == "That was the interview at K. One note, gone Monday. Nothing more is needed here."


def test_many_things_are_counted_in_figures():
    assert "12 things left behind." in words(left_behind=12)


def test_it_speaks_the_readers_language():
    swahili = {"That was the interview at {company}.": "Hayo yalikuwa mahojiano ya {company}.", "one": "moja"}
    text = sentences(
        Closing(company="K.", left_behind=1, notes_gone=1, last_gone="Jumatatu"),
        gettext=lambda message: swahili.get(message, message),
        ngettext=lambda one, many, number: "jambo {number}" if "left" in one else one,
    )
    assert text == (
        "Hayo yalikuwa mahojiano ya K.",
        "Moja note, gone Jumatatu.",
        "Jambo moja",
        "Nothing needs you now.",
    )
