"""Several beats, workers and pumps on the same rows, and the same task delivered many times: each mail goes once."""

import contextlib
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from config.celery import app as celery_app
from config.embedded.testing import throwaway_folder
from followups import outbox
from followups.models import OutboundEmail
from followups.outbox import claims, passes
from tests.eventually import eventually
from tests.factories import UserFactory
from tests.faults.pump_process import celery_command, ended, pause, pump_command, pump_for_ever
from tests.faults.queueing import queue_many
from tests.mailing import queue_letter, queue_mail, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

WORKER = ("worker", "--concurrency=1", "--loglevel=ERROR", "--without-mingle", "--without-gossip")


def test_four_pumps_on_the_same_rows(sink, audit):
    rows = queue_many(UserFactory.create_batch(6), letters=30, own=60)
    with contextlib.ExitStack() as pumps:
        for _ in range(4):
            pumps.enter_context(pump_for_ever())
        eventually(lambda: not OutboundEmail.objects.exclude(status="sent").exists(), seconds=60, what="the sending")
    found = audit()
    assert (found.broken, found.accepted, found.again) == (set(), len(rows), 0)


@contextlib.contextmanager
def nobody_claims():
    """Everybody takes what is due, and takes everybody's word for his own."""

    def claim(number, now):
        rows = list(OutboundEmail.objects.filter(status="queued").select_related("recipient", "sender")[:number])
        for row in rows:
            row.status, row.claim_id = "claimed", uuid.uuid4()
        return rows

    def mark(row, address, now):
        row.handed_over_at = now
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claims, "claim", claim)
        patch.setattr(passes, "_mark_or_suppress", mark)
        yield


def test_control_four_pumps_of_which_nobody_claims(candidate, sink, audit):
    queue_letter(candidate)
    sink.delay = 0.5
    with contextlib.ExitStack() as pumps:
        for _ in range(4):
            pumps.enter_context(pump_for_ever(sabotage=nobody_claims))
        eventually(lambda: len(sink.accepted) > 1, seconds=60, what="the second copy")
    found = audit()
    assert (found.doubled, found.broken >= {"I2 accepted twice"}) == (1, True)


def test_run_fifty_times_in_a_row(candidate, sink, audit):
    queue_letter(candidate), queue_mail(candidate)
    for _ in range(50):
        outbox.pump()
    found = audit()
    assert (found.broken, found.accepted) == (set(), 2)


@pytest.mark.quick
def test_the_same_task_delivered_fifty_times_at_once(candidate, sink, audit):
    row = queue_letter(candidate)
    for _ in range(50):
        celery_app.send_task("followups.tasks.pump", ignore_result=True)
    with ended(*(celery_command(sink, *WORKER) for _ in range(3))):
        eventually(lambda: status_of(row) == "sent", seconds=60, what="the letter")
        eventually(lambda: waiting_tasks() == 0, seconds=60, what="the end of all tasks")
    found = audit()
    assert (found.broken, found.accepted, sum(sink.tries.values())) == (set(), 1, 1)


def waiting_tasks():
    with celery_app.connection_for_read() as line:
        return line.default_channel.client.llen("celery")


@pytest.mark.parametrize(
    "seconds", [pytest.param(8, marks=pytest.mark.quick), pytest.param(600, marks=pytest.mark.long)]
)
def test_two_beats_three_workers_two_pumps(sink, audit, seconds):
    people = UserFactory.create_batch(10)
    sink.keeps_content = False
    queued = 0
    with throwaway_folder() as folder, contextlib.ExitStack() as all_of_them:
        beats = [
            celery_command(sink, "beat", f"--schedule={folder / name}", "--pidfile=", "--loglevel=ERROR")
            for name in ("one", "two")
        ]
        workers = [celery_command(sink, *WORKER) for _ in range(3)]
        pumps = [pump_command(sink) for _ in range(2)]
        all_of_them.enter_context(ended(*beats, *workers, *pumps))
        end = timezone.now() + timedelta(seconds=seconds)
        while timezone.now() < end:
            queued += len(queue_many(people, letters=10, own=20))
            pause(1)
        eventually(lambda: not OutboundEmail.objects.exclude(status="sent").exists(), seconds=300, what="the sending")
    found = audit(on_time=True)
    assert (found.broken, found.sends, found.accepted) == (set(), queued, queued)
    assert (found.unknown, found.doubled, found.again) == (0, 0, 0)
