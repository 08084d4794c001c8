"""The main journeys without a mouse: every stop is seen, nothing is a trap, and the focus is never lost."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.when import to_wall
from coaching.models import MockSlot
from followups.models import ThankYouNote
from tests.e2e.journeys import holding
from tests.e2e.keyboard import Keyboard
from tests.factories import InterviewFactory, ThankYouNoteFactory

pytestmark = pytest.mark.browser
FOCUSED = "() => document.activeElement.id"


def test_a_candidate_logs_decides_and_writes(visit, candidate):
    page = visit(candidate)
    keys = Keyboard(page)
    page.goto("/today/")
    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    keys.press("Enter")
    assert page.evaluate(FOCUSED) == "main"

    keys.follow("link", "Log your first interview")
    keys.reach(page.get_by_label("Which company?")).write("Lake Clinic")
    keys.choose(page.get_by_label("Just now", exact=True))
    keys.follow("button", "Go on")
    keys.reach(page.get_by_label("What went well?")).write("The tour of the ward.")
    keys.follow("button", "Go on")

    keys.follow("link", "I left something out")
    keys.reach(page.get_by_label("What happened, in your words?")).write("I never said that I ran the vaccine store.")
    keys.reach(page.get_by_label("What were you talking about?")).write("supplies")
    keys.follow("button", "Go on")
    keys.reach(page.get_by_label("It touches something this job cannot do without")).press("Space")
    keys.reach(page.locator("#id_must_have")).write("Keeps supplies")
    keys.follow("button", "Go on")
    for question, choice in (
        ("Was it put right there and then?", "No"),
        ("Is there a fact they have not heard", "Yes"),
    ):
        keys.choose(page.get_by_role("group", name=question).get_by_label(choice, exact=True))
        keys.follow("button", "Go on")
    words = page.get_by_label("The two sentences, as they would stand in your note")
    keys.reach(words).write("For two years I ran the vaccine store.")
    keys.follow("button", "Go on")
    expect(page.locator("article.decision").get_by_role("heading")).to_have_text("Two sentences in your thank-you note")
    keys.follow("button", "Done with it", exact=True)

    expect(page.get_by_role("heading", level=1)).to_have_text("Anything else on your mind?")
    keys.follow("link", "Lake Clinic")
    keys.follow("link", "Begin the note")
    keys.reach(page.get_by_label("Name", exact=True)).write("Grace Wanjiru")
    keys.follow("button", "Begin the note")
    letter = page.get_by_label("Your note")
    expect(letter).to_have_value(holding("two years I ran the vaccine store"))
    keys.reach(letter).press("Control+End").write("\nPS: I am so sorry for my nerves.")
    # The findings are exchanged while she writes: she keeps her place.
    expect(page.locator(".finding.error").first).to_be_visible()
    expect(letter).to_be_focused()
    keys.follow("button", "Take this sentence out")
    expect(letter).not_to_have_value(holding("sorry"))
    assert page.evaluate("() => document.activeElement !== document.body")
    assert ThankYouNote.objects.get().status == "draft"
    assert keys.unseen == []


def test_the_way_back_keeps_the_focus_while_the_page_looks_again(visit, candidate):
    """In the last seconds the box is exchanged every three: whoever has reached its button stays on it."""
    note = ThankYouNoteFactory(
        interview=InterviewFactory(candidate=candidate),
        status="scheduled",
        send_at=timezone.now() + timedelta(minutes=1),
        approved_hash="seen",
    )
    page = visit(candidate)
    keys = Keyboard(page)
    page.goto(f"/notes/{note.public_id}/")
    take_back = page.get_by_role("button", name="Take it back")
    keys.reach(take_back)
    page.locator("#note-state").evaluate("box => box.dataset.old = true")
    expect(page.locator("#note-state[data-old]")).to_have_count(0)
    expect(take_back).to_be_focused()
    assert keys.unseen == []


def test_an_admin_opens_a_slot(visit, admin, coach):
    page = visit(admin)
    keys = Keyboard(page)
    page.goto("/today/")
    keys.follow("link", "Mock sessions")
    keys.follow("link", "New slots")
    keys.reach(page.get_by_label("Coach")).type("Tom")
    # A day whose number is its month's, because browsers differ in which of them comes first.
    today = to_wall(timezone.now(), "Africa/Nairobi")
    month, year = today.month % 12 + 1, today.year + today.month // 12
    keys.reach(page.get_by_label("Start", exact=True))
    keys.type(f"{month:02}{month:02}{year}").press("ArrowRight").type("0930A")
    keys.follow("button", "Open it")
    expect(page.get_by_role("main")).to_contain_text("It can be booked now.")
    assert to_wall(MockSlot.objects.get().starts_at, "Africa/Nairobi").strftime("%H:%M") == "09:30"
    assert keys.unseen == []
