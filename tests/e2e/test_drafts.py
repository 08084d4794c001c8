"""A session that ends, or a tab that is closed, loses nothing she typed."""

import pytest
from django.urls import reverse

from accounts.models import FormDraft
from tests.eventually import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "I never said that I ran the archive for two years."


def test_words_typed_in_the_debrief_come_back(visit, candidate, interview):
    address = reverse("debrief", args=[interview.public_id])
    page = visit(candidate)
    page.goto(address)
    page.locator("textarea").first.fill(WORDS)
    eventually(FormDraft.objects.filter(user=candidate).exists, what="the draft")

    page.close(run_before_unload=False)
    again = visit(candidate)
    again.goto(address)

    again.get_by_text("This is what you typed here before").wait_for()
    assert again.locator("textarea").first.input_value() == WORDS
