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
