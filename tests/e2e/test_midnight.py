"""A page that is left open: what it says of days stays true."""

import pytest
from playwright.sync_api import expect

from tests.factories import InterviewFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_after_midnight_the_date_stands_in_place_of_today(visit, candidate):
    InterviewFactory(candidate=candidate, company="Kijani Foods")
    page = visit(candidate)
    page.clock.install()
    page.goto("/interviews/")
    row = page.locator(".rows > li", has_text="Kijani Foods")
    dated = row.locator("time.near").first.get_attribute("title")
    left = int(page.locator("body").get_attribute("data-day-left"))
    page.clock.fast_forward(500 * left)
    expect(row.locator("time.near").first).to_be_visible()
    page.clock.fast_forward(500 * left + 30_000)
    expect(page.locator("time.near")).to_have_count(0)
    expect(row).to_contain_text(dated)
