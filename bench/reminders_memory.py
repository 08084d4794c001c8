# ruff: noqa: PLC0415 -- Django is set up only once the servers are there
"""100,000 future reminders as rows beside the same as Celery tasks with an ETA: memory of the worker, and lateness.

    .venv/bin/python -m bench.reminders_memory [--future 100000] [--due 200] [--rounds 1]

Ours is a Celery worker as it runs in earnest, with its beat every ten seconds and `pump_outbox --loop` beside it; the other
is the same worker with the tasks in Redis. All but a few reminders are far ahead; those few fall due within the next half
minute, and their lateness is measured: at the mail server for ours, at the task's begin for the other.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import batched
from pathlib import Path

TICK = 1.0  # seconds between two looks of the pump in this run
SPREAD = 20  # seconds over which the few fall due
ETA_APP = """
import json, os, time
from config.celery import app

@app.task(name="eta.remind")
def remind(due):
    with open(os.environ["ETA_LOG"], "a") as file:
        file.write(json.dumps(time.time() - due) + chr(10))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--future", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=200, help="of which so many fall due while we look")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures too, of the last round")
    asked = parser.parse_args()
    from config.embedded.processes import free_port
    from config.embedded.services import services
    from tests.faults.sink import Sink

    env = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR", **os.environ}
    with Sink(free_port(), keeps_content=False) as sink:
        env |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(sink.port), "SMTP_SECURITY": "none"}
        for number in range(asked.rounds):
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
                folder = Path(name)
                folder.chmod(0o711)
                with services(folder, durable=True, env=env, say=lambda text: None) as these:
                    os.environ.update(these.env)
                    eta = with_eta(asked, folder, these.env)
                    rows = with_rows(asked, folder, these.env, sink)
            report(number, eta, rows)
    if asked.json:
        late = {name: statistics.quantiles(late, n=100)[94] for name, (_, late) in (("eta", eta), ("rows", rows))}
        asked.json.write_text(json.dumps({"eta": eta[0], "rows": rows[0], "late": late, "tick": TICK}))


def report(number, eta, rows):
    for name, (memory, late) in (("Celery ETA", eta), ("rows", rows)):
        cuts = statistics.quantiles(late, n=100)
        print(
            f"round {number + 1}  {name:10}  worker {memory:6.0f} MB   late p50 {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s,"
            f" worst {max(late):.2f} s ({len(late)} due)"
        )
    cut = statistics.quantiles(rows[1], n=100)[94]
    print(
        f"round {number + 1}  memory {rows[0] / eta[0]:.2f} of ETA's; p95 lateness is the tick ({TICK:g} s) "
        f"{cut - TICK:+.2f} s; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def memory_of(leader):
    """Megabytes in memory of a process and its children, each shared page counted once for each of those that share it."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(folder.name) == leader or int(fields[1]) == leader:
                pss = [line for line in (folder / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:")]
                total += int(pss[0].split()[1]) / 1000
        except OSError:
            continue
    return total


def most_of(leader, seconds, is_over):
    """The most memory seen within these seconds, or until it is over."""
    most, end = 0, time.monotonic() + seconds
    while time.monotonic() < end and not is_over():
        most = max(most, memory_of(leader))
        time.sleep(0.5)
    return most


def with_eta(asked, folder, env):
    """The tasks wait in the worker, which takes every one of them from Redis as soon as it can."""
    (folder / "eta_app.py").write_text(ETA_APP)
    log = folder / "eta.log"
    log.touch()
    env = {**env, "ETA_LOG": str(log), "PYTHONPATH": str(folder)}
    from celery import Celery

    app = Celery("publisher", broker=env["REDIS_URL"], set_as_current=False)
    base = datetime.now(UTC)
    with app.producer_pool.acquire(block=True) as producer:
        for number in range(asked.future - asked.due):
            app.send_task("eta.remind", [0], eta=base + timedelta(days=10, seconds=number), producer=producer)
    command = [sys.executable, "-m", "celery", "--app=eta_app:app", "worker", "--concurrency=1", "--loglevel=ERROR"]
    worker = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_steady_memory(worker.pid)
        begin = time.time() + 5
        with app.producer_pool.acquire(block=True) as producer:
            for number in range(asked.due):
                due = begin + SPREAD * number / asked.due
                app.send_task("eta.remind", [due], eta=datetime.fromtimestamp(due, UTC), producer=producer)
        memory = most_of(worker.pid, SPREAD + 60, lambda: len(log.read_text().splitlines()) >= asked.due)
    finally:
        worker.kill()
        worker.wait()
    return memory, [json.loads(line) for line in log.read_text().splitlines()]


def wait_for_steady_memory(pid):
    """Until the worker has taken all it wants to hold."""
    seen = []
    while len(seen) < 8 or max(seen[-8:]) - min(seen[-8:]) > 1 or len(seen) < 16:
        seen.append(memory_of(pid))
        time.sleep(1)


def with_rows(asked, folder, env, sink):
    """The reminders wait in the database."""
    import django

    django.setup()
    from celery import current_app
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    settings.DEBUG = False
    connections.close_all()
    call_command("migrate", verbosity=0)
    with current_app.connection_for_write() as line:
        line.default_channel.client.flushall()
    people = write_people(asked.due)
    write_rows(people, range(asked.due, asked.future), lambda n: datetime.now(UTC) + timedelta(days=10))
    # Only now: writing so many takes longer than the few would wait.
    begin = datetime.now(UTC) + timedelta(seconds=30)
    dues = [begin + timedelta(seconds=SPREAD * n / asked.due) for n in range(asked.due)]
    write_rows(people, range(asked.due), lambda n: dues[n])
    due_of = {person.email: due for person, due in zip(people, dues, strict=True)}
    call = [sys.executable, "-m"]
    commands = [
        [*call, "celery", "--app=config", "worker", "--concurrency=1", "--loglevel=ERROR"],
        [
            *call,
            "celery",
            "--app=config",
            "beat",
            f"--schedule={folder / 'schedule'}",
            "--pidfile=",
            "--loglevel=ERROR",
        ],
        [sys.executable, "manage.py", "pump_outbox", "--loop", "--every", str(TICK)],
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    already = len(sink.accepted)
    processes = [subprocess.Popen(command, env=env, **quiet) for command in commands]
    try:
        wait = (begin - datetime.now(UTC)).total_seconds() + SPREAD + 60
        memory = most_of(processes[0].pid, wait, lambda: len(sink.accepted) - already >= asked.due)
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return memory, [(mail.at - due_of[mail.to]).total_seconds() for mail in sink.accepted[already:]]


def write_people(number):
    """Each of the few reminders that fall due goes to somebody of her own, which tells them apart."""
    from accounts.models import User

    return User.objects.bulk_create(
        User(
            email=f"m{os.getpid()}.{time.time():.0f}.{n}@people.example",
            name=f"Person {n}",
            is_candidate=True,
            quiet_from="00:00",
            quiet_until="00:00",
        )
        for n in range(number)
    )


def write_rows(people, numbers, due_of):
    """One reminder for each number, due at `due_of(number)`."""
    from followups.models import Reminder, ReminderEvent
    from interviews.models import Interview

    for batch in batched(numbers, 5000, strict=False):
        now = datetime.now(UTC)
        interviews = Interview.objects.bulk_create(
            Interview(
                candidate=people[n % len(people)],
                company="Bench",
                zone="UTC",
                ends_wall=now.replace(tzinfo=None),
                ends_at=now,
            )
            for n in batch
        )
        rows = []
        for n, interview in zip(batch, interviews, strict=True):
            due = due_of(n)
            rows.append(
                Reminder(
                    kind="debrief",
                    subject_type="interviews.interview",
                    subject_id=interview.public_id,
                    recipient=people[n % len(people)],
                    occurrence="1",
                    due_at=due,
                    deliver_at=due,
                    useless_after=due + timedelta(days=1),
                )
            )
        ReminderEvent.objects.bulk_create(
            ReminderEvent(subject=row, new=row.status) for row in Reminder.objects.bulk_create(rows)
        )


if __name__ == "__main__":
    main()
