"""From the closing page to the answer and the next round, on a phone: as somebody new to it would go."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from followups.services import closing, decisions
from tests import factories
from tests.e2e import journeys
from tests.e2e.journeys import wall
from tests.e2e.looking import troubles_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def evening(candidate):
    """One interview: its note is out, one thing is left behind, nothing waits."""
    interview = factories.InterviewFactory(
        candidate=candidate, company="Savanna Books", went_well="They laughed at the right place."
    )
    factories.ThankYouNoteFactory(
        interview=interview, interviewer__name="Grace Kamau", status="sent", sent_at=timezone.now()
    )
    small = factories.MistakeFactory(interview=interview, touches_must_have=False)
    decisions.accept(decisions.decide(small), by=candidate)
    closing.close_if_done(interview)
    return interview


def test_from_the_closing_page_to_the_next_round(visit, candidate, evening):
    page = visit(candidate, width=390)
    page.goto(f"/interviews/{evening.public_id}/closing/")
    story = page.locator("article.closing")
    expect(story.get_by_role("heading", level=1)).to_have_text("That was the interview at Savanna Books.")
    expect(story).to_contain_text("One note, gone ")
    expect(story).to_contain_text("One thing left behind.")
    expect(story).to_contain_text("Nothing needs you before ")
    assert troubles_of(page) == []
    page.set_viewport_size({"width": 390, "height": 844})

    page.get_by_role("link", name="Good. On to today").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing needs you")
    expect(page.get_by_role("main")).to_contain_text("That is all. Nothing else is due.")

    page.goto(f"/interviews/{evening.public_id}/outcome/")
    assert troubles_of(page) == []
    page.get_by_role("button", name="There is a next round").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You meet again")
    assert troubles_of(page) == []
    page.get_by_label("Day and time").fill(wall(days=4))
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Savanna Books")
    following = evening.next_rounds.get()
    assert page.url.endswith(f"/interviews/{following.public_id}/")
    assert following.ends_at - following.starts_at == timedelta(hours=1)


def test_after_a_no_three_kind_lines_to_copy(visit, candidate, evening):
    page = visit(candidate, width=390)
    page.goto(f"/interviews/{evening.public_id}/outcome/")
    page.get_by_role("button", name="A no").click()
    expect(page.get_by_role("main")).to_contain_text("There is nothing to do about it today. Be kind to yourself.")
    page.get_by_role("link", name="three kind lines back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Three kind lines back")
    lines = page.locator("#reply-text").inner_text()
    assert lines.startswith("Dear Grace Kamau,\n\nThank you for letting me know, and for the time you took.\n")
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    assert troubles_of(page) == []


def test_without_javascript_the_answer_is_given_and_taken_back(visit, candidate, evening):
    page = visit(candidate, width=390, scripts=False)
    page.goto(f"/interviews/{evening.public_id}/outcome/")
    page.get_by_role("button", name="An offer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Congratulations")
    page.get_by_text("Was that a slip?").click()
    page.get_by_role("button", name="I have not heard after all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Have you heard from them?")


def test_first_use_leads_to_the_first_interview(visit, candidate):
    page = visit(candidate, width=390)
    page.goto("/today/")
    assert troubles_of(page) == []
    page.get_by_role("main").get_by_role("link", name="Log your first interview").click()
    expect(page.get_by_label("Which company?")).to_be_visible()


def test_each_step_leads_to_the_next_one_and_the_last_to_the_closing_page(visit, candidate):
    interview = factories.InterviewFactory(candidate=candidate, company="Lake Clinic")
    factories.InterviewerFactory(interview=interview, name="Grace Kamau")
    page = visit(candidate, width=390)
    heading = page.get_by_role("heading", level=1)
    journeys.begin_mistake(
        page, f"/interviews/{interview.public_id}/", line="I left something out", text="The stall I ran at school."
    )
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Done with it", exact=True).click()
    expect(heading).to_have_text("Anything else on your mind?")
    assert troubles_of(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="That was all").click()
    expect(heading).to_have_text("Who would you like to thank?")
    page.get_by_role("button", name="Begin the note").first.click()
    expect(heading).to_have_text("To Grace Kamau")
    page.get_by_role("button", name="Yes, it went").click()
    expect(heading).to_have_text("That was the interview at Lake Clinic.")
    expect(page.locator("article.closing")).to_contain_text("One note, gone ")
    expect(page.get_by_role("main")).to_contain_text("One thing left behind.")
    assert troubles_of(page) == []
