"""The example of docs/api.md does what it says, against the real server: pages, retries, and others who change things meanwhile."""

import hashlib
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from accounts.services import make_token
from config import rates
from interviews.models import Interview
from tests.factories import InterviewFactory, UserFactory

FILE = Path(__file__).parents[2] / "docs/example_client.py"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def example():
    spec = importlib.util.spec_from_file_location("example_client", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def her():
    return UserFactory()


@pytest.fixture
def key(her):
    return make_token(her, name="Script", scopes=["read", "write"], days=1)[1]


def test_as_a_program(live_server, her, key):
    for number in range(3):
        InterviewFactory(candidate=her, company=f"Company {number}")
    done = subprocess.run(
        [sys.executable, FILE, "Kijani Foods"],
        env={"AFTERWORD_URL": live_server.url, "AFTERWORD_TOKEN": key},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(line.split(" ", 1)[1][:9] for line in done.stdout.splitlines()[:3]) == [
        f"Company {n}" for n in range(3)
    ]
    assert Interview.objects.get(company="Kijani Foods").notes == "Logged by a program."


def test_all_pages(example, live_server, her, key):
    made = {str(InterviewFactory(candidate=her).public_id) for _ in range(3)}
    client = example.Afterword(live_server.url, key)
    rows = [row["public_id"] for row in client.all("/api/v1/interviews/?page_size=2")]
    assert (len(rows), set(rows)) == (3, made)


def test_it_waits_as_long_as_it_is_told(example, live_server, her, key, empty_cache, monkeypatch):
    monkeypatch.setattr(rates, "PER_MINUTE", 0)
    waited = []

    def wait(seconds):
        waited.append(seconds)
        monkeypatch.setattr(rates, "PER_MINUTE", 600)

    assert list(example.Afterword(live_server.url, key, wait).all("/api/v1/interviews/")) == []
    assert [0 < seconds <= 60 for seconds in waited] == [True]


def test_while_the_first_is_at_work_it_comes_again_and_one_is_logged(example, live_server, her, key, monkeypatch):
    """Its first try has gone through the line and is at work: another connection holds the lock of that key."""
    monkeypatch.setattr(example.uuid, "uuid4", lambda: "a-key")
    name = f"idempotency:{her.pk}:/api/v1/interviews/:a-key"
    lock = [int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)]
    waited = []

    def wait(seconds):
        waited.append(seconds)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", lock)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", lock)
    client = example.Afterword(live_server.url, key, wait)
    first, again = client.log(company="Kijani Foods"), client.log(company="Kijani Foods")
    assert (waited, first == again, Interview.objects.count()) == ([1.0], True, 1)


def test_what_somebody_else_wrote_meanwhile_is_kept(example, live_server, her, key):
    interview = InterviewFactory(candidate=her, notes="Hers.")
    other = example.Afterword(live_server.url, key)
    path = f"/api/v1/interviews/{interview.public_id}/"
    seen = []

    def edit(record):
        seen.append(record["notes"])
        if len(seen) == 1:
            other.change(path, lambda record: {"notes": "Hers, and more."})
        return {"notes": record["notes"] + " And mine."}

    example.Afterword(live_server.url, key).change(path, edit)
    assert seen == ["Hers.", "Hers, and more."]
    interview.refresh_from_db()
    assert interview.notes == "Hers, and more. And mine."


def test_a_refusal_is_told_in_the_words_of_the_api(example, live_server, key):
    with pytest.raises(example.Problem) as refused:
        example.Afterword(live_server.url, key).log(company="")
    assert (refused.value.status, list(refused.value.told["errors"])) == (400, ["company"])
