"""Mail scanners that open every link in a real browser, scripts and all: nothing changes, and the human's click still works."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import expect

from accounts import links
from coaching.models import Booking
from coaching.reminders import booking_url
from followups.models import Reminder
from interviews.models import Interview
from tests import factories, mails
from tests.e2e.browsing import Visitor
from tests.e2e.processes import web_site
from tests.everything import checksum_of_everything

pytestmark = pytest.mark.browser


def each_page_once(paths):
    """Every page that works without signing in, and one of each other kind: those lead to the sign-in."""
    return list({path if "/links/" in path else resolve(path).url_name: path for path in paths}.values())


def own(url):
    return urlsplit(url).path


def note_page(interview):
    return links.url("note", interview.candidate, interview.public_id, ends_at=interview.ends_at + timedelta(days=8))


@pytest.fixture
def site(transactional_db):
    with web_site() as url:
        yield url


def test_a_scanner_opens_every_link_of_every_mail(site, browser):
    rows = mails.every_mail()
    paths = each_page_once(mails.own_paths(rows))
    assert len([path for path in paths if path.startswith("/links/")]) >= 10
    before = checksum_of_everything()
    visitor = Visitor(browser, site)
    for path in paths:
        visitor.page.goto(path, wait_until="networkidle")
        visitor.page.mouse.wheel(0, 600)
    assert checksum_of_everything() == before
    assert visitor.troubles == []

    [outcome] = [path for path in paths if path.startswith("/links/outcome/")]
    visitor.page.goto(outcome)
    visitor.page.get_by_role("button", name="Next round").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Noted")
    assert Interview.objects.filter(outcome="next_round").count() == 1
    visitor.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_pages_work_with_and_without_scripts(site, browser, scripts):
    rows = mails.every_mail()
    now = timezone.now()
    # Of one kind by name: another may be so near its end that no later time is offered.
    reminder = Reminder.objects.filter(kind="debrief", status="sent").latest("pk")
    [mail] = [row for row in rows if row.dedupe_key == f"reminder:{reminder.public_id}"]
    pages = {
        "note": note_page(factories.ThankYouNoteFactory().interview),
        "booking": booking_url(Booking.objects.filter(status="booked", starts_at__gt=now + timedelta(days=2)).last()),
        "snooze": next(path for path in mails.own_paths([mail]) if path.startswith("/links/snooze/")),
    }
    visitor = Visitor(browser, site, width=390, scripts=scripts)
    page = visitor.page

    page.goto(own(pages["note"]))
    page.get_by_label("When did it go?").fill("2020-01-01T10:00")
    page.get_by_role("button", name="Yes, I sent it").click()
    expect(page.get_by_text("That was before the interview was over.")).to_be_visible()
    page.get_by_label("When did it go?").fill("")
    page.get_by_role("button", name="Yes, I sent it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That one is behind you")

    page.goto(own(pages["booking"]))
    page.get_by_text("No, thank you").or_(page.get_by_text("Cancel it")).first.click()
    page.get_by_role("button", name="Cancel the session").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is cancelled")

    page.goto(pages["snooze"])
    page.get_by_role("button", name="In two hours").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It comes again")
    assert visitor.troubles == []
    visitor.close()
