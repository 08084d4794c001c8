"""The checks of `./dev lint`: code, types, migrations, settings of production. They need no server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "SECRET_KEY": "a-secret-of-production-that-is-long-enough-and-varied-0123456789",
    "AFTERWORD_MAIL_KEYS": "a-key-of-production-for-mails-that-is-long-enough-0123456789",
    "ALLOWED_HOSTS": "afterword.example.org",
    "BASE_URL": "https://afterword.example.org",
    "DEFAULT_FROM_EMAIL": "afterword@example.org",
    "DATABASE_URL": "postgres://afterword@127.0.0.1:1/afterword",
}


def run(*command, **env):
    """Run a program of our environment in the checkout, without the settings of the tests; its exit code and words."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=bare | env, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)],
    ids=["ruff", "format", "mypy"],
)
def test_code(command):
    code, said = run("-m", *command)
    assert code == 0, said


def test_migrations_are_complete():
    code, said = run("-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run", DEBUG="1")
    assert code == 0, said


def test_settings_of_production():
    code, said = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert code == 0, said


@pytest.mark.parametrize("name", ["SECRET_KEY", "AFTERWORD_MAIL_KEYS"])
def test_production_does_not_start_without_its_secrets(name):
    env = {key: value for key, value in PRODUCTION.items() if key != name}
    code, said = run("manage.py", "check", **env)
    assert (code, name in said) == (1, True), said


def test_production_does_not_start_as_a_demo():
    code, said = run("manage.py", "check", **PRODUCTION, AFTERWORD_DEMO="1")
    assert (code, "AFTERWORD_DEMO" in said) == (1, True), said


def test_the_demo_shows_no_page_of_djangos():
    """Its pages for errors list addresses and variables; a demo is for people to look at."""
    show = "from django.conf import settings; print(settings.DEBUG, settings.DEVELOPMENT)"
    code, said = run("-c", show, DJANGO_SETTINGS_MODULE="config.settings", DEBUG="1", AFTERWORD_DEMO="1")
    assert (code, said.split()) == (0, ["False", "True"]), said


def test_cookies_of_production_belong_to_this_host_and_to_https():
    show = (
        "from django.conf import settings as s; print([(getattr(s, f'{c}_COOKIE_NAME')[:7], getattr(s, f'{c}_COOKIE_SECURE'),"
        " getattr(s, f'{c}_COOKIE_SAMESITE'), getattr(s, f'{c}_COOKIE_PATH'), getattr(s, f'{c}_COOKIE_DOMAIN'))"
        " for c in ('SESSION', 'CSRF', 'LANGUAGE')], s.SESSION_COOKIE_HTTPONLY)"
    )
    code, said = run("-c", show, DJANGO_SETTINGS_MODULE="config.settings", **PRODUCTION)
    assert (code, said.strip()) == (0, f"{[('__Host-', True, 'Lax', '/', None)] * 3} True"), said
