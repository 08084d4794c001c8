"""Admins see what was done to accounts, by page and by API; nobody else does, and there is no content in it."""

import ast
import re
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import services
from accounts.adapter import AUDITED
from accounts.models import AuditEntry
from accounts.services.auditing import WORDS
from accounts.services.engagements import ASKED_IN_VAIN
from accounts.services.installation import CHANGED
from coaching.services import bookings
from tests.factories import BookingFactory, InterviewFactory, SlotFactory, UserFactory

ROOT = Path(__file__).parent.parent.parent
WRITERS = ("audit", "set_active", "_note_for_her")


def test_an_admin_reads_who_did_what(db, client_of, admin, stranger):
    services.deactivate(stranger, by=admin)
    # Hers to know, and nobody else's.
    services.audit("read", InterviewFactory(), by=admin)
    browser = client_of(admin)

    [(entry, words), *_] = browser.get(reverse("audit-list")).context["rows"]
    told = browser.get(reverse("api:audit")).json()["results"][0]

    assert (entry.by, entry.on_behalf_of, str(words)) == (admin, stranger, "Account closed")
    assert {name: told[name] for name in told if name not in ("at", "request_id")} == {
        "by": str(admin.public_id),
        "on_behalf_of": str(stranger.public_id),
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


def changed_by_hand(rows):
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL afterword.empties_audit = off; TRUNCATE accounts_auditentry"
        )


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(verb="other"),
        lambda rows: rows.update(by=UserFactory()),
        lambda rows: rows.update(on_behalf_of=UserFactory()),
        lambda rows: rows.update(on_behalf_of=None, request_id=""),
        lambda rows: rows.delete(),
        changed_by_hand,
    ],
    ids=["verb", "by", "on_behalf_of", "request_id", "delete", "truncate"],
)
def test_rows_stay_as_they_were_written(db, candidate, admin, change):
    AuditEntry.objects.create(
        verb="capacity set", subject_type="user", by=admin, on_behalf_of=candidate, request_id="a-request"
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        change(AuditEntry.objects.all())


def test_rows_outlive_the_people(db, candidate, admin):
    services.audit("capacity set", candidate, by=admin, on_behalf_of=candidate)

    admin.delete()
    candidate.delete()

    row = AuditEntry.objects.get()
    assert (row.by, row.on_behalf_of, row.verb) == (None, None, "capacity set")


def test_what_staff_do_for_her_is_written_down_and_what_she_does_herself_is_not(db, candidate, coach, admin):
    slot, other = SlotFactory(coach=coach), SlotFactory(coach=coach)

    booked = bookings.book(slot, candidate=candidate, by=coach)
    moved = bookings.move_booking(booked, slot=other, by=admin)
    bookings.cancel(moved, by=admin, reason="The coach is ill.")
    bookings.cancel(BookingFactory(candidate=candidate, slot__coach=coach), by=candidate)

    rows = AuditEntry.objects.filter(subject_type="booking").order_by("id")
    assert list(rows.values_list("verb", "by", "on_behalf_of", "subject_id")) == [
        ("session booked", coach.pk, candidate.pk, booked.public_id),
        ("session moved", admin.pk, candidate.pk, moved.public_id),
        ("session cancelled", admin.pk, candidate.pk, moved.public_id),
    ]


@pytest.mark.parametrize(
    ("behind_proxy", "sent", "is_taken"),
    [
        (True, "proxy-7f3a.0001", True),
        (True, "two words\u00e9", False),
        (True, "x" * 65, False),
        (False, "proxy-7f3a.0001", False),
    ],
)
def test_a_row_names_its_request_as_log_and_answer_do(
    db, client_of, admin, stranger, settings, behind_proxy, sent, is_taken
):
    settings.BEHIND_TLS_PROXY = behind_proxy
    browser = client_of(admin)

    answer = browser.post(reverse("person-deactivate", args=[stranger.public_id]), headers={"X-Request-ID": sent})

    row = AuditEntry.objects.get(verb="deactivated")
    assert row.request_id == answer.headers["X-Request-ID"] != ""
    assert (row.request_id == sent) is is_taken


def test_every_verb_has_words():
    """Written are the first argument of audit() and whatever is handed on as `verb`, in the apps' services and the outbox."""
    written = {
        value.value
        for app in ("accounts", "interviews", "followups", "coaching")
        for path in [*(ROOT / app).glob("services/**/*.py"), *(ROOT / app).glob("outbox/*.py")]
        if re.search("audit|set_active", path.read_text())
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WRITERS
        for value in [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "verb")]
        if isinstance(value, ast.Constant)
    }
    assert written | {ASKED_IN_VAIN, *CHANGED.values(), *AUDITED.values()} == set(WORDS)
