"""A real product for the browser: gunicorn's place is taken by the live server, everything else is as in production."""

import os
from datetime import time

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.e2e.browsing import PATIENCE, Visitor
from tests.e2e.post import Inbox
from tests.e2e.processes import product

PASSWORD = "a-quiet-evening"
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": os.environ["AFTERWORD_CHROMIUM"],
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            # Letters as wide as the font says, on every machine: test_styleguide.py compares pictures.
            "--font-render-hinting=none",
        ],
    }


@pytest.fixture
def visitors(browser):
    """Makes a browser of its own for each person, and fails the test for what went wrong in any of them."""
    there = []

    def visitor(url, **options):
        there.append(Visitor(browser, url, **options))
        return there[-1]

    yield visitor
    for each in there:
        each.close()
    assert [trouble for each in there for trouble in each.troubles] == []


@pytest.fixture
def visit(visitors, live_server):
    """`visit(candidate)`: her browser, signed in; `visit()`: one of somebody unknown."""

    def visit(user=None, **options):
        visitor = visitors(live_server.url, **options)
        if user is not None:
            visitor.sign_in(user)
        return visitor.page

    return visit


@pytest.fixture
def candidate(transactional_db):
    return _awake(factories.UserFactory(email="candidate@cast.example", name="Achieng Otieno"))


@pytest.fixture
def coach(candidate):
    """Her coach, by an active engagement."""
    coach = _awake(factories.CoachFactory(email="coach@cast.example", name="Tom Barasa"))
    factories.EngagementFactory(candidate=candidate, coach=coach)
    return coach


@pytest.fixture
def admin(transactional_db):
    return _awake(factories.AdminFactory(email="admin@cast.example", name="Mary Wafula"))


def _awake(person):
    """Somebody who is known here, can sign in, and has no quiet hours: these tests run at any time of the day."""
    person.quiet_from = person.quiet_until = time(0)
    person.vouched_at = person.joined_at
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def inbox():
    """The mails that reach the mail server during this test."""
    return Inbox()


@pytest.fixture
def workers(transactional_db, live_server, settings, tmp_path):
    """A real worker and a real beat on the test's database."""
    settings.BASE_URL = live_server.url
    celery = ["-m", "celery", "--app=config"]
    commands = [
        [*celery, "worker", "--concurrency=1", "--loglevel=warning", "--without-gossip", "--without-mingle"],
        [*celery, "beat", f"--schedule={tmp_path / 'beat'}", "--pidfile=", "--loglevel=warning"],
    ]
    with product(*commands, BASE_URL=live_server.url):
        yield
