"""A session on the phone and at a desk: own notes, the report, her page, her lessons, and one sheet of paper."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from coaching.models import Booking, SessionNote
from coaching.services import bookings
from tests.e2e.looking import troubles_of
from tests.factories import LessonFactory, SlotFactory

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
ONE_PAGE = b"/Type /Page\n"


def test_from_the_session_to_the_printed_report(visit, candidate, coach):
    lesson = LessonFactory(candidate=candidate, title="Say the figure first")
    booking = bookings.book(
        SlotFactory(coach=coach, place="Video call"), candidate=candidate, by=candidate, agenda=[lesson]
    )
    address = reverse("booking-detail", args=[booking.public_id])
    page = visit(candidate, width=390)
    page.goto(address)
    expect(page.get_by_text("Your own notes")).to_have_count(1)
    page.get_by_label("Your own notes").fill("Breathe before the hard one")
    expect(page.locator("#kept")).to_contain_text("Kept.")
    assert troubles_of(page) == []
    assert SessionNote.objects.get().text == "Breathe before the hard one"

    start = timezone.now() - timedelta(hours=1)
    Booking.objects.filter(pk=booking.pk).update(starts_at=start, ends_at=start + timedelta(minutes=45))
    desk = visit(coach)
    desk.goto("/today/")
    desk.get_by_role("link", name="Achieng Otieno").click()
    expect(desk.get_by_text("Breathe before the hard one")).to_have_count(0)
    desk.get_by_role("button", name="It took place").click()
    desk.get_by_role("link", name="Write the report").click()
    desk.get_by_label("One thing that worked").fill("You stopped when it was said.")
    desk.get_by_label("One thing to change").fill("The figure before the story.")
    desk.get_by_role("group", name="Say the figure first").get_by_label("Held").check()
    desk.get_by_text("Scores, if they help").click()
    structure = desk.locator("summary", has_text="Structure")
    expect(structure).to_contain_text("No score")
    structure.click()
    desk.get_by_role("group", name="Structure").get_by_label("3 ·").check()
    expect(structure.get_by_text("3 of 4")).to_be_visible()
    assert troubles_of(desk) == []
    desk.get_by_role("button", name="Send it").click()
    expect(desk.get_by_text("Sent. Achieng has it now.")).to_be_visible()

    page.set_viewport_size(PHONE)
    page.goto("/today/")
    page.get_by_role("link", name="Read it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What Tom Barasa heard")
    expect(page.get_by_text("3 of 4")).to_be_visible()
    assert troubles_of(page) == []
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "1cm")
    assert page.pdf(format="A4", margin=margin).count(ONE_PAGE) == 1
    page.get_by_role("link", name="Practise", exact=True).click()
    expect(page.get_by_text("In your last session: held.")).to_be_visible()
