"""Where somebody is signed in, and how that ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.devices import name_device
from accounts.models import Invitation, hash_token
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
PASSWORD = "correct horse battery"


def somebody():
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def person():
    return somebody()


def sign_in(person, user_agent=""):
    browser = Client(headers={"user-agent": user_agent})
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert is_in(browser)
    return browser


def is_in(browser):
    return browser.get(reverse("settings-edit")).status_code == 200


def test_the_page_names_each_browser_of_hers_and_nobody_elses(person):
    sign_in(somebody(), "Mozilla/5.0 (iPad) Safari/605")
    sign_in(person, FIREFOX)

    page = sign_in(person).get(reverse("usersessions_list"))

    assert "Firefox on Android" in page.text
    assert "iPad" not in page.text
    assert page.text.count("This one") == 1


def test_one_button_signs_out_everywhere_else(person):
    phone, library, here = sign_in(person), sign_in(person), sign_in(person)

    here.post(reverse("usersessions_list"))

    assert [is_in(browser) for browser in (phone, library, here)] == [False, False, True]


def test_who_came_by_an_invitation_is_on_the_page_too(admin):
    later = timezone.now() + timedelta(days=1)
    Invitation.objects.create(
        email="new@people.example", role="candidate", invited_by=admin, token_hash=hash_token("known"), expires_at=later
    )
    browser = Client(headers={"user-agent": FIREFOX})
    answers = {"name": "Wanjiru", "password": PASSWORD, "zone": "Africa/Nairobi"}

    browser.post(reverse("invitation-accept", args=["known"]), answers)

    assert "Firefox on Android" in browser.get(reverse("usersessions_list")).text


def test_a_closed_account_that_opens_again_wakes_no_session(person, admin):
    browser = sign_in(person)

    services.deactivate(person, by=admin)
    services.activate(person, by=admin)

    assert not is_in(browser)


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Safari/604.1", "Chrome on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.0 Safari/605.1", "Safari on Mac"),
        ("curl/8.14", "A browser we do not know"),
        ("", "A browser we do not know"),
    ],
)
def test_browsers_are_called_by_names_people_know(user_agent, name):
    assert name_device(user_agent, translate=str) == name
