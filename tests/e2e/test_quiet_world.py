"""Redis stopped, no worker, nobody at the keyboard, a coach who never answers: the note leaves by its time all the same."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coaching.models import Review
from config.embedded.valkey import Valkey
from followups.models import OutboundEmail, ThankYouNote
from followups.services import notes
from tests import factories
from tests.e2e import journeys
from tests.e2e.processes import web_site
from tests.eventually import eventually

pytestmark = pytest.mark.browser

# Seconds; one that waits for a dead Redis until the browser gives up is what is meant, not how quick the machine is.
SLOWEST_PAGE = 5
LATEST = timedelta(seconds=10)
PEER = "peter@lake.example"


@pytest.fixture
def redis(tmp_path):
    with Valkey(tmp_path / "valkey", durable=False) as server:
        yield server


@pytest.fixture
def site(transactional_db, redis):
    """The web server and the pump as processes of their own; there is no worker and no beat."""
    with web_site(["manage.py", "pump_outbox", "--loop", "--every=1"], REDIS_URL=redis.url) as url:
        yield url


@pytest.fixture
def note(candidate, coach):
    interview = factories.InterviewFactory(candidate=candidate, company="Lake Clinic", shared_with_coach=True)
    factories.InterviewerFactory(interview=interview, name="Peter Otieno", email=PEER)
    return notes.draft_note(interview, by=candidate)


@pytest.fixture
def slot(coach):
    return factories.SlotFactory(coach=coach)


def test_a_note_leaves_by_its_time(site, redis, visitors, inbox, candidate, note, slot):
    visitor = visitors(site)
    visitor.sign_in(candidate)
    page = visitor.page
    ask_the_coach(page, note)
    paths = ("/today/", "/interviews/", f"/notes/{note.public_id}/", "/slots/", "/reminders/")
    for path in paths:
        seconds_for(page, path)  # the first one reads the templates
    redis.stop()

    assert {path: took for path in paths if (took := seconds_for(page, path)) > SLOWEST_PAGE} == {}
    its_time_comes_in(seconds=3)
    assert seconds_to_book(page, slot) < SLOWEST_PAGE

    mail = inbox.first(PEER, "Thank you: Content manager")
    assert mail["Reply-To"].addresses[0].addr_spec == candidate.email
    row = OutboundEmail.objects.get(kind="note")
    eventually(lambda: row.refresh_from_db() or row.status == "sent", what="the record of the sending")
    assert timedelta(0) <= row.sent_at - row.due_at < LATEST
    inbox.first(candidate.email, "Your mock session is booked")
    review = Review.objects.get()
    assert review.status == "went_without"
    page.goto(f"/reviews/{review.public_id}/")
    expect(page.locator(".next")).to_contain_text("Tom could not look at it in time, so it went as you approved it.")


def ask_the_coach(page, note):
    page.goto(f"/notes/{note.public_id}/")
    page.get_by_role("link", name="Ask Tom to look at it first").click()
    page.get_by_label("Your note goes").fill(journeys.wall(hours=3))
    page.get_by_label("Send it as I approved it").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".next")).to_contain_text("answered or not")


def seconds_for(page, path):
    begun = time.perf_counter()
    assert page.request.get(path).ok
    return time.perf_counter() - begun


def seconds_to_book(page, slot):
    """A page that queues mail tries to wake a worker, and waits for nobody either."""
    page.goto(f"/slots/{slot.public_id}/book/")
    begun = time.perf_counter()
    page.get_by_role("button", name="Book it").click()
    page.wait_for_url("**/bookings/**")
    return time.perf_counter() - begun


def its_time_comes_in(*, seconds):
    """Three hours pass in the stored times: the coach's until now, the note's until in a moment."""
    now = timezone.now()
    due = now + timedelta(seconds=seconds)
    assert Review.objects.filter(status="open").update(answer_by=now) == 1
    assert ThankYouNote.objects.filter(status="scheduled").update(send_at=due) == 1
    assert OutboundEmail.objects.filter(kind="note", status="queued").update(due_at=due, next_try_at=due) == 1
