"""Signing up: from the form to Today by one mail."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

ANSWERS = {
    "email": "amani@example.org",
    "name": "Amani Otieno",
    "zone": "Africa/Nairobi",
    "password1": "rain on the roof 7",
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


def signed_up():
    """The browser that signed up, and the address its mail leads to."""
    browser = Client()
    browser.post(reverse("account_signup"), ANSWERS)
    key = EmailConfirmationHMAC.create(EmailAddress.objects.get(email=ANSWERS["email"])).key
    return browser, reverse("account_confirm_email", args=[key])


def test_the_link_in_the_mail_leads_straight_in():
    browser, link = signed_up()
    page = browser.post(link, follow=True)
    assert page.request["PATH_INFO"] == reverse("today")


def test_in_another_browser_the_link_asks_to_sign_in():
    _browser, link = signed_up()
    page = Client().post(link, follow=True)
    assert page.request["PATH_INFO"] == reverse("account_login")


def test_signing_in_needs_no_message():
    user = UserFactory()
    user.set_password(ANSWERS["password1"])
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    answers = {"login": user.email, "password": ANSWERS["password1"]}
    page = Client().post(reverse("account_login"), answers, follow=True)
    assert page.request["PATH_INFO"] == reverse("today")
    assert list(page.context["messages"]) == []
