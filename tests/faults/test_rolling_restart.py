"""Web servers and workers are restarted while people work: no request fails, and what a worker had in hand is finished."""

import contextlib
import http.client
import json
import os
import signal
import threading
from pathlib import Path

import pytest

from accounts.services import make_token
from config.celery import app as celery_app
from config.embedded.processes import LOOPBACK, accepts_connections
from followups.models import OutboundEmail
from interviews.models import Interview
from tests import factories
from tests.eventually import eventually
from tests.faults.crowd import PATIENCE, start_web_server
from tests.faults.pump_process import celery_command, ended
from tests.faults.sink import HOLD
from tests.faults.test_many_hands import WORKER
from tests.mailing import queue_mail, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


class People:
    """Four who read and write by turns, each request on a line of its own, for as long as the block runs. `port`: where the proxy sends them."""

    def __init__(self, port):
        self.port, self.statuses, self.failures = port, [], []
        self._under_way, self._is_over = {}, threading.Event()
        self._keys = [
            make_token(factories.UserFactory(), name="x", scopes=["read", "write"], days=1)[1] for _ in range(4)
        ]

    def __enter__(self):
        self._threads = [threading.Thread(target=self._work, args=[key]) for key in self._keys]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, key):
        while not self._is_over.is_set():
            for method, status in (("POST", 201), ("GET", 200)):
                self._under_way[key] = port = self.port
                try:
                    answer = self._ask(port, key, method)
                    self.statuses.append(answer)
                    if answer != status:
                        self.failures.append(answer)
                except (http.client.HTTPException, OSError) as error:
                    self.failures.append(type(error).__name__)
                self._under_way[key] = None
            # Below the limit of requests a minute.
            self._is_over.wait(0.3)

    def _ask(self, port, key, method):
        line = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE)
        with contextlib.closing(line):
            headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Host": "localhost"}
            line.request(method, "/api/v1/interviews/", json.dumps({"company": "Kijani Foods"}), headers)
            answer = line.getresponse()
            answer.read()
            return answer.status

    def have_asked(self, number):
        """Wait for so many more answers."""
        goal = len(self.statuses) + number
        eventually(lambda: len(self.statuses) >= goal or self.failures, seconds=PATIENCE, what=f"{number} answers")

    def are_done_with(self, port):
        """Wait for the answers of a server to which nobody is sent any more."""
        eventually(lambda: port not in self._under_way.values(), seconds=PATIENCE, what="the last answers")


@pytest.fixture
def web():
    """`web()`: port and process of a web server that answers; it ends with the test."""
    running = []

    def start():
        port, process = start_web_server()
        running.append(process)
        eventually(lambda: accepts_connections(port), seconds=PATIENCE, what="the web server")
        return port, process

    with contextlib.ExitStack() as stack:
        yield start
        stack.enter_context(ended(*running))


def workers_of(process):
    return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())


@pytest.mark.quick
def test_web_workers_are_replaced_one_after_another(web):
    port, process = web()
    with People(port) as people:
        people.have_asked(4)
        for _ in range(2):
            old = workers_of(process)
            process.send_signal(signal.SIGHUP)
            eventually(
                lambda old=old: workers_of(process) and not workers_of(process) & old, seconds=60, what="new workers"
            )
            people.have_asked(8)
    assert people.failures == []
    assert Interview.objects.count() == people.statuses.count(201) >= 8


@pytest.mark.quick
def test_control_killed_instead_of_asked_requests_fail(web):
    port, process = web()
    with People(port) as people:
        people.have_asked(4)

        def kill():
            for worker in workers_of(process):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(worker), signal.SIGKILL)
            return people.failures

        eventually(kill, seconds=60, what="a request that fails")
    assert people.failures != []


@pytest.mark.quick
def test_one_web_server_after_another(web):
    first, process = web()
    with People(first) as people:
        people.have_asked(4)
        people.port, _second = web()
        people.are_done_with(first)
        process.terminate()
        people.have_asked(8)
        assert process.wait(timeout=PATIENCE) == 0
    assert people.failures == []
    assert Interview.objects.count() == people.statuses.count(201) >= 6


def test_a_worker_that_is_asked_to_stop_finishes_the_mail_in_hand_and_another_takes_the_rest(candidate, sink, audit):
    rows = [queue_mail(candidate) for _ in range(3)]
    sink.script(candidate.email, HOLD)
    with ended(celery_command(sink, *WORKER)) as [worker]:
        celery_app.send_task("followups.tasks.pump", ignore_result=True)
        eventually(sink.is_holding.is_set, seconds=PATIENCE, what="the first mail")
        worker.send_signal(signal.SIGTERM)
        sink.release.set()
        assert worker.wait(timeout=PATIENCE) == 0
    assert [status_of(row) for row in rows] == ["sent", "queued", "queued"]
    with ended(celery_command(sink, *WORKER)):
        celery_app.send_task("followups.tasks.pump", ignore_result=True)
        eventually(lambda: not OutboundEmail.objects.exclude(status="sent").exists(), seconds=PATIENCE, what="the rest")
    found = audit()
    assert (found.broken, found.accepted, found.again) == (set(), 3, 0)
