"""A referee is told what to mention: from her own phone, or by a letter with a page behind its link."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.e2e.looking import troubles_of
from tests.e2e.post import text_of

pytestmark = pytest.mark.browser
LYDIA = "lydia@whoever-rings.example"  # in no other test: the inbox is one for all


def add_referee(page, *, name, address=""):
    page.goto("/referees/")
    page.get_by_role("main").get_by_role("link", name="Add somebody").first.click()
    page.get_by_label("Their name").fill(name)
    page.get_by_label("Their e-mail address").fill(address)
    page.get_by_label("I have asked, and they agreed").check()
    page.get_by_role("button", name="Save").click()


def an_interview(candidate, **more):
    return factories.InterviewFactory(candidate=candidate, company="Savanna Books", **more)


def begin_brief(page, interview, *, name):
    page.goto(f"/interviews/{interview.public_id}/")
    page.get_by_role("link", name="Ask one to mention something").click()
    page.get_by_label(name).check()
    page.get_by_role("button", name="Write the two sentences").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"For {name}")


def test_by_afterword_and_what_the_referee_says(visit, candidate, workers, inbox):
    hers, theirs = visit(candidate), visit()
    add_referee(hers, name="Lydia Were", address=LYDIA)
    begin_brief(hers, an_interview(candidate), name="Lydia Were")
    hers.get_by_label("Which one skill?").fill("Writing every week")
    hers.get_by_label("In your words, two sentences at most").fill("I am so sorry that I forgot the newsletter.")
    expect(hers.locator(".finding.error")).to_have_count(1)
    hers.get_by_label("In your words, two sentences at most").fill("I wrote three posts a week for a year.")
    expect(hers.locator(".findings")).to_contain_text("Nothing stands in its way.")
    expect(hers.locator("#message-text")).to_contain_text("I wrote three posts a week for a year.")
    hers.get_by_text("Exactly what arrives").click()
    shown = hers.locator("#brief-letter .letter-body").inner_text()
    hers.get_by_role("radio", name="Now").check()
    hers.get_by_role("button", name="Approve and send").click()
    expect(hers.locator("#brief-state")).to_contain_text("The mail server has accepted it.", timeout=60_000)

    mail = inbox.first(LYDIA, "If they ring you about me")
    link = re.search(r"http\S+/referee/([\w-]{43})/", text_of(mail))
    assert text_of(mail).replace(link[1], "…").split() == shown.split()
    theirs.goto(link[0])
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Achieng Otieno gave your name")
    assert troubles_of(theirs) == []
    theirs.get_by_role("button", name="Please not this one").click()
    expect(theirs.get_by_role("main")).to_contain_text("No reason is needed.")
    theirs.goto(link[0])
    expect(theirs.get_by_role("button", name="Please not this one")).to_have_count(0)

    told = inbox.first(candidate.email, "A referee has answered")
    assert "Lydia Were would rather not speak about this one." in text_of(told)
    hers.reload()
    expect(hers.locator("#brief-state")).to_contain_text("it is good to know beforehand")
    hers.goto("/reminders/")
    expect(hers.get_by_role("main")).to_contain_text("What a referee has answered")


def test_from_her_own_phone_and_thanks_without_scripts(visit, candidate):
    page = visit(candidate, scripts=False, width=390)
    add_referee(page, name="Samuel Kibet")
    interview = an_interview(candidate, contact_prohibited=True)
    begin_brief(page, interview, name="Samuel Kibet")
    page.get_by_label("Which one skill?").fill("Keeping accounts")
    page.get_by_label("In your words, two sentences at most").fill("I kept the books of the clinic for two years.")
    page.get_by_role("button", name="See how it reads").click()
    text = page.locator("#message-text")
    expect(text).to_contain_text("please speak of it only if they call you")
    expect(text).to_contain_text("Keeping accounts. I kept the books of the clinic for two years.")
    link = page.get_by_role("link", name="WhatsApp")
    expect(link).to_have_attribute("href", re.compile(r"^https://wa\.me/\?text=Hello%20Samuel%20Kibet"))
    expect(link).to_have_attribute("rel", "noreferrer noopener")
    expect(page.get_by_role("main")).to_contain_text("We have no address of Samuel Kibet.")
    page.get_by_role("button", name="Yes, I told them").click()
    expect(page.locator("#brief-state")).to_contain_text("They know what to say, should somebody ring.")

    page.get_by_role("button", name="They have rung").click()
    page.get_by_role("button", name="Write two lines of thanks").click()
    expect(page.get_by_label("Two lines of thanks")).to_have_value(re.compile("^Thank you for speaking for me about"))
    page.get_by_role("button", name="Yes, I told them").click()
    expect(page.locator("#brief-state")).to_contain_text("That is the whole of it.")


def test_the_share_sheet_gets_the_text(visit, candidate):
    page = visit(candidate)
    page.add_init_script("navigator.share = data => { window.shared = data; return Promise.resolve(); };")
    referee = factories.RefereeFactory(candidate=candidate)
    brief = factories.RefereeBriefFactory(interview=an_interview(candidate), referee=referee)
    page.goto(f"/briefs/{brief.public_id}/")
    page.get_by_role("button", name="Share").click()
    shared = page.evaluate("window.shared.text")
    assert shared.split() == page.locator("#message-text").inner_text().split()


def test_addresses_are_kept_longer_with_one_press(visit, candidate):
    from followups.services import addresses  # noqa: PLC0415

    interview = an_interview(candidate, ended_hours_ago=24 * 300, decision_on=None)
    factories.InterviewerFactory(interview=interview)
    addresses.forget_due(timezone.now())
    page = visit(candidate)
    page.goto("/settings/")
    page.get_by_role("link", name="Addresses of others, and when they are forgotten").click()
    expect(page.get_by_role("main")).to_contain_text("1 address")
    page.get_by_role("button", name="Keep them 90 days more").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing goes in the next two weeks")
    interview.refresh_from_db()
    assert interview.addresses_kept_until > timezone.now() + timedelta(days=100)
