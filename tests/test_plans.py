"""No list, search or look of the pump reads a table that grows from end to end: PostgreSQL is asked how it would go about it.

Asked beside ten thousand interviews and what belongs to them, the data of `./dev bench`, in a database of their own.
"""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection, models, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from bench import dataset
from bench.rows import LISTS
from bench.world import nodes
from coaching.models import Booking, MockSlot, Review
from followups import outbox, punctuality
from followups.models import OutboundEmail
from followups.outbox import claims
from interviews.models import Interview
from tests.e2e.places import AN_ADMIN, ME, MY_COACH, PLAIN
from tests.e2e.processes import environment

pytestmark = pytest.mark.django_db
# A table with more rows than GROWS is one that grows.
SIZE, GROWS = 10_000, 2_000
ROLES = {"admin": dataset.ADMIN, "coach": dataset.FIRST_COACH, "candidate": dataset.first_candidate(SIZE)}
NAMES = {ME: "candidate", MY_COACH: "coach", AN_ADMIN: "admin"}
PAGES = sorted({(NAMES[who], reverse(name) + query) for who, name, query in PLAIN if who in NAMES})
PAGES += sorted({(role, path) for role, path, _deep in LISTS} - set(PAGES))
# Everybody's answers of a quarter: a tenth of them here, for which reading them whole is the quickest.
PAGES.remove(("admin", "/reviews/figures/"))
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
                for rows in (
                    MockSlot.objects.exclude(pk__in=Booking.objects.filter(status="booked").values("slot")),
                    Booking.objects.exclude(status="booked"),
                    Review.objects.exclude(status="open"),
                    OutboundEmail.objects.filter(status="sent"),
                ):
                    _grow_old(rows)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
                # As for disks without arms; else these few rows are read whole where a million would not be.
                cursor.execute("SET random_page_cost = 1.1")
                cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [GROWS])
                tables = {name for (name,) in cursor.fetchall()}
            yield tables
        finally:
            connection.close()
            there["NAME"] = name
            dataset.drop(server, f"{name}_plans")


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


@pytest.mark.parametrize("name", PASSES)
def test_a_pass_finds_what_is_due_by_an_index(growing, name):
    now = timezone.now()
    assert read_whole(lambda: PASSES[name](now), growing)[1] == []


def test_control_a_table_read_whole_is_seen(growing):
    _answer, found = read_whole(Interview.objects.filter(notes="x").exists, growing)
    assert [tables for tables, _sql in found] == [["interviews_interview"]]
