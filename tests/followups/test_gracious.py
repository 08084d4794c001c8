"""Three kind lines after a no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followups.drafting import Material, Reader
from followups.gracious import LONGEST, reply
from followups.note_check import check_note

STAYED = "how the newsletter went from eight readers to eight thousand."


def lines(**facts):
    """Those between greeting and sign-off."""
    return reply(Material(writer="Achieng Otieno", **facts)).body.split("\n\n")[1].split("\n")


def test_it_is_three_lines_of_which_one_is_hers():
    answer = reply(Material(reader_name="Grace Kamau", writer="Achieng Otieno", role="Editor", stayed_with_me=STAYED))
    assert answer.subject == "Thank you for letting me know: Editor"
    assert answer.body == (
        "Dear Grace Kamau,\n\n"
        "Thank you for letting me know, and for the time you took.\n"
        f"What stays with me: {STAYED}\n"
        "I wish you and whoever joins you a good start.\n\n"
        "Kind regards,\nAchieng Otieno\n"
    )


def test_her_line_ends_as_a_sentence():
    assert lines(stayed_with_me="the ten-minute huddle")[1] == "What stays with me: the ten-minute huddle."
    assert lines(stayed_with_me="What a start!")[1] == "What stays with me: What a start!"


@pytest.mark.parametrize("stayed", ["", "  \n ", "word " * LONGEST])
def test_without_a_line_of_hers_it_is_two(stayed):
    assert len(lines(stayed_with_me=stayed)) == 2


def test_whoever_is_not_known_is_not_guessed():
    assert reply(Material(reader=Reader.NOBODY)).body.startswith("Hello,\n")


def test_the_note_check_finds_nothing_in_it():
    body = reply(Material(reader_name="Grace Kamau", writer="Achieng Otieno", stayed_with_me=STAYED)).body
    assert [found.code for found in check_note(body) if found.severity == "error"] == []


@given(st.text(max_size=400), st.text(max_size=80), st.text(max_size=80))
def test_her_words_are_never_read_as_a_template(stayed, role, name):
    answer = reply(Material(reader_name=name, role=role, stayed_with_me=stayed, writer="A"))
    words = " ".join(stayed.split())
    if 0 < len(words) <= LONGEST:
        assert f"What stays with me: {words}" in answer.body
    assert 2 <= len(lines(stayed_with_me=stayed)) <= 3
