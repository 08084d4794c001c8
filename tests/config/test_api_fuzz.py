"""What the description of the API allows, and what it does not, is sent to it: every answer keeps to the description.

`AFTERWORD_FUZZ_EXAMPLES=20 ./dev test tests/config/test_api_fuzz.py` sends so many of each kind to each endpoint by each visitor.
"""

import logging
import os
import sys
from collections import Counter

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections, transaction
from django.urls import resolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi_checks

from accounts import services
from config import rates
from config.logs import describe
from config.schema import Generator
from tests.access import API
from tests.test_access import BLANK, filled
from tests.walk import Walk

pytestmark = pytest.mark.django_db
ROLES = ("owner", "coach", "admin", "read_token", "nobody")
# 0: each endpoint is asked twice only, as it is described by whoever may most, and as it is not by one of the others.
EXAMPLES = int(os.environ.get("AFTERWORD_FUZZ_EXAMPLES", "0"))
# "1" is taken for 1, and what nobody asked for is passed over (tests/config/test_api_abuse.py looks that it changes nothing): wrong by the
# description, and no reason to refuse somebody. Of the others, wrong verbs and missing headers are only judged in
# Schemathesis' own phase of coverage, which is not run here; tests/test_access.py asks every address with every verb.
LEFT_OUT = [openapi_checks.negative_data_rejection]
# What is sent as described is taken, or refused for what a description cannot say: whose it is, that a time is free, that a row is there (400).
CONFIG = {
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "400", "401", "403", "404", "409", "412", "422", "428"],
        },
    },
}
FEW = settings(
    max_examples=max(EXAMPLES, 1),
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(rates, "PER_MINUTE", 10**9)
        logging.disable(logging.CRITICAL)
        yield Walk()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


faults = []


def note_fault(sender, **more):
    faults.append(describe(sys.exc_info()[1]))


@pytest.fixture(autouse=True)
def faults_noted():
    got_request_exception.connect(note_fault)
    # The connection is the tests', as with Django's own client.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    got_request_exception.disconnect(note_fault)


@pytest.fixture(scope="module")
def description():
    config = schemathesis.Config.from_dict(CONFIG)
    schema = schemathesis.openapi.from_dict(Generator().get_schema(public=True), config=config)
    schema.app = WSGIHandler()
    return schema


def test_every_answer_keeps_to_the_description(walk, description, request):
    headers = {role: {"Authorization": f"Bearer {key_of(role, walk)}"} for role in ROLES if role != "nobody"}
    statuses, wrong = {role: Counter() for role in ROLES}, {}
    for number, found in enumerate(description.get_all_operations()):
        operation = found.ok()
        everything = [(role, mode) for role in ROLES for mode in GenerationMode]
        other = ROLES[1 + number % (len(ROLES) - 1)]
        few = [("owner", GenerationMode.POSITIVE), (other, GenerationMode.NEGATIVE)]
        for role, mode in everything if EXAMPLES else few:
            send(operation, mode, walk, headers.get(role, {}), statuses[role], wrong)
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    for role in ROLES if reporter else ():
        reporter.write_line(f"fuzz: {role}: {statuses[role].total()} requests, {dict(sorted(statuses[role].items()))}")
    assert wrong == {}


def key_of(role, walk):
    scopes = ["read"] if role == "read_token" else ["read", "write", "send"]
    person = walk.people["owner" if role == "read_token" else role]
    return services.make_token(person, name="Fuzz", scopes=scopes, days=7)[1]


def send(operation, mode, walk, headers, statuses, wrong):
    name = f"{operation.method.upper()} {operation.path}"
    rule = API.get(f"{operation.method.upper()} {resolve(BLANK.sub(filled, operation.path)).view_name}")
    there = {kwarg: str(walk.rows[kind]) for kwarg, kind in rule.kwargs.items()} if rule else {}

    @FEW
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=there or None))
    def one(case):
        faults.clear()
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        statuses[response.status_code] += 1
        for fault in faults:
            wrong.setdefault(name, set()).add(fault)
        try:
            case.validate_response(response, excluded_checks=LEFT_OUT, headers=headers)
        except FailureGroup as group:
            for failure in group.exceptions:
                wrong.setdefault(name, set()).add(f"{failure.title}: {response.status_code} {failure.message[:300]}")

    try:
        one()
    except Unsatisfiable:
        # It takes nothing that could be sent wrongly.
        pass
    except Exception as error:
        wrong.setdefault(name, set()).add(f"raises {type(error).__name__}: {str(error)[:300]}")
