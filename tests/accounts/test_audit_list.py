"""Admins see what was done to accounts, by page and by API; nobody else does, and there is no content in it."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import reverse

from accounts import services
from accounts.services.auditing import WORDS
from accounts.services.engagements import ASKED_IN_VAIN
from accounts.services.installation import CHANGED
from tests.factories import InterviewFactory, UserFactory

ROOT = Path(__file__).parent.parent.parent


def test_an_admin_reads_who_did_what(db, client_of, admin, stranger):
    services.deactivate(stranger, by=admin)
    # Hers to know, and nobody else's.
    services.audit("read", InterviewFactory(), by=admin)
    browser = client_of(admin)

    [(entry, words), *_] = browser.get(reverse("audit-list")).context["rows"]
    told = browser.get(reverse("api:audit")).json()["results"][0]

    assert (entry.by, str(words)) == (admin, "Account closed")
    assert {name: told[name] for name in ("by", "verb", "words", "subject_type", "subject_id")} == {
        "by": str(admin.public_id),
        "verb": "deactivated",
        "words": "Account closed",
        "subject_type": "user",
        "subject_id": str(stranger.public_id),
    }


def test_nobody_else_reads_it(db, client_of, admin, candidate, coach, stranger):
    services.deactivate(UserFactory(), by=admin)
    answers = {
        client_of(user).get(reverse(name)).status_code
        for user in (candidate, coach, stranger)
        for name in ("audit-list", "api:audit")
    }
    assert answers == {403}


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("name", "queries"), [("audit-list", 3), ("api:audit", 3)])
def test_the_same_queries_at_any_length(db, client_of, admin, name, queries, rows, django_assert_num_queries):
    for _ in range(rows):
        services.audit("invited", admin, by=UserFactory())
    browser = client_of(admin)
    with django_assert_num_queries(queries):
        browser.get(reverse(name))


def test_every_verb_has_words():
    """Written are the first argument of audit() and whatever is handed on as `verb`, in the apps' services."""
    written = {
        value.value
        for app in ("accounts", "interviews", "followups", "coaching")
        for path in (ROOT / app).glob("services/**/*.py")
        if re.search("audit|set_active", path.read_text())
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("audit", "set_active")
        for value in [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "verb")]
        if isinstance(value, ast.Constant)
    }
    assert written | {ASKED_IN_VAIN} | set(CHANGED.values()) == set(WORDS)
