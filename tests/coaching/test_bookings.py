"""Who gets a slot, and what becomes of it. Races stand in test_booking_races.py."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Engagement
from accounts.records import Conflict, Refused
from accounts.services import deactivate, end_engagement
from coaching.models import Booking, MockSlot
from coaching.services import bookings, slots, sweep
from followups.models import OutboundEmail, Reminder
from tests.factories import SlotFactory, UserFactory
from tests.mailing import message_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def slot(coach, admin):
    return make_slot(coach, admin, day=26)


def make_slot(coach, admin, *, day, hour=10):
    wall = datetime(2026, 11, day, hour)  # noqa: DTZ001 -- a wall time
    return slots.create_slot(coach=coach, zone="Africa/Nairobi", starts_wall=wall, by=admin, now=NOW, place="Room 2")


def calendars_to(reader):
    """The calendar files mailed to this person, oldest first."""
    rows = OutboundEmail.objects.filter(kind="session", recipient=reader).order_by("id")
    mails = [message_of(row) for row in rows]
    files = [part for mail in mails for part in mail.iter_attachments()]
    assert all(file.get_content_type() == "text/calendar" for file in files)
    return [Calendar.from_ical(file.get_content()) for file in files]


def mails_to(reader):
    """The words of the mails about sessions to this person, oldest first."""
    rows = OutboundEmail.objects.filter(kind="session", recipient=reader).order_by("id")
    mails = [message_of(row) for row in rows]
    return [mail.get_body(("plain",)).get_content() for mail in mails]


def summary(calendar):
    event = calendar.events[0]
    return str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["STATUS"])


def test_she_books_and_it_is_settled(slot, candidate, coach):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    assert (booking.status, booking.confirmed_at, booking.confirm_by) == ("booked", NOW, None)
    assert (booking.starts_at, booking.ends_at, booking.coach) == (slot.starts_at, slot.ends_at, coach)
    assert list(booking.events.values_list("old", "new")) == [("", "booked")]
    assert {(r.recipient_id, r.due_at) for r in Reminder.objects.filter(kind="mock-session", status="waiting")} == {
        (person.pk, slot.starts_at - before)
        for person in (candidate, coach)
        for before in (timedelta(hours=24), timedelta(hours=1))
    }


def test_her_coach_books_for_her_and_she_is_asked(slot, candidate, coach):
    booking = bookings.book(slot, candidate=candidate, by=coach, now=NOW)
    assert (booking.confirmed_at, booking.confirm_by) == (None, slot.starts_at - timedelta(hours=24))
    booking = bookings.confirm(booking, by=candidate, now=NOW)
    assert (booking.confirmed_at, booking.confirm_by) == (NOW, None)
    assert [summary(calendar) for calendar in calendars_to(candidate)] == [
        ("REQUEST", 1, "TENTATIVE"),
        ("REQUEST", 2, "CONFIRMED"),
    ]


def test_half_of_the_time_left_where_a_day_is_not(coach, admin, candidate):
    slot = make_slot(coach, admin, day=23, hour=22)
    booking = bookings.book(slot, candidate=candidate, by=coach, now=NOW)
    assert booking.confirm_by == NOW + (slot.starts_at - NOW) / 2


def test_what_she_does_not_confirm_lapses_and_both_are_told(slot, candidate, coach):
    booking = bookings.book(slot, candidate=candidate, by=coach, now=NOW)
    sweep.run(booking.confirm_by - timedelta(seconds=1))
    booking.refresh_from_db()
    assert booking.status == "booked"
    sweep.run(booking.confirm_by)
    booking.refresh_from_db()
    assert booking.status == "expired"
    for person in (candidate, coach):
        assert summary(calendars_to(person)[-1]) == ("CANCEL", 2, "CANCELLED")
    assert not Reminder.objects.filter(kind="mock-session", status="waiting").exists()
    with pytest.raises(Conflict):
        bookings.confirm(booking, by=candidate, now=NOW)


def test_a_confirmed_booking_does_not_lapse(slot, candidate, coach):
    booking = bookings.book(slot, candidate=candidate, by=coach, now=NOW)
    late = booking.confirm_by
    bookings.confirm(booking, by=candidate, now=NOW)
    assert bookings.lapse(booking, now=late) is False


@pytest.mark.parametrize("who", ["other_coach", "stranger"])
def test_nobody_else_books_for_her(request, slot, candidate, who):
    with pytest.raises(Refused) as refused:
        bookings.book(slot, candidate=candidate, by=request.getfixturevalue(who), now=NOW)
    assert refused.value.field == "candidate"


def test_a_coach_whose_engagement_has_ended_books_no_more(slot, candidate, coach):
    end_engagement(Engagement.objects.get(candidate=candidate, coach=coach), by=candidate)
    with pytest.raises(Refused):
        bookings.book(slot, candidate=candidate, by=coach, now=NOW)


def test_a_slot_of_a_coach_who_is_gone_is_no_longer_offered(slot, candidate, coach):
    coach.is_active = False
    coach.save()
    with pytest.raises(Conflict):
        bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    with pytest.raises(Conflict):
        bookings.hold(slot, candidate=candidate, now=NOW)


def test_the_second_is_told_what_is_free_near(slot, candidate, stranger, coach, other_coach, admin):
    near = [make_slot(other_coach, admin, day=26, hour=hour) for hour in (9, 11)]
    far = [make_slot(coach, admin, day=day) for day in (27, 28)]
    bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    with pytest.raises(Conflict, match="Somebody was quicker") as lost:
        bookings.book(slot, candidate=stranger, by=stranger, now=NOW)
    assert [choice["public_id"] for choice in lost.value.choices] == [str(s.public_id) for s in [*near, far[0]]]


def test_notice_horizon_and_number_are_kept(coach, admin, candidate, settings):
    soon = make_slot(coach, admin, day=23, hour=13)
    with pytest.raises(Refused, match="at least 2 hours ahead"):
        bookings.book(soon, candidate=candidate, by=candidate, now=soon.starts_at - timedelta(minutes=119))
    with pytest.raises(Refused, match="60 days ahead"):
        bookings.book(soon, candidate=candidate, by=candidate, now=soon.starts_at - timedelta(days=61))
    for day in (26, 27):
        bookings.book(make_slot(coach, admin, day=day), candidate=candidate, by=candidate, now=NOW)
    third = make_slot(coach, admin, day=28)
    with pytest.raises(Refused, match="You have 2 sessions ahead already"):
        bookings.book(third, candidate=candidate, by=candidate, now=NOW)


def test_staff_may_pass_the_rules_with_a_reason_and_candidates_may_not(coach, admin, candidate):
    soon = make_slot(coach, admin, day=23, hour=13)
    with pytest.raises(Refused):
        bookings.book(soon, candidate=candidate, by=coach, now=NOW)
    with pytest.raises(Refused):
        bookings.book(soon, candidate=candidate, by=candidate, override_reason="please", now=NOW)
    booking = bookings.book(soon, candidate=candidate, by=coach, override_reason="Interview tomorrow", now=NOW)
    assert booking.override_reason == "Interview tomorrow"


def test_two_sessions_at_once_are_refused_even_with_a_reason(slot, candidate, other_coach, admin):
    bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    same_time = make_slot(other_coach, admin, day=26)
    with pytest.raises(Refused, match="another session at that time"):
        bookings.book(same_time, candidate=candidate, by=admin, override_reason="because", now=NOW)


def test_a_form_holds_its_slot_for_five_minutes(slot, candidate, stranger):
    held = bookings.hold(slot, candidate=candidate, now=NOW)
    with pytest.raises(Conflict):
        bookings.book(slot, candidate=stranger, by=stranger, now=NOW + timedelta(minutes=4, seconds=59))
    theirs = bookings.book(slot, candidate=stranger, by=stranger, now=NOW + timedelta(minutes=5))
    held.refresh_from_db()
    assert (held.status, theirs.status) == ("expired", "booked")


def test_her_own_hold_becomes_the_booking(slot, candidate):
    held = bookings.hold(slot, candidate=candidate, now=NOW)
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW + timedelta(minutes=1))
    assert (booking.pk, booking.status, booking.hold_until, booking.sequence) == (held.pk, "booked", None, 1)
    assert list(booking.events.values_list("old", "new")) == [("", "held"), ("held", "booked")]


def test_one_hold_at_a_time(slot, candidate, coach, admin):
    first = bookings.hold(slot, candidate=candidate, now=NOW)
    second = bookings.hold(make_slot(coach, admin, day=27), candidate=candidate, now=NOW)
    first.refresh_from_db()
    assert (first.status, second.status) == ("cancelled", "held")
    assert bookings.hold(second.slot, candidate=candidate, now=NOW) == second


def test_moving_to_another_coach_frees_the_first_ones_calendar(slot, candidate, coach, other_coach, admin):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    moved = bookings.move_booking(booking, slot=make_slot(other_coach, admin, day=27), by=candidate, now=NOW)
    booking.refresh_from_db()
    assert (booking.status, moved.status, moved.coach) == ("moved", "booked", other_coach)
    assert [summary(calendar)[0] for calendar in calendars_to(coach)] == ["REQUEST", "CANCEL"]
    assert [summary(calendar)[0] for calendar in calendars_to(other_coach)] == ["REQUEST"]
    assert {r.recipient for r in Reminder.objects.filter(kind="mock-session", status="waiting")} == {
        candidate,
        other_coach,
    }


def test_a_move_to_a_taken_slot_changes_nothing(slot, candidate, stranger, coach, admin):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    taken = make_slot(coach, admin, day=27)
    bookings.book(taken, candidate=stranger, by=stranger, now=NOW)
    with pytest.raises(Conflict):
        bookings.move_booking(booking, slot=taken, by=candidate, now=NOW)
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_a_move_by_the_coach_asks_her_again(slot, candidate, coach, admin):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    moved = bookings.move_booking(booking, slot=make_slot(coach, admin, day=27), by=coach, now=NOW)
    assert moved.confirmed_at is None
    assert moved.confirm_by


def test_cancelling_late_is_for_staff_with_a_reason(slot, candidate, coach):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    late = slot.starts_at - timedelta(hours=11)
    with pytest.raises(Refused, match="Tom Barasa, who can still cancel it"):
        bookings.cancel(booking, by=candidate, now=late)
    with pytest.raises(Refused) as refused:
        bookings.cancel(booking, by=coach, now=late)
    assert refused.value.field == "reason"
    bookings.cancel(booking, by=coach, reason="I am ill", now=late)
    booking.refresh_from_db()
    assert (booking.status, booking.override_reason) == ("cancelled", "I am ill")


def test_her_reason_is_for_her_coach_and_no_override(slot, candidate, coach):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    bookings.cancel(booking, by=candidate, reason="I have an interview then", now=NOW)
    booking.refresh_from_db()
    assert (booking.given_reason, booking.override_reason) == ("I have an interview then", "")
    assert "I have an interview then" in mails_to(coach)[-1]


def test_why_she_leaves_a_coach_is_not_told_to_the_next(slot, candidate, coach, other_coach, admin):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    elsewhere = make_slot(other_coach, admin, day=27)
    moved = bookings.move_booking(booking, slot=elsewhere, by=candidate, reason="Canary: evenings suit me", now=NOW)
    assert [("Canary" in mails_to(person)[-1]) for person in (coach, other_coach)] == [True, False]
    booking.refresh_from_db()
    assert (booking.given_reason, moved.given_reason) == ("Canary: evenings suit me", "")


def test_a_reason_of_hers_passes_no_rule(coach, admin, candidate):
    booking = bookings.book(make_slot(coach, admin, day=26), candidate=candidate, by=candidate, now=NOW)
    soon = make_slot(coach, admin, day=23, hour=13)
    with pytest.raises(Refused, match="at least 2 hours ahead"):
        bookings.move_booking(booking, slot=soon, by=candidate, reason="please", now=NOW)


def test_a_closed_account_books_nothing_and_gives_its_places_back(slot, candidate, coach, admin):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    deactivate(candidate, by=admin)
    sweep.run(NOW)
    booking.refresh_from_db()
    assert (booking.status, list(booking.events.values_list("new", "reason"))[-1]) == (
        "cancelled",
        ("cancelled", "account closed"),
    )
    assert [summary(calendar)[0] for calendar in calendars_to(coach)] == ["REQUEST", "CANCEL"]
    assert [summary(calendar)[0] for calendar in calendars_to(candidate)] == ["REQUEST"]
    candidate.refresh_from_db()
    with pytest.raises(Refused) as refused:
        bookings.book(make_slot(coach, admin, day=27), candidate=candidate, by=admin, now=NOW)
    assert refused.value.field == "candidate"
    assert sweep.run(NOW) == 0


def test_a_session_that_has_begun_is_neither_booked_nor_given_back(slot, candidate, coach, admin):
    begun = slot.starts_at
    with pytest.raises(Refused, match="begun already"):
        bookings.book(slot, candidate=candidate, by=admin, override_reason="walks in", now=begun)
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    for act in (bookings.cancel, bookings.confirm):
        with pytest.raises(Refused, match="begun already"):
            Booking.objects.update(confirmed_at=None)
            act(booking, by=candidate, now=begun)
    with pytest.raises(Refused, match="begun already"):
        bookings.move_booking(booking, slot=make_slot(coach, admin, day=27), by=coach, reason="late", now=begun)


def test_what_she_never_confirmed_she_may_refuse_at_any_time(coach, admin, candidate):
    booking = bookings.book(make_slot(coach, admin, day=23, hour=20), candidate=candidate, by=coach, now=NOW)
    assert bookings.cancel(booking, by=candidate, now=NOW).status == "cancelled"


def test_a_cancelled_place_is_free_for_the_next(slot, candidate, stranger):
    bookings.cancel(bookings.book(slot, candidate=candidate, by=candidate, now=NOW), by=candidate, now=NOW)
    assert bookings.book(slot, candidate=stranger, by=stranger, now=NOW).status == "booked"
    assert Booking.objects.filter(slot=slot).count() == 2


def test_who_sees_a_booking(slot, candidate, coach, other_coach, stranger, admin):
    booking = bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    bookings.book(make_slot(other_coach, admin, day=27), candidate=UserFactory(), by=admin, now=NOW)
    assert list(Booking.objects.visible_to(candidate)) == list(Booking.objects.visible_to(coach)) == [booking]
    assert not Booking.objects.visible_to(stranger).exists()
    assert Booking.objects.visible_to(admin).count() == 2


def test_the_sweep_turns_old_holds_over(slot, candidate):
    held = bookings.hold(slot, candidate=candidate, now=NOW)
    sweep.run(NOW + timedelta(minutes=6))
    held.refresh_from_db()
    assert held.status == "expired"


@pytest.mark.parametrize("any_open_slot", [True, False])
def test_what_is_told_to_be_near_is_what_she_may_book(
    slot, candidate, stranger, coach, other_coach, admin, settings, any_open_slot
):
    """The query that is written once says the same as the querysets from which it was written, to everybody."""
    settings.AFTERWORD_ANY_OPEN_SLOT = any_open_slot
    around = [make_slot(who, admin, day=day, hour=9) for who in (coach, other_coach) for day in (24, 25, 27, 28)]
    mine, *_later = around
    bookings.book(mine, candidate=candidate, by=candidate, now=NOW)
    bookings.hold(around[5], candidate=stranger, now=NOW)
    for reader in (candidate, stranger, coach, admin):
        for who, moving in ((reader, None), (candidate, mine.bookings.get())):
            free = MockSlot.objects.visible_to(reader).free_for(who, NOW, moving=moving).exclude(pk=slot.pk)

            near = bookings.nearest_free(slot, by=reader, now=NOW, limit=20, moving=moving)

            shown = [(one.public_id, one.coach, one.starts_at, one.ends_at) for one in near]
            assert shown == [(one.public_id, one.coach, one.starts_at, one.ends_at) for one in free.for_list()]


def test_the_query_for_what_is_near_is_planned_once(slot, candidate):
    """Planning it takes ten times as long as running it, and a crowd asks it two hundred times."""
    for minutes in range(12):
        bookings.nearest_free(slot, by=candidate, now=NOW + timedelta(minutes=minutes))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%coaching_mockslot%"],
        )
        [(once_for_all, each_time)] = cursor.fetchall()
    assert once_for_all >= 1
    assert each_time <= 5


@pytest.mark.parametrize("way", ["api", "page"])
def test_hearing_no_takes_few_queries(candidate, stranger, coach, client_of, way, django_assert_num_queries):
    """A crowd hears it at once: one question whether it is gone, one what is near, on top of who asks for what."""
    slot = SlotFactory(coach=coach, starts_at=timezone.now() + timedelta(days=3))
    bookings.book(slot, candidate=candidate, by=candidate)
    browser = client_of(stranger)
    with django_assert_num_queries(5):
        if way == "api":
            answer = browser.post(reverse("api:booking-list"), {"slot": str(slot.public_id)}, "application/json")
        else:
            answer = browser.post(reverse("slot-book", args=[slot.public_id]))
    assert answer.status_code == 409
