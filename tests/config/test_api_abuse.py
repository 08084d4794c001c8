"""What a body, an address or a page's size names beyond what may be said changes nothing, and is never a fault of the server."""

import json
import logging
import uuid
from datetime import datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.urls import resolve, reverse
from django.utils import timezone

from config import rates
from config.schema import Generator
from tests.access import API
from tests.test_access import BLANK, body_of, filled
from tests.walk import Walk

pytestmark = pytest.mark.django_db
# Nobody says these of a record: who it belongs to and who made it, what it is in, what was sent, and roles.
FOREIGN = {
    "id": 1,
    "pk": 1,
    "user": 1,
    "owner": 1,
    "by": 1,
    "author": 1,
    "writer": 1,
    "booked_by": 1,
    "created_by": 1,
    "candidate_id": 1,
    "coach_id": 1,
    "interview_id": 1,
    "role": "admin",
    "is_admin": True,
    "is_staff": True,
    "is_superuser": True,
    "is_active": False,
    "is_coach": True,
    "email": "taken.over@evil.example",
    "password": "taken over by me",
    "vouched_at": "2020-01-01T00:00:00Z",
    "created_at": "2020-01-01T00:00:00Z",
    "updated_at": "2020-01-01T00:00:00Z",
    "approved_hash": "f" * 64,
    "approved_at": "2020-01-01T00:00:00Z",
    "sent_at": "2020-01-01T00:00:00Z",
    "confirmed_at": "2020-01-01T00:00:00Z",
    "token_hash": "f" * 64,
    "agreed_at": "2020-01-01T00:00:00Z",
    "refused_at": "2020-01-01T00:00:00Z",
    "read_at": "2020-01-01T00:00:00Z",
    "hold_until": "2099-01-01T00:00:00Z",
    "status": "sent",
}

NOBODYS = str(uuid.UUID(int=7))
# What is not made here: with the password once more, from a file, of what has gone another way or is there already.
NOT_MADE = {
    "POST api:token-list",
    "POST api:calendar-feed",
    "POST api:step-removal-list",
    "POST api:import-list",
    "POST api:mistake-begin-putting-right",
    "POST api:must-have-take",
    "POST api:review-list",
    "POST api:series-edit",
    "POST api:waitlist-list",
    "POST api:waitlist-take",
}
# Except of people who have no account.
SAID_OF = {"api:interviewer-detail": {"email"}, "api:referee-detail": {"email"}}


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(rates, "PER_MINUTE", 10**9)
        logging.disable(logging.CRITICAL)
        yield Walk()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def operations():
    """Each described operation: its row's key, verb, path, the properties of its body and of its answer, and more."""
    schema = Generator().get_schema(public=True)
    known = schema["components"]["schemas"]

    def properties(content):
        found = (content or {}).get("application/json", {}).get("schema", {})
        found = known.get(found.get("$ref", "").rpartition("/")[2], found)
        return found.get("properties", {})

    told = []
    for path, verbs in schema["paths"].items():
        name = resolve(BLANK.sub(filled, path)).view_name
        for verb, operation in verbs.items():
            body = properties(operation.get("requestBody", {}).get("content"))
            answer = {
                key: value
                for status, said in operation["responses"].items()
                if status.startswith("2")
                for key, value in properties(said.get("content")).items()
            }
            makes = "201" in operation["responses"]
            key = f"{verb.upper()} {name}"
            told.append((key, verb.upper(), name, body, answer, operation.get("parameters", []), makes))
    return told


@pytest.fixture(scope="module")
def bodies(walk, operations):
    """By key, the body of each POST by whoever may: what the description allows, and rows of hers."""
    known = Generator().get_schema(public=True)["components"]["schemas"]
    return {key: body_of(key, body, known, walk) for key, verb, _name, body, *_more in operations if verb == "POST"}


def record_of(public_id):
    for model in apps.get_models():
        if any(field.name == "public_id" for field in model._meta.concrete_fields):
            found = model._base_manager.filter(public_id=public_id).first()
            if found:
                return found
    return None


def test_a_change_takes_nothing_that_may_not_be_said(walk, operations):
    """Each PATCH and PUT by whoever may, with every field that can only be read, and with those of other tables."""
    wrong, taken = {}, 0
    for key, verb, name, body, answer, *_more in operations:
        if verb not in ("PATCH", "PUT") or (role := whoever_may(key)) is None:
            continue
        rule = API[key]
        address = reverse(name, kwargs={kwarg: walk.rows[kind] for kwarg, kind in rule.kwargs.items()})
        record = record_of(walk.rows[rule.kwargs["public_id"]]) if rule.kwargs else walk.people[role]
        shut = {field for field in answer if field not in body or body[field].get("readOnly")}
        shut |= FOREIGN.keys() - SAID_OF.get(name, set())
        sent = {field: FOREIGN.get(field, str(uuid.uuid4())) for field in shut}

        status, changed = changed_by(walk, role, verb, address, record, sent)
        # What follows from any change at all: when it was, what it is found by.
        changed -= changed_by(walk, role, verb, address, record, {})[1]
        taken += status < 300
        if changed or status >= 500:
            wrong[key] = (status, sorted(changed))
    assert wrong == {}
    assert taken > 15


def whoever_may(key):
    _nobody, owner, coach, _other, admin, _stranger = API[key].answers
    answers = {"owner": owner, "coach": coach, "admin": admin}
    return next((role for role, status in answers.items() if status not in (403, 404)), None)


def changed_by(walk, role, verb, address, record, sent):
    """The answer's status, and the columns of the record that are not as they were."""

    def stored():
        return type(record)._base_manager.filter(pk=record.pk).values().first()

    before, after = stored(), {}
    answer = walk.ask(role, verb, address, data=json.dumps(sent), then=lambda: after.update(stored() or {}))
    return answer.status, {column for column in before if before[column] != after.get(column)}


def test_a_post_takes_nothing_that_may_not_be_said(walk, operations, bodies, time_machine):
    """Each POST by whoever may, twice as it should be, and then with what nobody says: the same rows come of it."""
    foreign_rows = {"user", "owner", "by", "author", "writer", "booked_by", "created_by", "candidate_id", "coach_id"}
    other = walk.people["stranger"].pk
    wrong, taken = {}, set()
    # What says when it was made would differ from one to the next.
    time_machine.move_to(timezone.now(), tick=False)
    for key, verb, name, body, answer, *_more in operations:
        if verb != "POST" or key not in API or (role := whoever_may(key)) is None:
            continue
        rule = API[key]
        address = reverse(name, kwargs={kwarg: walk.rows[kind] for kwarg, kind in rule.kwargs.items()})
        shut = {field for field in answer if field not in body or body[field].get("readOnly")}
        foreign = FOREIGN | dict.fromkeys(foreign_rows, other) | {"public_id": NOBODYS}
        foreign = {field: foreign.get(field, NOBODYS) for field in (shut | foreign.keys()) - body.keys()}

        plain = walk.ask(role, "POST", address, data=json.dumps(bodies[key]))
        if plain.status >= 300:
            continue
        taken.add(key)
        once = rows_after(walk, role, address, bodies[key], plain.wrote)
        again = rows_after(walk, role, address, bodies[key], plain.wrote)
        with_more = rows_after(walk, role, address, bodies[key] | foreign, plain.wrote)
        if (
            found := told_apart(once, again, with_more, {str(value) for value in foreign.values()} - {str(other)})
        ) != []:
            wrong[key] = found
    assert wrong == {}
    assert {
        key for key, *_more, makes in operations if makes and key.startswith("POST") and key in API
    } - taken == NOT_MADE
    assert len(taken) > 70


def rows_after(walk, role, address, body, tables):
    """What stands in these tables after a POST, and what was written at all."""
    after = {}
    cache.clear()

    def read():
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table in tables:
                after[model._meta.db_table] = list(model._base_manager.order_by("pk").values())

    answer = walk.ask(role, "POST", address, data=json.dumps(body), then=read)
    return {"answer": [{"status": answer.status, "wrote": answer.wrote}], **after}


def told_apart(once, again, with_more, foreign):
    """Columns that differ because more was said: in those that differ from time to time, only what was said itself."""
    found = set()
    for table, rows in once.items():
        if len(rows) != len(with_more[table]):
            found.add(f"{table}: {len(with_more[table]) - len(rows)} rows more")
        for first, second, third in zip(rows, again[table], with_more[table], strict=False):
            for column, value in first.items():
                is_steady = value == second[column] and not isinstance(value, datetime | float | Decimal)
                if value != third[column] and (is_steady or as_said(third[column]) in foreign):
                    found.add(f"{table}.{column}: {third[column]}")
    return sorted(found)


def as_said(value):
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


@pytest.mark.parametrize(
    "query",
    [
        "page_size=1000000",
        "page_size=-1",
        "page_size=0",
        "page_size=1e9",
        "page_size=%00",
        "page_size=99999999999999999999999",
        "cursor=garbage",
        "cursor=cD0yMDI2",
        "cursor=" + "bz0" * 200,
        "cursor=cj0xJnA9JTAw",
        "cursor=bz05OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
        "ordering=password&order_by=candidate__password",
        "candidate__password__startswith=a&_connector=OR",
    ],
)
def test_no_list_breaks_on_what_an_address_asks_for(walk, operations, query):
    wrong = {}
    for key, verb, name, *_more in operations:
        if verb != "GET" or not name.endswith("-list"):
            continue
        role = "admin" if API[key].answers[1] == 403 else "owner"
        answer = walk.ask(role, "GET", f"{reverse(name)}?{query}")
        if answer.status not in (200, 400, 404):
            wrong[key] = answer.status
    assert wrong == {}


def test_no_filter_breaks_on_a_value_that_is_none(walk, operations):
    wrong = {}
    for key, verb, name, _body, _answer, parameters, _makes in operations:
        if verb != "GET":
            continue
        rule = API.get(key)
        for parameter in parameters:
            if rule is None or parameter["in"] != "query" or parameter["name"] in ("cursor", "page_size"):
                continue
            address = reverse(name, kwargs={kwarg: walk.rows[kind] for kwarg, kind in rule.kwargs.items()})
            for value in (
                "nothing",
                "%00",
                "99999999999999999999",
                "-1",
                "0001-01-01",
                "9999-12-31T23:59:59%2B14:00",
                "%F0%9F%98%80" * 300,
            ):
                role = "admin" if rule.answers[1] == 403 else "owner"
                answer = walk.ask(role, "GET", f"{address}?{parameter['name']}={value}")
                if answer.status >= 500:
                    wrong[key] = (parameter["name"], value, answer.status)
    assert wrong == {}
