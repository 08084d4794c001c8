"""The closing page: when an interview is done, and what it then says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.mail import compose
from accounts.when import print_date, print_instant
from followups.models import Reminder
from followups.reminders import kind_named
from followups.services import closing, decisions
from followups.services.consequences import note_moved
from interviews import services as interviews
from tests.factories import InterviewFactory, MistakeFactory, ThankYouNoteFactory


def url(interview):
    return f"/interviews/{interview.public_id}/closing/"


def let_go(interview):
    mistake = MistakeFactory(interview=interview, kind="weak_answer", touches_must_have=False, correction="")
    return decisions.accept(decisions.decide(mistake), by=interview.candidate).mistake


def gone(interview, **fields):
    return ThankYouNoteFactory(interview=interview, status="sent", sent_at=timezone.now(), **fields)


def test_that_was_the_interview(client_of, candidate, interview):
    note = gone(interview)
    let_go(interview)
    let_go(interview)
    interview.refresh_from_db()
    when = print_instant(note.sent_at, reader_zone=candidate.zone, event_zone=interview.zone)
    day = print_date(closing.next_day(interview, timezone.now()), year=False)
    assert list(client_of(candidate).get(url(interview)).context["sentences"]) == [
        f"That was the interview at {interview.company}.",
        f"One note, gone {when}.",
        "Two things left behind.",
        f"Nothing needs you before {day}.",
    ]


def test_the_reasons_are_there_for_whoever_comes_back(client_of, candidate, interview):
    let_go(interview)
    assert "It will not decide this job." in client_of(candidate).get(url(interview)).content.decode()


def test_what_was_said_practised_and_passed_on_is_counted_once(candidate, interview):
    carried = MistakeFactory(interview=interview, kind="weak_answer")
    decisions.accept(decisions.decide(carried), by=candidate, take_lesson=True)
    note_moved(gone(interview, carries=carried))
    practised = MistakeFactory(interview=interview, kind="weak_answer", noticed="no")
    decisions.accept(decisions.decide(practised), by=candidate, take_lesson=True)
    words = closing.closing_of(interview, candidate)
    assert (words.said, words.to_practise, words.left_behind, words.still_open) == (1, 1, 0, 0)


def test_it_closes_with_the_last_thing_and_tells_once(candidate, interview):
    gone(interview)
    mistake = MistakeFactory(interview=interview, touches_must_have=False)
    decision = decisions.decide(mistake)
    assert not closing.close_if_done(interview)
    decisions.accept(decision, by=candidate)
    interview.refresh_from_db()
    assert interview.closed_at is not None
    assert Reminder.objects.filter(kind="closing", recipient=candidate, status="waiting").count() == 1


@pytest.mark.parametrize("status", ["draft", "scheduled", "sending", "failed", "unknown"])
def test_a_note_under_way_keeps_it_open(interview, status):
    ThankYouNoteFactory(interview=interview, status=status, send_at=timezone.now(), approved_hash="x")
    assert not closing.close_if_done(interview)


@pytest.mark.parametrize("status", ["skipped", "expired"])
def test_a_note_given_up_does_not(interview, status):
    ThankYouNoteFactory(interview=interview, status=status)
    assert closing.close_if_done(interview)


def test_a_note_that_is_owed_keeps_it_open_until_it_is_too_late(interview):
    assert not closing.close_if_done(interview)
    assert closing.close_if_done(interview, now=interview.ends_at + timedelta(days=7))


def test_where_writing_is_unwelcome_none_is_owed(interview):
    type(interview).objects.update(contact_prohibited=True)
    assert closing.close_if_done(interview)


def test_a_planned_one_never_closes(candidate):
    assert not closing.close_if_done(InterviewFactory(candidate=candidate, status="planned"))


def test_something_new_opens_it_again(candidate, interview):
    gone(interview)
    mistake = let_go(interview)
    interview.refresh_from_db()
    assert interview.closed_at
    mistake.refresh_from_db()
    interviews.reopen_mistake(mistake, by=candidate, new_fact="They asked for it.")
    interview.refresh_from_db()
    assert interview.closed_at is None


def test_another_interview_that_needs_her_is_not_denied(candidate, interview):
    gone(interview)
    assert not closing.closing_of(interview, candidate).elsewhere
    MistakeFactory(interview=InterviewFactory(candidate=candidate))
    assert closing.closing_of(interview, candidate).elsewhere


def test_the_next_day_is_her_next_interview_or_the_outcome(candidate, interview):
    now = timezone.now()
    outcome = closing.next_day(interview, now)
    working = [interview.decision_on + timedelta(days=days) for days in range(1, 6)]
    assert outcome == [day for day in working if day.weekday() < 5][1]
    following = InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-50)
    assert closing.next_day(interview, now) == following.ends_wall.date()
    interviews.record_outcome(interview, "rejected", by=candidate)
    following.delete()
    assert closing.next_day(interview, now) is None


def test_the_same_words_come_by_mail(candidate, interview):
    gone(interview)
    let_go(interview)
    interview.refresh_from_db()
    reminder = Reminder.objects.get(kind="closing")
    context = kind_named("closing").context(interview, reminder)
    message = compose("reminder_closing", to=candidate, context={**context, "path": url(interview)})
    text = message.body.replace("\n", " ")
    assert " ".join(closing.closing_text(interview, candidate)) in text
    assert interview.company not in message.subject


def test_who_may_open_it(client_of, candidate, coach, other_coach, admin, stranger, interview):
    people = (candidate, coach, other_coach, admin, stranger)
    assert [client_of(user).get(url(interview)).status_code for user in people] == [200, 403, 404, 404, 404]
