"""The cast of the tests, on real PostgreSQL and Redis."""

import os
import time

import pytest
from allauth.account.internal.flows import login
from django.core.cache import cache
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from accounts import installation
from config.celery import app as celery_app
from config.embedded.pytest_plugin import SERVERS, group_of
from tests import emptying, factories

# Playwright's sync API runs an event loop in the test's thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# The same examples every time and no clock: a slow machine must not turn a test red.
hypothesis_settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis_settings.load_profile("suite")


# Forty times quicker than its TRUNCATE of all tables.
TransactionTestCase._fixture_teardown = emptying.delete_every_row


@pytest.fixture(scope="session", autouse=True)
def _as_everywhere(django_test_environment):
    """Every mail becomes a row, where Django's test runner swaps in a list; and passwords are quick."""
    with override_settings(
        MAILERS={"default": {"BACKEND": "followups.outbox.backend.OutboxBackend"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(autouse=True)
def _installation_as_delivered():
    """Nothing chosen, and known to be so: what an earlier test chose is rolled back, and pages count their queries."""
    installation.keep(None, seconds=float("inf"))


@pytest.fixture(autouse=True)
def _nobody_has_been_woken(request):
    """What tests before this one told the broker would keep the workers of this one busy for half a minute."""
    if group_of(request.node) == SERVERS:
        celery_app.control.purge()


@pytest.fixture
def empty_cache():
    """For tests of rates and limits, which live in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def swahili(settings):
    """An installation that offers Swahili too. What a request has chosen would stay in this thread, so it is put back."""
    settings.LANGUAGES = [("en", "English"), ("sw", "Swahili")]
    with translation.override(translation.get_language()):
        yield


@pytest.fixture
def candidate(db):
    return factories.UserFactory(email="candidate@cast.example", name="Achieng Otieno")


@pytest.fixture
def coach(candidate):
    """Her coach, by an active engagement."""
    coach = factories.CoachFactory(email="coach@cast.example", name="Tom Barasa")
    factories.EngagementFactory(candidate=candidate, coach=coach)
    return coach


@pytest.fixture
def other_coach(db):
    """A coach of somebody else."""
    coach = factories.CoachFactory(email="other.coach@cast.example", name="Ruth Njeri")
    factories.EngagementFactory(coach=coach)
    return coach


@pytest.fixture
def admin(db):
    return factories.AdminFactory(email="admin@cast.example", name="Mary Wafula")


@pytest.fixture
def stranger(db):
    """Another candidate."""
    return factories.UserFactory(email="stranger@cast.example", name="Brian Kip")


@pytest.fixture
def client_of():
    """A signed-in browser: `client_of(coach).get(…)`."""

    def sign_in(user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def confirmed_client_of(client_of):
    """A signed-in browser whose owner gave the password once more just now."""

    def confirm(user):
        client = client_of(user)
        session = client.session
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
        return client

    return confirm


@pytest.fixture
def interview(candidate):
    """Hers, shared with her coach."""
    return factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
