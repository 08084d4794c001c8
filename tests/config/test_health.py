"""/healthz and /readyz: what load balancers and monitors ask."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from config import health
from followups import outbox

MINUTE = timedelta(minutes=1)


def refuse():
    raise health.NotReady("no heartbeat for 90 s")


def lose_the_database():
    raise OperationalError("connection to server at 10.0.0.5 failed: it held a row")


def test_healthz_answers_without_a_database():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_names_every_check_as_ok(monkeypatch):
    monkeypatch.setattr(health, "READINESS_CHECKS", {"database": health.database})
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "checks": {"database": "ok"}})


@pytest.mark.parametrize(
    ("check", "word"), [(refuse, "no heartbeat for 90 s"), (lose_the_database, "OperationalError")]
)
def test_readyz_says_which_part_is_not_fit(monkeypatch, check, word):
    monkeypatch.setattr(health, "READINESS_CHECKS", {"pump": check})
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "checks": {"pump": word}})


@pytest.mark.parametrize(
    ("age", "word"),
    [
        (None, "the pump never ran"),
        (MINUTE, "ok"),
        (MINUTE + timedelta(seconds=1), "the pump last ran 61 s ago"),
    ],
)
def test_a_silent_pump_is_noticed(monkeypatch, age, word):
    monkeypatch.setattr(outbox, "pump_age", lambda now: age)
    assert health.state_of(health.pump) == word


@pytest.mark.parametrize(
    ("wait", "word"),
    [(None, "ok"), (5 * MINUTE, "ok"), (6 * MINUTE, "a mail has been due for 360 s")],
)
def test_a_mail_that_waits_is_noticed(monkeypatch, wait, word):
    monkeypatch.setattr(outbox, "oldest_due", lambda now: wait)
    assert health.state_of(health.due_mail) == word


@pytest.mark.django_db
def test_readyz_asks_database_pump_and_mails():
    answer = Client().get("/readyz")
    checks = {"database": "ok", "pump": "the pump never ran", "due_mail": "ok", "paused": "ok"}
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "checks": checks})


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(address):
    assert Client().post(address).status_code == 405
