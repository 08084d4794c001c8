"""The main way without scripts: forms and links are enough."""

import pytest
from playwright.sync_api import expect

from tests.e2e import journeys

pytestmark = pytest.mark.browser


def test_from_the_interview_to_a_scheduled_note(visit, candidate):
    page = visit(candidate, scripts=False)
    interview = journeys.log_interview(page, company="Lake Clinic", role="Nurse", went_well="The tour of the ward.")
    journeys.add_interviewer(page, interview, name="Peter Otieno", email="peter@lake.example")
    decision = journeys.leave_something_out(
        page,
        interview,
        text="I never said that I ran the vaccine store.",
        topic="supplies",
        sentences="For two years I ran the vaccine store.",
    )
    expect(decision.get_by_role("heading")).to_have_text("Two sentences in your thank-you note")
    decision.get_by_role("button", name="Done with it", exact=True).click()

    journeys.begin_note(page, interview)
    note = page.get_by_label("Your note")
    letter = note.input_value()
    assert "When we spoke about supplies, one thing I would add: for two years I ran the vaccine store." in letter
    note.fill(letter.replace("Kind regards", "Please excuse my long answers.\n\nKind regards"))
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".finding.error")).to_have_count(1)
    page.get_by_role("button", name="Take this sentence out").click()
    expect(page.locator(".findings")).to_contain_text("Nothing stands in its way.")
    expect(note).to_have_value(letter)

    journeys.choose_time(page, journeys.wall(hours=20))
    page.get_by_role("button", name="Approve and send").click()
    expect(page.locator("#note-state")).to_contain_text("Scheduled")
    expect(page.locator("#note-state")).to_contain_text("It goes by itself; you can close everything.")


def test_putting_a_statement_right_and_putting_it_off(visit, candidate):
    page = visit(candidate, scripts=False, width=390)
    interview = journeys.log_interview(page, company="Lake Clinic", role="Nurse", went_well="The tour of the ward.")
    journeys.add_interviewer(page, interview, name="Peter Otieno", email="peter@lake.example")
    journeys.begin_mistake(
        page, interview, line="I said something wrong or not quite true", text="I said that I hold the certificate."
    )
    page.get_by_label("It sounded like more than it is").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Go on").click()
    while page.get_by_role("button", name="Go on").count():
        for group in page.get_by_role("group").all():
            if group.get_by_label("Yes", exact=True).count():
                group.get_by_label("Yes" if "rely on" in group.inner_text() else "No", exact=True).check()
        with page.expect_navigation():
            page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Look at it in quiet").click()
    page.get_by_label("And what is true?").fill("I sat the course; the exam is in March.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("The sentence")).to_have_value("I sat the course; the exam is in March.")

    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("main")).to_contain_text("Nobody was told, and your answers are kept for you alone.")
    page.go_back()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("You put this off, and that is fine.")
    page.get_by_label("A short letter to Peter Otieno").check()
    page.get_by_role("button", name="Write it today").click()
    expect(page.get_by_label("Your note")).to_have_value(journeys.holding("I sat the course; the exam is in March."))
    expect(page.locator(".counts")).to_contain_text("1 of 3")
