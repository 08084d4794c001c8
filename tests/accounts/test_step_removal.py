"""A lost phone: an admin takes the second step away, its owner is told at once and has three days to say no."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as conf
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import AuditEntry, StepRemoval
from accounts.records import Conflict, Refused
from coaching.services import sweep
from followups.models import OutboundEmail
from tests.factories import AdminFactory, UserFactory
from tests.mailing import text_of
from tests.mails import own_paths
from tests.walk import all_routes

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet evening"
LIST = reverse("api:step-removal-list")


@pytest.fixture
def person():
    person = UserFactory(name="Njeri Mwangi")
    person.set_password(PASSWORD)
    person.save()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    return person


@pytest.fixture
def confirmed(admin):
    """The admin's browser, just after the password was given once more."""
    admin.set_password(PASSWORD)
    admin.save()
    browser = Client()
    browser.force_login(admin)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def verbs():
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def mails_to(person):
    return list(OutboundEmail.objects.filter(recipient=person, kind="second-step").order_by("id"))


def test_its_owner_is_told_at_once_and_stops_it_with_one_press(person, confirmed, admin):
    place = reverse("person-second-step", args=[person.public_id])
    confirmed.post(place)
    removal, [mail] = StepRemoval.objects.get(), mails_to(person)
    assert (removal.person, removal.asked_by, removal.due_at > timezone.now() + timedelta(hours=71)) == (
        person,
        admin,
        True,
    )
    assert "Take it back" in confirmed.get(place).text and "Second step goes" in confirmed.get("/people/").text

    [link] = own_paths([mail])
    assert Client().get(link).status_code == 200
    assert StepRemoval.objects.get().status == "waiting"
    Client().post(link)
    sweep.run(removal.due_at + timedelta(days=1))

    assert StepRemoval.objects.get().status == "stopped"
    assert person.authenticator_set.count() == 2
    assert verbs() == ["second step removal asked", "second step removal stopped"]


def test_after_the_wait_it_is_gone_and_its_owner_signed_out(person, admin):
    browser = Client()
    person.authenticator_set.all().delete()
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    person.authenticator_set.create(type=Authenticator.Type.TOTP, data={})
    removal = services.ask_step_removal(person, by=admin)

    sweep.run(removal.due_at - timedelta(seconds=1))
    assert person.authenticator_set.count() == 1
    for _again in range(2):
        sweep.run(removal.due_at)

    assert person.authenticator_set.count() == 0
    assert browser.get(reverse("settings-edit")).status_code == 302
    assert [text_of(mail).count("gone") for mail in mails_to(person)] == [0, 1]
    assert verbs() == ["second step removal asked", "second step removed"]


def test_signed_in_its_owner_sees_it_and_says_no(person, admin, client_of):
    removal = services.ask_step_removal(person, by=admin)
    browser = client_of(person)
    assert "No, keep my second step" in browser.get(reverse("settings-edit")).text

    browser.post(reverse("step-removal-stop", args=[removal.public_id]))

    assert StepRemoval.objects.get().status == "stopped"
    assert "No, keep my second step" not in browser.get(reverse("mfa_index")).text


def test_the_password_comes_first_and_then_it_goes_on(person, admin):
    admin.set_password(PASSWORD)
    admin.save()
    browser = Client()
    browser.force_login(admin)
    place = reverse("person-second-step", args=[person.public_id])

    asked = browser.post(place)
    assert (asked.url.split("?")[0], StepRemoval.objects.count()) == (reverse("account_reauthenticate"), 0)
    browser.post(asked.url, {"password": PASSWORD, "next": place})

    assert StepRemoval.objects.get().person == person


def test_by_api(person, confirmed, admin, client_of):
    body = {"person": str(person.public_id)}

    unconfirmed = client_of(admin).post(LIST, body, content_type="application/json")
    made = confirmed.post(LIST, body, content_type="application/json")
    again = confirmed.post(LIST, body, content_type="application/json")
    assert [each.status_code for each in (unconfirmed, made, again)] == [403, 201, 409]
    seen = client_of(person).get(LIST).json()["results"]
    assert [(row["status"], row["asked_by"]) for row in seen] == [("waiting", str(admin.public_id))]

    place = f"{LIST}{made.json()['public_id']}/"
    assert [
        client_of(person).post(f"{place}withdraw/").status_code,
        confirmed.post(f"{place}stop/").status_code,
        confirmed.post(f"{place}withdraw/").json()["status"],
        client_of(person).post(f"{place}stop/").status_code,
    ] == [403, 403, "withdrawn", 409]


def test_what_cannot_be_taken_away(person, admin):
    closed = UserFactory(is_active=False)
    for subject, by in ((UserFactory(), admin), (admin, admin), (closed, admin)):
        with pytest.raises(Refused):
            services.ask_step_removal(subject, by=by)
    services.ask_step_removal(person, by=admin)
    with pytest.raises(Conflict):
        services.ask_step_removal(person, by=AdminFactory())


@pytest.mark.parametrize("closed", ["person", "asked_by"])
def test_the_closing_of_either_account_takes_it_back(person, admin, closed):
    removal = services.ask_step_removal(person, by=admin)

    services.deactivate(getattr(removal, closed), by=AdminFactory())

    assert StepRemoval.objects.get().status == "withdrawn"


def test_its_owner_reads_by_api_what_there_is(person, client_of):
    seen = client_of(person).get(reverse("api:second-step")).json()

    assert (seen["app"], seen["passkeys"], seen["codes_left"], seen["required"]) == (True, [], 10, False)


def test_admins_set_nobodys_password_or_address_and_are_nobody_else(client):
    """The doors an admin has to a person, and what the API takes."""
    doors = {
        name for name, _verbs, _parts in all_routes() if name.removeprefix("api:").startswith(("person", "people"))
    }
    assert "person-second-step" in doors
    forbidden = ("password", "email", "address", "enter", "become", "impersonat", "sign-in", "login")
    assert not {name for name in doors for word in forbidden if word in name}
    assert "django.contrib.admin" not in conf.INSTALLED_APPS
    description = client.get(reverse("api-schema"), headers={"Accept": "application/vnd.oai.openapi+json"}).json()
    fields = {
        field for schema in description["components"]["schemas"].values() for field in schema.get("properties", ())
    }
    assert not {field for field in fields if "password" in field}
