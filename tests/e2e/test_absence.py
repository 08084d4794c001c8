"""A sick coach's fortnight: 20 slots, 14 of them booked, moved by an admin in a few clicks and answered on a phone."""

from datetime import datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from accounts import when
from coaching.models import Booking, CoachAbsence
from coaching.reminders import booking_url
from tests.e2e.looking import troubles_of
from tests.factories import BookingFactory, CoachFactory, LessonFactory, SlotFactory, UserFactory

pytestmark = pytest.mark.browser
ZONE = "Africa/Nairobi"
SLOTS, BOOKED = 20, 14


def monday():
    """Of next week, on the coach's wall."""
    today = when.to_wall(timezone.now(), ZONE).date()
    return datetime.combine(today + timedelta(days=7 - today.weekday()), time())


def slot(coach, wall):
    starts_at = when.to_instant(wall, ZONE)
    made = SlotFactory(coach=coach, starts_at=starts_at, starts_wall=wall)
    made.events.create(new="open")
    return made


@pytest.fixture
def fortnight(coach, candidate):
    """Two slots on each working day of two weeks; another coach is free in the first of them, a third in the mornings later."""
    walls = [
        monday() + timedelta(days=7 * week + day, hours=hour) for week in (0, 1) for day in range(5) for hour in (9, 14)
    ]
    slots = [slot(coach, wall) for wall in walls]
    ruth, helen = CoachFactory(name="Ruth Njeri"), CoachFactory(name="Helen Marsh")
    for wall in walls[:6]:
        slot(ruth, wall)
    for wall in walls[6:16:2]:
        slot(helen, wall + timedelta(minutes=30))
    for days in (14, 15, 16, 17):
        slot(coach, monday() + timedelta(days=days, hours=10))
    people = [candidate, *(UserFactory(quiet_from=time(0), quiet_until=time(0)) for _ in range(BOOKED - 1))]
    for place, person in zip(slots, people, strict=False):
        booking = BookingFactory(slot=place, candidate=person)
        booking.events.create(new="booked")
    Booking.objects.get(candidate=candidate).agenda.add(LessonFactory(candidate=candidate, title="Slow down"))
    assert (len(slots), Booking.objects.count()) == (SLOTS, BOOKED)
    return slots


def test_an_admin_settles_a_fortnight_and_she_answers_from_the_mail(
    visit, visitors, live_server, admin, coach, candidate, fortnight
):
    page = visit(admin)
    clicks = 0

    def click(locator):
        nonlocal clicks
        clicks += 1
        locator.click()

    page.goto("/slots/")
    click(page.get_by_role("link", name="Away"))
    click(page.get_by_role("link", name="A coach is away"))
    page.get_by_label("Who is away?").select_option(label="Tom Barasa (Nairobi)")
    page.get_by_label("Away from").fill(monday().strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Back from").fill((monday() + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M"))
    click(page.get_by_role("button", name="See what follows"))
    expect(page.get_by_text("6 free slots are withdrawn.")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(1 + BOOKED)
    assert troubles_of(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    click(page.get_by_role("button", name="Do all of this"))
    expect(page.get_by_text("Nobody has been told yet")).to_be_visible()
    assert clicks == 4
    assert troubles_of(page) == []

    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("Everybody concerned has been told.")).to_be_visible()
    assert CoachAbsence.objects.get().status == "standing"
    offers = Booking.objects.filter(by_house=True, status="booked")
    assert offers.count() == BOOKED
    assert troubles_of(page) == []

    offer = offers.get(candidate=candidate)
    phone = visitors(live_server.url, width=390).page
    phone.goto(booking_url(offer).removeprefix(settings.BASE_URL))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Does this time suit you?")
    phone.get_by_label("Slow down").check()
    assert troubles_of(phone) == []
    phone.set_viewport_size({"width": 390, "height": 900})
    phone.get_by_role("button", name="Yes, it suits me").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("It is settled")
    offer.refresh_from_db()
    assert (offer.confirmed_at is not None, offer.agenda.count()) == (True, 1)
