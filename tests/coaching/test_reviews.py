"""Reviews: asked, answered, gone without. A review can cost no deadline."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Engagement
from accounts.records import Conflict, Refused
from accounts.services import end_engagement
from coaching.models import Review
from coaching.services import answer_times, answers, reviews, sweep
from followups import outbox
from followups.models import Lesson, OutboundEmail, Reminder, TriageDecision
from followups.services import decisions, notes
from tests import factories
from tests.coaching.conftest import ADDITION

pytestmark = pytest.mark.django_db


def one_item(review):
    return review.items.get()


def answer(review, coach, suggestion="", word="", **given):
    return reviews.answer_review(
        review, by=coach, answers={one_item(review): given}, suggestion=suggestion, message=word
    )


def mails(kind, recipient):
    return OutboundEmail.objects.filter(kind=kind, recipient=recipient).count()


def test_asking_includes_her_approval_of_text_and_time(review, note, coach, candidate, mistake):
    note.refresh_from_db()
    assert (note.status, note.approved_hash) == ("scheduled", notes.text_hash(note))
    assert (review.status, review.answer_by, review.note) == ("open", note.send_at, note)
    assert (note.review_asked_at is not None, note.answer_by, note.if_unreviewed) == (True, note.send_at, "send")
    assert one_item(review).decision == decisions.current_decision(mistake)
    assert mails("review_asked", coach) == 1
    assert Reminder.objects.get(kind="review-urgent").due_at == review.answer_by - timedelta(hours=2)


def test_a_draft_without_a_time_is_not_taken(note, coach, candidate):
    with pytest.raises(Refused, match="Say first when the note goes"):
        reviews.ask_review(note.interview, coach=coach, by=candidate, note=note)


def test_no_review_is_offered_under_half_an_hour(note, coach, candidate, in_hours):
    with pytest.raises(Refused, match="Less than half an hour"):
        reviews.ask_review(note.interview, coach=coach, by=candidate, note=note, **in_hours(0.4))
    note.refresh_from_db()
    assert note.status == "draft"


@pytest.mark.parametrize("who", ["other_coach", "stranger"])
def test_only_her_coach_is_asked_and_only_by_her(request, who, note, coach, candidate, in_hours):
    somebody = request.getfixturevalue(who)
    with pytest.raises(Refused):
        reviews.ask_review(note.interview, coach=somebody, by=candidate, note=note, **in_hours(5))
    with pytest.raises(Refused):
        reviews.ask_review(note.interview, coach=coach, by=somebody, note=note, **in_hours(5))


def test_what_is_not_shared_is_not_brought_to_anybody(note, coach, candidate, in_hours):
    note.interview.shared_with_coach = False
    note.interview.save()
    with pytest.raises(Refused) as refused:
        reviews.ask_review(note.interview, coach=coach, by=candidate, note=note, **in_hours(5))
    assert refused.value.field == "share"


def test_one_open_review_per_interview(review, coach, candidate, mistake):
    with pytest.raises(Conflict, match="with your coach already"):
        reviews.ask_review(review.interview, coach=coach, by=candidate, decisions=[decisions.current_decision(mistake)])


def test_something_must_be_asked(interview, coach, candidate):
    with pytest.raises(Refused) as refused:
        reviews.ask_review(interview, coach=coach, by=candidate)
    assert refused.value.field == "decisions"


@pytest.mark.parametrize(("fields", "hours"), [({"action": "correct_now"}, 2), ({"needs_coach": True}, 24), ({}, 72)])
def test_how_long_a_coach_has_without_a_note(mistake, coach, candidate, fields, hours):
    decision = decisions.current_decision(mistake)
    for name, value in fields.items():
        setattr(decision, name, value)
    now = timezone.now()
    review = reviews.ask_review(mistake.interview, coach=coach, by=candidate, decisions=[decision], now=now)
    assert review.answer_by == now + timedelta(hours=hours)


def test_disputed_decisions_wait_by_themselves(mistake, coach, candidate):
    assert answer_times.waiting_decisions(mistake.interview) == []
    decision = decisions.dispute(decisions.current_decision(mistake), by=candidate)
    assert answer_times.waiting_decisions(mistake.interview) == [decision]


def test_agreed_it_goes_at_its_time_without_another_click(review, note, coach, candidate):
    answer(review, coach, answer="agree", word="Clear and warm.")
    review.refresh_from_db()
    assert (review.status, review.message) == ("answered", "Clear and warm.")
    assert mails("review_answered", candidate) == 1
    assert not Reminder.objects.filter(kind="review-urgent", status="waiting").exists()
    note.refresh_from_db()
    outbox.pump(now=note.send_at + timedelta(seconds=1))
    note.refresh_from_db()
    assert note.status == "sent"


def test_unanswered_it_goes_as_approved_and_she_is_told(review, note, candidate):
    """By the pump alone: no coach, no candidate, no Celery."""
    note.refresh_from_db()
    outbox.pump(now=review.answer_by + timedelta(seconds=1))
    review.refresh_from_db()
    note.refresh_from_db()
    assert (review.status, note.status) == ("went_without", "sent")
    assert mails("review_went_without", candidate) == 1
    assert list(review.events.values_list("new", flat=True)) == ["open", "went_without"]


def test_held_it_waits_for_her_word(note, coach, candidate, in_hours):
    review = reviews.ask_review(
        note.interview, coach=coach, by=candidate, note=note, if_unreviewed="hold", **in_hours(5)
    )
    outbox.pump(now=review.answer_by + timedelta(seconds=1))
    note.refresh_from_db()
    review.refresh_from_db()
    assert (review.status, note.status) == ("went_without", "draft")


def test_held_and_agreed_it_goes_at_the_time_she_approved(note, coach, candidate, in_hours):
    review = reviews.ask_review(
        note.interview, coach=coach, by=candidate, note=note, if_unreviewed="hold", **in_hours(5)
    )
    note.refresh_from_db()
    at = note.send_at
    assert note.status == "draft"
    answer(review, coach, answer="agree")
    note.refresh_from_db()
    assert (note.status, note.send_at) == ("scheduled", at)


def test_held_and_changed_since_it_does_not_go_by_a_coachs_word(note, coach, candidate, in_hours):
    review = reviews.ask_review(
        note.interview, coach=coach, by=candidate, note=note, if_unreviewed="hold", **in_hours(5)
    )
    notes.edit_note(note, by=candidate, body=note.body.replace("Kind regards", "Best wishes"))
    answer(review, coach, answer="agree")
    note.refresh_from_db()
    assert note.status == "draft"


def test_the_second_answer_is_refused_kindly(review, coach):
    answer(review, coach, answer="agree")
    with pytest.raises(Conflict, match="answered already"):
        answer(review, coach, answer="agree")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"answer": "perhaps"},
        {"answer": "ask"},
        {"answer": "change"},
        {"answer": "change", "action": "thank_you_note"},
        {"answer": "change", "action": "dance"},
    ],
)
def test_an_incomplete_answer_is_said_at_its_item(review, coach, given):
    with pytest.raises(Refused) as refused:
        answer(review, coach, **given)
    assert refused.value.field == str(one_item(review).public_id)
    review.refresh_from_db()
    assert review.status == "open"


def test_a_question_keeps_the_clock_running(review, note, coach):
    answer(review, coach, answer="ask", message="Did they ask about it?")
    note.refresh_from_db()
    assert note.status == "scheduled"
    assert one_item(review).message == "Did they ask about it?"


def test_changed_while_a_draft_the_addition_comes_out_and_the_old_text_is_kept(note, coach, candidate, mistake):
    review = reviews.ask_review(
        note.interview, coach=coach, by=candidate, decisions=[decisions.current_decision(mistake)]
    )
    answer(review, coach, answer="change", action="let_go", message="They had it in your CV.")
    note.refresh_from_db()
    assert ADDITION not in note.body
    assert "reading room" in note.body
    assert ADDITION in note.earlier_texts.get().body
    standing = decisions.current_decision(mistake)
    assert (standing.action, standing.made, standing.by, standing.message) == (
        "let_go",
        "coach",
        coach,
        "They had it in your CV.",
    )
    assert mails("review_answered", candidate) == 1


def test_changed_while_scheduled_her_approval_stands_and_she_is_asked(review, note, coach, candidate):
    answer(review, coach, answer="change", action="let_go")
    note.refresh_from_db()
    assert (note.status, ADDITION in note.body) == ("scheduled", True)
    item = one_item(review)
    assert answers.waits_for_her(item)
    at = note.send_at
    answers.send_without(item, by=candidate, now=timezone.now())
    note.refresh_from_db()
    assert (note.status, note.send_at, ADDITION in note.body) == ("scheduled", at, False)
    assert not answers.waits_for_her(one_item(review))
    outbox.pump(now=at + timedelta(seconds=1))
    note.refresh_from_db()
    assert note.status == "sent"


def test_silence_after_a_change_is_as_approved(review, note, coach):
    answer(review, coach, answer="change", action="let_go")
    note.refresh_from_db()
    outbox.pump(now=note.send_at + timedelta(seconds=1))
    note.refresh_from_db()
    assert (note.status, ADDITION in note.body) == ("sent", True)


def test_a_stop_pulls_the_sentence_and_the_plain_note_goes(review, note, coach):
    note.refresh_from_db()
    at = note.send_at
    answer(review, coach, answer="change", action="let_go", stop=True)
    note.refresh_from_db()
    assert (note.status, note.send_at, ADDITION in note.body) == ("scheduled", at, False)


def test_after_it_went_a_change_is_for_next_time(review, note, coach, mistake):
    note.refresh_from_db()
    outbox.pump(now=note.send_at + timedelta(seconds=1))
    before = TriageDecision.objects.count()
    answer(
        review,
        coach,
        answer="change",
        action="practice",
        message="Say it in the room next time.",
        suggestion="Other words",
    )
    assert TriageDecision.objects.count() == before
    note.refresh_from_db()
    review.refresh_from_db()
    assert (note.status, review.status, one_item(review).action) == ("sent", "answered", "practice")
    assert not Lesson.objects.exists()


def test_a_suggestion_is_hers_to_take_and_keeps_the_time(review, note, coach, candidate):
    note.refresh_from_db()
    at = note.send_at
    text = note.body.replace("I liked hearing how it began.", "I keep thinking of how it began.")
    answer(review, coach, answer="agree", suggestion=text)
    note.refresh_from_db()
    assert "I liked hearing" in note.body
    reviews.take_suggestion(review, by=candidate)
    note.refresh_from_db()
    assert (note.status, note.send_at, "I keep thinking" in note.body) == ("scheduled", at, True)
    assert note.approved_hash == notes.text_hash(note)
    with pytest.raises(Conflict):
        reviews.take_suggestion(review, by=candidate)
    outbox.pump(now=at + timedelta(seconds=1))
    note.refresh_from_db()
    assert note.status == "sent"


def test_a_suggestion_that_the_check_stops_changes_nothing(review, note, coach, candidate):
    answer(
        review,
        coach,
        answer="agree",
        suggestion="Dear Grace,\n\nThank you for the talk. I am sorry that I was so nervous.",
    )
    with pytest.raises(Refused):
        reviews.take_suggestion(review, by=candidate)
    note.refresh_from_db()
    assert (note.status, "reading room" in note.body) == ("scheduled", True)
    reviews.take_suggestion(review, by=candidate, despite_findings=True)
    note.refresh_from_db()
    assert (note.status, "so nervous" in note.body) == ("scheduled", True)


def test_her_own_words_sent_back_are_no_suggestion(review, note, coach):
    # A browser ends the lines of a text field its own way.
    answer(review, coach, answer="agree", suggestion=f"  {note.body} ".replace("\n", "\r\n"))
    review.refresh_from_db()
    assert review.suggestion == ""


def test_she_may_stop_waiting(review, note, coach, candidate):
    reviews.withdraw_review(review, by=candidate)
    note.refresh_from_db()
    assert (note.status, note.review_asked_at) == ("scheduled", None)
    with pytest.raises(Conflict):
        answer(review, coach, answer="agree")


def test_sight_ends_with_the_engagement_and_so_does_the_waiting(review, note, coach, candidate):
    assert Review.objects.visible_to(coach).get() == review
    end_engagement(Engagement.objects.get(coach=coach, candidate=candidate), by=candidate)
    assert not Review.objects.visible_to(coach).exists()
    row = OutboundEmail.objects.get(kind="review_asked")
    review.refresh_from_db()
    note.refresh_from_db()
    assert (review.status, note.status) == ("went_without", "scheduled")
    assert reviews.still_wanted(row) == "answered"


def test_a_mail_to_a_coach_who_may_no_longer_read_it_does_not_go(review, coach):
    Engagement.objects.filter(coach=coach).update(status="ended")
    assert reviews.still_wanted(OutboundEmail.objects.get(kind="review_asked")) == "no_engagement"
    sweep.run(timezone.now())
    review.refresh_from_db()
    assert review.status == "went_without"


def test_who_sees_a_review(review, coach, candidate, other_coach, stranger, admin):
    for user, seen in ((candidate, 1), (coach, 1), (other_coach, 0), (stranger, 0), (admin, 0)):
        assert Review.objects.visible_to(user).count() == seen
    review.interview.shared_with_coach = False
    review.interview.save()
    assert Review.objects.visible_to(coach).count() == 0
    assert Review.objects.visible_to(candidate).count() == 1


def test_the_queue_is_by_deadline(coach, candidate):
    now = timezone.now()
    made = [
        Review.objects.create(
            interview=factories.InterviewFactory(candidate=candidate, shared_with_coach=True),
            candidate=candidate,
            coach=coach,
            answer_by=now + timedelta(hours=hours),
        )
        for hours in (5, 1, 3, 1)
    ]
    assert list(Review.objects.visible_to(coach).for_queue()) == [made[1], made[3], made[2], made[0]]


def test_sent_by_herself_meanwhile_nobody_waits_for_the_coach(review, note, coach, candidate):
    note.refresh_from_db()
    notes.mark_sent_by_self(note, by=candidate)

    sweep.run(timezone.now())

    review.refresh_from_db()
    assert (review.status, list(Review.objects.visible_to(coach).for_queue())) == ("went_without", [])
    assert mails("review_went_without", candidate) == 0


def test_it_is_found_at_the_next_pass_though_not_every_pass_reads_all(review, note, candidate):
    sweep.run(timezone.now())
    note.refresh_from_db()
    notes.mark_sent_by_self(note, by=candidate)
    sweep.run(timezone.now())
    review.refresh_from_db()
    assert review.status == "went_without"


def test_a_decision_that_waits_keeps_the_review_open(review, note, candidate, mistake):
    decisions.dispute(decisions.current_decision(mistake), by=candidate)
    TriageDecision.objects.filter(mistake=mistake).update(disputed_at=timezone.now())
    note.refresh_from_db()
    notes.skip_note(note, by=candidate)

    sweep.run(timezone.now())

    review.refresh_from_db()
    assert review.status == "open"
