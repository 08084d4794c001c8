"""Finding an interview again, and bringing a list along, on a phone."""

import pytest
from django.urls import reverse

from interviews.models import Interview
from tests.e2e.looking import troubles_of
from tests.factories import InterviewFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = """Company,Job title,Date,End,Interviewers
Kijani Foods,Editor,03/11/2025,14:30,Grace Wanjiru
Savanna Books,,04/11/2025,,
Lake Clinic,,some day,,
Nyota,Nurse,05/11/2025,10:00,
"""


def _look(page):
    found = troubles_of(page)
    page.set_viewport_size({"width": 390, "height": 900})
    return found


def test_a_list_is_looked_at_and_brought_in(visit, candidate):
    page = visit(candidate, width=390)
    page.goto(reverse("interview-list"))
    page.get_by_role("link", name="bring a list along").click()
    found = _look(page)
    page.get_by_label("The list, as a CSV file").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("can mean two days").wait_for()
    found += _look(page)
    page.get_by_text("The day", exact=True).click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("is not a day we can read").wait_for()
    found += _look(page)
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_text("3 interviews are in your list.").wait_for()
    assert (found, list(Interview.objects.order_by("ends_at").values_list("company", flat=True))) == (
        [],
        ["Kijani Foods", "Savanna Books", "Nyota"],
    )


def test_columns_are_put_right_on_a_phone(visit, candidate):
    page = visit(candidate, width=390)
    page.goto(reverse("import-new"))
    swapped = b"Date,Company,Wo\nKijani Foods,2025-11-03,Nakuru\n"
    page.get_by_label("The list, as a CSV file").set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": swapped}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("Date", exact=True).select_option("Company")
    page.get_by_role("button", name="Read it so").click()
    page.get_by_text("“Date” has this meaning already.").wait_for()
    found = _look(page)
    page.get_by_label("Company", exact=True).select_option("Date")
    page.get_by_label("Wo", exact=True).select_option("Notes")
    page.get_by_role("button", name="Read it so").click()
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_text("1 interview is in your list.").wait_for()
    kept = Interview.objects.get()
    assert (found, kept.company, kept.notes) == ([], "Kijani Foods", "Nakuru")


def test_an_interview_is_found_again_and_the_way_back_keeps_the_words(visit, candidate):
    for hours, company in enumerate(("Kijani Foods", "Savanna Books", "Lake Clinic")):
        InterviewFactory(candidate=candidate, company=company, ended_hours_ago=hours + 1)
    page = visit(candidate, width=390)
    page.goto(reverse("interview-list"))
    page.get_by_label("Company, job or person").fill("savanna")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Kijani Foods").wait_for(state="detached")
    page.get_by_role("link", name="Savanna Books").click()
    page.get_by_role("heading", name="Savanna Books").wait_for()
    page.go_back()
    assert page.get_by_label("Company, job or person").input_value() == "savanna"
    assert page.locator(".rows .row-link").all_inner_texts() == ["Savanna Books, Content manager"]
    page.get_by_role("link", name="An offer").click()
    page.get_by_text("Nothing here with these words").wait_for()
    assert _look(page) == []
    page.get_by_role("link", name="Look in all of them").click()
    page.get_by_role("link", name="Savanna Books").wait_for()
