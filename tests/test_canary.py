"""What people write is read by whom it is meant for: by no admin, and by nobody who reads the logs."""

import io
import logging

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from config.logs import WithoutValues
from tests.access import API, OURS, PAGES
from tests.planting import NOT_TYPED, PRIVATE, STAFFS, pairs, planted_world, text_columns
from tests.walk import all_routes

pytestmark = pytest.mark.django_db


def canary(label, name):
    """A word of its own for each column; short enough for the shortest, whatever is cut or begun with a capital."""
    number = sorted(pairs(PRIVATE) | pairs(STAFFS)).index((label, name))
    return f"kanari{number:03}q"


CANARIES = {canary(*pair): ".".join(pair) for pair in pairs(PRIVATE)}


def found_in(text):
    """The columns of which something stands in a text."""
    text = text.lower()
    return sorted(column for word, column in CANARIES.items() if word in text) if "kanari" in text else []


def test_every_column_of_text_is_somebodys_words_or_none():
    """A new one belongs into one of the tables of tests/planting.py: who may read it?"""
    named = pairs(PRIVATE) | pairs(STAFFS) | pairs(NOT_TYPED)
    assert (sorted(text_columns() - named), sorted(named - text_columns())) == ([], [])
    assert (pairs(PRIVATE) | pairs(STAFFS)) & pairs(NOT_TYPED) == set()


@pytest.fixture
def log():
    """Everything logged, as it is written down."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutValues())
    handler.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def ids(candidate, coach, interview, admin, stranger):
    return planted_world(canary, candidate=candidate, coach=coach, interview=interview, admin=admin)


def addresses(ids):
    """(verb, name, address) of everything: pages and endpoints of ours, and the libraries' pages that need no key."""
    for key, rule in {**PAGES, **API}.items():
        verb, _space, name = key.rpartition(" ")
        address = reverse(name, kwargs={kwarg: ids[record] for kwarg, record in rule.kwargs.items()})
        verbs = [verb.lower()] if verb else {"get", rule.method}
        yield from ((verb, name, address) for verb in verbs)
    for name, _verbs, parts in all_routes():
        if (
            name.startswith(OURS.libraries)
            and not name.startswith("openid_")
            and not parts
            and not name.endswith(("_key", "_from_key", "confirm_email"))
        ):
            yield "get", name, reverse(name)


def ask(client, verb, address, body=None):
    """The whole answer, headers and all; nothing of it stays."""
    is_api = address.startswith("/api/")
    options = {"content_type": "application/json"} if is_api and verb != "get" else {}
    with transaction.atomic():
        answer = getattr(client, verb)(address, body or {}, **options)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer, f"{answer.headers} {answer.cookies} {text.decode()}"


def test_no_admin_reads_it_anywhere(ids, admin, client_of):
    client = client_of(admin)
    asked = {(verb, name): ask(client, verb, address)[1] for verb, name, address in addresses(ids)}
    assert {key: found_in(text) for key, text in asked.items() if found_in(text)} == {}
    assert len(asked) > 400
    # They do stand where they may: otherwise nothing was planted.
    assert canary("coaching.MockSlot", "place") in asked["get", "slot-edit"].lower()


def test_no_log_holds_it_whatever_goes_wrong(ids, candidate, client_of, log, monkeypatch):
    """Searched for, sent as it should not be, refused by the database, and failed: by her own hand, with her own words."""
    client = client_of(candidate)
    client.raise_request_exception = False
    word = canary("interviews.Mistake", "text")
    searched = dict.fromkeys(("search", "before", "day", "next", word), word)
    fields = [
        "text",
        "company",
        "body",
        "message",
        "name",
        "email",
        "subject",
        "said",
        "title",
        "words",
        "zone",
        "line",
        "reason",
        "what",
        "notes",
    ]
    sent = dict.fromkeys(fields, f"{word}\n{word}@")
    faults = []
    for verb, name, address in addresses(ids):
        if verb == "get" and name.endswith("-list"):
            answer, _text = ask(client, verb, address, searched)
        elif verb in ("post", "patch", "put"):
            answer, _text = ask(client, verb, address, sent)
        else:
            continue
        faults += [(verb, name)] if answer.status_code >= 500 else []
    assert faults == []

    def refused(*arguments, **options):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE interviews_interview SET notes = %s, ends_at = NULL", [word])

    def failed(*arguments, **options):
        raise ValueError(word)

    for failing in (refused, failed):
        monkeypatch.setattr("followups.services.interviews.log_interview", failing)
        answer, text = ask(client, "post", reverse("api:interview-list"), {"company": word})
        assert (answer.status_code, found_in(text)) == (500, [])
    written = log.getvalue()
    assert found_in(written) == []
    assert ("NotNullViolation" in written, "ValueError" in written, "POST /mistakes/" in written) == (True, True, True)
    # Nobody is mailed a traceback.
    assert settings.ADMINS == []
