"""The method's own two examples, as a person meets them on the pages."""

import pytest
from playwright.sync_api import expect

from tests.e2e import journeys

pytestmark = pytest.mark.browser

NERVOUS = "I can't believe I didn't answer that question very well, I was a little nervous."


@pytest.fixture
def page(visit, candidate):
    return visit(candidate)


@pytest.fixture
def interview(page):
    address = journeys.log_interview(
        page, company="Savanna Stories", role="Content manager", went_well="We talked about the magazine for long."
    )
    journeys.add_interviewer(page, address, name="Grace Wanjiru", email="grace@savanna.example")
    return address


def test_an_internship_left_out_becomes_one_sentence_of_the_note(page, interview):
    decision = journeys.leave_something_out(
        page,
        interview,
        text="I did not mention my internship at ABC, where I wrote three blog posts a week.",
        topic="writing",
        sentences="During my internship at ABC I wrote three blog posts a week.",
    )
    expect(decision.get_by_role("heading")).to_have_text("Two sentences in your thank-you note")
    expect(decision).to_contain_text("It matters, it is new to them, and two sentences carry it")
    decision.get_by_role("button", name="Done with it", exact=True).click()

    journeys.begin_note(page, interview)
    words = "When we spoke about writing, one thing I would add: during my internship at ABC I wrote three blog posts a week."
    expect(page.get_by_label("Your note")).to_have_value(journeys.holding(words))
    expect(page.locator("#letter-body")).to_contain_text(words)
    expect(page.locator(".findings")).to_contain_text("Nothing stands in its way.")


def test_a_nervous_sentence_is_stopped_and_said_another_way(page, interview):
    journeys.begin_mistake(
        page, interview, line="I answered badly", text="Asked how I plan a month of posts, I rambled.", topic="planning"
    )
    page.get_by_label("It came out weak, or I talked around it").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("They asked for it, or I promised it").check()
    page.get_by_role("button", name="Go on").click()
    journeys.answer(page, "Was it put right there and then?", "No")
    journeys.answer(page, "Is there a fact they have not heard", "Yes")
    page.get_by_label("The two sentences").fill(
        "I plan a month of posts on one page, with a name and a day beside each."
    )
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Done with it", exact=True).click()
    journeys.begin_note(page, interview)
    note = page.get_by_label("Your note")
    letter = note.input_value()
    neutral = "When we spoke about planning, one thing I would add: I plan a month of posts on one page, with a name and a day beside each."
    assert neutral in letter

    # While she types, without a click.
    note.fill(letter.replace(neutral, NERVOUS))
    finding = page.locator(".finding.error")
    expect(finding).to_have_count(1)
    expect(finding).to_contain_text(NERVOUS)
    expect(finding).to_contain_text("what you write about yourself is what stays with the reader")
    expect(finding).to_contain_text("Perhaps instead")
    expect(finding.locator(".instead")).to_contain_text(neutral)
    expect(page.locator("#letter-body mark.flag.error")).to_have_text(NERVOUS)

    journeys.choose_time(page, journeys.wall(hours=20))
    page.get_by_role("button", name="Approve and send").click()
    expect(page.get_by_role("alert")).to_contain_text("Send it as it is?")
    expect(page.locator("#note-state")).to_contain_text("Draft")

    finding.get_by_role("button", name="Use this instead").click()
    expect(finding).to_have_count(0)
    expect(note).to_have_value(letter)
