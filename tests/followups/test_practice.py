"""The pure part of practising: questions, lines, likeness, what is asked after an interview, and when something has held."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followups import practice
from followups.practice import CAME_BACK, HELD, NOT_THERE, Practised, Source
from interviews.models import Mistake

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KINDS = Mistake.Kind.values
kinds = pytest.mark.parametrize("kind", [*KINDS, ""])
texts = st.text(max_size=60)
sources = st.builds(
    lambda kind, requirement, topic, title: Source(kind=kind, requirement=requirement, topic=topic, title=title),
    st.sampled_from([*KINDS, ""]), texts, texts, texts,
)  # fmt: skip


def test_every_kind_has_its_words():
    assert set(practice.QUESTIONS) == set(practice.TO_DO) == set(practice.FAMILIES) | {""} == {*KINDS, ""}


@kinds
def test_the_question_is_about_the_must_have_then_the_topic(kind):
    both = Source(kind=kind, requirement="Writes every week.", topic="newsletters", title="I blanked")
    topic = Source(kind=kind, topic="newsletters", title="I blanked")
    nothing = practice.question_for(Source(kind=kind))

    asked = [practice.question_for(each) for each in (both, topic)]

    assert ["“Writes every week”" in asked[0], "“newsletters”" in asked[1]] == [True, True]
    assert "{" not in nothing and nothing.endswith(("?", "."))


@kinds
def test_what_to_do_never_repeats_what_went_wrong(kind):
    line = practice.to_do(Source(kind=kind or "weak_answer", title="I made a fool of myself"))

    assert "fool" not in line and line.endswith(".")


@given(sources)
def test_any_source_has_a_question_and_a_line(source):
    assert practice.question_for(source) and practice.to_do(source).strip()


def test_braces_of_hers_stay():
    assert practice.question_for(Source(topic="{about}")) == practice.QUESTIONS[""].about


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        # The same must-have, however it went.
        (Source(kind="omitted_information", requirement="Excel"), Source(kind="technical_error", requirement=" excel"), True),
        (Source(kind="weak_answer", topic="Excel formulas"), Source(kind="technical_error", topic="formulas in Excel"), True),
        (Source(kind="weak_answer", topic="writing"), Source(kind="weak_answer", topic="waiting"), False),
        # The same words, but another thing to practise.
        (Source(kind="weak_answer", topic="my last boss"), Source(kind="regretted_remark", topic="my last boss"), False),
        (Source(kind="weak_answer"), Source(kind="weak_answer"), False),
        (Source(title="Say numbers"), Source(title="Say the numbers"), True),
    ],
)  # fmt: skip
def test_what_is_alike(one, other, alike):
    assert (practice.are_alike(one, other), practice.are_alike(other, one)) == (alike, alike)


@given(sources, sources)
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= practice.likeness(one, other) == practice.likeness(other, one) <= 1


def test_pairs_come_the_most_alike_first_and_not_those_kept_apart():
    lessons = [
        (1, Source(topic="Excel formulas")),
        (2, Source(topic="formulas in Excel")),
        (3, Source(topic="Excel formulas")),
        (4, Source(topic="the weather")),
    ]

    assert practice.pairs_to_join(lessons) == [(1, 3), (1, 2), (2, 3)]
    assert practice.pairs_to_join(lessons, apart=[frozenset((3, 1))]) == [(1, 2), (2, 3)]


def lesson(number, *, days_ago, **more):
    return Practised(id=number, taken_at=NOON - timedelta(days=days_ago), **more)


def test_at_most_three_are_asked_near_ones_first_then_the_oldest():
    lessons = [lesson(1, days_ago=1), lesson(2, days_ago=9), lesson(3, days_ago=5), lesson(4, days_ago=2, is_near=True)]

    assert practice.choose_to_ask(lessons, ended_at=NOON) == [4, 2, 3]
    assert practice.choose_to_ask(lessons, ended_at=NOON, answered=2) == [4]
    assert practice.choose_to_ask(lessons, ended_at=NOON, answered=4) == []


def test_what_could_not_have_held_is_not_asked():
    lessons = [lesson(1, days_ago=0), lesson(2, days_ago=-1), lesson(3, days_ago=3, is_from_here=True)]

    assert practice.choose_to_ask(lessons, ended_at=NOON) == []


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        ([], False),
        ([HELD], False),
        ([HELD, HELD], True),
        ([HELD, NOT_THERE, HELD], True),
        ([HELD, CAME_BACK, HELD], False),
        ([HELD, HELD, CAME_BACK], False),
        ([CAME_BACK, HELD, NOT_THERE, HELD], True),
    ],
)
def test_held_twice_since_it_last_came_back(answers, held):
    assert practice.has_held(answers) is held
