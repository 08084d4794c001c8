"""A POST with an Idempotency-Key acts once, however often it is sent."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import IdempotentRequest
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


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_act_once(client_of, candidate):
    answers = []

    def one():
        answers.append(send(client_of(candidate), "k1").json()["public_id"])
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(answers), len(set(answers)), Interview.objects.count()) == (10, 1, 1)
