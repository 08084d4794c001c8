"""Signing up, confirming the address, a forgotten password: each goes by a mail, and works once."""

import re
from email import message_from_bytes, policy

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from followups.models import OutboundEmail
from followups.outbox import crypto
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
SECRET = "a long enough secret"


def link_in_last_mail():
    """The path of the link in the latest mail about an account."""
    row = OutboundEmail.objects.filter(kind="account").latest("pk")
    text = message_from_bytes(crypto.unseal(row.message_encrypted), policy=policy.default).get_body(("plain",))
    return re.search(r"https?://[^/\s]+(/\S+)", text.get_content())[1]


def sign_in(email, password):
    browser = Client()
    browser.post(reverse("account_login"), {"login": email, "password": password})
    return get_user(browser)


def test_an_address_is_proved_by_a_click_and_not_by_looking():
    browser = Client()
    answers = {"email": "zawadi@new.example", "password1": SECRET, "name": "Zawadi", "zone": "Africa/Nairobi"}
    browser.post(reverse("account_signup"), answers)
    assert not sign_in("zawadi@new.example", SECRET).is_authenticated

    link = link_in_last_mail()
    browser.get(link)
    assert not sign_in("zawadi@new.example", SECRET).is_authenticated
    browser.post(link)

    assert sign_in("zawadi@new.example", SECRET).emailaddress_set.get().verified


def test_a_forgotten_password_is_set_anew_once():
    user = UserFactory(email="zawadi@cast.example")
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": user.email})

    link = link_in_last_mail()
    form = browser.get(link, follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": SECRET, "password2": SECRET})

    assert sign_in(user.email, SECRET) == user
    assert "password1" not in Client().get(link, follow=True).text


def test_signing_up_with_a_known_address_looks_the_same_and_tells_its_owner():
    known = UserFactory(email="zawadi@cast.example")
    answers = {"password1": SECRET, "name": "Zawadi", "zone": "Africa/Nairobi"}

    pages = [
        Client().post(reverse("account_signup"), {**answers, "email": email}, follow=True)
        for email in ("somebody@new.example", known.email)
    ]

    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert OutboundEmail.objects.filter(kind="account", recipient=known).count() == 1


def test_guessing_ends_whatever_address_is_forged(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    user = UserFactory(email="zawadi@cast.example")
    user.set_password(SECRET)
    user.save()
    browser = Client()
    for number in range(6):
        forged = {"X-Forwarded-For": f"203.0.113.{number}"}
        browser.post(reverse("account_login"), {"login": user.email, "password": f"guess {number}"}, headers=forged)

    assert not sign_in(user.email, SECRET).is_authenticated


def test_behind_a_proxy_one_guesser_does_not_lock_out_everybody(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = UserFactory(email="zawadi@cast.example")
    user.set_password(SECRET)
    user.save()
    guesser = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    for number in range(31):
        answers = {"login": f"nobody{number}@cast.example", "password": "guess"}
        last = Client().post(reverse("account_login"), answers, headers=guesser)
    assert last.status_code == 429 or "too many" in last.text.lower()

    browser = Client()
    answers = {"login": user.email, "password": SECRET}
    browser.post(reverse("account_login"), answers, headers={"X-Forwarded-For": "203.0.113.10"})
    assert get_user(browser) == user
