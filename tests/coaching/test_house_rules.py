"""The rules of the installation on real bookings: what counts, what is said to whom, and who may pass them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.records import Refused
from coaching.models import Booking
from coaching.rules import Standing
from coaching.services import bookings, house_rules
from tests.factories import BookingFactory, SlotFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def missed(candidate, coach, days_ago, status="no_show", **more):
    slot = SlotFactory(coach=coach, starts_at=NOW - days_ago * DAY, status="done")
    return BookingFactory(slot=slot, candidate=candidate, status=status, **more)


@pytest.fixture
def slot(coach):
    return SlotFactory(coach=coach, starts_at=NOW + 3 * DAY)


def test_what_counts_is_hers_agreed_to_and_missed(candidate, stranger, coach):
    counted = missed(candidate, coach, 5)
    missed(candidate, coach, 6, confirmed_at=None)
    missed(candidate, coach, 61)
    missed(candidate, coach, 7, status="done")
    missed(stranger, coach, 8)
    ahead = BookingFactory(candidate=candidate, slot__starts_at=NOW + DAY)
    BookingFactory(candidate=candidate, slot__starts_at=NOW + 2 * DAY, status="cancelled")
    assert ahead.status == "booked"
    assert house_rules.standing_of(candidate, NOW) == Standing(ahead=1, missed=(counted.starts_at,))


def test_after_two_missed_sessions_she_is_told_from_when_on_she_books_again(slot, candidate, coach):
    missed(candidate, coach, 5)
    missed(candidate, coach, 10)
    with pytest.raises(Refused, match="2 sessions you had booked went by without you in the last 60 days") as no:
        bookings.book(slot, candidate=candidate, by=candidate, now=NOW)
    assert "Tuesday 12 January 2027, 12:00 Nairobi" in str(no.value)
    with pytest.raises(Refused):
        bookings.hold(slot, candidate=candidate, now=NOW)
    assert not Booking.objects.filter(slot=slot).exists()


def test_her_coach_is_told_too_and_may_pass_it_with_a_reason(slot, candidate, coach):
    missed(candidate, coach, 5)
    missed(candidate, coach, 10)
    with pytest.raises(Refused, match="This client missed 2 sessions in the last 60 days"):
        bookings.book(slot, candidate=candidate, by=coach, now=NOW)
    booking = bookings.book(slot, candidate=candidate, by=coach, now=NOW, override_reason="We talked about it")
    assert booking.override_reason == "We talked about it"


def test_the_installation_may_switch_it_off(slot, candidate, coach, settings):
    missed(candidate, coach, 5)
    missed(candidate, coach, 10)
    settings.BOOKING_NO_SHOWS = 0
    assert bookings.book(slot, candidate=candidate, by=candidate, now=NOW).status == "booked"


def test_page_and_api_say_the_same(candidate, coach, client_of):
    now = timezone.now()
    for days in (3, 9):
        past = SlotFactory(coach=coach, starts_at=now - days * DAY, status="done")
        BookingFactory(slot=past, candidate=candidate, status="no_show")
    slot = SlotFactory(coach=coach)
    client = client_of(candidate)
    page = client.post(reverse("slot-book", args=[slot.public_id]))
    answer = client.post(reverse("api:booking-list"), {"slot": str(slot.public_id)}, content_type="application/json")
    said = page.context["form"].non_field_errors()[0]
    assert said.startswith("2 sessions you had booked went by without you")
    assert (page.status_code, answer.status_code) == (200, 422)
    assert said in answer.text
