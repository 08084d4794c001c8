# ruff: noqa: PLC0415 -- Django is set up only once the servers are there
"""Mails per second of the outbox beside Django's own send loop on one connection, to the same mail server.

    .venv/bin/python -m bench.outbox [--mails 500] [--rounds 5] [--not-durable]

PostgreSQL is started for the run (or DATABASE_URL names one); its commits wait for the disk unless told otherwise.
"""

import argparse
import json
import multiprocessing
import os
import statistics
import tempfile
import time
from pathlib import Path

TEXT = "Your session begins tomorrow at nine.\n\n" * 20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=500, help="mails per round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--not-durable", action="store_true", help="commits do not wait for the disk")
    parser.add_argument("--pipelining", action="store_true", help="the mail server offers it, as most do (RFC 2920)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures too")
    asked = parser.parse_args()
    from config.embedded.processes import free_port
    from config.embedded.services import services

    port = free_port()
    env = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "ERROR", **os.environ}
    env |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none"}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        with services(Path(name), durable=not asked.not_durable, env=env, say=lambda text: None) as these:
            os.environ.update(these.env)
            measure(asked, port)


def measure(asked, port):
    from tests.faults import sink

    server = multiprocessing.get_context("spawn").Process(target=sink.serve, args=(port, asked.pipelining), daemon=True)
    server.start()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False  # it makes Django keep every query
    call_command("migrate", verbosity=0)
    from config.embedded.processes import accepts_connections, wait_until

    wait_until(lambda: accepts_connections(port), "the mail server", seconds=30)
    people = make_people(20)
    works = {"floor": floor, "outbox": outbox_pump, "composed": floor_composed, "reminders": reminders_pump}
    beside = {"outbox": "floor", "reminders": "composed"}
    rates, costs = {name: [] for name in works}, {name: [] for name in works}
    pids = [os.getpid(), server.pid, backend_pid()]
    for number in range(asked.rounds + 1):
        for name, work in works.items():
            seconds, cost = work(people, asked.mails, port, lambda: sum(map(processor_time, pids)))
            if number:  # the first round warms up
                rates[name].append(asked.mails / seconds)
                costs[name].append(1000 * cost / asked.mails)
        if number:
            now = {name: rates[name][-1] for name in works}
            shares = [
                f"{name} {now[name]:.0f} ({now[name] / now[other]:.2f} of {other})" for name, other in beside.items()
            ]
            print(f"round {number}: mails/s {', '.join(shares)}; load {os.getloadavg()[0]:.1f}", flush=True)
    for name in works:
        line = (
            f"{name:10} {statistics.median(rates[name]):6.0f} mails/s ({min(rates[name]):.0f}-{max(rates[name]):.0f})"
        )
        line += f", {statistics.median(costs[name]):.2f} ms of processor a mail"
        if name in beside:
            ratios = [ours / floor for ours, floor in zip(rates[name], rates[beside[name]], strict=True)]
            line += f"  {statistics.median(ratios):.2f} of {beside[name]} ({min(ratios):.2f}-{max(ratios):.2f})"
        print(line)
    if asked.json:
        asked.json.write_text(json.dumps({"rates": rates, "beside": beside}))
    server.kill()


def backend_pid():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def processor_time(pid):
    """Seconds of processor a process has used: what a machine busy with other things does not change."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def make_people(number):
    from accounts.models import User

    return [
        User.objects.create_user(f"bench{n}.{os.getpid()}@people.example", name=f"Person {n}") for n in range(number)
    ]


def message_to(person):
    from django.core.mail import EmailMessage

    return EmailMessage("Your session", TEXT, "afterword@localhost.localdomain", [person.email])


def floor(people, mails, port, spent):
    """What Django does alone: build each message and send it on one connection."""
    from django.core.mail.backends.smtp import EmailBackend

    backend = EmailBackend(alias="bench", host="127.0.0.1", port=port)
    begun, before = time.perf_counter(), spent()
    with backend:
        for number in range(mails):
            backend.send_messages([message_to(people[number % len(people)])])
    return time.perf_counter() - begun, spent() - before


def floor_composed(people, mails, port, spent):
    """The same with the reminder's own mail: two templates and the headers, then the send."""
    from django.core.mail.backends.smtp import EmailBackend

    from accounts.mail import compose
    from followups.reminders import unsubscribe

    backend = EmailBackend(alias="bench", host="127.0.0.1", port=port)
    begun, before = time.perf_counter(), spent()
    with backend:
        for number in range(mails):
            person = people[number % len(people)]
            link = unsubscribe.url(person, "debrief")
            message = compose("reminder_debrief", to=person, context={"path": "/interviews/", "unsubscribe_url": link})
            message.extra_headers = unsubscribe.headers(link)
            backend.send_messages([message])
    return time.perf_counter() - begun, spent() - before


def outbox_pump(people, mails, port, spent):
    """Rows that are due, from the claim to the record."""
    from followups import outbox

    for number in range(mails):
        person = people[number % len(people)]
        outbox.queue(message_to(person), kind="bench", recipient=person, ignores_quiet_hours=True)
    begun, before = time.perf_counter(), spent()
    accepted = outbox.pump(limit=mails)
    assert accepted == mails, accepted
    return time.perf_counter() - begun, spent() - before


def reminders_pump(people, mails, port, spent):
    """Reminders that are due: each looked at once more, written as a mail, queued and handed over."""

    from django.utils import timezone

    from followups import outbox, reminders
    from followups.models import Reminder
    from interviews.models import Interview

    now = timezone.now()
    interviews = Interview.objects.bulk_create(
        Interview(
            candidate=people[n % len(people)],
            company="Bench",
            zone="UTC",
            ends_wall=now.replace(tzinfo=None),
            ends_at=now,
        )
        for n in range(mails)
    )
    for interview in interviews:
        reminders.refresh(interview, now=now)
    Reminder.objects.filter(kind="debrief", status="waiting").update(deliver_at=now, due_at=now)
    Reminder.objects.filter(kind="thank-you", status="waiting").delete()
    people[0].__class__.objects.update(quiet_from="00:00", quiet_until="00:00")
    begun, before = time.perf_counter(), spent()
    accepted = 0
    while accepted < mails:
        more = outbox.pump(limit=200)
        assert more, "the pump stands still"
        accepted += more
    return time.perf_counter() - begun, spent() - before


if __name__ == "__main__":
    main()
