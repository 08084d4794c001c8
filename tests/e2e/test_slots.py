"""An admin's afternoon with slots: a series from one form, its calendar by keyboard, another time with somebody booked."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts import when
from coaching.models import Booking, CalendarChange, SlotSeries
from coaching.services import bookings, series, slots
from tests.e2e.looking import troubles_of
from tests.factories import BookingFactory, LessonFactory, SlotFactory

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def next_monday(hour=9):
    wall = when.to_wall(timezone.now(), "Africa/Nairobi")
    return (wall + timedelta(days=7 - wall.weekday())).replace(hour=hour, minute=0, second=0, microsecond=0)


def test_a_series_is_made_and_seen_in_the_calendar(visit, admin, coach):
    page = visit(admin, width=1280)
    page.goto("/slots/")
    page.get_by_role("link", name="New slots").first.click()
    page.get_by_label("Coach").select_option(label="Tom Barasa")
    page.get_by_label("Start", exact=True).fill(f"{next_monday():%Y-%m-%dT%H:%M}")
    page.locator("summary", has_text="Several of a day").click()
    page.get_by_label("Repeats").select_option(label="Every week")
    page.get_by_label("Monday").check()
    page.get_by_label("Wednesday").check()
    assert troubles_of(page) == []
    page.set_viewport_size(DESK)
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every week on Monday and Wednesday at 09:00")
    assert SlotSeries.objects.get().slots.count() > 10

    month = f"{next_monday():%Y-%m}"
    page.goto(f"/slots/?month={month}&on={next_monday():%Y-%m-%d}")
    assert troubles_of(page) == []
    page.set_viewport_size(DESK)
    page.locator("td a[aria-current=date]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    wednesday = next_monday() + timedelta(days=2)
    expect(page.get_by_role("heading", level=3)).to_have_text(f"Wednesday {wednesday.day} {wednesday:%B}")
    expect(page.get_by_text("09:00–09:45 Nairobi", exact=True)).to_be_visible()


def test_on_the_phone_a_series_moves_and_whoever_has_booked_is_asked(visit, admin, coach, candidate):
    one = series.create_series(
        coach=coach, zone="Africa/Nairobi", rule="FREQ=WEEKLY;COUNT=3", starts_wall=next_monday(), by=admin
    )
    booked = one.slots.order_by("starts_at")[1]
    bookings.book(booked, candidate=candidate, by=candidate)
    page = visit(admin, width=390)
    page.goto(f"/series/{one.public_id}/edit/")
    page.get_by_label("Start", exact=True).fill("11:00")
    page.get_by_role("button", name="Show what it does").click()
    expect(page.get_by_text("1 person has booked; choose for them.")).to_be_visible()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("group", name="Achieng Otieno").get_by_text("Move, and ask").click()
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("Achieng Otieno")).to_be_visible()
    assert CalendarChange.objects.get().status == "waiting"


def test_a_booked_slot_is_taken_back_with_another_offered_and_undone(visit, admin, coach, candidate):
    booking, place = BookingFactory(slot__coach=coach, candidate=candidate), SlotFactory(coach=coach)
    page = visit(admin, width=390)
    page.goto(f"/slots/{booking.slot.public_id}/edit/")
    page.get_by_role("link", name="Offer another time, or cancel").click()
    expect(page.get_by_text("Achieng Otieno has booked this slot.")).to_be_visible()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("Say in a line why, for the person who booked it.")).to_be_visible()
    page.get_by_label("What becomes of the session?").select_option(str(place.public_id))
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("cell", name="Achieng Otieno")).to_be_visible()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("Undone. Everything is as it was")).to_be_visible()
    booking.refresh_from_db()
    assert (booking.status, booking.slot.status, Booking.objects.filter(slot=place).exists()) == (
        "booked",
        "open",
        False,
    )


def test_whoever_looks_at_a_time_that_is_taken_back_is_shown_others(visit, admin, coach, candidate):
    slot, near = SlotFactory(coach=coach), SlotFactory(coach=coach)
    LessonFactory(candidate=candidate, title="Say numbers")
    page = visit(candidate, width=390)
    page.goto(f"/slots/{slot.public_id}/book/")
    page.get_by_label("Say numbers").check()
    slots.withdraw_slot(slot, by=admin)
    expect(page.get_by_text("This time was taken back.")).to_be_visible()
    expect(page.get_by_role("button", name="Book it")).to_be_hidden()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Book", exact=False).first.click()
    expect(page.get_by_text("Kept for you until")).to_be_visible()
    expect(page.get_by_label("Say numbers")).to_be_checked()
    assert page.url.split("?")[0].endswith(f"/slots/{near.public_id}/book/")
