"""What a borrowed session must not reach: each such act asks for the password once more, and then goes on with what was typed."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts.models import AccessToken, AuditEntry, StepRemoval, User
from coaching.models import CalendarFeed
from tests.factories import AdminFactory, CoachFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
PASSWORD = "a quiet evening"
NEW, SPARE = "new@people.example", "spare@people.example"


@dataclass(frozen=True)
class Act:
    """A form, what is sent by it, and how to see that it was done."""

    name: str
    is_done: Any
    data: dict = field(default_factory=dict)
    args: str = ""


def steps_of(person, kind):
    return person.authenticator_set.filter(type=kind)


ACTS = {
    "add an address": Act(
        "account_email", lambda me: me.emailaddress_set.filter(email=NEW).exists(), {"action_add": "", "email": NEW}
    ),
    "change the main address": Act(
        "account_email",
        lambda me: type(me).objects.get(pk=me.pk).email == SPARE,
        {"action_primary": "", "email": SPARE},
    ),
    "remove an address": Act(
        "account_email",
        lambda me: not me.emailaddress_set.filter(email=SPARE).exists(),
        {"action_remove": "", "email": SPARE},
    ),
    "turn off the codes from an app": Act("mfa_deactivate_totp", lambda me: not steps_of(me, "totp").exists()),
    "make new codes for a lost phone": Act(
        "mfa_generate_recovery_codes", lambda me: steps_of(me, "recovery_codes").get().data["seed"] != "old"
    ),
    "remove a passkey": Act("mfa_remove_webauthn", lambda me: not steps_of(me, "webauthn").exists(), args="passkey"),
    "rename a passkey": Act(
        "mfa_edit_webauthn",
        lambda me: steps_of(me, "webauthn").get().data["name"] == "Phone",
        {"name": "Phone"},
        args="passkey",
    ),
    "make a key for a program": Act(
        "access-token-new",
        lambda me: AccessToken.objects.filter(name="Backup").exists(),
        {"name": "Backup", "scopes": ["read"], "days": 7},
    ),
    "make a calendar feed": Act("calendar-feed-make", lambda me: CalendarFeed.objects.filter(user=me).exists()),
    "sign out everywhere else": Act("session-end-others", lambda me: not UserSession.objects.filter(ip="203.0.113.7")),
    "sign out one": Act(
        "session-end", lambda me: not UserSession.objects.filter(ip="203.0.113.7").exists(), args="session"
    ),
    "take away somebody's second step": Act(
        "person-second-step", lambda me: StepRemoval.objects.filter(asked_by=me).exists(), args="somebody"
    ),
    "make a coach an admin too": Act(
        "person-admin",
        lambda me: User.objects.filter(is_admin=True).exclude(pk=me.pk).exists(),
        {"answer": "admin"},
        args="coach",
    ),
}
PAGES = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes"]
ENDPOINTS = {
    "api:token-list": ("post", {"name": "Backup", "scopes": ["read"], "days": 7}),
    "api:calendar-feed": ("post", {}),
    "api:session-end-others": ("post", {}),
    "api:session-detail": ("delete", {}),
    "api:step-removal-list": ("post", {"person": "somebody"}),
    "api:person-admin": ("put", {"is_admin": True}),
}


@pytest.fixture
def person():
    """A coach and admin with every kind of second step, so that one person may do all of it."""
    person = AdminFactory(is_coach=True)
    person.set_password(PASSWORD)
    person.save()
    person.emailaddress_set.create(email=SPARE, verified=True)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    steps_of(person, "recovery_codes").update(data={"seed": "old", "used_mask": 0})
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Tablet", "credential": {}})
    return person


@pytest.fixture
def rows(person):
    somebody = UserFactory()
    TOTP.activate(somebody, "JBSWY3DPEHPK3PXP")
    return {
        "passkey": steps_of(person, "webauthn").get().pk,
        "session": UserSession.objects.create(user=person, session_key="known", ip="203.0.113.7").pk,
        "somebody": somebody.public_id,
        "coach": CoachFactory().public_id,
    }


@pytest.mark.parametrize("name", ACTS)
def test_the_password_first_and_then_it_is_done(name, person, rows, client_of):
    act, browser = ACTS[name], client_of(person)
    place = reverse(act.name, args=[rows[act.args]] if act.args else [])

    asked = browser.post(place, act.data)
    assert (asked.status_code, asked.url.split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert not act.is_done(person)
    browser.post(asked.url, {"password": "not this", "next": place})
    assert not act.is_done(person)
    browser.post(asked.url, {"password": PASSWORD, "next": place})

    assert act.is_done(person)


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("change the main address", "main address changed"),
        ("turn off the codes from an app", "second step given up"),
        ("remove a passkey", "second step given up"),
    ],
)
def test_it_stands_in_the_audit(name, verb, person, rows, confirmed_client_of):
    act = ACTS[name]
    confirmed_client_of(person).post(reverse(act.name, args=[rows[act.args]] if act.args else []), act.data)

    assert AuditEntry.objects.filter(verb=verb, subject_id=person.public_id, by=person).count() == 1


@pytest.mark.parametrize("name", PAGES)
def test_what_could_be_read_or_begun_asks_first_too(name, person, client_of):
    if name == "mfa_activate_totp":
        steps_of(person, "totp").delete()
    browser, place = client_of(person), reverse(name)

    asked = browser.get(place)
    assert (asked.status_code, asked.url.split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert browser.post(asked.url, {"password": PASSWORD, "next": place}).url == place


@pytest.mark.parametrize("name", ENDPOINTS)
def test_by_api_it_is_said_what_to_do_first(name, person, rows, client_of, confirmed_client_of):
    verb, body = ENDPOINTS[name]
    args = {"api:session-detail": ["session"], "api:person-admin": ["coach"]}.get(name, [])
    place = reverse(name, args=[rows[arg] for arg in args])
    body = {key: str(rows.get(value, value)) if key == "person" else value for key, value in body.items()}

    answers = [
        getattr(browser(person), verb)(place, body, content_type="application/json")
        for browser in (client_of, confirmed_client_of)
    ]

    assert [answer.status_code for answer in answers] in ([403, 200], [403, 201], [403, 204])
    assert reverse("account_reauthenticate") in answers[0].json()["detail"]


def test_a_new_password_asks_for_the_old_one_itself(person, client_of):
    answers = {"oldpassword": "not this", "password1": "another evening", "password2": "another evening"}

    page = client_of(person).post(reverse("account_change_password"), answers)

    person.refresh_from_db()
    assert (list(page.context["form"].errors), person.check_password(PASSWORD)) == (["oldpassword"], True)


def test_having_signed_in_as_somebody_else_before_confirms_nothing(person, rows):
    browser = Client()
    other = UserFactory()
    other.set_password(PASSWORD)
    other.save()
    browser.post(reverse("account_login"), {"login": other.email, "password": PASSWORD})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.force_login(person)

    assert browser.post(reverse("session-end-others")).url.startswith(reverse("account_reauthenticate"))
