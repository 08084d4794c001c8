"""The waiting list on the real database: joining, what the pump offers, and what she says about it."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from accounts import when
from accounts.records import Conflict, Refused
from accounts.services import end_engagement
from coaching import waitlist as rules
from coaching.models import Booking, WaitlistEntry
from coaching.services import bookings, offers, slots, sweep, waitlist
from coaching.services.line import Line
from followups import reminders
from followups.models import OutboundEmail, Reminder
from tests.factories import (
    BookingFactory,
    CoachFactory,
    EngagementFactory,
    InterviewFactory,
    SlotFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


def awake(**fields):
    """Somebody without quiet hours: these tests run at any time of the day."""
    return UserFactory(quiet_from=time(0), quiet_until=time(0), **fields)


@pytest.fixture
def candidate(db):
    return awake(email="candidate@cast.example", name="Achieng Otieno")


@pytest.fixture
def person():
    return awake()


def join(candidate, *, days=20, **fields):
    today = when.to_wall(timezone.now(), candidate.zone).date()
    dates = {"first_on": today, "last_on": today + timedelta(days=days)}
    return waitlist.join(candidate, by=candidate, **dates | fields)


def interview_in(days, candidate):
    return InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-24 * days)


def freed(**fields):
    """A slot that nobody could have taken before now."""
    return SlotFactory(**fields)


def kept_for(entry, now):
    return Line(now).kept_for(entry)


def kept(entry):
    return kept_for(entry, timezone.now())


def mails_to(person):
    return OutboundEmail.objects.filter(recipient=person).count()


def test_a_slot_that_becomes_free_is_kept_for_the_first(candidate, person):
    later, first = join(person), join(candidate)
    interview_in(2, candidate)
    slot, now = freed(), timezone.now()

    assert offers.look(now) == 1

    offer = kept(first)
    assert (offer.slot, offer.status, offer.hold_until) == (slot, "held", now + rules.KEPT)
    assert kept(later) is None
    assert list(offer.events.values_list("old", "new")) == [("", "held")]
    assert offers.look(now) == 0


def test_she_is_told_at_once_by_mail_and_message(candidate):
    join(candidate)
    freed()
    now = timezone.now()
    sweep.run(now)
    assert reminders.deliver_due(now) == 1
    reminder = Reminder.objects.get(kind="slot-offered")
    assert (reminder.recipient, reminder.status, reminder.useless_after) == (candidate, "sent", now + rules.KEPT)
    assert mails_to(candidate) == 1


def test_at_night_it_is_kept_and_her_morning_hears_of_it(candidate):
    now = timezone.now()
    wall = when.to_wall(now, candidate.zone)
    candidate.quiet_from, candidate.quiet_until = (wall - HOUR).time(), (wall + 3 * HOUR).time()
    candidate.save()
    entry = join(candidate)
    freed()
    offers.look(now)
    morning = when.deliver_from(now, zone=candidate.zone, quiet=candidate.quiet)
    offer = kept(entry)
    assert offer.hold_until == morning + rules.KEPT
    assert (reminders.deliver_due(now), reminders.deliver_due(morning)) == (0, 1)


def test_she_takes_it_and_waits_no_longer(candidate):
    entry = join(candidate)
    freed()
    offers.look(timezone.now())
    offer = kept(entry)

    booking = waitlist.take(offer, by=candidate)

    entry.refresh_from_db()
    assert (booking.pk, booking.status, booking.hold_until, entry.status) == (offer.pk, "booked", None, "booked")
    assert list(entry.events.values_list("old", "new")) == [("", "waiting"), ("waiting", "booked")]
    assert waitlist.take(booking, by=candidate) == booking


def test_she_leaves_it_to_the_next_and_keeps_her_place(candidate, person):
    first, second = join(candidate), join(person)
    slot = freed()
    offers.look(timezone.now())
    waitlist.decline(kept(first), by=candidate)

    offers.look(timezone.now())

    assert (kept(first), kept(second).slot) == (None, slot)
    another = freed()
    offers.look(timezone.now())
    assert kept(first).slot == another


def test_a_half_hour_that_is_over_goes_to_the_next(candidate, person):
    first, second = join(candidate), join(person)
    slot = freed()
    offers.look(timezone.now())
    offer = kept(first)
    late = offer.hold_until

    sweep.run(late)

    offer.refresh_from_db()
    assert (offer.status, Booking.objects.get(status="held").candidate) == ("expired", person)
    with pytest.raises(Conflict, match="Your place in the line is as it was"):
        waitlist.take(offer, by=candidate, now=late)
    first.refresh_from_db()
    assert (first.status, Line(late).before(first)) == ("waiting", 0)
    assert waitlist.take(kept_for(second, late), by=person, now=late).slot == slot


def test_too_late_but_still_free_is_hers(candidate):
    entry = join(candidate)
    slot = freed()
    offers.look(timezone.now())
    offer = kept(entry)
    late = offer.hold_until + MINUTE
    sweep.run(late)
    booking = waitlist.take(Booking.objects.get(pk=offer.pk), by=candidate, now=late)
    entry.refresh_from_db()
    assert (booking.slot, booking.status, entry.status) == (slot, "booked", "booked")
    assert booking.pk != offer.pk


def test_what_was_free_before_she_joined_is_not_offered(candidate):
    slot = freed()
    entry = join(candidate)
    assert offers.look(timezone.now()) == 0
    other = awake()
    bookings.cancel(bookings.book(slot, candidate=other, by=other), by=other)
    offers.look(timezone.now())
    assert kept(entry).slot == slot


def test_a_slot_that_moves_is_another_offer(candidate, admin):
    entry = join(candidate)
    slot = freed()
    offers.look(timezone.now())
    waitlist.decline(kept(entry), by=candidate)
    assert offers.look(timezone.now()) == 0
    slots.edit_slot(slot, by=admin, starts_wall=slot.starts_wall + DAY)
    offers.look(timezone.now())
    assert kept(entry).starts_at == slot.starts_at + DAY


def test_two_without_a_word_and_others_are_asked(candidate, person):
    first, second = join(candidate), join(person)
    now = timezone.now()
    for _ in range(2):
        freed()
        freed()
        sweep.run(now)
        waitlist.decline(kept_for(second, now), by=person, now=now)
        now += rules.KEPT
    freed()
    sweep.run(now)
    first.refresh_from_db()
    assert (first.status, kept_for(first, now)) == ("resting", None)
    assert kept_for(second, now) is not None
    assert reminders.deliver_due(now) >= 1
    assert Reminder.objects.get(kind="waiting-list").status == "sent"

    waitlist.still_looking(first, by=candidate, now=now)
    freed()
    sweep.run(now)
    first.refresh_from_db()
    assert (first.status, kept_for(first, now) is not None) == ("waiting", True)


def test_a_session_she_settles_otherwise_ends_her_waiting(candidate, coach):
    entry = join(candidate)
    asked = bookings.book(freed(coach=coach), candidate=candidate, by=coach)
    sweep.run(timezone.now())
    entry.refresh_from_db()
    assert entry.status == "waiting"
    bookings.confirm(asked, by=candidate)
    sweep.run(timezone.now())
    entry.refresh_from_db()
    assert entry.status == "booked"


def test_a_session_from_before_or_on_other_days_does_not(candidate):
    bookings.book(freed(), candidate=candidate, by=candidate)
    entry = join(candidate, days=1)
    sweep.run(timezone.now())
    entry.refresh_from_db()
    assert entry.status == "waiting"


def test_days_that_have_gone_by_end_it_and_she_is_told(candidate):
    entry = join(candidate, days=1)
    after = entry.closes_at - HOUR
    sweep.run(after)
    entry.refresh_from_db()
    assert entry.status == "over"
    assert reminders.deliver_due(after) == 1


def test_leaving_gives_back_what_is_kept(candidate, person):
    first, second = join(candidate), join(person)
    freed()
    offers.look(timezone.now())
    offer = kept(first)
    waitlist.leave(first, by=candidate)
    offers.look(timezone.now())
    offer.refresh_from_db()
    assert (offer.status, kept(second).slot) == ("cancelled", offer.slot)
    with pytest.raises(Conflict):
        waitlist.leave(first, by=candidate)


def test_a_closed_account_waits_no_longer(candidate):
    entry = join(candidate)
    candidate.is_active = False
    candidate.save()
    sweep.run(timezone.now())
    entry.refresh_from_db()
    assert entry.status == "left"


def test_only_of_the_coach_she_named_and_only_on_her_days(candidate):
    coach, now = CoachFactory(), timezone.now()
    entry = join(candidate, coach=coach, days=3)
    freed()
    freed(coach=coach, starts_wall=when.to_wall(now, "Africa/Nairobi").replace(microsecond=0) + 5 * DAY)
    assert offers.look(now) == 0
    mine = freed(coach=coach, starts_wall=when.to_wall(now, "Africa/Nairobi").replace(microsecond=0) + 2 * DAY)
    offers.look(now)
    assert kept(entry).slot == mine


def test_where_only_own_coaches_may_be_booked_others_are_not_offered(candidate, settings):
    settings.AFTERWORD_ANY_OPEN_SLOT = False
    entry = join(candidate)
    freed()
    assert offers.look(timezone.now()) == 0
    engagement = EngagementFactory(candidate=candidate)
    slot = freed(coach=engagement.coach)
    end_engagement(engagement, by=candidate)
    assert offers.look(timezone.now()) == 0
    EngagementFactory(candidate=candidate, coach=engagement.coach)
    offers.look(timezone.now())
    assert kept(entry).slot == slot


def test_whom_a_rule_forbids_it_is_passed_over_and_keeps_her_place(candidate, person):
    for day in (1, 2):
        BookingFactory(candidate=candidate, slot=freed(starts_at=timezone.now() + day * DAY))
    first, second = join(candidate), join(person)
    interview_in(3, candidate)
    slot = freed()
    offers.look(timezone.now())
    assert (kept(first), kept(second).slot, Line(timezone.now()).before(second)) == (None, slot, 1)


def test_somebody_with_a_form_open_is_not_disturbed(candidate):
    entry = join(candidate)
    now = timezone.now()
    held = bookings.hold(freed(), candidate=candidate, now=now)
    freed()
    assert offers.look(now) == 0
    held.refresh_from_db()
    assert (held.status, kept(entry) == held) == ("held", False)


def test_another_form_leaves_what_is_kept_for_her(candidate):
    entry = join(candidate)
    freed()
    offers.look(timezone.now())
    offer = kept(entry)
    bookings.hold(freed(starts_at=offer.starts_at + 5 * HOUR), candidate=candidate)
    offer.refresh_from_db()
    assert offer.status == "held"
    bookings.book(freed(starts_at=offer.starts_at + 10 * MINUTE), candidate=candidate, by=candidate)
    offer.refresh_from_db()
    assert offer.status == "cancelled"


def test_what_is_kept_is_nobody_elses(candidate, person):
    join(candidate)
    slot = freed()
    offers.look(timezone.now())
    with pytest.raises(Conflict):
        bookings.book(slot, candidate=person, by=person)


def test_a_withdrawn_slot_is_kept_for_nobody(candidate, admin):
    entry = join(candidate)
    slot = freed()
    offers.look(timezone.now())
    offer = kept(entry)
    slots.withdraw_slot(slot, by=admin)
    with pytest.raises(Conflict):
        waitlist.take(Booking.objects.get(pk=offer.pk), by=candidate)
    assert reminders.deliver_due(timezone.now()) == 0


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(5, 4, "last_on"), (-3, -1, "last_on"), (0, 62, "last_on"), (0, 2 * 10**6, "last_on")],
    ids=["backwards", "past", "beyond what can be booked", "the year 7500"],
)
def test_days_that_make_no_sense_are_refused_at_the_field(candidate, first, last, field):
    today = when.to_wall(timezone.now(), candidate.zone).date()
    with pytest.raises(Refused) as refused:
        waitlist.join(
            candidate, by=candidate, first_on=today + timedelta(days=first), last_on=today + timedelta(days=last)
        )
    assert refused.value.field == field


def test_one_place_each(candidate, coach):
    join(candidate)
    with pytest.raises(Conflict):
        join(candidate)
    with pytest.raises(Refused):
        waitlist.join(candidate, by=coach, first_on=timezone.now().date(), last_on=timezone.now().date())


def test_other_days_leave_her_place(candidate, person):
    first, second = join(candidate), join(person)
    waitlist.change(first, by=candidate, last_on=first.last_on + timedelta(days=1))
    first.refresh_from_db()
    assert first.closes_at - second.closes_at == DAY
    assert (Line(timezone.now()).before(first), Line(timezone.now()).before(second)) == (0, 1)


def test_her_own_only(candidate, coach, person, admin):
    entry = join(candidate)
    join(person)
    assert list(WaitlistEntry.objects.visible_to(candidate)) == [entry]
    assert not WaitlistEntry.objects.visible_to(coach).exists()
    assert not WaitlistEntry.objects.visible_to(admin).exists()


def test_a_look_takes_the_same_queries_however_many_wait(candidate, django_assert_num_queries):
    join(candidate)
    with django_assert_num_queries(3):
        offers.look(timezone.now())
    for other in UserFactory.create_batch(30):
        join(other)
    with django_assert_num_queries(3):
        offers.look(timezone.now())


def test_nobody_waiting_costs_one_query(candidate, django_assert_num_queries):
    freed()
    with django_assert_num_queries(1):
        offers.look(timezone.now())
