"""/healthz and /readyz: what load balancers and monitors ask."""

import pytest
from django.db import OperationalError
from django.test import Client

from config import health


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


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(address):
    assert Client().post(address).status_code == 405
