"""Where somebody is signed in, and how that ends."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.devices import name_device
from accounts.models import AuditEntry, Invitation, hash_token
from tests.accounts.test_doors import link_in_last_mail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
PASSWORD = "correct horse battery"


def opens(key):
    return Client(headers={"Authorization": f"Bearer {key}"}).get(reverse("api:preferences")).status_code == 200


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


def confirm(browser):
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def is_in(browser):
    return browser.get(reverse("settings-edit")).status_code == 200


def test_the_page_names_each_browser_of_hers_and_nobody_elses(person):
    sign_in(somebody(), "Mozilla/5.0 (iPad) Safari/605")
    sign_in(person, FIREFOX)

    page = sign_in(person).get(reverse("session-list"))

    assert "Firefox on Android" in page.text
    assert "iPad" not in page.text
    assert page.text.count("This one") == 1


def test_one_button_signs_out_everywhere_else(person):
    phone = sign_in(person)
    assert "Sign out everywhere else" not in phone.get(reverse("session-list")).text
    library, here = sign_in(person), sign_in(person)
    assert "Sign out everywhere else" in here.get(reverse("session-list")).text

    confirm(here)
    here.post(reverse("session-end-others"))

    assert [is_in(browser) for browser in (phone, library, here)] == [False, False, True]


def test_one_of_them_can_be_signed_out_alone(person):
    phone, library, here = sign_in(person, FIREFOX), sign_in(person), sign_in(person)
    row = UserSession.objects.get(user_agent=FIREFOX)

    confirm(here)
    here.post(reverse("session-end", args=[row.pk]))

    assert [is_in(browser) for browser in (phone, library, here)] == [False, True, True]


def test_nobody_elses_can(person):
    other = sign_in(somebody(), FIREFOX)
    here = sign_in(person)
    row = UserSession.objects.get(user_agent=FIREFOX)

    confirm(here)
    answers = (
        here.post(reverse("session-end", args=[row.pk])),
        here.delete(reverse("api:session-detail", args=[row.pk])),
    )

    assert ([each.status_code for each in answers], is_in(other)) == ([404, 404], True)


def test_by_api(person):
    phone, library, here = sign_in(person, FIREFOX), sign_in(person), sign_in(person)
    places = [f"{reverse('api:session-list')}{session.pk}/" for session in services.sessions_of(person)]
    unconfirmed = here.delete(places[0]), here.post(reverse("api:session-end-others"))
    assert [each.status_code for each in unconfirmed] == [403, 403]

    confirm(here)
    seen = here.get(reverse("api:session-list")).json()
    assert [(row["device"], row["is_this"]) for row in seen][::2] == [
        ("Firefox on Android", False),
        ("A browser we do not know", True),
    ]
    here.delete(places[0])
    assert [is_in(browser) for browser in (phone, library, here)] == [False, True, True]
    here.post(reverse("api:session-end-others"))
    assert [is_in(browser) for browser in (library, here)] == [False, True]


def test_a_new_password_leaves_only_the_browser_in_which_it_was_chosen(person):
    phone, here = sign_in(person), sign_in(person)
    _token, key = services.make_token(person, name="Script", scopes=["read"], days=7)
    new = "another quiet evening"

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert person.check_password(PASSWORD) and not type(person).objects.get(pk=person.pk).check_password(PASSWORD)
    assert ([is_in(phone), is_in(here)], opens(key)) == ([False, True], False)
    assert len(services.sessions_of(person)) == 1
    assert AuditEntry.objects.filter(verb="password changed", by=person).count() == 1


def test_a_password_set_anew_by_mail_leaves_nobody_in(person, empty_cache):
    phone, new = sign_in(person), "another quiet evening"
    _token, key = services.make_token(person, name="Script", scopes=["read"], days=7)
    somewhere = Client()
    somewhere.post(reverse("account_reset_password"), {"email": person.email})

    form = somewhere.get(link_in_last_mail(), follow=True).redirect_chain[-1][0]
    somewhere.post(form, {"password1": new, "password2": new})

    assert (is_in(phone), is_in(somewhere), opens(key)) == (False, False, False)
    assert not UserSession.objects.filter(user=person).exists()


@pytest.mark.parametrize(
    "roles", [{"is_coach": True, "is_candidate": False}, {"is_admin": True, "is_candidate": False}]
)
def test_another_role_is_another_session(person, roles):
    browser = sign_in(person)

    type(person).objects.filter(pk=person.pk).update(**roles)

    assert not is_in(browser)


def test_a_session_planted_before_signing_in_is_not_the_one_after(person):
    browser = Client()
    planted = browser.session
    planted["anything"] = 1
    planted.save()
    key = planted.session_key
    browser.cookies["sessionid"] = key

    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    thief = Client()
    thief.cookies["sessionid"] = key
    assert (is_in(browser), browser.session.session_key != key, is_in(thief)) == (True, True, False)


def test_who_came_by_an_invitation_is_on_the_page_too(admin):
    later = timezone.now() + timedelta(days=1)
    Invitation.objects.create(
        email="new@people.example", role="candidate", invited_by=admin, token_hash=hash_token("known"), expires_at=later
    )
    browser = Client(headers={"user-agent": FIREFOX})
    answers = {"name": "Wanjiru", "password": PASSWORD, "zone": "Africa/Nairobi"}

    browser.post(reverse("invitation-accept", args=["known"]), answers)

    assert "Firefox on Android" in browser.get(reverse("session-list")).text


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


def test_a_session_that_is_over_is_forgotten_with_the_place_it_came_from(person):
    browser = sign_in(person)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(days=8))
    services.forget_after_a_week(timezone.now())
    assert (is_in(browser), UserSession.objects.count()) == (True, 1)

    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    services.forget_after_a_week(timezone.now())

    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
