"""A web worker is killed in the middle of a POST: under the same Idempotency-Key it is done once, and its answer is found again."""

import http.client
import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from accounts.models import IdempotentRequest
from accounts.services import make_token
from coaching.models import Booking
from interviews.models import Interview
from tests import factories
from tests.faults.crowd import PATIENCE, web_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
POINTS = ["before the commit", "after the commit"]


@pytest.fixture(scope="module")
def site(django_db_setup):
    """Its workers die and are replaced; it keeps nothing of the tests."""
    with web_server("tests.faults.mortal_web") as address:
        yield address


@pytest.fixture
def post(site):
    """`post(person, path, body, key=…, die=…)`: status, replayed or not, and what was answered; None when nothing came."""
    keys = {}

    def post(person, path, body, *, key="", die=""):
        if person not in keys:
            keys[person] = make_token(person, name="Script", scopes=["write"], days=1)[1]
        headers = {"Authorization": f"Bearer {keys[person]}", "Content-Type": "application/json"}
        headers |= {name: value for name, value in (("Idempotency-Key", key), ("X-Die", die)) if value}
        line = http.client.HTTPConnection(urlsplit(site).netloc, timeout=PATIENCE)
        try:
            line.request("POST", path, json.dumps(body), headers)
            answer = line.getresponse()
            return answer.status, answer.headers.get("Idempotent-Replay"), json.loads(answer.read())
        except (http.client.HTTPException, ConnectionError):
            return None
        finally:
            line.close()

    return post


@pytest.fixture
def work(candidate):
    slot = factories.SlotFactory(starts_at=timezone.now() + timedelta(days=3))
    return {
        "interview": ("/api/v1/interviews/", {"company": "Kijani Foods"}, Interview),
        "booking": ("/api/v1/bookings/", {"slot": str(slot.public_id)}, Booking),
    }


@pytest.mark.parametrize("noun", ["interview", pytest.param("booking", marks=pytest.mark.quick)])
@pytest.mark.parametrize("point", POINTS)
def test_it_is_done_once_and_the_answer_is_found_again(post, work, candidate, noun, point):
    path, body, model = work[noun]

    assert post(candidate, path, body, key="mine", die=point) is None
    done = int(point == "after the commit")
    assert (model.objects.count(), IdempotentRequest.objects.count()) == (done, done)

    status, replayed, told = post(candidate, path, body, key="mine")
    assert (status, replayed) == (201, "true" if done else None)
    assert post(candidate, path, body, key="mine") == (201, "true", told)
    assert str(model.objects.get().public_id) == told["public_id"]


def test_control_without_a_key_it_is_done_twice(post, work, candidate):
    path, body, model = work["interview"]
    assert post(candidate, path, body, die="after the commit") is None
    assert post(candidate, path, body)[0] == 201
    assert model.objects.count() == 2
