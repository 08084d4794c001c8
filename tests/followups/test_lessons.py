"""What becomes of a lesson: practised alone, joined and taken apart, closed where it held twice, forgotten with its mistake."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.records import Conflict, Refused
from coaching.invariants import check
from followups.models import Attempt, Lesson, Recall, Rehearsal
from followups.services import deletion, lessons, recalls, rehearsals
from followups.services import interviews as interview_services
from tests.everything import checksum_of_everything
from tests.factories import InterviewFactory, LessonFactory, MistakeFactory, RequirementFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def lesson_from(candidate, *, days_ago=10, company="Savanna Books", topic="writing", **fields):
    """Taken up on the evening of an interview so long ago."""
    interview = InterviewFactory(candidate=candidate, company=company, ended_hours_ago=24 * days_ago)
    mistake = MistakeFactory(interview=interview, topic=topic, **fields)
    lesson = lessons.take_lesson(mistake, by=candidate)
    Lesson.objects.filter(pk=lesson.pk).update(created_at=interview.ends_at + timedelta(hours=1))
    lesson.refresh_from_db()
    return lesson


def events(lesson):
    return [(event.old, event.new, event.reason) for event in lesson.events.all()]


def histories_are_whole():
    return {each.promise: each.count for each in check(timezone.now()) if "Lesson" in each.promise}


def asked(interview):
    return [lesson.pk for lesson, answer in recalls.asked_after(interview) if not answer]


# Joining


def test_the_older_goes_on_and_the_other_waits_under_it(candidate):
    old, young = lesson_from(candidate), lesson_from(candidate, days_ago=5)

    whole = lessons.join_lessons(young, old, by=candidate)

    young.refresh_from_db()
    assert (whole, young.status, young.joined_into) == (old, "joined", old)
    assert [each.mistake for each in (whole, *whole.parts.all())] == [old.mistake, young.mistake]
    assert list(Lesson.objects.open()) == [old]
    assert events(young)[-1] == ("open", "joined", "")


def test_parts_come_along_and_each_can_be_taken_out(candidate):
    first, second, third = (lesson_from(candidate, days_ago=days) for days in (9, 7, 5))
    lessons.join_lessons(second, third, by=candidate)
    lessons.join_lessons(first, second, by=candidate)

    assert set(first.parts.all()) == {second, third}

    third.refresh_from_db()
    lessons.separate_lesson(third, by=candidate)
    assert (list(first.parts.all()), set(Lesson.objects.open())) == ([second], {first, third})
    assert set(histories_are_whole().values()) == {0}


def test_alike_ones_are_offered_once(candidate):
    one, other = lesson_from(candidate), lesson_from(candidate, days_ago=5)
    assert lessons.pair_to_join([one, other]) == (one, other)

    lessons.keep_apart(other, one, by=candidate)

    assert lessons.pair_to_join([one, other]) is None


def test_what_was_taken_apart_is_not_offered_again(candidate):
    one, other = lesson_from(candidate), lesson_from(candidate, days_ago=5)
    lessons.join_lessons(one, other, by=candidate)
    other.refresh_from_db()
    lessons.separate_lesson(other, by=candidate)

    assert lessons.pair_to_join(list(Lesson.objects.open())) is None


def test_what_cannot_be_joined(candidate, stranger):
    one, other, foreign = lesson_from(candidate), lesson_from(candidate, days_ago=5), LessonFactory(candidate=stranger)
    before = checksum_of_everything()

    with pytest.raises(Refused):
        lessons.join_lessons(one, one, by=candidate)
    with pytest.raises(Refused):
        lessons.join_lessons(one, foreign, by=candidate)
    with pytest.raises(Conflict):
        lessons.separate_lesson(one, by=candidate)
    assert checksum_of_everything() == before

    lessons.decline_lesson(other, by=candidate)
    with pytest.raises(Conflict):
        lessons.join_lessons(one, other, by=candidate)


def test_taking_up_a_joined_one_goes_on_in_its_whole(candidate):
    one, other = lesson_from(candidate), lesson_from(candidate, days_ago=5)
    lessons.join_lessons(one, other, by=candidate)
    one.refresh_from_db()
    lessons.decline_lesson(one, by=candidate)

    assert lessons.take_lesson(other.mistake, by=candidate) == one
    one.refresh_from_db()
    assert one.status == "open"


def test_a_coach_goes_on_seeing_the_shared_part_of_something_private(candidate, coach):
    private, shared = lesson_from(candidate), lesson_from(candidate, days_ago=5)
    type(shared.mistake.interview).objects.filter(pk=shared.mistake.interview_id).update(shared_with_coach=True)
    lessons.join_lessons(private, shared, by=candidate)

    assert list(Lesson.objects.to_work_on(coach)) == [shared]
    assert list(Lesson.objects.to_work_on(candidate)) == [private]
    shared.refresh_from_db()
    assert lessons.as_practised_each({"one": [shared]}, reader=coach)["one"] == [shared]
    assert lessons.as_practised_each({"one": [shared]}, reader=candidate)["one"] == [private]
    assert lessons.as_practised_each({"one": [private, shared]}, reader=coach)["one"] == [private]


# Forgetting


def test_with_its_mistake_go_the_lesson_and_what_she_wrote_for_it(candidate):
    whole, part = lesson_from(candidate), lesson_from(candidate, days_ago=5)
    rehearsals.keep_rehearsal(whole, by=candidate, situation="At the library")
    rehearsals.record_attempt(whole, by=candidate, result="better")
    lessons.join_lessons(whole, part, by=candidate)

    deletion.delete_mistake(whole.mistake, by=candidate)

    part.refresh_from_db()
    assert (list(Lesson.objects.all()), part.status, part.joined_into) == ([part], "open", None)
    assert (Rehearsal.objects.count(), Attempt.objects.count()) == (0, 0)
    assert set(histories_are_whole().values()) == {0}


def test_with_an_interview_go_its_lessons(candidate):
    lesson = lesson_from(candidate)

    interview_services.delete_interview(lesson.mistake.interview, by=candidate)

    assert Lesson.objects.count() == 0


# Practising


def test_the_notes_of_another_window_are_not_written_over(candidate):
    lesson = lesson_from(candidate)
    seen = rehearsals.version_of(rehearsals.rehearsal_of(lesson))
    rehearsals.keep_rehearsal(lesson, by=candidate, version=seen, task="First window")

    with pytest.raises(rehearsals.Overtaken):
        rehearsals.keep_rehearsal(lesson, by=candidate, version=seen, task="Second window")

    assert rehearsals.rehearsal_of(lesson).task == "First window"


def test_a_question_of_her_own_replaces_ours(candidate):
    lesson = lesson_from(candidate)
    ours = rehearsals.question_of(rehearsals.rehearsal_of(lesson))
    rehearsal = rehearsals.keep_rehearsal(lesson, by=candidate, question="Why us?")

    assert ("“writing”" in ours, rehearsals.question_of(rehearsal)) == (True, "Why us?")


def test_an_attempt_is_kept_for_what_is_open(candidate):
    lesson = lesson_from(candidate)
    assert rehearsals.record_attempt(lesson, by=candidate, result="again").result == "again"
    with pytest.raises(Refused):
        rehearsals.record_attempt(lesson, by=candidate, result="perfect")

    lessons.decline_lesson(lesson, by=candidate)

    with pytest.raises(Conflict):
        rehearsals.record_attempt(lesson, by=candidate, result="again")


# After the next interview


def test_three_are_asked_the_near_ones_first(candidate):
    far = [lesson_from(candidate, days_ago=days, company=f"Firm {days}") for days in (9, 8, 7)]
    near = lesson_from(candidate, days_ago=6, company="savanna books")
    must_have = lesson_from(candidate, days_ago=5, company="Else")
    must_have.mistake.requirement = RequirementFactory(interview=must_have.mistake.interview, text="Excel")
    must_have.mistake.save()
    interview = InterviewFactory(candidate=candidate, company="Savanna Books")
    RequirementFactory(interview=interview, text="excel")

    assert asked(interview) == [near.pk, must_have.pk, far[0].pk]


def test_no_fourth_is_asked_for_an_answered_one(candidate):
    rows = [lesson_from(candidate, days_ago=days) for days in (9, 8, 7, 6)]
    interview = InterviewFactory(candidate=candidate)

    recalls.answer_recall(rows[0], interview, by=candidate, answer="not_there")

    assert (asked(interview), recalls.questions_left(interview)) == ([rows[1].pk, rows[2].pk], True)
    with pytest.raises(Refused):
        recalls.answer_recall(rows[3], interview, by=candidate, answer="held")


def test_what_came_out_of_the_interview_or_after_it_is_not_asked(candidate, stranger):
    LessonFactory(candidate=stranger)
    interview = InterviewFactory(candidate=candidate)
    lessons.take_lesson(MistakeFactory(interview=interview), by=candidate)

    assert asked(interview) == []
    assert asked(InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-24)) == []


def test_held_twice_closes_and_another_answer_opens_again(candidate):
    lesson = lesson_from(candidate)
    first, second = (InterviewFactory(candidate=candidate, ended_hours_ago=hours) for hours in (90, 40))

    recalls.answer_recall(lesson, first, by=candidate, answer="held")
    lesson.refresh_from_db()
    assert lesson.status == "open"
    recalls.answer_recall(lesson, second, by=candidate, answer="held")
    lesson.refresh_from_db()
    assert (lesson.status, events(lesson)[-1]) == ("closed", ("open", "closed", "held_twice"))

    recalls.answer_recall(lesson, second, by=candidate, answer="came_back")

    lesson.refresh_from_db()
    assert (lesson.status, events(lesson)[-1], Recall.objects.count()) == ("open", ("closed", "open", "came_back"), 2)
    assert set(histories_are_whole().values()) == {0}


def test_taken_up_again_it_has_to_hold_anew(candidate):
    lesson = lesson_from(candidate)
    interviews = [InterviewFactory(candidate=candidate, ended_hours_ago=hours) for hours in (90, 60, 30)]
    for interview in interviews[:2]:
        recalls.answer_recall(lesson, interview, by=candidate, answer="held")
    lesson.refresh_from_db()
    lessons.take_again(lesson, by=candidate)

    recalls.answer_recall(lesson, interviews[2], by=candidate, answer="held")

    lesson.refresh_from_db()
    assert lesson.status == "open"
