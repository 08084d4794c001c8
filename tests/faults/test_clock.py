"""The clock of a worker is wrong by two hours: only the database's counts."""

import contextlib
import sys
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from config.embedded.processes import spawn
from config.embedded.testing import throwaway_folder
from followups.outbox import clock
from tests.eventually import eventually
from tests.faults.pump_process import celery_command, ended, environment, pump_for_ever
from tests.mailing import queue_letter, queue_mail, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

WORKER_ELSEWHEN = """
import sys, time_machine
from datetime import datetime, timedelta
time_machine.travel(datetime.now() + timedelta(hours=float(sys.argv.pop(1))), tick=True).start()
from celery.bin.celery import main
sys.exit(main())
"""


def wrong_by(hours):
    return lambda: time_machine.travel(datetime.now().astimezone() + timedelta(hours=hours), tick=True)


@pytest.mark.parametrize("hours", [2, -2])
def test_a_pump_whose_clock_is_wrong(candidate, sink, audit, hours):
    now = timezone.now()
    due = [queue_letter(candidate), queue_mail(candidate)]
    waiting = [
        queue_letter(candidate, due_at=now + timedelta(hours=1)),
        queue_mail(candidate, due_at=now + timedelta(hours=1)),
    ]
    with pump_for_ever(sabotage=wrong_by(hours)):
        eventually(lambda: {status_of(row) for row in due} == {"sent"}, seconds=60, what="what is due")
    assert {status_of(row) for row in waiting} == {"queued"}
    for row in due:
        row.refresh_from_db()
        assert abs(row.sent_at - timezone.now()) < timedelta(minutes=30)
    assert audit(is_over=False, on_time=True).broken == set()


@contextlib.contextmanager
def by_its_own_clock():
    """The worker believes its own clock, which is two hours fast."""
    with pytest.MonkeyPatch.context() as patch, wrong_by(2)():
        patch.setattr(clock, "database_now", timezone.now)
        yield


def test_control_by_its_own_clock(candidate, sink, audit):
    row = queue_letter(candidate, due_at=timezone.now() + timedelta(hours=1))
    with pump_for_ever(sabotage=by_its_own_clock):
        eventually(lambda: status_of(row) == "sent", seconds=60, what="the letter")
    assert audit(on_time=True).broken == {"sent before its time"}


@pytest.mark.quick
@pytest.mark.parametrize("hours", ["2", "-2"])
def test_a_celery_worker_whose_clock_is_wrong(candidate, sink, audit, settings, hours):
    """Beat's clock is right, and there is no pump beside it."""
    row = queue_mail(candidate)
    with throwaway_folder() as folder:
        env = environment(sink)
        worker = [
            sys.executable,
            "-c",
            WORKER_ELSEWHEN,
            hours,
            "--app=config",
            "worker",
            "--concurrency=1",
            "--loglevel=ERROR",
        ]
        beat = celery_command(sink, "beat", f"--schedule={folder / 'schedule'}", "--pidfile=", "--loglevel=ERROR")
        with ended(spawn(worker, env=env), beat):
            eventually(lambda: status_of(row) == "sent", seconds=90, what="the mail")
    assert audit(on_time=True).broken == set()
