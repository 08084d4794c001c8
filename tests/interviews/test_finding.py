"""What is written down and what is typed are made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.finding import LONGEST_TERM, MOST_TERMS, fold, terms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café Rouge", "cafe rouge"),
        ("  Kijani\n Foods\t", "kijani foods"),
        ("O’Neil", "oneil"),
        ("O'NEIL", "oneil"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Ørsted Æon", "orsted aeon"),
        ("İstanbul", "istanbul"),
        ("ｗｉｄｅ", "wide"),
        ("a\x00b\u200bc", "a b c"),
        ("100 %_\\", "100 %_\\"),
        ("日本", "日本"),
    ],
)
def test_case_accents_and_quotes_do_not_count(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_every_text_is_found_by_itself(text):
    assert [word for word in terms(text) if word not in fold(text)] == []


@given(st.text(max_size=5000))
def test_a_search_stays_small(text):
    found = terms(text)
    assert (len(found) <= MOST_TERMS, all(0 < len(word) <= LONGEST_TERM for word in found)) == (True, True)


def test_words_said_twice_are_looked_for_once():
    assert terms("“kijani Kijani” foods") == ["kijani", "foods"]
