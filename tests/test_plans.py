"""No list, search, look of the pump or job reads a table that grows from end to end: PostgreSQL is asked how it would go about it.

Asked beside ten thousand interviews and what belongs to them, the data of `./dev bench`, in a database of their own.
"""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_leftovers, forget_after_a_week, look_after_exports
from bench import dataset
from bench.rows import LISTS, onward_from
from bench.world import nodes
from coaching import invariants
from coaching.models import Booking, MockSlot, Review
from coaching.services import series, sweep
from config.metrics import Outbox
from followups import alerts, outbox, punctuality, reminders
from followups.models import OutboundEmail, ThankYouNote
from followups.outbox import claims
from followups.services import addresses
from followups.services import sweep as decisions
from interviews.models import Interview, Mistake
from tests.e2e.places import AN_ADMIN, ME, MY_COACH, PLAIN
from tests.e2e.processes import environment

pytestmark = pytest.mark.django_db
# A table with more rows than GROWS is one that grows.
SIZE, GROWS = 10_000, 2_000
ROLES = {"admin": dataset.ADMIN, "coach": dataset.FIRST_COACH, "candidate": dataset.first_candidate(SIZE)}
NAMES = {ME: "candidate", MY_COACH: "coach", AN_ADMIN: "admin"}
PAGES = sorted({(NAMES[who], reverse(name) + query) for who, name, query in PLAIN if who in NAMES})
PAGES += sorted({(role, path) for role, path, _deep in LISTS} - set(PAGES))
# Everybody's answers of a quarter: a tenth of them here, for which reading them whole is the quickest. Kept where they are many.
PAGES.remove(("admin", "/reviews/figures/"))
# So far, or as far as the list goes.
DEEP = [(role, path, deep) for role, path, deep in LISTS if deep]
# Asked of the outbox at every pass, whether or not anything is due.
PASSES = {
    "any due": claims.any_due,
    "claim": lambda now: claims.claim(20, now),
    "recover": claims.recover,
    "give up": claims.give_up,
    "scrub": claims.scrub,
    "archive": outbox.archive,
    "oldest due": outbox.oldest_due,
    "punctuality": lambda now: punctuality.compute(punctuality.monday_of(now), now),
}


def with_signs_of_life(*names):
    """Between two looks at everything."""
    for name in names:
        outbox.beat(name, timezone.now())


def quick_sweep(now):
    with_signs_of_life("open-reviews")
    sweep.run(now)


def quick_look_at_decisions(now):
    with_signs_of_life("decisions", "all-decisions")
    decisions.sweep(now)


# At every pass, every hour, every day, whatever is due.
JOBS = {
    "sweep": quick_sweep,
    "sweep, all that is open": sweep.run,
    "decisions": quick_look_at_decisions,
    "decisions, all that wait": decisions.sweep,
    "promises": lambda now: invariants.check(now, hour=now.hour),
    "what is kept for a week": forget_after_a_week,
    "leftovers": lambda now: erase_leftovers(),
    "exports": look_after_exports,
    "addresses": addresses.forget_due,
    "alerts": alerts.look,
    "reminders": reminders.deliver_due,
    "series": series.roll_all,
    "metrics": lambda now: list(Outbox(now).collect()),
}


@pytest.fixture(scope="module")
def growing(django_db_setup, django_db_blocker):
    """Our connection goes to a filled copy of the tests' database; the names of the tables that grow."""
    there = connection.settings_dict
    name, server = there["NAME"], environment()["DATABASE_URL"].rpartition("/")[0] + "/postgres"
    with django_db_blocker.unblock():
        connection.close()
        there["NAME"] = dataset.copy_of(server, name, f"{name}_plans")
        try:
            connection.ensure_connection()
            with transaction.atomic():
                dataset.fill(connection.connection, SIZE)
                _come_to_an_end()
                for rows in (
                    MockSlot.objects.exclude(pk__in=Booking.objects.filter(status="booked").values("slot")),
                    Booking.objects.exclude(status="booked"),
                    Review.objects.exclude(status="open"),
                    OutboundEmail.objects.filter(status="sent"),
                ):
                    _grow_old(rows)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
                cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [GROWS])
                tables = {name for (name,) in cursor.fetchall()}
            yield tables
        finally:
            connection.close()
            there["NAME"] = name
            dataset.drop(server, f"{name}_plans")


def _come_to_an_end():
    """The data have 24 open interviews for everybody, so that pages are full. Of the others' here, as in life, most are over."""
    others = Q(interview__candidate__gt=ROLES["candidate"] + dataset.CLIENTS)
    for model, is_open, over in (
        (Review, "open", {"status": "went_without"}),
        (Mistake, "decided", {"status": "done", "place": None}),
        (ThankYouNote, "draft", {"status": "sent", "sent_at": timezone.now()}),
    ):
        model.objects.filter(others, status=is_open).alias(tenth=F("pk") % 10).exclude(tenth=0).update(**over)


def _grow_old(rows):
    """Nine of ten as they will be in three years: a page that shows the last weeks must not read those before."""
    kinds = (models.DateTimeField, models.DateField)
    fields = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, kinds)]
    place = "slot_id" if rows.model is Booking else "pk"
    old = rows.alias(tenth=F(place) % 10).exclude(tenth=0)
    old.update(**{name: F(name) - timedelta(days=3 * 365) for name in fields})


def read_whole(act, growing):
    """What `act()` asks that reads one of these tables from end to end; what it changes is undone."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            answer = act()
        transaction.set_rollback(True)
    found = []
    for query in captured.captured_queries:
        if re.match(r"\s*\(*(SELECT|WITH|UPDATE|DELETE)\b", query["sql"]):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {query['sql']}")
                plan = cursor.fetchone()[0]
            plan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
            tables = {node["Relation Name"] for node in nodes(plan) if node["Node Type"] == "Seq Scan"} & growing
            found += [(sorted(tables), query["sql"][:2000])] if tables else []
    return answer, found


@pytest.mark.parametrize(("role", "path"), PAGES, ids=lambda value: value)
def test_a_page_finds_its_rows_by_an_index(growing, role, path):
    client = Client()
    client.force_login(User.objects.get(pk=ROLES[role]))
    client.get(path)
    answer, found = read_whole(lambda: client.get(path), growing)
    assert (answer.status_code in (200, 302), found) == (True, [])


@pytest.mark.parametrize(("role", "path", "deep"), DEEP, ids=lambda value: f"{value}")
def test_so_does_a_page_far_behind_the_first(growing, role, path, deep):
    client = Client()
    client.force_login(User.objects.get(pk=ROLES[role]))
    for _page in range(deep):
        onward = onward_from(client.get(path).content.decode(), path)
        if onward is None:
            break
        path = onward
    assert "?" in path
    answer, found = read_whole(lambda: client.get(path), growing)
    assert (answer.status_code, found) == (200, [])


@pytest.mark.parametrize("name", JOBS)
def test_a_job_finds_what_is_due_by_an_index(growing, name, monkeypatch):
    monkeypatch.setattr(invariants, "NEWEST", 100)  # a hundredth of what is here
    now = timezone.now()
    assert read_whole(lambda: JOBS[name](now), growing)[1] == []


@pytest.mark.parametrize("name", PASSES)
def test_a_pass_finds_what_is_due_by_an_index(growing, name):
    now = timezone.now()
    assert read_whole(lambda: PASSES[name](now), growing)[1] == []


def test_control_a_table_read_whole_is_seen(growing):
    _answer, found = read_whole(Interview.objects.filter(notes="x").exists, growing)
    assert [tables for tables, _sql in found] == [["interviews_interview"]]
