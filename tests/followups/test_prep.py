"""What fits on one page."""

from hypothesis import given
from hypothesis import strategies as st

from followups import prep
from followups.prep import MustHave, Sheet

texts = st.text(max_size=400)
many = st.lists(texts, max_size=30).map(tuple)
rows = st.lists(st.builds(MustHave, texts, texts, texts), max_size=30).map(tuple)
sheets = st.builds(
    lambda people, say, practise, musts, well, links, jottings: Sheet(people, say, practise, musts, well, links, jottings),
    many, many, many, rows, many, many, texts,
)  # fmt: skip


@given(sheets)
def test_any_sheet_fits_and_fitting_again_changes_nothing(sheet):
    fits = prep.fit(sheet)

    lines = [*fits.people, *fits.say_there, *fits.practise, *fits.went_well, *(row.text for row in fits.must_haves)]
    assert {part: len(getattr(fits, part)) <= most for part, most in prep.LINES.items()} == dict.fromkeys(
        prep.LINES, True
    )
    assert max(map(len, lines), default=0) <= prep.LONGEST and len(fits.jottings) <= prep.MOST_JOTTINGS
    assert prep.fit(fits) == fits


def test_lines_are_cut_at_a_word_and_stand_once():
    long = "Wrote the newsletter every week, " * 10

    fits = prep.fit(Sheet(went_well=("They laughed.", " They  laughed.", long)))

    assert fits.went_well[0] == "They laughed." and len(fits.went_well) == 2
    assert fits.went_well[1].endswith("…") and long.startswith(fits.went_well[1][:-1])


def test_must_haves_with_evidence_stay_where_there_are_too_many():
    sheet = Sheet(must_haves=(*(MustHave(f"Skill {n}") for n in range(8)), MustHave("Excel", "The stock list of 2024")))

    fits = prep.fit(sheet)

    assert len(fits.must_haves) == 6 and fits.must_haves[-1].text == "Excel"


def test_the_same_must_have_of_two_rounds_is_one():
    sheet = Sheet(must_haves=(MustHave("Excel"), MustHave("excel", "The stock list", "it never came up")))

    assert prep.fit(sheet).must_haves == (MustHave("Excel", "The stock list", "it never came up"),)


def test_addresses_in_a_text():
    text = "Room 4. Link: https://meet.example/abc?x=1, or www.example.org/room."

    assert prep.links_in(text) == ("https://meet.example/abc?x=1", "www.example.org/room")
    assert " ".join(prep.without_links(text).split()) == "Room 4. Link: or"


def test_nothing_is_empty():
    assert (Sheet().is_empty, Sheet(jottings="Room 4").is_empty) == (True, False)
