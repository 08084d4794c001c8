"""The debrief on a phone: one question at a time, nothing lost on any way, and an answer at the end."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import FormDraft
from followups.models import TriageDecision
from interviews.models import Mistake
from tests import factories
from tests.e2e import journeys
from tests.e2e.browsing import session_of
from tests.e2e.looking import troubles_of
from tests.eventually import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTENCES = "For two years I ran the vaccine store."


@pytest.fixture
def interview(candidate):
    return factories.InterviewFactory(candidate=candidate)


def test_one_question_at_a_time_and_a_session_that_ends(visitors, live_server, candidate, interview):
    visitor = visitors(live_server.url, width=390)
    visitor.sign_in(candidate)
    page = visitor.page
    journeys.begin_mistake(
        page, f"/interviews/{interview.public_id}/", line="wrong or not quite true", text="The year."
    )
    page.get_by_label("A fact was wrong").check()
    assert troubles_of(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("Which must-have?")).to_be_hidden()
    page.get_by_label("They asked for it, or I promised it").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Go on").click()

    first = page.get_by_role("group", name="Would they rely on it")
    expect(first).to_be_visible()
    expect(page.get_by_text("Was it something they had no right to ask?")).to_be_hidden()
    first.get_by_label("Not sure").check()
    expect(page.get_by_text("Was it something they had no right to ask?")).to_be_visible()
    eventually(lambda: FormDraft.objects.filter(fields__has_key="relied_on=unsure").exists(), what="the tap")

    # The session ends here; what was tapped comes back after signing in.
    here = page.url
    visitor.use("")
    page.goto(here)
    expect(page).to_have_url(re.compile("login"))
    visitor.use(session_of(candidate))
    page.goto(here)
    expect(first.get_by_label("Not sure")).to_be_checked()
    page.get_by_role("group", name="no right to ask").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("article.decision").get_by_role("heading")).to_have_text("Put it right, gently")
    assert troubles_of(page) == []

    # Her browser's way back finds every answer.
    page.go_back()
    expect(first.get_by_label("Not sure")).to_be_checked()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("No", exact=True)).to_be_checked()


def test_two_windows_the_must_haves_and_deleting(visit, candidate, interview):
    page = visit(candidate, width=390)
    factories.RequirementFactory(interview=interview, text="Keeps stock")
    mistake = factories.MistakeFactory(interview=interview, text="The tour.", correction="")
    questions = reverse("mistake-edit", args=[mistake.public_id])
    page.goto(questions)
    other = page.context.new_page()
    other.goto(questions)
    other.get_by_label("What happened, in your words?").fill("The tour of the ward.")
    other.get_by_role("button", name="Go on").click()
    other.wait_for_url(re.compile("questions|mistakes/[0-9a-f-]+/$"))
    other.close()
    page.get_by_label("What happened, in your words?").fill("The tour of the store.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("main")).to_contain_text("In the other window it says")
    expect(page.get_by_role("main")).to_contain_text("The tour of the ward.")
    expect(page.get_by_label("What happened, in your words?")).to_have_value("The tour of the store.")
    assert troubles_of(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    page.get_by_role("button", name="Go on").click()

    page.goto(reverse("mistake-new", args=[interview.public_id]))
    page.get_by_role("link", name="That was all").click()
    page.get_by_role("group", name="Keeps stock").get_by_label("It never came up").check()
    page.get_by_label("What have you done that shows it?").fill(SENTENCES)
    assert troubles_of(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One thing they did not hear")
    assert troubles_of(page) == []
    page.get_by_role("button", name="Put it in the note").click()
    expect(page.get_by_label("The two sentences, as they would stand in your note")).to_have_value(SENTENCES)
    expect(page.locator("#sentence-count")).to_contain_text("One sentence. It fits.")
    page.get_by_role("button", name="Go on").click()
    taken = Mistake.objects.get(text=SENTENCES)
    assert TriageDecision.objects.current().get(mistake=taken).action == "thank_you_note"

    page.get_by_text("Change or drop it").click()
    page.get_by_role("link", name="Delete it for good").click()
    assert troubles_of(page) == []
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_role("main")).not_to_contain_text(SENTENCES)
