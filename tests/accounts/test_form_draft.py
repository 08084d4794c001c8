"""What is typed into a form is kept for its writer until it is sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import FormDraft

pytestmark = pytest.mark.django_db
PAGE = "/interviews/new/"


def keep(browser, **fields):
    return browser.post(reverse("form-draft"), {"path": PAGE, **fields}).status_code


def kept(browser, path=PAGE):
    return browser.get(reverse("form-draft"), {"path": path}).json()["fields"]


def test_it_comes_back_to_its_writer_only(client_of, candidate, stranger, coach):
    assert keep(client_of(candidate), company="Kilele") == 204
    keep(client_of(candidate), company="Kilele Media")

    assert kept(client_of(candidate)) == {"company": "Kilele Media"}
    assert [kept(client_of(user)) for user in (stranger, coach)] == [{}, {}]
    assert kept(client_of(candidate), "/elsewhere/") == {}


def test_it_is_forgotten_when_the_form_is_taken(client_of, candidate):
    browser = client_of(candidate)
    keep(browser, company="Kilele Media")

    browser.post(reverse("interview-new"), {})
    assert kept(browser) != {}  # refused: she is still at it

    answers = {"company": "Kilele Media", "ended": "now", "decides": "unknown", "zone": "Africa/Nairobi"}
    assert browser.post(reverse("interview-new"), answers).status_code == 302
    assert kept(browser) == {}


@pytest.mark.parametrize("fields", [{"text": "x" * 60_001}, {"text": "a\x00b"}, {"path": "https://evil.example/"}])
def test_what_no_form_of_ours_sends_is_not_kept(client_of, candidate, fields):
    assert client_of(candidate).post(reverse("form-draft"), {"path": PAGE, **fields}).status_code == 422
    assert FormDraft.objects.count() == 0


def test_after_a_week_it_is_gone(candidate):
    services.keep_draft(candidate, path=PAGE, fields={"company": "Kilele"})

    services.forget_after_a_week(timezone.now() + timedelta(days=8))

    assert FormDraft.objects.count() == 0
