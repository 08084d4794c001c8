"""On the phone: find a time before the next interview, keep it while looking, tick what to work on, book, move, cancel."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from coaching.models import Booking
from tests.e2e.looking import troubles_of
from tests.factories import CoachFactory, InterviewFactory, LessonFactory, SlotFactory

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_from_a_free_time_to_a_session_and_back(visit, candidate, coach):
    start = timezone.now() + timedelta(days=20)
    InterviewFactory(
        candidate=candidate, company="Kijani", status="planned", starts_at=start, ends_at=start + timedelta(hours=1)
    )
    for number in range(10):
        LessonFactory(candidate=candidate, title=f"Lesson number {number}")
    SlotFactory(coach=CoachFactory(name="Ruth Njeri"), place="Video call")
    mine = SlotFactory(coach=coach, place="Video call")
    other = SlotFactory(coach=coach, place="Video call")
    page = visit(candidate, width=390)

    page.goto("/today/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Mock sessions").click()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Before Kijani").click()
    page.get_by_text("From a day on, or with one coach").click()
    page.get_by_label("Coach", exact=True).select_option(label="Tom Barasa (your coach)")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("button", name="Book")).to_have_count(2)

    # The minutes run on the device's own time, so it can be put forward.
    page.clock.install()
    page.get_by_role("button", name="Book").first.click()
    expect(page.get_by_text("Kept for you until")).to_be_visible()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_label("Lesson number 9").check()
    page.get_by_text("Show the others").click()
    page.get_by_label("Lesson number 0").check()
    # At once, not second by second: what the page asks for meanwhile would seem never to be answered.
    page.clock.fast_forward(301_000)
    expect(page.get_by_text("Those minutes are over.")).to_be_visible()
    page.get_by_role("button", name="Keep it five minutes").click()
    expect(page.get_by_text("Kept for you until")).to_be_visible()
    expect(page.get_by_label("Lesson number 0")).to_be_checked()
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mock session with Tom Barasa")
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)

    desk = visit(coach)
    desk.goto(reverse("booking-detail", args=[Booking.objects.get(slot=mine).public_id]))
    expect(desk.get_by_text("Lesson number 0")).to_be_visible()

    page.get_by_role("link", name="Change what to work on").click()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_label("Lesson number 0").uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Move to another time").click()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.locator(f'input[value="{other.public_id}"]').check()
    page.get_by_role("button", name="Move the session").click()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_label("Why, in a line").fill("I have an interview then")
    page.get_by_role("button", name="Cancel the session").click()
    expect(page.get_by_text("I have an interview then")).to_be_visible()
    assert list(Booking.objects.order_by("id").values_list("status", flat=True)) == ["moved", "cancelled"]
