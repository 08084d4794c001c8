"""Whoever says what they have read changes nothing else: If-Match is honoured by every endpoint about a record, with every verb."""

from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access import API, world
from tests.walk import ROLES

pytestmark = pytest.mark.django_db


def alone(ask):
    """Undo what a request did, so that each finds the same world."""
    with transaction.atomic():
        answer = ask()
        transaction.set_rollback(True)
    return answer


def edits():
    for key, rule in API.items():
        verb, name = key.split()
        let_in = [role for role, answer in zip(ROLES, rule.answers, strict=False) if answer not in (401, 403, 404)]
        if verb != "GET" and rule.kwargs and let_in:
            yield key, verb.lower(), name, rule, let_in[0]


def test_every_edit_of_something_changed_meanwhile_is_refused(
    candidate, coach, other_coach, interview, admin, stranger, client_of
):
    people = {"owner": candidate, "coach": coach, "other_coach": other_coach, "admin": admin, "stranger": stranger}
    ids = world(candidate=candidate, coach=coach, interview=interview, admin=admin)
    browsers = {role: client_of(person) for role, person in people.items()}
    for browser in browsers.values():
        browser.raise_request_exception = False
    sent = {"content_type": "application/json", "headers": {"If-Match": '"what-was-read-long-ago"'}}
    answers = {}
    for key, verb, name, rule, role in edits():
        address = reverse(name, kwargs={kwarg: ids[record] for kwarg, record in rule.kwargs.items()})
        answers[key] = alone(partial(getattr(browsers[role], verb), address, **sent)).status_code
    assert {key: status for key, status in answers.items() if status != 412} == {}
    assert len(answers) > 100


def test_people_have_no_moment_of_change_and_an_etag_all_the_same(coach, admin, client_of):
    """A second admin sets another number between reading and writing: the first is told."""
    address, browser = reverse("api:coach-room", args=[coach.public_id]), client_of(admin)
    seen = browser.get(address).headers["ETag"]

    def set_to(number):
        body = {"capacity": number}
        return browser.patch(address, body, content_type="application/json", headers={"If-Match": seen}).status_code

    client_of(coach)  # her signing in is no change of it
    assert [set_to(3), set_to(4)] == [200, 412]
    coach.refresh_from_db()
    assert coach.capacity == 3
