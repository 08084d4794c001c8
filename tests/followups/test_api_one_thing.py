"""The public questions through the API: the same service as the page, open to everybody, keeping nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import rates
from accounts.models import IdempotentRequest
from followups.one_thing import look
from tests.everything import checksum_of_everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
LEFT_OUT = {"kind": "omitted_information", "around": "must_have", "has_new_information": "yes"}


def ask(body, browser=None, **headers):
    browser = browser or Client(enforce_csrf_checks=True)
    return browser.post(reverse("api:one-thing"), body, content_type="application/json", headers=headers)


def test_it_asks_until_it_can_answer():
    answers, asked = {"kind": "omitted_information"}, []
    while question := ask(answers).json()["question"]:
        asked.append(question["name"])
        answers[question["name"]] = LEFT_OUT[question["name"]]

    assert asked == ["around", "has_new_information"]


def test_the_answer_is_that_of_the_page():
    told = ask(LEFT_OUT).json()
    here = look(LEFT_OUT)

    assert (told["answers"], told["facts"], told["question"]) == (dict(here.answers), dict(here.facts), None)
    decision = told["decision"]
    assert (decision["action"], decision["provisional"], decision["act_within_hours"]) == ("thank_you_note", True, 12.0)
    assert [reason["code"] for reason in decision["reasons"]] == [reason.code for reason in here.decision.reasons]
    page = Client().post(reverse("one-thing"), LEFT_OUT)
    assert decision["next_steps"] == list(page.context["next_steps"])
    assert [question["name"] for question in told["could_change"]] == ["when", "writing"]


def test_nothing_that_can_be_named_needs_no_answer():
    told = ask({"kind": "nothing"}).json()
    assert (told["question"], told["decision"], told["answers"]) == (None, None, {"kind": "nothing"})


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["kind"]),
        ({"kind": "sin"}, ["kind"]),
        ({"kind": "logistics", "around": "private"}, ["around"]),
        ({"kind": "logistics", "when": "soon", "text": "I was late."}, ["text", "when"]),
        ({"kind": "logistics", "noticed": ["yes"]}, ["noticed"]),
    ],
)
def test_what_is_no_answer_is_named(body, fields):
    response = ask(body)
    assert (response.status_code, sorted(response.json()["errors"])) == (400, fields)


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "{broken", "1"])
def test_what_is_no_object_is_a_problem(body):
    response = ask(body)
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")


def test_it_stores_nothing_and_sets_nothing(client_of, candidate):
    browser = client_of(candidate)
    before = checksum_of_everything()

    for each in (Client(enforce_csrf_checks=True), browser):
        response = ask(LEFT_OUT, each, **{"Idempotency-Key": "once"})
        assert (response.status_code, dict(response.cookies), "no-store" in response.headers["Cache-Control"]) == (
            200,
            {},
            True,
        )
    assert (checksum_of_everything(), IdempotentRequest.objects.count()) == (before, 0)


def test_page_and_api_are_counted_together(one_minute):
    for _time in range(rates.PER_MINUTE):
        Client().post(reverse("one-thing"), {"kind": "logistics"})

    response = ask(LEFT_OUT)

    assert (response.status_code, response.headers["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(response.headers["Retry-After"]) <= 61


def test_it_is_in_the_list_of_what_there_is():
    assert Client().get(reverse("api:root")).json()["one-thing"] == f"http://testserver{reverse('api:one-thing')}"
