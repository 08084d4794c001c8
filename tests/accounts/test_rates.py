"""Limits at the doors: exact however many knock at once, and counted by an address that nobody can write for himself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import rates
from tests import factories

pytestmark = pytest.mark.usefixtures("empty_cache")
MANY = 30


@pytest.mark.django_db(transaction=True)
def test_of_thirty_guesses_at_the_same_moment_five_are_looked_at(monkeypatch, settings):
    """Each from an address of its own, so that only the limit of the account counts."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    email = factories.UserFactory().email
    looked_at, start, encode = [], Barrier(MANY), MD5PasswordHasher.encode

    def counted(self, *args, **kwargs):
        looked_at.append(1)
        return encode(self, *args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)

    def guess(number):
        browser = Client(headers={"X-Forwarded-For": f"203.0.113.{number}"})
        start.wait()
        try:
            return browser.post(reverse("account_login"), {"login": email, "password": f"guess {number}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        answers = set(pool.map(guess, range(MANY)))

    assert (answers, len(looked_at)) == ({200}, 5)


@pytest.mark.parametrize(
    ("trusted", "forwarded", "counted"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (0, "203.0.113.9, 203.0.113.10", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"),
        (1, "", "198.51.100.1"),
    ],
)
def test_what_a_client_writes_about_itself_is_not_read(settings, trusted, forwarded, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    request.META["REMOTE_ADDR"] = "198.51.100.1"

    assert rates.household(request) == counted
