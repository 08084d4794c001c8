"""One line typed in a lift, and that no word of it is lost."""

from dataclasses import asdict
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.quick_line import MAX_COMPANY, Line, read_line

NOW = datetime(2026, 11, 18, 16, 40)  # noqa: DTZ001 - her wall; a Wednesday


def at(day, clock):
    return datetime.fromisoformat(f"2026-{day}T{clock}")


LINES = {
    "K Books": Line("K Books"),
    "K Books just now": Line("K Books"),
    "K Books just now, decide Monday": Line("K Books", decision_on=date(2026, 11, 23)),
    "K Books just now decide Monday": Line("K Books", decision_on=date(2026, 11, 23)),
    "interview at K Books, just now": Line("K Books"),
    "just now, K Books": Line("K Books"),
    "K Books today": Line("K Books"),
    "K Books at 15:30": Line("K Books", ends_wall=at("11-18", "15:30")),
    "K Books 15:30-16:15": Line("K Books", starts_wall=at("11-18", "15:30"), ends_wall=at("11-18", "16:15")),
    "K Books at 3.30 pm": Line("K Books", ends_wall=at("11-18", "15:30")),
    "K Books at 16:45": Line("K Books", ends_wall=at("11-18", "16:40")),
    "K Books at 18:00": Line(
        "K Books", is_planned=True, starts_wall=at("11-18", "18:00"), ends_wall=at("11-18", "19:00")
    ),
    "K Books yesterday 14:00": Line("K Books", ends_wall=at("11-17", "14:00")),
    "K Books yesterday": Line("K Books", ends_wall=at("11-17", "17:00"), assumed=("time",)),
    "K Books tomorrow 10:00": Line(
        "K Books", is_planned=True, starts_wall=at("11-19", "10:00"), ends_wall=at("11-19", "11:00")
    ),
    "K Books, tomorrow at 10": Line(
        "K Books", is_planned=True, starts_wall=at("11-19", "10:00"), ends_wall=at("11-19", "11:00")
    ),
    "K Books tomorrow": Line(
        "K Books", is_planned=True, starts_wall=at("11-19", "09:00"), ends_wall=at("11-19", "10:00"), assumed=("time",)
    ),
    "K Books last Monday at 9am": Line("K Books", ends_wall=at("11-16", "09:00")),
    "K Books on Friday 12:30": Line(
        "K Books", is_planned=True, starts_wall=at("11-20", "12:30"), ends_wall=at("11-20", "13:30")
    ),
    "K Books 2 Dec 10:00": Line(
        "K Books", is_planned=True, starts_wall=at("12-02", "10:00"), ends_wall=at("12-02", "11:00")
    ),
    "K Books, they decide today": Line("K Books", decision_on=date(2026, 11, 18)),
    "K Books, decide this week": Line("K Books", decision_on=date(2026, 11, 20)),
    "K Books, decide next week": Line("K Books", decision_on=date(2026, 11, 27)),
    "K Books, decision by 12 Dec": Line("K Books", decision_on=date(2026, 12, 12)),
    "K Books, decide 12.12.": Line("K Books", decision_on=date(2026, 12, 12)),
    "K Books, decide 2026-12-12 15:00": Line("K Books", decision_on=date(2026, 12, 12), decision_time=time(15)),
    "K Books, decide 3 Jan": Line("K Books", decision_on=date(2027, 1, 3)),
    "K Books sasa hivi, wanaamua Jumatatu": Line("K Books", decision_on=date(2026, 11, 23)),
    # What is not understood stays.
    "K Books, decide soon": Line("K Books", notes="decide soon"),
    "K Books, decide 31 Feb": Line("K Books", notes="decide 31 Feb"),
    "K Books, decide yesterday": Line("K Books", notes="decide yesterday"),
    "K Books, just now, Grace was kind": Line("K Books", notes="Grace was kind"),
    "USA Today just now": Line("USA Today"),
    "Monday.com": Line("Monday.com"),
    "Just Eat at 25:00": Line("Just Eat at 25:00"),
    "tomorrow": Line("tomorrow"),
    "K Books grace@kbooks.example just now": Line("K Books", notes="grace@kbooks.example"),
    "Müller & Söhne – just now": Line("Müller & Söhne"),
    "": Line(""),
}


@pytest.mark.parametrize("text", LINES)
def test_what_a_line_says(text):
    assert asdict(read_line(text, now=NOW)) == asdict(LINES[text])


def test_a_name_that_is_too_long_is_kept_whole_among_the_jottings():
    text = "word " * 40
    line = read_line(text, now=NOW)
    assert (line.company, line.notes) == (" ".join(["word"] * 16), text.strip())


WORDS = st.sampled_from(
    "K Books just now , at 15:30 3pm yesterday tomorrow Monday last on decide they by 12 Dec 12.12. 10:00-11:00 31 Feb - ; 9999-12-31 0000-00-00 saa".split()  # noqa: SIM905
)


@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_line_is_read_and_keeps_its_words(text):
    line = read_line(text, now=NOW)
    assert len(line.company) <= MAX_COMPANY
    if line.ends_wall and line.starts_wall:
        assert line.starts_wall < line.ends_wall
    if line.ends_wall and not line.is_planned:
        assert line.ends_wall.date() <= NOW.date()
    if line.decision_on:
        assert line.decision_on >= NOW.date()


@given(
    st.lists(
        st.sampled_from(["Kijani", "Foods", "kind", "people", "ſtrange", "x@y.example", ","]), min_size=1, max_size=60
    )
)
def test_words_that_mean_no_time_are_all_kept(words):
    line = read_line(" ".join(words), now=NOW)
    assert set(" ".join(words).replace(",", " ").split()) == set(f"{line.company} {line.notes}".split())


def test_a_long_line_is_read_in_one_pass(monkeypatch):
    """Only the last words are tried as times, however long the line is."""
    tried = []
    read = "interviews.quick_line._read"
    from interviews import quick_line  # noqa: PLC0415

    whole = quick_line._read
    monkeypatch.setattr(read, lambda words, found, now: tried.append(len(words)) or whole(words, found, now))
    read_line("word " * 10_000, now=NOW)
    assert len(tried) <= 26
