"""The coach's digest every four working hours, and the admins' word about few slots."""

from datetime import UTC, datetime, time, timedelta

import pytest

from coaching.models import Review
from coaching.reminders import FEW_SLOTS, look_at_slots, refresh_review
from followups import outbox, reminders
from followups.models import OutboundEmail, Reminder
from tests import factories
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEDNESDAY = datetime(2027, 3, 3, 6, tzinfo=UTC)  # nine in Nairobi


@pytest.fixture
def coach():
    return factories.CoachFactory(quiet_from=time(0), quiet_until=time(0))


def asked(coach, at, *, answer_by=None):
    """A review somebody asked for at this moment."""
    interview = factories.InterviewFactory(shared_with_coach=True)
    factories.EngagementFactory(candidate=interview.candidate, coach=coach)
    review = Review.objects.create(
        interview=interview, candidate=interview.candidate, coach=coach, answer_by=answer_by or at + 9 * DAY
    )
    Review.objects.filter(pk=review.pk).update(created_at=at)
    review.refresh_from_db()
    refresh_review(review, now=at)
    return review


def digests(coach, status="waiting"):
    rows = Reminder.objects.filter(kind="reviews-waiting", recipient=coach, status=status)
    return list(rows.order_by("due_at").values_list("due_at", flat=True))


def go_on(coach, moments):
    """Let the pump look at each of these moments; at which of them a digest went."""
    return [at for at in moments if reminders.deliver_due(at)]


def half_hours(first, last):
    return [first + n * HOUR / 2 for n in range(int((last - first) / (HOUR / 2)) + 1)]


def test_every_four_working_hours_while_one_waits(coach):
    asked(coach, WEDNESDAY + 2 * HOUR)
    went = go_on(coach, half_hours(WEDNESDAY, WEDNESDAY + DAY))
    assert went == [WEDNESDAY + 4 * HOUR, WEDNESDAY + DAY]


def test_not_on_a_weekend(coach):
    friday = WEDNESDAY + 2 * DAY
    asked(coach, friday + 5 * HOUR)
    assert go_on(coach, half_hours(friday + 5 * HOUR, friday + 3 * DAY)) == [friday + 3 * DAY]


def test_one_asked_just_now_was_told_just_now(coach):
    asked(coach, WEDNESDAY + 4 * HOUR - HOUR / 2)
    assert digests(coach) == [WEDNESDAY + DAY]


def test_one_mail_about_all_with_no_name_in_it(coach):
    first = asked(coach, WEDNESDAY, answer_by=WEDNESDAY + 7 * HOUR)
    asked(coach, WEDNESDAY)
    assert go_on(coach, [WEDNESDAY + 4 * HOUR]) == [WEDNESDAY + 4 * HOUR]
    mail = OutboundEmail.objects.get(recipient=coach)
    text = text_of(mail)
    assert "2 clients' things wait for your look. The first helps until Wednesday 3 March 2027, 16:00 Nairobi" in text
    assert first.candidate.get_full_name() not in text


def test_answered_or_withdrawn_it_ends(coach):
    review = asked(coach, WEDNESDAY)
    Review.objects.filter(pk=review.pk).update(status="answered", answered_at=WEDNESDAY + HOUR)
    review.refresh_from_db()
    refresh_review(review, now=WEDNESDAY + HOUR)
    assert digests(coach) == []


def test_a_client_who_left_is_no_longer_counted(coach):
    review = asked(coach, WEDNESDAY)
    review.candidate.engagements.update(status="ended", ended_at=WEDNESDAY)
    assert go_on(coach, [WEDNESDAY + 4 * HOUR]) == []


def test_silent_after_two_until_there_is_a_word_or_a_new_one(coach):
    review = asked(coach, WEDNESDAY)
    days = [WEDNESDAY + n * DAY + hours * HOUR for n in range(3) for hours in (0, 4)]
    assert go_on(coach, days) == [WEDNESDAY + 4 * HOUR, WEDNESDAY + DAY]

    Review.objects.filter(pk=review.pk).update(opened_at=days[-1])
    monday = WEDNESDAY + 5 * DAY
    refresh_review(review, now=monday - HOUR)
    assert go_on(coach, [monday, monday + 4 * HOUR, monday + DAY]) == [monday, monday + 4 * HOUR]


def test_after_an_outage_one_digest_not_the_backlog(coach):
    asked(coach, WEDNESDAY)
    assert go_on(coach, [WEDNESDAY + DAY + HOUR, WEDNESDAY + DAY + 2 * HOUR]) == [WEDNESDAY + DAY + HOUR]
    assert digests(coach) == [WEDNESDAY + DAY + 4 * HOUR]


@pytest.fixture
def two_slots(settings):
    settings.SLOTS_LOW, settings.SLOTS_LOW_DAYS = 3, 14
    return [factories.SlotFactory(starts_at=WEDNESDAY + n * DAY + 5 * HOUR) for n in (8, 9)]


def test_few_slots_each_morning_to_every_admin_until_there_are_more(two_slots):
    admins = factories.AdminFactory.create_batch(2)
    look_at_slots(WEDNESDAY + HOUR)
    assert reminders.deliver_due(WEDNESDAY + DAY) == 2
    assert reminders.deliver_due(WEDNESDAY + 2 * DAY - HOUR) == 0
    assert reminders.deliver_due(WEDNESDAY + 2 * DAY) == 2
    assert set(OutboundEmail.objects.values_list("recipient", flat=True)) == {admin.pk for admin in admins}
    factories.SlotFactory(starts_at=WEDNESDAY + 8 * DAY + 9 * HOUR)
    assert reminders.deliver_due(WEDNESDAY + 3 * DAY) == 0


def test_silent_after_two_until_somebody_offers_a_slot(two_slots):
    factories.AdminFactory()
    reminders.refresh(FEW_SLOTS, now=WEDNESDAY)
    went = [day for day in range(1, 5) if reminders.deliver_due(WEDNESDAY + day * DAY)]
    assert went == [1, 2]
    type(two_slots[0]).objects.update(created_at=WEDNESDAY + 4 * DAY)
    assert reminders.deliver_due(WEDNESDAY + 5 * DAY) == 1


def test_where_nobody_uses_slots_nobody_hears_of_them(admin):
    reminders.refresh(FEW_SLOTS, now=WEDNESDAY)
    assert not Reminder.objects.exists()


def test_slots_are_looked_at_every_quarter_of_an_hour(two_slots, django_assert_num_queries):
    factories.AdminFactory()
    look_at_slots(WEDNESDAY)
    with django_assert_num_queries(1):
        look_at_slots(WEDNESDAY + timedelta(minutes=10))
    assert outbox.ran_since("few-slots", WEDNESDAY - HOUR)
    Reminder.objects.all().delete()
    look_at_slots(WEDNESDAY + timedelta(minutes=15))
    assert Reminder.objects.count() == 1
