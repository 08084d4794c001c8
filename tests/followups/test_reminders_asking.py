"""The reminders that ask: before the next interview, how it ended, and the silence after two unanswered ones."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.when import to_wall
from followups import clock, reminders
from followups.models import OutboundEmail, Reminder
from followups.services import interviews as services
from tests.factories import InterviewFactory, LessonFactory
from tests.followups.test_reminders_plan import dues, interview_that_ended, rows_about
from tests.mailing import message_of, text_of

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = datetime(2027, 3, 3, 9, tzinfo=UTC)  # a Wednesday, noon in Nairobi


def at_ten(on):
    """Ten o'clock in Nairobi."""
    return datetime(on.year, on.month, on.day, 7, tzinfo=UTC)


def planned(start, **fields):
    interview = InterviewFactory(status="planned", ends_at=start + HOUR, starts_at=start, decision_on=None, **fields)
    type(interview).objects.filter(pk=interview.pk).update(created_at=NOON - 9 * DAY)
    interview.refresh_from_db()
    return interview


def test_a_day_before_the_next_interview():
    interview = planned(NOON + 3 * DAY)
    reminders.refresh(interview, now=NOON)
    [row] = rows_about(interview, "prep")
    assert (row.due_at, row.useless_after) == (NOON + 2 * DAY, NOON + 3 * DAY)


def test_without_a_start_an_hour_is_taken_off_the_end():
    interview = planned(NOON + 3 * DAY)
    interview.starts_at = None
    reminders.refresh(interview, now=NOON)
    assert dues(interview, "prep") == [NOON + 2 * DAY]


def test_whoever_logs_it_within_the_day_has_it_in_mind():
    interview = planned(NOON + 20 * HOUR)
    type(interview).objects.filter(pk=interview.pk).update(created_at=NOON)
    interview.refresh_from_db()
    reminders.refresh(interview, now=NOON)
    assert dues(interview, "prep") == []


def test_one_that_moves_after_it_was_announced_is_announced_anew():
    interview = planned(NOON + 2 * DAY)
    reminders.refresh(interview, now=NOON)
    assert reminders.deliver_due(NOON + DAY) == 1
    interview.starts_at += 3 * DAY
    interview.save()
    reminders.refresh(interview, now=NOON + DAY)
    assert dues(interview, "prep") == [NOON + 4 * DAY]


@pytest.mark.parametrize(
    ("decision", "asked", "weekend"),
    [
        (date(2027, 3, 1), date(2027, 3, 3), clock.SATURDAY_SUNDAY),
        (date(2027, 3, 4), date(2027, 3, 8), clock.SATURDAY_SUNDAY),
        (date(2027, 3, 6), date(2027, 3, 9), clock.SATURDAY_SUNDAY),
        (date(2027, 3, 3), date(2027, 3, 7), clock.FRIDAY_SATURDAY),
    ],
)
def test_two_working_days_after_the_decision(decision, asked, weekend):
    assert clock.outcome_day(decision, weekend) == asked


def decided_on(day=date(2027, 3, 4), **fields):
    return interview_that_ended(NOON, decision_on=day, contact_prohibited=True, went_well="Well.", **fields)


def test_the_outcome_is_asked_once():
    interview = decided_on()
    reminders.refresh(interview, now=NOON)
    assert dues(interview, "outcome") == [at_ten(date(2027, 3, 8))]


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "offer", "outcome_at": NOON},
        {"status": "cancelled"},
        {"ask_outcome": False},
        {"decision_on": None},
    ],
)
def test_not_where_there_is_an_answer_or_none_is_wanted(fields):
    interview = decided_on()
    type(interview).objects.filter(pk=interview.pk).update(**fields)
    interview.refresh_from_db()
    reminders.refresh(interview, now=NOON)
    assert dues(interview, "outcome") == []


def test_asked_of_a_closed_interview_too():
    interview = decided_on(closed_at=NOON)
    reminders.refresh(interview, now=NOON)
    assert len(dues(interview, "outcome")) == 1


def test_not_heard_yet_asks_once_more_a_week_later_and_never_again():
    interview = decided_on()
    first = at_ten(date(2027, 3, 8))
    reminders.refresh(interview, now=NOON)
    assert reminders.deliver_due(first) == 1

    services.not_heard_yet(interview, by=interview.candidate, now=first + HOUR)
    services.not_heard_yet(interview, by=interview.candidate, now=first + 2 * HOUR)  # pressed twice
    again = at_ten(date(2027, 3, 15))
    assert dues(interview, "outcome") == [again]
    assert Reminder.objects.get(kind="outcome", status="sent").read_at == first + HOUR

    assert reminders.deliver_due(again) == 1
    interview = services.not_heard_yet(interview, by=interview.candidate, now=again + HOUR)
    assert interview.ask_outcome is False
    assert dues(interview, "outcome") == []
    assert reminders.deliver_due(again + 30 * DAY) == 0


def test_unanswered_it_is_not_asked_again():
    interview = decided_on()
    reminders.refresh(interview, now=NOON)
    first = at_ten(date(2027, 3, 8))
    reminders.deliver_due(first)
    reminders.refresh(interview, now=first + 8 * DAY)
    assert dues(interview, "outcome") == []


def test_dont_ask_ends_it_and_the_closing_page_no_longer_promises_it():
    interview = decided_on()
    reminders.refresh(interview, now=NOON)
    services.stop_asking(interview, by=interview.candidate, now=NOON)
    assert dues(interview, "outcome") == []


def test_a_later_decision_is_asked_about_anew():
    interview = decided_on()
    reminders.refresh(interview, now=NOON)
    reminders.deliver_due(at_ten(date(2027, 3, 8)))
    interview.decision_on = date(2027, 3, 18)
    interview.save()
    reminders.refresh(interview, now=at_ten(date(2027, 3, 9)))
    assert Reminder.objects.get(status="sent").read_at  # her own change is an answer
    assert dues(interview, "outcome") == [at_ten(date(2027, 3, 22))]


def test_what_is_done_is_no_longer_new():
    interview = interview_that_ended(NOON)
    reminders.refresh(interview, now=NOON)
    reminders.deliver_due(NOON + HOUR)
    interview.went_well = "Well."
    interview.save()
    reminders.refresh(interview, now=NOON + 2 * HOUR)
    assert Reminder.objects.get(kind="debrief").read_at == NOON + 2 * HOUR


def test_the_mail_before_the_next_interview_says_what_there_is_and_no_more(candidate):
    interview = planned(NOON + 2 * DAY, candidate=candidate, company="Kijani Foods")
    LessonFactory(candidate=candidate, title="Speak of the internship")
    reminders.refresh(interview, now=NOON)
    reminders.deliver_due(NOON + DAY)
    row = OutboundEmail.objects.get()
    text = text_of(row)
    assert "your next interview begins Friday 5 March 2027, 12:00 Nairobi." in text
    assert "What you practised" in text
    assert "Kijani" not in str(message_of(row))
    assert "internship" not in str(message_of(row)["Subject"])


def test_her_own_day_and_hour_count():
    """Ten o'clock where she lives, two working days where they decide."""
    interview = decided_on(candidate__zone="Asia/Tokyo")
    reminders.refresh(interview, now=NOON)
    [due] = dues(interview, "outcome")
    assert to_wall(due, "Asia/Tokyo") == datetime(2027, 3, 8, 10)  # noqa: DTZ001 -- wall time
