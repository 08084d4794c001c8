"""Signing in with accounts of an organisation, against a small provider of our own at the other end of real HTTP."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import AuditEntry, User
from followups.models import OutboundEmail
from tests.factories import AdminFactory, UserFactory
from tests.mailing import message_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
LOGIN, BACK = "/accounts/oidc/oidc/login/", "/accounts/oidc/oidc/login/callback/"


class FakeProvider:
    """Discovery, token and userinfo; what it says of whoever signs in is in `claims`, and `token` overrides its token's."""

    def __init__(self):
        self.claims = {"sub": "u-1", "email": "amani@office.example", "email_verified": True, "name": "Amani Otieno"}
        self.token, self.asked = {}, {}
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(fake.claims if self.path == "/userinfo" else fake.configuration)

            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
                is_hers = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == fake.asked["code_challenge"]
                self.answer({"access_token": "a", "token_type": "bearer", "id_token": fake.id_token} if is_hers else {})

            def answer(self, data):
                body = json.dumps(data).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """Silence."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def configuration(self):
        places = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **places}

    @property
    def id_token(self):
        ends = int(timezone.now().timestamp()) + 300
        usual = {"iss": self.issuer, "aud": "us", "exp": ends, "nonce": self.asked["nonce"], "sub": self.claims["sub"]}
        return jwt.encode(usual | self.token, "a key that nobody looks at, long enough")


@pytest.fixture
def provider(settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeProvider()
    app = {"provider_id": "oidc", "name": "the office", "client_id": "us", "secret": "s"}
    settings.OIDC_ISSUER, settings.OIDC_NAME = fake.issuer, "the office"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": fake.issuer}}]}
    }
    yield fake
    fake.server.shutdown()
    fake.server.server_close()


def come_in(provider, browser=None, **callback):
    """Press the button, sign in there, and come back."""
    browser = browser or Client()
    sent = urlsplit(browser.post(LOGIN).url)
    provider.asked = {name: values[0] for name, values in parse_qs(sent.query).items()}
    return browser, browser.get(BACK, {"code": "c", "state": provider.asked["state"], **callback})


def test_a_newcomer_becomes_a_candidate_with_a_confirmed_address(provider):
    browser, answer = come_in(provider)

    user = User.objects.get()
    assert (user.email, user.name, user.is_candidate) == ("amani@office.example", "Amani Otieno", True)
    assert (answer.url, get_user(browser)) == (reverse("today"), user)
    assert user.emailaddress_set.filter(verified=True).count() == 1
    assert not user.has_usable_password()
    assert user.socialaccount_set.get().extra_data == {}
    assert {"code_challenge", "nonce", "state"} <= set(provider.asked)


def test_whoever_is_here_with_the_same_address_comes_in_and_stays_the_same_later(provider):
    user = UserFactory(email="amani@office.example")

    assert get_user(come_in(provider)[0]) == user
    # Afterwards it goes by who it is there, whatever the address is then.
    provider.claims |= {"email": "other@office.example", "email_verified": False}
    assert get_user(come_in(provider)[0]) == user
    assert User.objects.count() == 1


def test_an_address_that_is_proved_on_one_side_only_joins_nothing(provider):
    user = UserFactory(email="amani@office.example")
    provider.claims["email_verified"] = "false"
    browser, answer = come_in(provider)
    assert (answer.status_code, get_user(browser).is_authenticated) == (403, False)

    provider.claims["email_verified"] = True
    user.emailaddress_set.update(verified=False)
    browser, answer = come_in(provider)
    assert (answer.url, get_user(browser).is_authenticated) == (reverse("account_email_verification_sent"), False)
    assert not user.socialaccount_set.exists()


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email_verified": None}, {"email": ""}, {"email": "a b"}]
)
def test_nobody_joins_without_a_confirmed_address(provider, claims):
    provider.claims |= claims
    assert come_in(provider)[1].status_code == 403
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "token",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://elsewhere.example"},
        {"aud": "others"},
        {"exp": 1},
        {"sub": "u-2"},
    ],
)
def test_a_token_that_was_not_meant_for_this_is_refused(provider, token):
    provider.token = token
    browser, answer = come_in(provider)

    assert not get_user(browser).is_authenticated
    assert "did not work" in answer.text
    assert not User.objects.exists()


def test_an_answer_nobody_here_asked_for_is_refused(provider):
    _browser, answer = come_in(provider, state="forged")
    assert "did not work" in answer.text
    # What was asked in one browser is of no use in another.
    answer = Client().get(BACK, {"code": "c", "state": provider.asked["state"]})
    assert "did not work" in answer.text
    assert not User.objects.exists()


def test_an_answer_works_once(provider):
    _browser, _answer = come_in(provider)
    again = Client()
    come_in(provider, again)
    again.logout()
    assert "did not work" in again.get(BACK, {"code": "c", "state": provider.asked["state"]}).text


def test_a_closed_account_stays_closed(provider):
    UserFactory(email="amani@office.example", is_active=False)
    browser, answer = come_in(provider)
    assert (get_user(browser).is_authenticated, answer.url) == (False, reverse("account_inactive"))


@pytest.mark.parametrize(
    ("rule", "joins"), [("anybody", True), ("domains", True), ("invited", False), ("nobody", False)]
)
def test_who_may_sign_up_is_the_same_rule(provider, rule, joins):
    services.change_installation(by=AdminFactory(), sign_up=rule, sign_up_domains=["office.example"])
    come_in(provider)
    provider.claims |= {"sub": "u-2", "email": "amani@mail.office.example"}
    come_in(provider)

    found = set(User.objects.filter(is_candidate=True).values_list("email", flat=True))
    assert ("amani@office.example" in found) == joins
    assert ("amani@mail.office.example" in found) == (rule == "anybody")


def test_a_name_with_a_link_in_it_is_left_out(provider):
    provider.claims["name"] = "see www.evil.example"
    come_in(provider)
    assert User.objects.get().name == ""


def test_the_button_is_there_when_it_leads_somewhere(provider, settings):
    assert "Sign in with the office" in Client().get(reverse("account_login")).text
    settings.OIDC_ISSUER, settings.SOCIALACCOUNT_PROVIDERS = "", {"openid_connect": {"APPS": []}}
    assert "Sign in with the office" not in Client().get(reverse("account_login")).text
    assert Client().post(LOGIN).status_code == 404


def test_it_is_taken_away_on_a_page_of_ours_with_the_password_and_told_by_mail(
    provider, client_of, confirmed_client_of
):
    user = UserFactory(email="amani@office.example")
    browser, page = client_of(user), reverse("socialaccount_connections")
    assert "Sign in with the office" in browser.get(page).text
    come_in(provider)
    account = user.socialaccount_set.get()
    assert f'name="account" value="{account.pk}"' in browser.get(page).text

    asked = browser.post(page, {"account": account.pk})
    assert (urlsplit(asked.url).path, user.socialaccount_set.count()) == (reverse("account_reauthenticate"), 1)

    confirmed_client_of(user).post(page, {"account": account.pk})

    assert not user.socialaccount_set.exists()
    last = OutboundEmail.objects.filter(recipient=user).latest("pk")
    assert message_of(last)["Subject"] == "Signing in with the office is off"
    verbs = AuditEntry.objects.filter(subject_id=user.public_id).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["organisation's account joined", "organisation's account taken away"]


def test_whoever_has_no_password_keeps_it_and_is_told_what_to_do(provider):
    browser, _answer = come_in(provider)
    account = get_user(browser).socialaccount_set.get()

    page = browser.post(reverse("socialaccount_connections"), {"account": account.pk})

    assert "You have no password here yet" in page.text
    assert get_user(browser).socialaccount_set.exists()
