"""First drafts: her words as she wrote them, and few of ours."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from followups.drafting import (
    Material,
    Reader,
    added,
    correction_letter,
    find,
    greeting,
    subject,
    thank_you_note,
    with_addition,
    without_addition,
)

GRACE = Material(
    reader_name="Grace Wanjiru",
    writer="Achieng Otieno",
    role="content manager",
    stayed_with_me="The reading room you described.",
    like_them_to_know="I would start with the archive.",
    topic="writing",
    addition="During my internship at ABC I wrote three blog posts a week.",
)
LINKED = (
    "When we spoke about writing, one thing I would add: during my internship at ABC I wrote three blog posts a week."
)
words = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=200)


def test_a_note_is_greeting_thanks_her_words_one_addition_and_sign_off():
    assert thank_you_note(GRACE).split("\n\n") == [
        "Dear Grace Wanjiru,",
        "Thank you for the conversation about the content manager role.",
        "The reading room you described.",
        "I would start with the archive.",
        LINKED,
        "Kind regards,\nAchieng Otieno\n",
    ]


def test_what_she_has_not_written_is_left_out():
    assert (
        thank_you_note(Material(writer="Achieng"))
        == "Hello,\n\nThank you for the conversation.\n\nKind regards,\nAchieng\n"
    )


@pytest.mark.parametrize(
    ("addition", "ends"),
    [
        ("My thesis was on this.", "add: my thesis was on this."),
        ("I ran the shop.", "add: I ran the shop."),
        ("ABC was my employer.", "add: ABC was my employer."),
        ("Kisumu is where I did it.", "add: Kisumu is where I did it."),
        ("IN 2024 I led it.", "add: IN 2024 I led it."),
        ("A team of six reported to me.", "add: a team of six reported to me."),
        ("  two\nlines  ", "add: two lines"),
    ],
)
def test_a_small_first_word_goes_on_in_lower_case(addition, ends):
    assert added(Material(topic="it", addition=addition)).endswith(ends)


def test_without_a_topic_it_stands_alone():
    assert added(Material(addition="I ran the shop.")) == "One thing I would add: I ran the shop."
    assert added(Material(topic="shops")) == ""


@pytest.mark.parametrize(
    ("material", "first"),
    [
        (Material(reader=Reader.PANEL, met=("A. Kip", "B. Lang", "C. Mo")), "Dear A. Kip, B. Lang and C. Mo,"),
        (Material(reader=Reader.PANEL, met=tuple("ABCDE")), "Dear all,"),
        (Material(reader=Reader.PANEL, reader_name="the panel"), "Dear all,"),
        (Material(reader=Reader.NOBODY), "Hello,"),
        (Material(reader=Reader.HR, reader_name="Ms Njeri"), "Dear Ms Njeri,"),
    ],
)
def test_the_greeting_fits_the_reader(material, first):
    assert greeting(material) == first


def test_hr_and_recruiters_are_asked_to_pass_it_on():
    text = thank_you_note(Material(reader=Reader.RECRUITER, reader_name="Ali", met=("Grace", "Peter"), role="editor"))
    assert "Thank you for arranging the interview." in text
    assert "Please pass this on to Grace and Peter." in text
    assert "Please pass this on to the people who interviewed me." in thank_you_note(Material(reader=Reader.HR))


def test_a_correction_letter_has_the_fact_and_nothing_around_it():
    assert correction_letter(GRACE).split("\n\n")[1:-1] == [
        "When we spoke about writing, the fact I would like you to have is this: "
        "during my internship at ABC I wrote three blog posts a week."
    ]


def test_subjects():
    assert (subject(GRACE), subject(Material()), subject(GRACE, is_correction=True)) == (
        "Thank you: content manager",
        "Thank you",
        "After our conversation",
    )


@given(words, words, words, words)
def test_her_words_are_never_read_as_a_template(stayed, know, topic, addition):
    material = Material(
        reader_name="{role} %s {0}", writer="{writer}", role="{addition}", stayed_with_me=stayed, like_them_to_know=know
    )
    text = thank_you_note(material)
    assert stayed.strip() in text
    assert know.strip() in text
    assert "Dear {role} %s {0}," in text
    assert "the {addition} role" in text
    linked = added(Material(topic="{addition}", addition=addition + " {topic} {company}"))
    assert "{addition}" in linked
    assert "{topic} {company}" in linked


@example("", "A")  # stands in "Thank", too
@given(words, words)
def test_what_is_put_in_can_be_taken_out(topic, addition):
    note = thank_you_note(Material(writer="Achieng", stayed_with_me="The lake."))
    paragraph = added(Material(topic=topic, addition=addition))
    longer = with_addition(note, paragraph)
    if not paragraph:
        assert longer == note
        return
    assert find(longer, addition) is not None
    assert find(without_addition(longer, addition), paragraph) is None


def test_taken_out_with_its_lead_in_from_a_text_she_has_changed():
    text = (
        thank_you_note(GRACE)
        .replace("\n\nWhen we spoke", " It was warm. When we spoke")
        .replace("three blog", "three\nblog")
    )
    left = without_addition(text, GRACE.addition)
    assert "It was warm.\n\nKind regards," in left
    assert "spoke" not in left
    assert without_addition(text, "Something else.") is None
    assert without_addition(text, " ") is None


def test_put_in_before_the_sign_off():
    note = thank_you_note(Material(writer="Achieng"))
    assert with_addition(note, "More.") == note.replace("\n\nKind", "\n\nMore.\n\nKind")
    assert with_addition("Hello,\n\nThank you.\n\nBest,\nA", "More.") == "Hello,\n\nThank you.\n\nMore.\n\nBest,\nA\n"
    assert with_addition("Thanks.", "") == "Thanks."
