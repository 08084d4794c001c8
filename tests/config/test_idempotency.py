"""A POST with an Idempotency-Key acts once, however often it is sent."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import IdempotentRequest
from interviews import services
from interviews.models import Interview

BODY = {"company": "Kilele Media", "zone": "Africa/Nairobi", "ends_wall": "2026-11-20T10:00:00"}


def send(browser, key, body=BODY):
    return browser.post(
        reverse("api:interview-list"), body, content_type="application/json", headers={"Idempotency-Key": key}
    )


@pytest.mark.django_db
def test_a_retry_gets_the_first_answer(client_of, candidate):
    browser = client_of(candidate)

    first, second = send(browser, "k1"), send(browser, "k1")

    assert (first.status_code, second.status_code, second.json()) == (201, 201, first.json())
    assert Interview.objects.count() == 1


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_refused(client_of, candidate):
    browser = client_of(candidate)
    send(browser, "k1")

    assert send(browser, "k1", BODY | {"company": "Another"}).status_code == 422
    assert Interview.objects.count() == 1


@pytest.mark.django_db
def test_keys_belong_to_one_person(client_of, candidate, stranger):
    send(client_of(candidate), "k1")

    assert send(client_of(stranger), "k1").status_code == 201
    assert Interview.objects.count() == 2


@pytest.mark.django_db
def test_a_refusal_is_remembered_too(client_of, candidate):
    browser = client_of(candidate)
    bad = BODY | {"zone": "Mars/Olympus"}

    assert [send(browser, "k1", bad).status_code for _ in range(2)] == [422, 422]
    assert IdempotentRequest.objects.count() == 1


@pytest.mark.django_db
def test_an_unreadable_key_is_refused(client_of, candidate):
    assert send(client_of(candidate), "x" * 201).status_code == 400


@pytest.mark.django_db
def test_a_failure_of_ours_is_not_kept(client_of, candidate, monkeypatch):
    browser = client_of(candidate)
    browser.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("interviews.services.log_interview", lambda *args, **kwargs: 1 / 0)
        assert send(browser, "k1").status_code == 500

    assert send(browser, "k1").status_code == 201


@pytest.mark.django_db
def test_whoever_was_not_let_in_may_come_again(client_of, coach, candidate):
    browser = client_of(coach)

    assert [send(browser, "k1").status_code for _ in range(2)] == [403, 403]
    assert IdempotentRequest.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_act_once(client_of, candidate):
    answers, browsers = [], [client_of(candidate) for _ in range(50)]

    def one(browser):
        answers.append(send(browser, "k1"))
        connection.close()

    threads = [threading.Thread(target=one, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ({answer.status_code for answer in answers} <= {201, 409}, len(answers)) == (True, 50)
    made = {answer.json()["public_id"] for answer in answers if answer.status_code == 201}
    assert (len(made), Interview.objects.count()) == (1, 1)
    assert send(browsers[0], "k1").json()["public_id"] in made


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_at_work_the_second_is_told_so(client_of, candidate, monkeypatch):
    browser, meanwhile = client_of(candidate), client_of(candidate)
    log_interview = services.log_interview
    asked = []

    def ask():
        asked.append(send(meanwhile, "k1"))
        connection.close()

    def slowly(*args, **kwargs):
        other = threading.Thread(target=ask)
        other.start()
        other.join()
        return log_interview(*args, **kwargs)

    monkeypatch.setattr(services, "log_interview", slowly)
    first = send(browser, "k1")

    assert (first.status_code, asked[0].status_code, asked[0].headers["Retry-After"]) == (201, 409, "1")
    assert Interview.objects.count() == 1
