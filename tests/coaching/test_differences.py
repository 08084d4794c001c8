"""Comparing two texts takes no longer than reading them, whatever somebody typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.differences import differences, parts, taken

LETTERS = st.lists(st.sampled_from(["I", "liked", "loved", "the", "room", "\n\n", "😀", "שלום", "."]), max_size=30).map(
    " ".join
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 599, "a b " * 299),
        ("a " * 599, "a b " * 49),
        ("a " * 99, "a b " * 49),
        ("a " * 2000, "a b " * 1000),
        (" ".join(str(n % 60) for n in range(590)), " ".join(str(n * 7 % 60) for n in range(590))),
        (" ".join(str(n % 91) for n in range(590)), " ".join(str(n * n % 91) for n in range(590))),
    ],
)
def test_one_word_over_and_over_costs_no_more_than_a_letter(old, new):
    begun = time.process_time()
    pieces = differences(old, new)

    assert time.process_time() - begun < 2
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == new


def test_a_letter_of_usual_length_is_compared_word_by_word():
    letter = " ".join(f"word{n} and the" for n in range(66))

    assert [(piece.kind, piece.text) for piece in differences(letter, letter.replace("word40", "other"))][1:3] == [
        ("out", "word40"),
        ("in", "other"),
    ]


@given(LETTERS, LETTERS)
def test_none_of_the_changes_gives_the_old_text_and_all_of_them_the_new(old, new):
    found = parts(old, new)
    numbers = [part.number for part in found if part.number is not None]
    assert numbers == list(range(len(numbers)))
    assert taken(found, set()) == old
    assert taken(found, set(numbers)) == new


def test_each_change_is_taken_by_itself():
    found = parts("I liked the room. Thank you for it.", "I loved the room. Thank you for the tea.")
    assert [(part.gone, part.come) for part in found if part.number is not None] == [
        ("liked", "loved"),
        ("it.", "the tea."),
    ]
    assert taken(found, {0}) == "I loved the room. Thank you for it."
    assert taken(found, {1}) == "I liked the room. Thank you for the tea."
