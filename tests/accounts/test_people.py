"""The front door, settings, and the page of people."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts import services
from accounts.models import AuditEntry, User
from accounts.records import Refused
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_landing_page_is_open_to_all():
    assert Client().get("/").status_code == 200


def test_signed_in_people_go_on_to_today(client_of, candidate):
    assert client_of(candidate).get("/").url == reverse("today")


def test_everything_else_is_closed_by_default():
    assert Client().get(reverse("settings-edit")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["candidate", "coach", "admin"])
def test_demo_doors_are_shut_without_the_demo(role, settings):
    settings.AFTERWORD_DEMO = False
    UserFactory(email=f"{role}@demo.example")

    assert Client().post(reverse("demo-enter", args=[role])).status_code == 404


def test_demo_doors_open_for_the_three_known_people_only(settings):
    settings.AFTERWORD_DEMO = True
    UserFactory(email="candidate@demo.example")

    assert Client().post(reverse("demo-enter", args=["candidate"])).url == reverse("today")
    assert Client().post(reverse("demo-enter", args=["office"])).status_code == 404
    assert Client().get(reverse("demo-enter", args=["candidate"])).status_code == 405


def test_settings_keep_name_zone_and_quiet_hours(client_of, candidate):
    answers = {"name": "Achieng O.", "zone": "Europe/London", "quiet_from": "21:30", "quiet_until": "06:00"}

    client_of(candidate).post(reverse("settings-edit"), answers)

    candidate.refresh_from_db()
    assert (candidate.name, candidate.zone, str(candidate.quiet_from)) == ("Achieng O.", "Europe/London", "21:30:00")


def test_an_unknown_zone_is_refused_at_its_field(client_of, candidate):
    answers = {"name": "A", "zone": "Nairobi", "quiet_from": "21:30", "quiet_until": "06:00"}

    response = client_of(candidate).post(reverse("settings-edit"), answers)

    candidate.refresh_from_db()
    assert (list(response.context["form"].errors), response.context["form"]["zone"].value()) == (["zone"], "Nairobi")
    assert candidate.zone == "Africa/Nairobi"


def test_roles_cannot_be_taken_by_a_form(client_of, candidate):
    answers = {
        "name": "A",
        "zone": "Africa/Nairobi",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "is_admin": "on",
        "is_coach": "on",
    }

    client_of(candidate).post(reverse("settings-edit"), answers)

    candidate.refresh_from_db()
    assert (candidate.is_admin, candidate.is_coach) == (False, False)


def test_only_admins_see_people(client_of, candidate, coach, admin):
    assert [client_of(user).get(reverse("people-list")).status_code for user in (candidate, coach, admin)] == [
        403,
        403,
        200,
    ]


def test_a_closed_account_cannot_sign_in(client_of, admin, stranger):
    browser = client_of(stranger)

    client_of(admin).post(reverse("person-deactivate", args=[stranger.public_id]))

    assert browser.get(reverse("settings-edit")).status_code == 302


def test_an_admin_cannot_lock_herself_out(client_of, admin):
    client_of(admin).post(reverse("person-deactivate", args=[admin.public_id]))

    admin.refresh_from_db()
    assert admin.is_active


def test_nobody_is_candidate_and_staff():
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(is_candidate=True, is_coach=True)


def test_addresses_are_one_whatever_their_case():
    UserFactory(email="one@people.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="ONE@people.example", is_candidate=True)


@pytest.mark.parametrize("rows", [1, 30])
def test_people_list_asks_the_same_queries_at_any_length(client_of, admin, rows, django_assert_num_queries):
    UserFactory.create_batch(rows)
    browser = client_of(admin)
    with django_assert_num_queries(5):
        browser.get(reverse("people-list"))


@pytest.mark.parametrize("door", ["account_login", "account_signup", "account_reset_password"])
def test_the_doors_stand_open(door):
    assert Client().get(reverse(door)).status_code == 200


def test_signing_up_makes_a_candidate_who_must_prove_her_address(empty_cache):
    answers = {
        "email": "zawadi@new.example",
        "password1": "a long enough secret",
        "name": "Zawadi",
        "zone": "Africa/Nairobi",
    }

    Client().post(reverse("account_signup"), answers)

    user = User.objects.get(email="zawadi@new.example")
    assert (user.is_candidate, user.name, user.emailaddress_set.get().verified) == (True, "Zawadi", False)


def test_a_coach_becomes_an_admin_too_and_no_longer(confirmed_client_of, admin, coach):
    _token, key = services.make_token(coach, name="Script", scopes=["read"], days=7)
    browser, place = confirmed_client_of(admin), reverse("person-admin", args=[coach.public_id])

    roles = []
    for answer in ("admin", "admin", "coach"):
        browser.post(place, {"answer": answer})
        coach.refresh_from_db()
        roles.append((coach.is_coach, coach.is_admin))

    assert roles == [(True, True), (True, True), (True, False)]
    assert Client(headers={"Authorization": f"Bearer {key}"}).get(reverse("api:preferences")).status_code == 401
    verbs = (
        AuditEntry.objects.filter(subject_id=coach.public_id, by=admin).order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["made an admin too", "no longer an admin"]


def test_nobody_decides_it_about_themselves_or_about_a_candidate(confirmed_client_of, candidate):
    both = UserFactory(is_candidate=False, is_coach=True, is_admin=True)
    browser = confirmed_client_of(both)

    for person in (both, candidate):
        assert browser.post(reverse("person-admin", args=[person.public_id]), {"answer": "coach"}).status_code == 403
        with pytest.raises(Refused):
            services.set_admin(person, True, by=both)


def test_nobody_lists_whom_nothing_is_left_of(client_of, admin):
    gone = UserFactory(erased_at=timezone.now(), is_active=False)
    browser = client_of(admin)

    assert str(gone.public_id) not in browser.get(reverse("api:person-list")).text
    assert gone.email not in browser.get(reverse("people-list")).text


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_by_api_says_who_leaves_and_who_has_a_second_step(client_of, admin, rows, django_assert_num_queries):
    UserFactory.create_batch(rows)
    leaving, careful = UserFactory(), UserFactory()
    erasure = services.ask_erasure(leaving)
    TOTP.activate(careful, generate_totp_secret())
    removal = services.ask_step_removal(careful, by=admin)
    browser = client_of(admin)

    with django_assert_num_queries(3):
        first, second = browser.get(reverse("api:person-list")).json()["results"][:2]

    assert (first["leaves_at"], first["has_second_step"]) == (None, True)
    assert parse_datetime(first["step_goes_at"]) == removal.due_at
    assert (second["has_second_step"], second["step_goes_at"]) == (False, None)
    assert parse_datetime(second["leaves_at"]) == erasure.erase_at
