"""Deriving reminders from state: which there are, when, and what a change does to them."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.when import to_wall
from coaching.models import Booking, Review
from followups import reminders
from followups.models import Reminder
from tests.factories import (
    BookingFactory,
    CoachFactory,
    InterviewFactory,
    MistakeFactory,
    SlotFactory,
    ThankYouNoteFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOON = datetime(2027, 3, 3, 9, tzinfo=UTC)  # a Wednesday, noon in Nairobi


def rows_about(subject, kind, status="waiting"):
    rows = Reminder.objects.filter(subject_id=subject.public_id, kind=kind, status=status)
    return list(rows.order_by("due_at", "id"))


def dues(subject, kind):
    return [row.due_at for row in rows_about(subject, kind)]


def interview_that_ended(at, *, logged=None, **fields):
    interview = InterviewFactory(
        ends_at=at, ends_wall=to_wall(at, "Africa/Nairobi"), decision_on=fields.pop("decision_on", None), **fields
    )
    type(interview).objects.filter(pk=interview.pk).update(created_at=logged or at - HOUR)
    interview.refresh_from_db()
    return interview


def test_debrief_an_hour_after_the_end():
    interview = interview_that_ended(NOON)
    reminders.refresh(interview, now=NOON)
    assert dues(interview, "debrief") == [NOON + HOUR]


def test_debrief_an_hour_after_it_was_entered_late():
    interview = interview_that_ended(NOON, logged=NOON + 5 * HOUR)
    reminders.refresh(interview, now=NOON + 5 * HOUR)
    assert dues(interview, "debrief") == [NOON + 6 * HOUR]


@pytest.mark.parametrize(
    "fields", [{"went_well": "The talk."}, {"notes": "Three people."}, {"status": "cancelled"}, {"closed_at": NOON}]
)
def test_no_debrief_once_something_is_written_or_all_is_over(fields):
    interview = interview_that_ended(NOON, **fields)
    reminders.refresh(interview, now=NOON)
    assert dues(interview, "debrief") == []


def test_a_mistake_that_is_logged_takes_the_debrief_back():
    interview = interview_that_ended(NOON)
    reminders.refresh(interview, now=NOON)
    MistakeFactory(interview=interview)
    reminders.refresh(interview, now=NOON)
    [row] = rows_about(interview, "debrief", status="cancelled")
    assert [event.new for event in row.events.all()] == ["waiting", "cancelled"]


def test_thank_you_in_the_morning_and_two_hours_before():
    interview = interview_that_ended(NOON)
    reminders.refresh(interview, now=NOON)
    due = NOON + 24 * HOUR
    # Ten hours before is the middle of the night: it is delivered when the quiet hours end.
    assert dues(interview, "thank-you") == [due - 10 * HOUR, due - 2 * HOUR]
    assert [to_wall(row.deliver_at, "Africa/Nairobi").time() for row in rows_about(interview, "thank-you")] == [
        time(7),
        time(10),
    ]


def test_thank_you_in_the_morning_of_an_evening_due():
    interview = interview_that_ended(NOON + 8 * HOUR)
    reminders.refresh(interview, now=NOON + 8 * HOUR)
    first = rows_about(interview, "thank-you")[0]
    assert to_wall(first.due_at, "Africa/Nairobi") == datetime(2027, 3, 4, 8)  # noqa: DTZ001 -- wall time


def test_two_reminders_whatever_the_number_of_notes():
    interview = interview_that_ended(NOON)
    for _ in range(3):
        ThankYouNoteFactory(interview=interview, due_at=NOON + 24 * HOUR)
    reminders.refresh(interview, now=NOON)
    assert len(rows_about(interview, "thank-you")) == 2


@pytest.mark.parametrize("status", ["skipped", "expired"])
def test_none_when_no_note_is_to_be_written(status):
    interview = interview_that_ended(NOON)
    ThankYouNoteFactory(interview=interview, status=status)
    reminders.refresh(interview, now=NOON)
    assert dues(interview, "thank-you") == []


def test_none_where_contact_is_not_wanted_or_an_answer_is_there():
    for fields in ({"contact_prohibited": True}, {"outcome": "rejected", "outcome_at": NOON}):
        interview = interview_that_ended(NOON, **fields)
        reminders.refresh(interview, now=NOON)
        assert dues(interview, "thank-you") == []


def test_an_edit_moves_them():
    interview = interview_that_ended(NOON)
    reminders.refresh(interview, now=NOON)
    interview.ends_at += 3 * HOUR
    interview.save()
    reminders.refresh(interview, now=NOON)
    assert dues(interview, "thank-you")[1] == NOON + 25 * HOUR
    assert dues(interview, "debrief") == [NOON + 4 * HOUR]
    assert Reminder.objects.filter(subject_id=interview.public_id).count() == 3


def test_deriving_twice_changes_nothing():
    interview = interview_that_ended(NOON)
    reminders.refresh(interview, now=NOON)
    before = list(Reminder.objects.values("id", "due_at", "status", "updated_at"))
    reminders.refresh(interview, now=NOON + HOUR / 2)
    assert list(Reminder.objects.values("id", "due_at", "status", "updated_at")) == before


def test_moments_already_past_are_left_out_save_the_last():
    interview = interview_that_ended(NOON, logged=NOON + 23 * HOUR)
    reminders.refresh(interview, now=NOON + 23 * HOUR)
    assert dues(interview, "thank-you") == [NOON + 22 * HOUR]
    reminders.refresh(other := interview_that_ended(NOON, logged=NOON + 20 * HOUR), now=NOON + 20 * HOUR)
    assert dues(other, "thank-you") == [NOON + 22 * HOUR]


def test_nothing_at_all_when_even_the_last_is_of_no_use():
    interview = interview_that_ended(NOON, logged=NOON + 60 * HOUR)
    reminders.refresh(interview, now=NOON + 60 * HOUR)
    assert dues(interview, "thank-you") == []


@pytest.mark.parametrize("status", ["sent", "failed", "unknown"])
def test_whether_a_note_went_out_is_told_at_once(candidate, status):
    candidate.quiet_from, candidate.quiet_until = time(0), time(23, 59)
    candidate.save()
    note = ThankYouNoteFactory(
        interview__candidate=candidate, status=status, sent_at=NOON if status == "sent" else None, round=1
    )
    event = note.events.create(old="sending", new=status)
    reminders.refresh(note)
    [row] = rows_about(note, "note-out")
    assert (row.occurrence, row.due_at, row.deliver_at) == (f"{status}:1", event.at, event.at)


def test_nothing_is_told_of_a_note_from_her_own_mailbox():
    note = ThankYouNoteFactory(status="sent_by_self", sent_at=NOON)
    reminders.refresh(note)
    assert dues(note, "note-out") == []


def test_the_closing_page_comes_once():
    interview = interview_that_ended(NOON, closed_at=NOON + 30 * HOUR)
    reminders.refresh(interview, now=NOON + 30 * HOUR)
    [row] = rows_about(interview, "closing")
    assert row.due_at == interview.closed_at
    Reminder.objects.filter(pk=row.pk).update(status="sent", sent_at=NOON + 30 * HOUR)
    interview.closed_at += 5 * HOUR
    interview.save()
    reminders.refresh(interview, now=NOON + 35 * HOUR)
    assert rows_about(interview, "closing") == []


def session(**fields):
    slot = SlotFactory(starts_at=NOON + 48 * HOUR, starts_wall=to_wall(NOON + 48 * HOUR, "Africa/Nairobi"))
    return BookingFactory(slot=slot, **fields)


def test_a_session_reminds_both_a_day_and_an_hour_before():
    booking = session()
    reminders.refresh(booking, now=NOON)
    assert [(row.recipient, row.due_at - booking.starts_at) for row in rows_about(booking, "mock-session")] == [
        (booking.candidate, -24 * HOUR),
        (booking.coach, -24 * HOUR),
        (booking.candidate, -HOUR),
        (booking.coach, -HOUR),
    ]


def test_a_session_that_moves_moves_its_reminders():
    booking = session()
    reminders.refresh(booking, now=NOON)
    Booking.objects.filter(pk=booking.pk).update(starts_at=NOON + 72 * HOUR, ends_at=NOON + 73 * HOUR)
    booking.refresh_from_db()
    reminders.refresh(booking, now=NOON)
    assert dues(booking, "mock-session") == [NOON + 48 * HOUR] * 2 + [NOON + 71 * HOUR] * 2
    assert len(rows_about(booking, "mock-session", status="cancelled")) == 4


@pytest.mark.parametrize("status", ["cancelled", "moved", "expired", "done"])
def test_a_session_that_ends_takes_them_back(status):
    booking = session()
    reminders.refresh(booking, now=NOON)
    Booking.objects.filter(pk=booking.pk).update(status=status)
    booking.refresh_from_db()
    reminders.refresh(booking, now=NOON)
    assert dues(booking, "mock-session") == []


def test_a_session_booked_late_reminds_an_hour_before_only():
    booking = session()
    reminders.refresh(booking, now=booking.starts_at - 3 * HOUR)
    assert dues(booking, "mock-session") == [booking.starts_at - HOUR] * 2


def test_a_coach_is_reminded_two_hours_before_her_time_is_over():
    interview = interview_that_ended(NOON)
    coach = CoachFactory(quiet_from=time(0), quiet_until=time(0))
    review = Review.objects.create(
        interview=interview, candidate=interview.candidate, coach=coach, answer_by=NOON + 20 * HOUR
    )
    reminders.refresh(review, now=NOON)
    [row] = rows_about(review, "review-urgent")
    assert (row.recipient, row.due_at) == (coach, NOON + 18 * HOUR)
    Review.objects.filter(pk=review.pk).update(status="answered", answered_at=NOON)
    review.refresh_from_db()
    reminders.refresh(review, now=NOON)
    assert rows_about(review, "review-urgent") == []


def test_quiet_hours_move_the_delivery_before_them_if_waiting_would_be_too_late():
    coach = CoachFactory(zone="Africa/Nairobi")
    interview = interview_that_ended(NOON)
    answer_by = datetime(2027, 3, 4, 1, tzinfo=UTC)  # four in the morning there
    review = Review.objects.create(interview=interview, candidate=UserFactory(), coach=coach, answer_by=answer_by)
    reminders.refresh(review, now=NOON)
    [row] = rows_about(review, "review-urgent")
    assert to_wall(row.deliver_at, "Africa/Nairobi") == datetime(2027, 3, 3, 21, 59)  # noqa: DTZ001 -- wall time


def test_a_record_that_goes_takes_them_along():
    booking = session()
    reminders.refresh(booking, now=NOON)
    reminders.forget(booking)
    assert dues(booking, "mock-session") == []
    reminders.refresh(booking, now=NOON)
    assert len(dues(booking, "mock-session")) == 4


def test_her_reminders_are_hers(candidate, stranger):
    interview = InterviewFactory(candidate=candidate)
    reminders.refresh(interview, now=timezone.now())
    mine = Reminder.objects.visible_to(candidate)
    assert mine.count() > 0
    assert not Reminder.objects.visible_to(stranger).exists()
