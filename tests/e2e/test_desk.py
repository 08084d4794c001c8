"""A coach's desk on a big screen and on a phone: by keyboard, one after the other, and live while it is open."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.when import to_wall
from coaching.models import Review
from coaching.services import reviews
from followups.services import decisions, notes
from tests import factories
from tests.e2e.looking import troubles_of

# A page that has seen nothing new for a while asks once a minute: a limit for what must happen, never a wait.
RARELY = 75_000
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ask(candidate, coach):
    """One more interview with a decision for the note, brought to the coach; with `note`, the letter too."""
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()

    def ask(company, *, hours=5):
        interview = factories.InterviewFactory(candidate=candidate, company=company, shared_with_coach=True)
        factories.InterviewerFactory(interview=interview, name="Grace Wanjiru")
        mistake = factories.MistakeFactory(interview=interview, noticed="yes")
        decisions.decide(mistake)
        note = notes.draft_note(interview, by=candidate)
        body = (
            "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began. "
            f"When we spoke about writing, one thing I would add: {mistake.correction}\n\nKind regards,\nAchieng"
        )
        note = notes.edit_note(note, by=candidate, body=body, subject="Thank you for today")
        at = to_wall(timezone.now() + timedelta(hours=hours), "Africa/Nairobi").replace(microsecond=0)
        return reviews.ask_review(
            interview, coach=coach, by=candidate, note=note, send_wall=at, send_zone="Africa/Nairobi"
        )

    return ask


def address(review):
    return f"/reviews/{review.public_id}/"


def is_open(page, company):
    """That review is on the screen, and its keys act."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(company)
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_morning_at_the_desk_by_keyboard(visit, coach, ask, width):
    first, second = ask("Kilele Media", hours=4), ask("Savanna Books", hours=6)
    page = visit(coach, width=width)
    page.goto("/today/")
    expect(page.get_by_role("heading", name="Needs you before its deadline")).to_be_visible()
    assert troubles_of(page) == []
    page.set_viewport_size({"width": width, "height": 900})

    page.get_by_role("link", name="Kilele Media").click()
    is_open(page, "Kilele Media")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the review desk")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("[data-review-item]").first).to_be_focused()
    page.keyboard.press("c")
    page.get_by_label("What instead?").select_option("let_go")
    expect(page.locator("[data-follows=let_go]")).to_contain_text("They have approved the note, and that stands.")
    page.get_by_label("Something in these sentences is false").check()
    expect(page.locator("[data-follows=let_go]")).to_contain_text("it goes at its time without them")
    assert troubles_of(page) == []
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("[data-review-item]").first.focus()
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Send the answer")).to_be_focused()
    page.keyboard.press("Control+Enter")

    is_open(page, "Savanna Books")
    page.keyboard.press("q")
    page.keyboard.type("Would two sentences do?")  # the keys are letters while one types
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("main")).to_contain_text("Nobody waits for you")
    first.refresh_from_db()
    second.refresh_from_db()
    assert [first.items.get().answer, second.items.get().answer] == ["agree", "ask"]
    assert second.items.get().message == "Would two sentences do?"


def test_single_keys_can_be_switched_off(visit, coach, ask):
    page = visit(coach)
    page.goto(address(ask("Kilele Media")))
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_role("button", name="Single keys").click()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.get_by_label("Agree", exact=True)).not_to_be_checked()
    page.goto("/settings/")
    switch = page.get_by_role("button", name="Single keys")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")


def test_two_pages_follow_each_other_without_reloading(visit, candidate, coach, ask):
    review = ask("Kilele Media")
    home = visit(coach)
    home.goto("/today/")
    hers = visit(candidate, width=390)
    hers.goto(address(review))
    desk = visit(coach)
    desk.goto(address(review))
    expect(hers.get_by_role("main")).to_contain_text("Tom has this open, since ", timeout=RARELY)
    ask("Savanna Books")
    expect(home.get_by_role("main")).to_contain_text("1 new.", timeout=RARELY)
    assert troubles_of(hers) == []
    hers.set_viewport_size({"width": 390, "height": 900})

    desk.get_by_label("A word to your client").fill("Warm and short.")
    hers.get_by_role("button", name="Send without waiting for an answer").click()
    expect(desk.get_by_role("main")).to_contain_text("Achieng did not wait for an answer.", timeout=RARELY)
    desk.get_by_label("Agree", exact=True).check()
    desk.get_by_role("button", name="Send the answer").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Savanna Books")
    hers.goto(address(review))
    expect(hers.get_by_role("main")).to_contain_text("Warm and short.")
    assert Review.objects.get(pk=review.pk).message == "Warm and short."


def test_the_time_that_is_left_counts_down(visit, coach, ask, settings):
    settings.LIVE_SECONDS = 60  # nothing is on its way when the clock jumps
    page = visit(coach)
    page.clock.install()
    page.goto(address(ask("Kilele Media", hours=5)))
    left = page.locator(".next .left")
    expect(left).to_have_text("in 5 hours")
    page.clock.fast_forward("02:00:00")
    expect(left).to_have_text("in 3 hours")
    expect(page.locator(".next [data-left-said]")).to_have_text("in 3 hours")


def test_hours_without_javascript(visit, coach):
    page = visit(coach, width=390, scripts=False)
    page.goto("/hours/")
    page.get_by_label("Monday, from", exact=True).fill("09:00")
    page.get_by_label("Monday, until", exact=True).fill("17:00")
    page.get_by_role("button", name="Keep the week").click()
    expect(page.get_by_role("main")).to_contain_text("Kept. Digests and deadlines follow from now on.")
    expect(page.get_by_label("Monday, until", exact=True)).to_have_value("17:00")
