"""On the phone: practise one thing alone, say after the next interview whether it held, and take one page to the one after."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from followups.models import Recall, Rehearsal
from followups.services import decisions
from tests.e2e.looking import troubles_of
from tests.factories import InterviewerFactory, InterviewFactory, MistakeFactory, RequirementFactory
from tests.followups.test_lessons import lesson_from

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_practising_alone_and_looking_back(visit, candidate):
    lesson = lesson_from(candidate, kind="weak_answer")
    lesson_from(candidate, kind="weak_answer", days_ago=5, topic="Writing")
    held = InterviewFactory(candidate=candidate, contact_prohibited=True)
    page = visit(candidate, width=390)

    page.goto("/today/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practice").click()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Yes, as one").click()

    # The clock runs on the device's own time, so it can be put forward.
    page.clock.install()
    page.reload()
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_role("timer")).to_have_text("1:30")
    page.clock.run_for(31_000)
    expect(page.get_by_role("timer")).to_have_text("0:59")
    page.clock.run_for(60_000)
    expect(page.locator("#live")).to_have_text("Time. Finish your sentence; that was it.")
    expect(page.get_by_role("button", name="Better")).to_be_focused()

    page.get_by_label("Situation").fill("In the library")
    page.clock.run_for(1000)
    expect(page.locator("#kept")).to_contain_text("Kept.")
    page.get_by_text("Ask yourself something else").click()
    page.get_by_label("A question of your own").fill("How do you write?")
    page.clock.run_for(1000)
    expect(page.locator("#question")).to_have_text("How do you write?")
    page.get_by_role("button", name="Better").click()
    expect(page.get_by_text("That is enough for tonight")).to_be_visible()
    assert Rehearsal.objects.get(lesson=lesson).situation == "In the library"

    page.goto(reverse("interview-recall", args=[held.public_id]))
    assert troubles_of(page) == []
    page.set_viewport_size(PHONE)
    page.get_by_role("group", name="writing").get_by_label("it held").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Noted.")).to_be_visible()
    assert Recall.objects.get().answer == "held"


def test_a_full_sheet_prints_on_one_page(visit, candidate):
    words = "Wrote the reading-room newsletter every week for two years, and doubled who reads it, with no money at all"
    for number in range(8):
        lesson_from(candidate, topic=f"{number} {words}"[:120], days_ago=10 + number)
        InterviewFactory(candidate=candidate, went_well=f"{number} {words} {words}")
    first = InterviewFactory(
        candidate=candidate,
        company="Savanna Books",
        ended_hours_ago=99,
        outcome="next_round",
        outcome_at=timezone.now(),
    )
    for number in range(5):
        mistake = MistakeFactory(interview=first, correction=f"{number} {words}. {words}.")
        decisions.accept(decisions.decide(mistake), by=candidate, take_lesson=True)
    planned = InterviewFactory(
        candidate=candidate, company="Savanna Books", status="planned", ended_hours_ago=-30, previous=first,
        zone="Europe/London", notes=f"https://meet.example/{'a' * 90} {words} {words} {words}",
    )  # fmt: skip
    for number in range(8):
        RequirementFactory(interview=planned, text=f"{number} {words}"[:120])
        InterviewerFactory(interview=planned, name=f"Grace Wanjiru {number}", title="Head of content and partnerships")
    page = visit(candidate, width=390)

    page.goto(reverse("interview-detail", args=[planned.public_id]))
    page.get_by_role("link", name="Your prep sheet").click()

    assert troubles_of(page) == []
    assert page.get_by_role("listitem").filter(has_text="doubled who reads it").count() == 18
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
