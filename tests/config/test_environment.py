"""Every variable of docs/operations.md: a value that cannot be meant stops the start, and says which, why, and what would do."""

import os
import re
import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.test_lint import PRODUCTION

ROOT = Path(__file__).parent.parent.parent
NO_NUMBER, NO_ANSWER = ("many", "“many” is not"), ("perhaps", "neither yes nor no")
NUMBERS = [
    "LETTERS_PER_SENDER_A_DAY",
    "LETTERS_PER_RECIPIENT_A_DAY",
    "LETTERS_AN_HOUR",
    "AFTERWORD_FORGET_ADDRESSES_DAYS",
    "UNDO_SECONDS",
    "AFTERWORD_ERASE_AFTER_DAYS",
    "LIVE_SECONDS",
    "AFTERWORD_STEP_REMOVAL_HOURS",
    "BOOKING_NOTICE_HOURS",
    "BOOKING_HORIZON_DAYS",
    "BOOKING_CUTOFF_HOURS",
    "BOOKING_LIVE_PER_CANDIDATE",
    "BOOKING_NO_SHOWS",
    "BOOKING_NO_SHOW_DAYS",
    "CHANGE_HOLD_MINUTES",
    "SLOTS_LOW",
    "SLOTS_LOW_DAYS",
    "SECURE_HSTS_SECONDS",
    "SMTP_PORT",
    "AFTERWORD_ARCHIVE_MAILS_DAYS",
]
ANSWERS = [
    "AFTERWORD_PUBLIC_PUNCTUALITY",
    "AFTERWORD_SECOND_STEP_FOR_STAFF",
    "AFTERWORD_OPEN_SIGNUP",
    "AFTERWORD_DROP_IN_DESK",
    "DEBUG",
    "AFTERWORD_ANY_OPEN_SLOT",
    "AFTERWORD_COACHES_OPEN_SLOTS",
    "BEHIND_TLS_PROXY",
    "SECURE_SSL_REDIRECT",
    "AFTERWORD_DEMO",
    "DATABASE_POOLED",
]
WRONG = [
    *((name, *NO_NUMBER) for name in NUMBERS),
    *((name, *NO_ANSWER) for name in ANSWERS),
    *((name, "-1", "is not between") for name in NUMBERS),
    ("SMTP_PORT", "70000", "70000 is not between 1 and 65535"),
    ("ALLOWED_HOSTS", "https://afterword.example.org", "no scheme, no port"),
    ("BASE_URL", "afterword.example.org", "begins with https:// or http:// and a host"),
    ("CSRF_TRUSTED_ORIGINS", "https://a.example.org,b.example.org", "“b.example.org” does not begin with"),
    ("DATABASE_URL", "mysql://afterword:a-password@db/afterword", "begins with postgres://"),
    ("DATABASE_URL", "postgres://afterword:a-password@db:5432", "ends in the name of a database"),
    ("DATABASE_URL", "postgres://afterword:a-password@db:port/afterword", "is no address of a database"),
    ("REDIS_URL", "redis://:a-password@127.0.0.1:6379", "ends in the number of a database"),
    ("CACHE_URL", "http://127.0.0.1/1", "begins with redis://"),
    ("SMTP_SECURITY", "starttsl", "“starttsl” is none of none, starttls, tls"),
    ("LOG_LEVEL", "loud", "is none of DEBUG, INFO"),
    ("AFTERWORD_LANGUAGES", "en,de", "“de” is none of en, sw"),
    ("DEFAULT_FROM_EMAIL", "Afterword", "is no e-mail address"),
    ("BOUNCE_ADDRESS", "bounces", "is no e-mail address"),
    ("BOUNCE_ADDRESS", "much.too.long.a.name.for.bounces@example.org", "at most 20 characters"),
    ("OIDC_ISSUER", "id.example.org", "begins with https:// or http:// and a host"),
]
# Any text is one, or none: names, places, passwords.
FREE = [
    "INSTALLATION_NAME",
    "MAIL_DOMAIN",
    "SMTP_HOST",
    "SMTP_USER",
    "SMTP_PASSWORD",
    "AFTERWORD_METRICS_TOKEN",
    "AFTERWORD_ERASURE_LEDGER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "AFTERWORD_MAILDIR",
]
SECRETS = ["SECRET_KEY", "AFTERWORD_MAIL_KEYS"]  # tests/test_lint.py


def settings_with(monkeypatch, **env):
    """The settings as they are read in this environment, and in no other."""
    for name in documented():
        monkeypatch.delenv(name, raising=False)
    for name, value in {**PRODUCTION, **env}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(os.fspath(ROOT / "config" / "settings.py"))


def documented():
    rows = re.findall(r"^\| (`[^|]+`) \|", (ROOT / "docs" / "operations.md").read_text(), flags=re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def test_every_variable_is_here():
    assert {name for name, *_ in WRONG} | {*FREE, *SECRETS} == documented()


@pytest.mark.parametrize(("name", "value", "why"), WRONG)
def test_what_cannot_be_meant_stops_the_start(monkeypatch, name, value, why):
    with pytest.raises(ImproperlyConfigured) as stopped:
        settings_with(monkeypatch, **{name: value})
    words = str(stopped.value)
    assert (words.startswith(f"{name}: "), why in words, "For example: " in words) == (True, True, True), words
    assert "a-password" not in words


@pytest.mark.parametrize("keys", ["", ",", "one-key,"])
def test_a_key_that_is_empty_encrypts_nothing(monkeypatch, keys):
    with pytest.raises(ImproperlyConfigured, match="AFTERWORD_MAIL_KEYS"):
        settings_with(monkeypatch, AFTERWORD_MAIL_KEYS=keys)


def test_what_is_empty_counts_as_not_set(monkeypatch):
    empty = {name: "" for name in documented() - {*PRODUCTION}}
    found, bare = settings_with(monkeypatch, **empty), settings_with(monkeypatch)
    names = [name for name in bare if name.isupper() and name != "CACHES"]
    assert [name for name in names if found[name] != bare[name]] == []


def test_what_is_meant_is_taken(monkeypatch):
    found = settings_with(
        monkeypatch,
        ALLOWED_HOSTS="afterword.example.org, .example.com,[::1],*",
        BASE_URL="https://example.org/afterword/",
        CSRF_TRUSTED_ORIGINS="https://a.example.org",
        DATABASE_URL="postgres://me:p%40ss%2Fword@db.example.org:5433/afterword?sslmode=require",
        REDIS_URL="rediss://:secret@redis.example.org:6380/4",
        DEFAULT_FROM_EMAIL="Afterword <letters@example.org>",
        SMTP_SECURITY="tls",
        BEHIND_TLS_PROXY="Yes",
        AFTERWORD_OPEN_SIGNUP="off",
        LIVE_SECONDS="0.5",
        AFTERWORD_LANGUAGES="sw",
    )
    database = found["DATABASES"]["default"]
    assert (database["PASSWORD"], database["OPTIONS"]["sslmode"]) == ("p@ss/word", "require")
    assert (found["CACHE_URL"], found["MAIL_DOMAIN"]) == ("rediss://:secret@redis.example.org:6380/5", "example.org")
    assert (found["BEHIND_TLS_PROXY"], found["AFTERWORD_OPEN_SIGNUP"], found["LIVE_SECONDS"]) == (True, False, 0.5)
    assert (found["BASE_URL"], found["OFFERED"]) == ("https://example.org/afterword", ["sw"])
    assert found["ALLOWED_HOSTS"] == ["afterword.example.org", ".example.com", "[::1]", "*"]
