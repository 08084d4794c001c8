"""Mistakes: five live ones at most, answers as given, a way back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.records import Conflict, Refused
from interviews import services
from interviews.models import Mistake
from tests.factories import InterviewFactory, MistakeFactory, RequirementFactory

TEXT = "I never mentioned my internship."


def record(interview, **fields):
    return services.record_mistake(
        interview, by=interview.candidate, **{"kind": "omitted_information", "text": TEXT, **fields}
    )


def test_the_first_takes_the_first_place(interview):
    mistake = record(interview, topic="writing")
    assert (mistake.status, mistake.place, mistake.answered) == ("open", 1, [])
    assert [(event.old, event.new) for event in mistake.events.all()] == [("", "open")]


def test_a_planned_interview_has_no_mistakes(candidate):
    with pytest.raises(Refused):
        record(InterviewFactory(candidate=candidate, status="planned"))


@pytest.mark.parametrize(("field", "value"), [("kind", "sin"), ("text", ""), ("text", "x" * 4001), ("topic", "a\nb")])
def test_bad_input_is_refused_at_its_field(interview, field, value):
    with pytest.raises(Refused) as refusal:
        record(interview, **{field: value})
    assert refusal.value.field == field


def test_another_one_opens_a_closed_interview_again(interview):
    type(interview).objects.update(closed_at=timezone.now())
    record(interview)
    interview.refresh_from_db()
    assert interview.closed_at is None


def test_what_is_dropped_is_of_the_same_interview(interview, candidate):
    other = record(InterviewFactory(candidate=candidate))
    with pytest.raises(Refused) as refusal:
        record(interview, drop=other)
    other.refresh_from_db()
    assert (refusal.value.field, other.status) == ("drop", "open")


def test_the_sixth_asks_which_to_drop(interview):
    first, *_others = [record(interview) for _ in range(5)]
    with pytest.raises(Refused) as refusal:
        record(interview)
    assert refusal.value.field == "drop"
    sixth = record(interview, drop=first)
    first.refresh_from_db()
    assert (first.status, first.place, sixth.place) == ("dropped", None, 1)
    assert interview.mistakes.live().count() == 5


def test_a_mistake_dropped_elsewhere_cannot_make_room_twice(interview):
    first, *_others = [record(interview) for _ in range(5)]
    record(interview, drop=first)
    with pytest.raises(Conflict):
        record(interview, drop=first)
    assert interview.mistakes.count() == 6


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_make_five_not_six(interview):
    for _ in range(4):
        record(interview)
    together = Barrier(2)

    def from_a_tab(_):
        together.wait(10)
        try:
            return record(interview).status
        except Refused as refusal:
            return refusal.field
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as tabs:
        assert sorted(tabs.map(from_a_tab, range(2))) == ["drop", "open"]
    assert sorted(interview.mistakes.values_list("place", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_constraint_answers(interview, monkeypatch):
    """The backstop: two that read the same free place."""
    monkeypatch.setattr("interviews.services.mistakes._free_place", lambda interview: 1)
    record(interview)
    with pytest.raises(Conflict):
        record(interview)


def test_answers_are_kept_and_not_sure_counts_as_one(interview):
    mistake = services.answer_mistake(
        record(interview),
        by=interview.candidate,
        touches_must_have=True,
        has_new_information=None,
        answered=("noticed",),
    )
    assert (mistake.touches_must_have, mistake.has_new_information, mistake.noticed) == (True, None, "")
    assert mistake.answered == ["has_new_information", "noticed", "touches_must_have"]


def test_another_kind_asks_its_own_questions(interview):
    mistake = services.answer_mistake(record(interview), by=interview.candidate, touches_must_have=True)
    mistake = services.answer_mistake(mistake, by=interview.candidate, kind="wrong_fact")
    assert (mistake.answered, mistake.touches_must_have) == ([], True)


def test_a_must_have_of_another_interview_is_refused(interview):
    with pytest.raises(Refused) as refusal:
        services.answer_mistake(record(interview), by=interview.candidate, requirement=RequirementFactory())
    assert refusal.value.field == "requirement"


def test_what_is_behind_her_takes_no_answers(interview):
    mistake = record(interview)
    services.drop_mistake(mistake, by=interview.candidate)
    with pytest.raises(Conflict):
        services.answer_mistake(mistake, by=interview.candidate, asked_for=True)


def test_opening_again_asks_for_something_new(interview):
    mistake = services.answer_mistake(record(interview), by=interview.candidate, asked_for=False)
    services.drop_mistake(mistake, by=interview.candidate)
    with pytest.raises(Refused) as refusal:
        services.reopen_mistake(mistake, by=interview.candidate, new_fact="  ")
    assert refusal.value.field == "new_fact"
    services.reopen_mistake(mistake, by=interview.candidate, new_fact="They asked for it twice.")
    assert (mistake.status, mistake.place, mistake.answered) == ("open", 1, [])
    assert mistake.text == f"{TEXT}\n\nThey asked for it twice."


def test_opening_again_keeps_to_five(interview):
    mistake = record(interview)
    services.drop_mistake(mistake, by=interview.candidate)
    for _ in range(5):
        record(interview)
    with pytest.raises(Refused):
        services.reopen_mistake(mistake, by=interview.candidate, new_fact="New.")


def test_settling_frees_the_place(interview):
    mistake = MistakeFactory(interview=interview)
    services.settle_mistake(mistake, "let_go", by=interview.candidate)
    assert (mistake.status, mistake.place) == ("let_go", None)
    assert record(interview).place == 1


def test_deleting_one_takes_it_away(interview):
    services.delete_mistake(record(interview), by=interview.candidate)
    assert not Mistake.objects.exists()
