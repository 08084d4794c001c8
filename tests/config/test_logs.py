"""Logs tell what happened and where, never what somebody wrote."""

import json
import logging
from logging.config import DictConfigurator

import pytest
import structlog
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from config.logs import WithoutValues
from tests.factories import UserFactory

TOKEN = "sJ2n0hQm3r8vKc1xZb7tYw5pLd9fGa4eUi6oRs_-AAA"


def logged(message, *args, error=None):
    """What is left of a record."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("afterword", logging.ERROR, __file__, 1, message, args, info)
    assert WithoutValues().filter(record)
    assert (record.exc_info, record.exc_text) == (None, None)
    return record.msg


def test_a_line_of_any_library_says_when_where_how_grave_and_of_which_request():
    configurator = DictConfigurator(settings.LOGGING)
    formatter = configurator.configure_formatter(configurator.config["formatters"]["json"])
    record = logging.LogRecord("celery.app.trace", logging.WARNING, __file__, 1, "count=%s", (3,), None)
    with structlog.contextvars.bound_contextvars(request_id="a-request"):
        line = json.loads(formatter.format(record))
    assert line.pop("timestamp")
    assert line == {"event": "count=3", "level": "warning", "logger": "celery.app.trace", "request_id": "a-request"}


def test_addresses_and_tokens_are_masked():
    assert logged("mail to %s by /invitations/%s/", "grace@example.org", TOKEN) == "mail to …@… by /invitations/…/"


def test_events_of_requests_are_masked_too():
    event = {"request": f"GET /invitations/{TOKEN}/", "code": 200}

    assert logged(event) == {"request": "GET /invitations/…/", "code": 200}


def test_what_somebody_searched_for_is_not_logged():
    assert logged({"request": "GET /interviews/?search=kijani"}) == {"request": "GET /interviews/"}


def test_an_exception_leaves_class_and_place_only():
    try:
        int("what she typed")
    except ValueError as error:
        text = logged("it failed", error=error)

    assert text.startswith("it failed [ValueError < test_logs.py:")
    assert "what she typed" not in text


@pytest.mark.django_db
def test_a_database_error_leaves_its_constraint():
    UserFactory(email="secret.person@people.example")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        User.objects.create(email="SECRET.person@people.example", is_candidate=True)

    text = logged("it failed", error=caught.value)

    assert "UniqueViolation user_one_per_address" in text
    assert "secret" not in text.lower()
