"""Back and forward after parts of a page were exchanged: to where one was, with what stands there now."""

import pytest
from playwright.sync_api import expect

from tests.factories import ThankYouNoteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_back_and_forward_after_a_change_within_the_page(visit, candidate):
    note = ThankYouNoteFactory(interview__candidate=candidate)
    note.body = note.body.replace("\n\nAchieng", " I am so sorry for my nerves.\n\nAchieng")
    note.save(update_fields=["body"])
    page = visit(candidate, width=390)
    interview = f"/interviews/{note.interview.public_id}/"
    page.goto(interview)
    page.goto(f"/notes/{note.public_id}/")
    page.get_by_role("button", name="Take this sentence out").first.click()
    letter = page.get_by_label("Your note")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(letter).not_to_have_value(note.body)
    mended = letter.input_value()

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(note.interview.company)
    page.go_forward()
    expect(letter).to_have_value(mended)
