"""Coaches and admins sign in with a second step where the installation says so: without one they get as far as setting it up."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from accounts import services
from tests.factories import CoachFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
PASSWORD = "a quiet evening"
SECRET = "JBSWY3DPEHPK3PXP"
# What a device answered once, when a passkey was made.
MADE = (
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAABnRhYmxldKUB"
    "AgMmIAEhWCCOUztvoL97RiW7MGZ8Aftgfvn4uKgP71swBihwMYeyoyJYIHPrHb3gMxg2bQafg6b1kABTxzYzywQbIcVeGobB9AC0"
)
CLIENT = "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWXciLCJvcmlnaW4iOiJodHRwczovL3guZXhhbXBsZSJ9"
PASSKEY = {
    "id": "dGFibGV0",
    "rawId": "dGFibGV0",
    "type": "public-key",
    "response": {"clientDataJSON": CLIENT, "attestationObject": MADE},
}
DATA = {
    "totp": {"secret": SECRET},
    "recovery_codes": {"seed": "5eed", "used_mask": 0},
    "webauthn": {"name": "Tablet", "credential": PASSKEY},
}
SETUP = reverse("mfa_index")
ROLES = {
    "candidate": ({"is_candidate": True}, True),
    "coach": ({"is_candidate": False, "is_coach": True}, False),
    "admin": ({"is_candidate": False, "is_admin": True}, False),
    "both": ({"is_candidate": False, "is_coach": True, "is_admin": True}, False),
}


@pytest.fixture(params=ROLES)
def person_and_freedom(request, settings):
    settings.AFTERWORD_SECOND_STEP_FOR_STAFF = True
    fields, is_free = ROLES[request.param]
    return UserFactory(**fields), is_free


@pytest.fixture
def staff(settings):
    settings.AFTERWORD_SECOND_STEP_FOR_STAFF = True
    person = CoachFactory()
    person.set_password(PASSWORD)
    person.save()
    return person


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_without_one_pages_lead_to_setting_it_up(person_and_freedom, client_of):
    person, is_free = person_and_freedom
    browser = client_of(person)

    answers = [browser.get(reverse(name)) for name in ("today", "settings-edit", "access-token-list")]

    assert [answer.status_code for answer in answers] == [200 if is_free else 302] * 3
    if not is_free:
        assert answers[1].url == f"{SETUP}?next=%2Fsettings%2F"
        assert browser.get(SETUP).status_code == 200
        assert browser.post(reverse("account_change_password"), {}).status_code == 302
        assert browser.get(reverse("help")).status_code == 200
        assert browser.post(reverse("account_logout")).status_code == 302


def test_without_one_the_api_says_why(person_and_freedom, client_of):
    person, is_free = person_and_freedom
    _token, key = services.make_token(person, name="Script", scopes=["read", "write"], days=7)

    answers = [
        browser.get(reverse("api:preferences"))
        for browser in (client_of(person), Client(headers={"Authorization": f"Bearer {key}"}))
    ]

    assert [answer.status_code for answer in answers] == [200 if is_free else 403] * 2
    if not is_free:
        assert {answer.headers["Content-Type"] for answer in answers} == {"application/problem+json"}
        assert {answer.json()["reason"] for answer in answers} == {"second_step_missing"}
        assert client_of(person).get(reverse("api:root")).status_code == 200


def test_with_one_everything_is_open(staff, client_of):
    TOTP.activate(staff, SECRET)
    _token, key = services.make_token(staff, name="Script", scopes=["read"], days=7)

    assert client_of(staff).get(reverse("today")).status_code == 200
    assert Client(headers={"Authorization": f"Bearer {key}"}).get(reverse("api:preferences")).status_code == 200


def test_codes_for_a_lost_phone_are_no_step(staff, client_of):
    Authenticator.objects.create(user=staff, type=Authenticator.Type.RECOVERY_CODES, data={})

    assert client_of(staff).get(reverse("today")).status_code == 302


def test_setting_it_up_leads_on_to_where_she_was_headed(staff):
    browser = Client()
    browser.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})
    assert browser.get(reverse("slot-list")).url.startswith(SETUP)
    turn_on = reverse("mfa_activate_totp")

    browser.post(browser.get(turn_on).url, {"password": PASSWORD, "next": turn_on})
    secret = browser.get(turn_on).context["form"].secret
    codes = browser.post(turn_on, {"code": code_of(secret)}, follow=True)

    assert reverse("second-step-done") in codes.text
    assert browser.get(reverse("second-step-done")).url == reverse("slot-list")
    assert browser.get(reverse("slot-list")).status_code == 200


def test_what_was_typed_is_shown_and_a_part_of_a_page_leads_there_too(staff, client_of):
    browser = client_of(staff)

    typed = browser.post(reverse("settings-edit"), {"name": "Tom of the reading room"})
    part = browser.get(reverse("today"), headers={"HX-Request": "true"})

    assert (typed.status_code, "Tom of the reading room" in typed.text) == (403, True)
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, SETUP)


@pytest.mark.parametrize(
    ("kinds", "app", "lost"),
    [
        (["webauthn"], False, False),
        (["webauthn", "recovery_codes"], False, True),
        (["webauthn", "totp"], True, False),
        (["totp", "recovery_codes"], True, True),
    ],
)
def test_only_what_she_has_is_asked_for(staff, kinds, app, lost):
    Authenticator.objects.bulk_create(Authenticator(user=staff, type=kind, data=DATA[kind]) for kind in kinds)
    browser = Client()
    browser.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})

    page = browser.get(reverse("mfa_authenticate")).text

    words = ("Use your passkey", "six digits your app", "ne of your codes for a lost phone", 'name="code"')
    assert [word in page for word in words] == ["webauthn" in kinds, app, lost, app or lost]


def test_the_second_step_is_asked_after_the_password(staff):
    TOTP.activate(staff, SECRET)
    browser = Client()
    asked = browser.post(reverse("account_login"), {"login": staff.email, "password": PASSWORD})
    assert (asked.url, browser.get(reverse("today")).status_code) == (reverse("mfa_authenticate"), 302)

    wrong = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = browser.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})

    assert (wrong.status_code, right.status_code) == (200, 302)
    assert browser.get(reverse("today")).status_code == 200
