"""What a task does in another process can be found in the log by the request that woke it."""

import json

import pytest
from django.urls import reverse

from config.embedded.processes import spawn
from followups.outbox import waking
from tests.eventually import eventually
from tests.faults.pump_process import celery_arguments, ended, environment
from tests.faults.test_many_hands import WORKER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.suite]


def test_a_task_names_the_request_that_woke_it(candidate, client_of, sink, tmp_path, monkeypatch):
    monkeypatch.setattr(waking, "_down_until", 0)
    log = tmp_path / "worker.log"
    answer = client_of(None).post(reverse("account_reset_password"), {"email": candidate.email})
    request_id = answer["X-Request-ID"]

    def lines():
        for line in log.read_text().splitlines() if log.exists() else ():
            if line.startswith("{") and '"task_id"' in line:
                yield json.loads(line)

    # The mail server is away: each pass says so.
    sink.stop()
    with ended(spawn(celery_arguments(*WORKER, "--loglevel=WARNING"), env=environment(sink), log=log)):
        eventually(lambda: [one for one in lines() if one.get("woken_by") == request_id], seconds=60, what="its line")
    line = next(one for one in lines() if one.get("woken_by") == request_id)
    assert (line["task"], line["level"], "request_id" in line) == ("followups.tasks.pump", "warning", False)
    assert (line["logger"], "timestamp" in line) == ("followups.outbox.smtp", True)
    assert candidate.email not in log.read_text()
