"""Logging on a phone: by one line, by hand, from an invitation, and what becomes of it when that changes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import FormDraft
from interviews.models import Interview
from tests.e2e.looking import troubles_of
from tests.eventually import eventually

pytestmark = pytest.mark.browser


def invitation(days, *, sequence=0, method="REQUEST"):
    starts = (timezone.now() + timedelta(days=days)).strftime("%Y%m%dT070000Z")
    return f"""BEGIN:VCALENDAR
METHOD:{method}
BEGIN:VEVENT
UID:phone@kijani.example
SEQUENCE:{sequence}
DTSTART:{starts}
DURATION:PT45M
SUMMARY:Interview with Kijani Foods
LOCATION:4 Moi Avenue
ORGANIZER;CN=Grace Wanjiru:mailto:grace@kijani.example
END:VEVENT
END:VCALENDAR
"""


def show(page, text):
    page.goto("/interviews/invitation/")
    page.get_by_label("Or paste its text").fill(text)
    page.get_by_role("button", name="Read it").click()


def test_what_is_typed_while_checking_waits_for_the_way_back(visit, candidate):
    """The session ends: the times and the choices she made are as she left them, and the guesses stand where they were made."""
    page = visit(candidate, width=390)
    show(page, invitation(4).replace("DURATION:PT45M\n", ""))
    page.get_by_role("link", name="End").click()
    expect(page.get_by_label("End", exact=True)).to_have_accessible_description(
        "The invitation does not say when it ends. We put an hour."
    )
    assert troubles_of(page) == []
    page.get_by_label("End", exact=True).fill("2027-01-12T11:30")
    page.get_by_label("Country").select_option("Kenya")
    page.get_by_label("Grace Wanjiru").uncheck()
    page.get_by_label("Jottings").fill("Bring two ideas.")
    eventually(lambda: FormDraft.objects.filter(fields__notes="Bring two ideas.").exists(), what="the draft")
    page.close(run_before_unload=False)

    page = visit(candidate, width=390)
    page.goto("/interviews/invitation/")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label("End", exact=True)).to_have_value("2027-01-12T11:30")
    expect(page.get_by_label("Country")).to_have_value("KE")
    expect(page.get_by_label("Grace Wanjiru")).not_to_be_checked()
    expect(page.get_by_label("Jottings")).to_have_value("Bring two ideas.")
    page.get_by_text("We put an hour.").wait_for()
    assert troubles_of(page) == []


def test_an_interview_by_line_by_hand_and_by_invitation(visit, candidate):
    page = visit(candidate, width=390)

    page.goto("/today/")
    page.get_by_label("Just out of an interview?").fill("Kijani Foods and Daughters of Nakuru just now, decide Monday")
    page.get_by_role("button", name="Log it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is written down")
    assert troubles_of(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    page.get_by_role("button", name="Right, go on").click()
    expect(page.get_by_label("What went well?")).to_be_visible()

    page.goto("/interviews/new/")
    expect(page.get_by_label("Which company?")).to_be_focused()
    page.keyboard.type("kijani foods and daughters of nakuru")
    page.get_by_label("Kijani Foods and Daughters of Nakuru,").check()
    assert troubles_of(page) == []
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("What went well?")).to_be_visible()
    first, second = Interview.objects.order_by("id")
    assert second.previous == first

    show(page, invitation(4))
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    assert troubles_of(page) == []
    page.get_by_role("button", name="Right, keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijani Foods")
    detail = page.url

    show(page, invitation(6, sequence=1))
    expect(page.get_by_role("heading", level=1)).to_have_text("A change at Kijani Foods")
    assert troubles_of(page) == []
    page.get_by_role("button", name="Save the change").click()
    page.wait_for_url(detail)
    assert Interview.objects.latest("id").invitation_sequence == 1

    show(page, invitation(6, sequence=2, method="CANCEL"))
    expect(page.get_by_role("heading", level=1)).to_have_text("They call it off")
    page.get_by_role("button", name="Mark it as called off").click()
    page.wait_for_url(detail)
    assert Interview.objects.latest("id").status == "cancelled"
