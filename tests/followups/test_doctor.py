"""manage.py doctor: what an installation needs, well or not, and what to do."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError

from coaching import tasks
from config.embedded.processes import free_port
from followups import outbox
from followups.management import archive, doctor
from followups.outbox.clock import database_now
from tests.mailing import later, queue_mail

pytestmark = pytest.mark.django_db


def as_in_production(settings):
    settings.DEVELOPMENT, settings.BEHIND_TLS_PROXY, settings.SECURE_SSL_REDIRECT = False, True, True
    settings.SECURE_HSTS_SECONDS, settings.SECRET_KEY, settings.AFTERWORD_MAIL_KEYS = 3600, "s" * 40, ["k" * 40]
    settings.BASE_URL, settings.ALLOWED_HOSTS = "https://afterword.example", ["afterword.example"]
    settings.DEFAULT_FROM_EMAIL = "Afterword <letters@afterword.example>"


CASES = [
    ("secrets", {"SECRET_KEY": "short"}, "bad", "SECRET_KEY"),
    ("secrets", {"AFTERWORD_MAIL_KEYS": ["k" * 40, "short"]}, "bad", "AFTERWORD_MAIL_KEYS (no. 2)"),
    ("secrets", {}, "ok", "long enough"),
    ("development mode", {"DEVELOPMENT": True}, "bad", "DEBUG=1"),
    ("development mode", {}, "ok", "off"),
    ("addresses", {"ALLOWED_HOSTS": ["elsewhere.example"]}, "bad", "not in ALLOWED_HOSTS"),
    ("addresses", {"BASE_URL": "http://afterword.example"}, "bad", "not https"),
    ("addresses", {"ALLOWED_HOSTS": [".example"]}, "ok", "one of ALLOWED_HOSTS"),
    ("https", {"BEHIND_TLS_PROXY": False}, "warn", "BEHIND_TLS_PROXY"),
    ("https", {"SECURE_SSL_REDIRECT": False}, "warn", "plain requests"),
    ("https", {}, "ok", "required"),
    ("sender", {"DEFAULT_FROM_EMAIL": "afterword@localhost.localdomain"}, "bad", "nobody's address"),
    ("sender", {}, "ok", "afterword.example"),
    ("ledger of erasures", {"AFTERWORD_ERASURE_LEDGER": ""}, "warn", "there is none"),
    ("ledger of erasures", {"AFTERWORD_ERASURE_LEDGER": "/nowhere/erased.jsonl"}, "bad", "cannot be written"),
    ("database", {}, "ok", "PostgreSQL"),
    ("migrations", {}, "ok", "applied"),
    ("clock", {}, "ok", "as that of the database"),
    ("pump", {}, "bad", "never ran"),
    ("beat", {}, "bad", "no word of it"),
    ("mail", {}, "ok", "none waits"),
    ("admins", {}, "warn", "there is none"),
    ("backups", {}, "ok", "pg_dump"),
    ("translations", {}, "ok", "compiled"),
]


@pytest.mark.parametrize(("name", "changes", "state", "words"), CASES)
def test_what_is_well_and_what_is_not(settings, name, changes, state, words):
    as_in_production(settings)
    for setting, value in changes.items():
        setattr(settings, setting, value)
    found = doctor.CHECKS[name]()
    assert (found.state, words in found.words, bool(found.advice)) == (state, True, state != "ok")


def test_signs_of_life(candidate, admin):
    now = database_now()
    outbox.beat("pump", now)
    tasks.sweep()
    assert [doctor.CHECKS[name]().state for name in ("pump", "beat", "mail", "admins")] == ["ok"] * 4
    outbox.beat("pump", now - timedelta(minutes=2))
    outbox.beat("beat", now - timedelta(minutes=4))
    queue_mail(candidate, due_at=later(minutes=-6))
    assert [doctor.CHECKS[name]().state for name in ("pump", "beat", "mail")] == ["bad"] * 3
    outbox.pause_mail(by=None)
    assert (doctor.mail().state, "manage.py resume" in doctor.mail().advice) == ("warn", True)


def test_servers_that_are_there_and_that_are_not(sink, settings, monkeypatch):
    assert (doctor.mail_server().state, doctor.broker().state in ("ok", "warn")) == ("ok", True)
    settings.SMTP_PORT = free_port()
    assert "SMTP_HOST" in doctor.mail_server().advice
    settings.REDIS_URL = f"redis://:a-password@127.0.0.1:{free_port()}/0"
    found = doctor.look()["redis"]
    assert (found.state, found.words) == ("bad", "ConnectionError")


def test_a_check_that_fails_is_a_finding_without_what_the_error_says(monkeypatch):
    def lose_the_database():
        raise OperationalError("connection failed: it held a row")

    def lack_pg_dump():
        raise archive.Unfit("install postgresql-client-18")

    monkeypatch.setattr(doctor, "CHECKS", {"database": lose_the_database, "backups": lack_pg_dump})
    found = doctor.look()
    assert (found["database"].state, found["database"].words) == ("bad", "OperationalError")
    assert (found["backups"].state, found["backups"].advice) == ("warn", "install postgresql-client-18")


@pytest.mark.parametrize(("state", "code"), [("ok", None), ("warn", None), ("bad", 1)])
def test_the_command_prints_a_line_each_and_ends_with_one_when_something_is_bad(monkeypatch, capsys, state, code):
    found = doctor.Finding(state, "as it is", "" if state == "ok" else "do this")
    monkeypatch.setattr(doctor, "CHECKS", {"one": lambda: found, "two": lambda: doctor.ok("fine")})

    def ended(**options):
        try:
            call_command("doctor", **options)
        except SystemExit as end:
            return end.code
        return None

    assert ended() == code
    line = f"{state:<5} one: as it is" + ("" if state == "ok" else " – do this")
    assert capsys.readouterr().out.splitlines() == [line, "ok    two: fine"]
    assert ended(json=True) == code
    told = json.loads(capsys.readouterr().out)
    assert (told["well"], [check["name"] for check in told["checks"]]) == (code is None, ["one", "two"])


def test_nothing_secret_is_printed(settings, capsys):
    settings.SECRET_KEY, settings.AFTERWORD_MAIL_KEYS, settings.SMTP_PASSWORD = "hush-hush", ["hush-hush"], "hush-hush"
    settings.SMTP_PORT, settings.REDIS_URL = free_port(), f"redis://:hush-hush@127.0.0.1:{free_port()}/0"
    with pytest.raises(SystemExit):
        call_command("doctor")
    said = capsys.readouterr()
    assert ("hush" in said.out + said.err, "secrets" in said.out) == (False, True)
