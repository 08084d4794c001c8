"""A real product for the browser: gunicorn's place is taken by the live server, everything else is as in production."""

import mailbox
import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60  # seconds; a limit for what must happen, never a wait


def eventually(look, what, patience=PATIENCE):
    """What `look` returns as soon as it is true. Fails in words when it does not come true."""
    end = time.monotonic() + patience
    while True:
        if found := look():
            return found
        assert time.monotonic() < end, f"{what} did not happen within {patience} s"
        select.select([], [], [], 0.2)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": os.environ["AFTERWORD_CHROMIUM"],
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    }


@pytest.fixture
def inbox():
    """Mails that reached the mail server during this test, newest last: `inbox("person@…")`."""
    box = mailbox.Maildir(django_settings.AFTERWORD_MAILDIR, create=False)
    before = set(box.keys())

    def to(address):
        found = [box[key] for key in box.keys() if key not in before]
        return [mail for mail in found if address in mail["To"]]

    return to


@pytest.fixture
def workers(transactional_db, live_server, settings, tmp_path):
    """A real worker and a real beat on the test's database."""
    settings.BASE_URL = live_server.url
    url = connection.settings_dict
    env = {
        **os.environ,
        "DATABASE_URL": f"postgres://{url['USER']}@{url['HOST']}:{url['PORT']}/{url['NAME']}",
        "BASE_URL": live_server.url,
    }
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    commands = [
        [*celery, "worker", "--concurrency", "1", "--loglevel", "warning"],
        [*celery, "beat", "--schedule", str(tmp_path / "beat"), "--pidfile", "", "--loglevel", "warning"],
    ]
    started = [subprocess.Popen(command, env=env, cwd=ROOT) for command in commands]
    yield started
    for process in started:
        process.terminate()
    for process in started:
        process.wait(30)
