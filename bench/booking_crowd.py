# ruff: noqa: PLC0415 -- Django is set up only once the servers are there
"""Two hundred people who want one slot at the same moment, round after round, through HTTP.

    .venv/bin/python -m bench.booking_crowd [--rounds 100] [--people 200] [--pages]

PostgreSQL is started for the run, durable, or DATABASE_URL names one; the web server is gunicorn as the Dockerfile starts it.
Each round is a line: who got it, who was told no, everything else, and how long they waited for their answer.
"""

import argparse
import json
import os
import statistics
import tempfile
from collections import Counter
from pathlib import Path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--pages", action="store_true", help="through the page instead of the API")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures too")
    asked = parser.parse_args()
    from config.embedded.services import services

    env = {"DEBUG": "1", "AFTERWORD_DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings", **os.environ}
    env |= {"LOG_LEVEL": "CRITICAL", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        with services(Path(name), durable=True, env=env, say=lambda text: None) as these:
            os.environ.update(these.env)
            measure(asked)


def measure(asked):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    from tests.faults.crowd import Caller, at_once, web_server

    call_command("migrate", verbosity=0)
    from coaching import invariants
    from tests import factories

    coach = factories.CoachFactory()
    callers = [Caller(person) for person in factories.UserFactory.create_batch(asked.people)]
    waits, outcomes = [], Counter()
    with web_server() as site:
        for number in range(asked.rounds + 1):
            slot = next_slot(coach, number)
            connections.close_all()
            answers = at_once(site, [request(caller, slot, asked.pages) for caller in callers])
            cancel_all(slot)
            if number == 0:
                before = cpu_seconds(site)
                continue  # the first warms the workers up
            statuses = Counter(answer.status for answer in answers)
            seconds = sorted(answer.seconds for answer in answers)
            outcomes += statuses
            waits += seconds
            print(f"round {number:3}  {dict(sorted(statuses.items()))}  {figures(seconds)}", flush=True)
        spent = (cpu_seconds(site) - before) / (asked.rounds * asked.people)
        print(f"web server  {memory(site)}, {1000 * spent:.1f} ms of processor time for each answer")
    broken = {one.promise: one.count for one in invariants.check(timezone.now()) if one.code == "I6" and one.count}
    if asked.json:
        found = {
            "statuses": outcomes,
            "rounds": asked.rounds,
            "p95": sorted(waits)[int(len(waits) * 0.95)],
            "broken": broken,
        }
        asked.json.write_text(json.dumps(found))
    print(
        f"all rounds  {dict(sorted(outcomes.items()))}  {figures(sorted(waits))}  invariants broken: {broken or 'none'}"
    )


def request(caller, slot, pages):
    from django.urls import reverse

    if pages:
        return caller.form(reverse("slot-book", args=[slot.public_id]))
    return caller.post(reverse("api:booking-list"), slot=str(slot.public_id))


def next_slot(coach, number):
    from datetime import timedelta

    from django.utils import timezone

    from tests import factories

    begins = (timezone.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    if number == 0:
        for near in range(3):
            factories.SlotFactory(starts_at=begins + timedelta(days=50, hours=near))
    return factories.SlotFactory(coach=coach, starts_at=begins + timedelta(hours=number))


def cancel_all(slot):
    from coaching.services import bookings

    for booking in slot.bookings.filter(status="booked"):
        bookings.cancel(booking, by=booking.candidate)


def figures(seconds):
    middle, late = statistics.median(seconds), seconds[int(len(seconds) * 0.95)]
    return f"p50 {middle:.2f} s  p95 {late:.2f} s  worst {seconds[-1]:.2f} s"


def processes(site):
    """The folders in /proc of gunicorn's processes, children of ours."""
    port = site.rsplit(":", 1)[1].encode()
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = command.read_bytes()
        except OSError:
            continue
        if port in text and b"gunicorn" in text:
            yield command.parent


def memory(site):
    """Resident megabytes of each process."""
    texts = [(folder / "status").read_text().splitlines() for folder in processes(site)]
    return (
        f"MB by process: {sorted(int(line.split()[1]) // 1024 for text in texts for line in text if 'VmRSS' in line)}"
    )


def cpu_seconds(site):
    """What they have used of the processors so far: unlike waiting times it does not depend on what else runs here."""
    fields = [(folder / "stat").read_text().rpartition(")")[2].split() for folder in processes(site)]
    return sum(int(user) + int(system) for _, user, system in ((f, f[11], f[12]) for f in fields)) / os.sysconf(
        "SC_CLK_TCK"
    )


if __name__ == "__main__":
    main()
