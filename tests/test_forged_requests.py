"""Requests that come from elsewhere or say that they do: no token, another host, a way back that leads away."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from followups.models import OutboundEmail
from tests.access import API
from tests.factories import UserFactory
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough pass phrase"
AWAY = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "/\t/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//testserver@evil.example",
    "https://testserver.evil.example/",
    "//evil.example\\@testserver",
]
# Whoever has the address may act, and nobody else knows it; or nothing is changed (docs/decisions.md 30, 46 and 60).
ADDRESS_IS_THE_KEY = re.compile(r"link-|reminder-unsubscribe$|referee-answer$|one-thing$|one-thing-keep$")


KEYS_BEFORE = {}


def all_views(patterns=None, space="", before=None):
    """(name, pattern) of every address."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from all_views(pattern.url_patterns, inner, {**(before or {}), **keys_of(pattern)})
        elif pattern.name:
            KEYS_BEFORE[pattern] = before or {}
            yield space + pattern.name, pattern


def keys_of(pattern):
    """Something in the place of each key of an address, those of what it is part of too."""
    found = dict(KEYS_BEFORE.get(pattern, {}))
    found |= dict.fromkeys(getattr(pattern.pattern.regex, "groupindex", {}), "1-x")
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__
        found[name] = uuid.UUID(int=1) if "UUID" in kind else 1 if "Int" in kind else "x"
    return found


@pytest.fixture
def her():
    user = UserFactory(email="her@people.example")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def strict(her):
    """Her browser, with the protection that the tests' client leaves out."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(her)
    return client


def test_no_page_takes_a_form_of_another_site(strict):
    """Read from the addresses: a new page is asked too."""
    taken, asked = {}, 0
    for name, pattern in all_views():
        if name.startswith("api"):
            continue
        answer = strict.post(reverse(name, kwargs=keys_of(pattern)), {"next": "/"})
        asked += 1
        # 405: there is nothing to be sent. 404: only in the demo, or only with a setting.
        if answer.status_code not in (403, 404, 405):
            taken[name] = answer.status_code
    assert {name: status for name, status in taken.items() if not ADDRESS_IS_THE_KEY.match(name)} == {}
    assert (asked > 200, "one-thing" in taken) == (True, True)
    # What is not there answers 404 with or without the protection, so the views are asked as well.
    open_doors = {name for name, pattern in all_views() if getattr(pattern.callback, "csrf_exempt", False)}
    open_doors = {name for name in open_doors if not name.startswith("api")}
    assert sorted(name for name in open_doors if not ADDRESS_IS_THE_KEY.match(name)) == []
    assert len(open_doors) > 5


def test_a_good_token_does_not_help_another_site(strict):
    token = strict.get(reverse("settings-edit")).cookies["csrftoken"].value
    sent = {"csrfmiddlewaretoken": token, "language": "en"}
    answers = [
        strict.post(reverse("set-language"), sent, headers={"Origin": origin})
        for origin in ("http://testserver", "https://evil.example", "null", "http://testserver.evil.example")
    ]
    assert [answer.status_code for answer in answers] == [302, 403, 403, 403]


def test_nor_does_the_api_with_a_session(strict):
    """JSON from elsewhere would need a preflight; a form sent as text/plain would not."""
    taken, patterns = {}, dict(all_views())
    for key in API:
        verb, name = key.split()
        if verb == "GET":
            continue
        for content_type in ("application/json", "text/plain"):
            answer = strict.generic(
                verb, reverse(name, kwargs=keys_of(patterns[name])), b"{}", content_type=content_type
            )
            if answer.status_code != 403:
                taken[key] = answer.status_code
    assert {key: status for key, status in taken.items() if "one-thing" not in key} == {}


@pytest.mark.parametrize("away", AWAY)
def test_no_way_back_leads_away(her, away):
    """Wherever an address to go on to is taken: signing in and out, confirming, the language, a form whose session has ended."""
    signed_in = Client()
    signed_in.force_login(her)
    forms = [
        (Client(), "account_login", {"login": her.email, "password": PASSWORD}),
        (signed_in, "account_reauthenticate", {"password": PASSWORD}),
        (signed_in, "set-language", {"language": "en"}),
        (signed_in, "account_login", {}),
        (signed_in, "account_signup", {}),
        (signed_in, "account_logout", {}),
        (Client(), "interview-new", {}),
        (Client(), "interview-new", {"notes": "some words"}),
    ]
    for client, name, body in forms:
        for address, more in ((reverse(name), {"next": away}), (f"{reverse(name)}?next={away}", {})):
            answer = client.post(address, {**body, **more}, headers={"Referer": away.strip()})
            assert leads_home(answer.headers.get("Location", "")), (name, answer.headers["Location"])
            assert re.findall(r'(?:href|action)="[^"]*evil[^"]*"', without_queries(answer.text)) == [], name


def leads_home(location):
    """As browsers read it: backslashes are slashes, white space in it is not there."""
    seen = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    seen = re.sub(r"^/{2,}", "//", seen)
    parts = urlsplit(seen)
    return not seen or (
        parts.scheme in ("", "http") and parts.netloc in ("", "testserver") and seen[:1] in ("/", "h", "?")
    )


def without_queries(text):
    """`?next=` carries what was asked for, to be looked at when it is used."""
    return re.sub(r"\?next=[^\"]*", "", text)


def test_control_browsers_reading():
    assert [away for away in AWAY if leads_home(away)] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "testserver@evil.example"},
        {"Host": "testserver:80@evil.example"},
        {"Host": ".testserver"},
    ],
)
def test_another_host_is_no_page_and_no_mail(her, headers):
    answers = [
        Client().post(reverse("account_reset_password"), {"email": her.email}, headers=headers),
        Client().get(reverse("home"), headers=headers),
        Client().get("/api/v1/today/", headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [400] * 3
    assert OutboundEmail.objects.count() == 0


def test_the_link_of_a_reset_leads_to_this_installation_by_whatever_name_it_was_asked(her, settings):
    settings.ALLOWED_HOSTS, settings.BASE_URL = ["*"], "https://afterword.example"
    forged = {
        "Host": "evil.example",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "host=evil.example",
    }
    for name, address in (("account_reset_password", her.email), ("account_reset_password", "nobody@people.example")):
        Client().post(reverse(name), {"email": address}, headers=forged)
    Client().post(
        reverse("account_signup"),
        {"email": "new@people.example", "password1": PASSWORD, "name": "New", "zone": "Africa/Nairobi"},
        headers=forged,
    )
    mails = [text_of(row) for row in OutboundEmail.objects.all()]
    links = [link for text in mails for link in re.findall(r"https?://[^\s<>\"]+", text)]
    assert ({urlsplit(link).netloc for link in links}, len(mails) >= 2) == ({"afterword.example"}, True)
    assert {urlsplit(link).scheme for link in links} == {"https"}
