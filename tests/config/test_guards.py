"""What stands around every answer: headers, and the rate of the API."""

import pytest
from django.urls import reverse

from config import rates


@pytest.mark.django_db
def test_a_private_page_is_kept_by_nobody_and_runs_nothing_of_others(client_of, candidate):
    for address in (reverse("today"), reverse("api:note-list")):
        headers = client_of(candidate).get(address).headers
        assert {part.strip() for part in headers["Cache-Control"].split(",")} == {"no-store", "private"}
        assert headers["Content-Security-Policy"].startswith("default-src 'self'; img-src 'self' data:; form-action")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.django_db
def test_who_asks_too_often_is_told_when_to_come_back(client_of, candidate, stranger, empty_cache, monkeypatch):
    monkeypatch.setattr(rates, "PER_MINUTE", 2)
    browser, address = client_of(candidate), reverse("api:note-list")

    answers = [browser.get(address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Content-Type"] == "application/problem+json"
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    left = [answer.headers["RateLimit"].partition(";t=")[0] for answer in answers]
    assert left == ['"person";r=1', '"person";r=0', '"person";r=0']
    assert answers[0].headers["RateLimit-Policy"] == '"person";q=2;w=60'
    assert client_of(stranger).get(address).status_code == 200


def test_a_program_that_calls_by_plain_http_is_not_sent_on(client, settings):
    """With a redirect its key would go over the line in the clear, each time, and nobody would notice."""
    settings.SECURE_SSL_REDIRECT = True

    page, program = client.get("/help/"), client.get("/api/v1/today/", headers={"Authorization": "Bearer x"})

    assert (page.status_code, page.headers["Location"]) == (301, "https://testserver/help/")
    assert (program.status_code, program.headers["Content-Type"]) == (403, "application/problem+json")
