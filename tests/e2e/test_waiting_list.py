"""Waiting for a slot, on a phone: join, be asked, leave one to the next, and take the other from the mail's page."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coaching.models import Booking
from coaching.reminders import offer_url
from coaching.services import offers
from tests.e2e.looking import troubles_of
from tests.factories import SlotFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _look(page):
    found = troubles_of(page)
    page.set_viewport_size({"width": 390, "height": 900})
    return found


def a_slot_becomes_free():
    """What the pump does within seconds; here it is called by hand, so that nothing waits for a clock."""
    slot = SlotFactory(place="Room 4")
    offers.look(timezone.now())
    return Booking.objects.get(slot=slot)


def test_she_waits_is_asked_and_takes_one(visit, candidate):
    page = visit(candidate, width=390)
    page.goto("/slots/")
    page.get_by_role("link", name="Waiting list").click()
    found = _look(page)
    page.get_by_label("Until").fill(f"{timezone.now() + timedelta(days=20):%Y-%m-%d}")
    page.get_by_role("button", name="Wait for a slot").click()
    expect(page.get_by_text("Nobody is asked before you.")).to_be_visible()
    found += _look(page)

    a_slot_becomes_free()
    page.goto("/today/")
    page.get_by_role("link", name="Take it or leave it").click()
    found += _look(page)
    page.get_by_role("button", name="Not this one").click()
    expect(page.get_by_text("It goes to the next.")).to_be_visible()

    offer = a_slot_becomes_free()
    mail = visit(None, width=390)
    mail.goto(urlsplit(offer_url(offer)).path)
    found += _look(mail)
    mail.get_by_role("button", name="Take it").click()
    expect(mail.get_by_role("heading", level=1)).to_have_text("It is yours")

    page.goto("/waiting-list/")
    expect(page.get_by_text("You have a session, so you wait no longer.")).to_be_visible()
    assert found == []
