"""Who may open what. Every address has a row in a table here; a new one without a row fails the build."""

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import API, OPEN_TO_ALL, OURS, PAGES, world

pytestmark = pytest.mark.django_db
ROLES = ["nobody", "owner", "coach", "other_coach", "admin", "stranger"]


def all_names(patterns=None, space=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from all_names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name, getattr(pattern.callback, "actions", None) or {}


def test_every_address_has_a_row():
    pages = {name for name, _verbs in all_names() if not name.startswith((*OURS.libraries, "api:"))}
    endpoints = {
        f"{verb.upper()} {name}"
        for name, verbs in all_names()
        if name.startswith("api:")
        for verb in verbs
        if verb != "head"
    }
    assert (sorted(pages - set(PAGES) - set(OPEN_TO_ALL)), sorted(endpoints - set(API))) == ([], [])


def test_every_row_has_an_address():
    names = {name for name, _verbs in all_names()}
    assert sorted(key for key in {**PAGES, **API} if key.split()[-1] not in names) == []


@pytest.fixture
def cast(candidate, coach, other_coach, admin, stranger):
    return {
        "nobody": None,
        "owner": candidate,
        "coach": coach,
        "other_coach": other_coach,
        "admin": admin,
        "stranger": stranger,
    }


@pytest.fixture
def rows(candidate, coach, interview, admin):
    return world(candidate=candidate, coach=coach, interview=interview, admin=admin)


def alone(ask):
    """Undo what a request did, so that each of the cast finds the same world."""
    with transaction.atomic():
        answer = ask()
        transaction.set_rollback(True)
    return answer


def ask(user, key, rule, rows, client_of):
    verb, _space, name = key.rpartition(" ")
    address = reverse(name, kwargs={kwarg: rows[record] for kwarg, record in rule.kwargs.items()})
    form = {"content_type": "application/json"} if verb not in ("", "GET") else {}
    return getattr(client_of(user), verb.lower() or rule.method)(address, **form)


@pytest.mark.parametrize("key", sorted({**PAGES, **API}))
def test_who_may_open_it(key, cast, rows, client_of):
    rule = {**PAGES, **API}[key]

    answers = {
        role: alone(lambda user=user: ask(user, key, rule, rows, client_of).status_code) for role, user in cast.items()
    }

    assert answers == dict(zip(ROLES, rule.answers, strict=True))


@pytest.mark.parametrize("name", sorted(name for name, rule in PAGES.items() if rule.method == "post"))
def test_looking_at_an_address_that_acts_is_refused(name, cast, rows, client_of):
    """Scanners and previews open links by GET and HEAD: nothing that acts answers them."""
    rule = PAGES[name]
    if rule.shows:
        return
    address = reverse(name, kwargs={key: rows[value] for key, value in rule.kwargs.items()})

    assert {client_of(cast["owner"]).get(address).status_code, client_of(cast["owner"]).head(address).status_code} <= {
        404,
        405,
    }
