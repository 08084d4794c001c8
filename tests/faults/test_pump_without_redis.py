"""Redis gone or silent: mails leave by their time all the same, and no page waits for it."""

import json
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from config.embedded.processes import ROOT, end, free_port
from followups.models import OutboundEmail
from tests.eventually import eventually
from tests.faults.pump_process import environment, pump_for_ever
from tests.mailing import queue_letter, queue_mail, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

WAKE_TWICE = """
import json, time, django
django.setup()
from followups.outbox import waking
took = []
for _ in range(2):
    begun = time.perf_counter()
    waking.wake()
    took.append(time.perf_counter() - begun)
print(json.dumps({"took": took, "errors": waking.errors}))
"""


@pytest.fixture
def stopped():
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def silent():
    """It takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", free_port())) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("kind", ["stopped", "silent"])
def test_a_dead_redis_costs_less_than_a_second_and_only_once(sink, request, kind):
    env = environment(sink, REDIS_URL=request.getfixturevalue(kind), DJANGO_SETTINGS_MODULE="config.settings")
    run = subprocess.run(
        [sys.executable, "-c", WAKE_TWICE], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    answer = json.loads(run.stdout.splitlines()[-1])
    assert answer["errors"] == 1
    assert answer["took"][0] < 1
    assert answer["took"][1] < 0.01


@pytest.mark.parametrize("kind", ["stopped", "silent"])
def test_mails_leave_by_their_time(candidate, sink, request, kind):
    due = timezone.now() + timedelta(seconds=4)
    rows = [queue_letter(candidate, due_at=due), queue_mail(candidate, due_at=due)]
    process = pump_for_ever(sink, REDIS_URL=request.getfixturevalue(kind))
    try:
        eventually(lambda: {status_of(row) for row in rows} == {"sent"}, what="the sending")
    finally:
        end(process)
    late = [(row.sent_at - row.due_at).total_seconds() for row in OutboundEmail.objects.all()]
    assert min(late) >= 0
    assert max(late) < 5
