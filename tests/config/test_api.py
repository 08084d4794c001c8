"""What every endpoint shares: problems in one shape, a description without gaps, doors that are shut by default."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from jsonschema import Draft202012Validator
from rest_framework import serializers
from rest_framework.request import Request

from config.pagination import Pages
from tests.factories import InterviewFactory

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.django_db


def test_the_description_is_complete():
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_it_is_served():
    response = Client().get(reverse("api-schema"), headers={"Accept": "application/vnd.oai.openapi+json"})

    assert (response.status_code, response.json()["openapi"]) == (200, "3.1.0")


def test_every_body_and_answer_has_an_example_that_keeps_to_its_schema():
    schema = Client().get(reverse("api-schema"), headers={"Accept": "application/vnd.oai.openapi+json"}).json()
    wrong, seen = {}, 0
    for path, operations in schema["paths"].items():
        for verb, operation in operations.items():
            answers = [answer for code, answer in operation["responses"].items() if code.startswith("2")]
            assert ("412" in operation["responses"]) == (verb != "get" and "{" in path), path
            for body in [operation.get("requestBody", {}), *answers]:
                told = body.get("content", {}).get("application/json")
                if told is None:
                    continue
                seen += 1
                checker = Draft202012Validator({**told["schema"], "components": schema["components"]})
                examples = (
                    [each["value"] for each in told["examples"].values()] if "examples" in told else [told["example"]]
                )
                problems = [error.message for example in examples for error in checker.iter_errors(example)]
                if problems:
                    wrong[verb, path] = problems[:2]
    assert (wrong, seen > 300) == ({}, True)


def test_what_may_be_missing_in_an_answer_is_described_so():
    """A field that is None where nothing is behind it may be null; the description forgets that unless the field says it."""
    import_module(settings.ROOT_URLCONF)
    ours = [
        kind
        for kind in kinds_of(serializers.Serializer)
        if not kind.__module__.startswith(("rest_", "drf_", "allauth"))
    ]
    wrong = [
        f"{kind.__name__}.{name}"
        for kind in ours
        for name, field in kind._declared_fields.items()
        if field.default is None and not field.allow_null
    ]
    assert (wrong, len(ours) > 50) == ([], True)


def kinds_of(kind):
    for below in kind.__subclasses__():
        yield below
        yield from kinds_of(below)


def test_nobody_is_asked_to_come_in_with_a_problem():
    response = Client().get(reverse("api:interview-list"))

    assert (response.status_code, response.headers["Content-Type"]) == (401, "application/problem+json")
    assert (response.json()["status"], response.headers["WWW-Authenticate"]) == (401, 'Bearer realm="api"')


@pytest.mark.parametrize(
    ("body", "status"),
    [("{broken", 400), ("[]", 400), ("{}", 400), ('{"company": "K", "zone": "Mars/Olympus"}', 422)],
)
def test_bad_input_is_a_problem_in_words(client_of, candidate, body, status):
    response = client_of(candidate).post(reverse("api:interview-list"), body, content_type="application/json")

    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["title"]


def test_others_rows_are_not_there(client_of, stranger):
    other = InterviewFactory()

    response = client_of(stranger).get(reverse("api:interview-detail", args=[other.public_id]))

    assert (response.status_code, response.json()["status"]) == (404, 404)


def test_an_edit_of_something_changed_meanwhile_is_refused(client_of, candidate):
    interview = InterviewFactory(candidate=candidate)
    browser, address = client_of(candidate), reverse("api:interview-detail", args=[interview.public_id])
    seen = browser.get(address).headers["ETag"]

    def edit(company):
        return browser.patch(
            address, {"company": company}, content_type="application/json", headers={"If-Match": seen}
        ).status_code

    assert [edit("First"), edit("Second")] == [200, 412]
    interview.refresh_from_db()
    assert interview.company == "First"


def test_sessions_need_their_csrf_token(candidate):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(candidate)

    response = browser.post(reverse("api:interview-list"), {"company": "K"}, content_type="application/json")

    assert response.status_code == 403


def test_page_sizes_have_a_limit(client_of, candidate):
    InterviewFactory.create_batch(3, candidate=candidate)

    page = client_of(candidate).get(reverse("api:interview-list") + "?page_size=2").json()

    assert (len(page["results"]), page["next"] is not None) == (2, True)
    assert client_of(candidate).get(reverse("api:interview-list") + "?page_size=1000000").status_code == 200
    assert Pages().get_page_size(Request(RequestFactory().get("/?page_size=1000000"))) == 100


def test_its_first_address_says_what_there_is(client, client_of, candidate):
    places = client.get("/api/v1/").json()

    assert set(places) == {
        "absences",
        "account-deletion",
        "addresses",
        "audit",
        "bookings",
        "briefs",
        "calendar-feed",
        "canned-replies",
        "changes",
        "clients",
        "closures",
        "coaches",
        "comments",
        "decisions",
        "desk",
        "engagements",
        "exports",
        "goals",
        "imports",
        "installation",
        "interviewers",
        "interviews",
        "invitations",
        "lessons",
        "letters",
        "mails",
        "mistakes",
        "must-haves",
        "notes",
        "one-thing",
        "people",
        "preferences",
        "punctuality",
        "readers",
        "referees",
        "reminders",
        "reviews",
        "rosters",
        "schema",
        "second-step",
        "series",
        "sessions",
        "slots",
        "step-removals",
        "suppressions",
        "today",
        "tokens",
        "waiting-list",
    }
    answers = {name: client_of(candidate).get(place).status_code for name, place in places.items()}
    expected = dict.fromkeys(places, 200) | dict.fromkeys(
        ["audit", "installation", "mails", "people", "rosters", "suppressions", "punctuality"], 403
    )
    expected["desk"] = 404
    # What is answered there is in the body of a POST, never in an address.
    assert answers == expected | {"one-thing": 405}
    assert client.post("/api/v1/").status_code == 405


def test_an_address_of_the_api_that_is_nowhere_is_a_problem_too(client):
    answer = client.get("/api/v1/nowhere/")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404
