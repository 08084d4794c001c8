"""One thing on your mind, as a stranger meets it on a phone: three taps to the answer, no cookie, the browser's own Back."""

import time

import pytest
from playwright.sync_api import expect

from accounts import kept
from tests.e2e.looking import troubles_of

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 900}
ONE_PAGE = b"/Type /Page\n"


@pytest.mark.parametrize("scripts", [True, False])
def test_three_taps_from_the_front_door(visit, settings, transactional_db, scripts):
    settings.AFTERWORD_DEMO = False
    page = visit(scripts=scripts, width=390)
    page.goto("/")
    began, taps = time.monotonic(), 0
    heading = page.get_by_role("heading", level=1)
    for role, name, next_heading in (
        ("link", "One thing on your mind?", "One thing on your mind?"),
        ("button", "I left something out", "Is one of these so?"),
        ("button", "It touches something this job cannot do without", "Is there a fact they have not heard"),
        ("button", "Yes", "An honest answer"),
    ):
        page.get_by_role(role, name=name).click()
        taps += 1
        expect(heading).to_contain_text(next_heading)
    print(
        f"\none thing, scripts {scripts}: {taps} taps from / to the answer, {time.monotonic() - began:.1f} s without reading"
    )

    card = page.locator("article.decision")
    expect(card.get_by_role("heading")).to_have_text("Two sentences in your thank-you note")
    assert (page.context.cookies(), page.url.split("/", 3)[3]) == ([], "one-thing/")
    assert page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "1cm")).count(ONE_PAGE) == 1
    page.get_by_role("button", name="Longer ago").click()
    expect(card.get_by_role("heading")).to_have_text("Practise it")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(heading).to_contain_text("Is there a fact they have not heard")


def test_back_in_the_browser_and_the_way_to_keep_it(visit, settings, candidate):
    settings.AFTERWORD_DEMO = False
    page = visit(width=390)
    page.goto("/one-thing/")
    page.get_by_role("button", name="I answered badly").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Is one of these so?")
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="They asked for it").click()
    page.get_by_role("button", name="Yes").click()
    expect(heading).to_have_text("An honest answer")
    assert troubles_of(page) == []
    for before in ("Is there a fact they have not heard that would change the picture?", "Is one of these so?"):
        page.go_back()
        expect(heading).to_have_text(before)
    page.go_forward()
    expect(heading).to_have_text("Is there a fact they have not heard that would change the picture?")
    page.go_forward()
    expect(heading).to_have_text("An honest answer")
    page.reload()
    expect(heading).to_have_text("An honest answer")

    page.get_by_role("button", name="I have an account").click()
    page.get_by_label("Your e-mail address").fill(candidate.email)
    page.get_by_label("Password", exact=True).fill("a-quiet-evening")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="What you came with")).to_be_visible()
    expect(heading).to_have_text("How did it go?")
    assert kept.answers_of(candidate)["around"] == "asked"
    page.get_by_label("Which company?").fill("Lake Clinic")
    page.get_by_label("Just now", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What went well?").fill("The tour.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Begin with it").click()
    page.get_by_label("What happened, in your words?").fill("I talked around the question about stock.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("The two sentences, as they would stand in your note")).to_be_visible()
