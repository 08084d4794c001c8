"""What a referee reads: her words as she wrote them, few of ours, and never more than two sentences."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followups import briefing
from followups.briefing import Material
from followups.note_check import count_sentences

LYDIA = Material(
    referee="Lydia Were",
    writer="Achieng Otieno",
    skill="Writing every week",
    project="the reading-room newsletter",
    words="During my internship I wrote three posts a week.",
    job="the Content manager role at Savanna Books",
    who_may_ring="Grace Kamau of Savanna Books",
)
LINK = "https://afterword.example/referee/…/"
ONLY = "They asked us not to contact them, so please speak of it only if they call you."
words = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=200)


def test_the_letter_names_one_thing_and_asks_for_nothing():
    assert briefing.letter(LYDIA, link=LINK).split("\n\n") == [
        "Dear Lydia Were,",
        "Thank you for being ready to speak for me. I have had an interview for the Content manager role at Savanna Books, "
        "and Grace Kamau of Savanna Books may ring you.",
        "If they do, this is the one thing I hope you can mention: Writing every week. "
        "What shows it: the reading-room newsletter.",
        "During my internship I wrote three posts a week.",
        "You need not answer this. If you would rather not, or want no more mail like this, one click is enough on a page "
        f"for you alone:\n{LINK}",
        "Kind regards,\nAchieng Otieno\n",
    ]


def test_the_message_for_her_phone_is_shorter_and_has_no_link():
    assert briefing.message(LYDIA).split("\n\n") == [
        "Hello Lydia Were, thank you for being ready to speak for me. I have had an interview for the Content manager role "
        "at Savanna Books, and Grace Kamau of Savanna Books may ring you.",
        "If they do, this is the one thing I hope you can mention: Writing every week. What shows it: the reading-room "
        "newsletter. During my internship I wrote three posts a week.",
        "You need not answer this.",
        "Achieng Otieno\n",
    ]


@pytest.mark.parametrize("text", [briefing.message, lambda material: briefing.letter(material, link=LINK)])
def test_where_contact_is_forbidden_it_says_only_if_they_call(text):
    assert (text(LYDIA).count(ONLY), text(replace(LYDIA, only_if_called=True)).count(ONLY)) == (0, 1)


def test_what_is_not_known_is_left_out():
    bare = Material(referee="Lydia", writer="Achieng", skill="Sums", words="I did them.")
    assert briefing.message(bare) == (
        "Hello Lydia, thank you for being ready to speak for me. I have had an interview, and they may ring you.\n\n"
        "If they do, this is the one thing I hope you can mention: Sums. I did them.\n\n"
        "You need not answer this.\n\nAchieng\n"
    )


@given(
    st.fixed_dictionaries(
        dict.fromkeys(["referee", "writer", "skill", "project", "words", "job", "who_may_ring"], words)
    )
)
def test_her_words_are_never_read_as_a_template(parts):
    filled = Material(**{**parts, "words": parts["words"] + " {job} %s {0}"})
    text = briefing.letter(filled, link=LINK)
    assert filled.words.strip() in text
    assert briefing.message(filled)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I ran it. It was 3.5 years! And more. Yes.", "I ran it. It was 3.5 years!"),
        ("One only", "One only"),
        ("", ""),
        ("  Spaced\n out.  Twice. Thrice.", "Spaced out. Twice."),
    ],
)
def test_at_most_two_sentences_are_taken_over(text, first):
    assert briefing.first_sentences(text) == first


@given(words)
def test_what_is_taken_over_is_never_too_long(text):
    assert not briefing.is_too_long(briefing.first_sentences(text))
    assert count_sentences(briefing.first_sentences(text)) <= 2


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("I wrote three posts a week.", []),
        ("I am so sorry that I forgot to say it.", ["apology"]),
        ("I was terrible at explaining my newsletter.", ["self_deprecation"]),
        ("I ran [the project] for a year.", ["placeholder"]),
    ],
)
def test_what_works_against_her_is_found(text, codes):
    assert [found.code for found in briefing.findings(text)] == codes


@pytest.mark.parametrize(
    ("decision_on", "last_day"),
    [
        (date(2026, 12, 10), date(2027, 2, 8)),
        (date(2026, 12, 1), date(2027, 1, 30)),
        (date(2026, 11, 30), date(2027, 1, 30)),  # past when it was sent: it counts from sending
        (None, date(2027, 1, 30)),
    ],
)
def test_the_link_lasts_sixty_days_from_the_decision_or_from_sending(decision_on, last_day):
    assert briefing.last_day_of_link(decision_on=decision_on, sent_on=date(2026, 12, 1)) == last_day


@pytest.mark.parametrize(
    ("was_called", "outcome", "text"),
    [
        (False, "offer", "Thank you for being ready to speak for me about the job. They have offered me the job."),
        (True, "none", "Thank you for speaking for me about the job."),
        (
            False,
            "rejected",
            "Thank you for being ready to speak for me about the job. They chose somebody else this time, and it was good "
            "to know you stood ready.",
        ),
    ],
)
def test_thanks_begin_with_how_it_ended(was_called, outcome, text):
    assert briefing.thanks_words(job="the job", was_called=was_called, outcome=outcome) == text
    assert not briefing.is_too_long(text)


def test_thanks_are_her_two_lines_and_a_name():
    thanks = replace(LYDIA, words="Thank you for the call. I start in May.")
    assert briefing.thanks_letter(thanks) == (
        "Dear Lydia Were,\n\nThank you for the call. I start in May.\n\nKind regards,\nAchieng Otieno\n"
    )
    assert briefing.thanks_message(thanks) == (
        "Hello Lydia Were, thank you for the call. I start in May.\n\nAchieng Otieno\n"
    )
