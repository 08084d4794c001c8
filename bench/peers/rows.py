"""Ours beside what others have built for the same work; no goals, for none of them does all of it."""

import contextlib
import json
import statistics
import subprocess
import sys

from bench import dataset
from bench.load import request
from bench.rows import MAIN, candidates_of, coaches_of, requests
from bench.table import Ratios, Row
from bench.world import GUNICORN, OURS, answers
from config.embedded.demo import VAR
from config.embedded.processes import LOOPBACK, ROOT, end, free_port, spawn, wait_until

# Never in our lock file: an environment for each, in var/bench/peers.
FOLDER = VAR / "bench" / "peers"
PACKAGES = {"helpdesk": "django-helpdesk==2.6.1", "appointment": "django-appointment==3.12.0"}
LEFT_OUT = (
    "it installs, but nothing here fills it: its lists of reviews belong to an event with a schedule, phases and roles"
)


class CannotRun(Exception):
    """In words for the table."""


def peers(run):
    """A coach's queue beside django-helpdesk's, free slots beside django-appointment's; why there is nothing of pretalx."""
    database = run.database(MAIN)
    coaches, people = coaches_of(MAIN), candidates_of(MAIN)
    cookies = run.world.cookies(database, [*coaches, *people])
    day = a_day()
    works = [
        (
            "helpdesk",
            "coach's queue, page",
            "django-helpdesk, page and rows of its queue",
            requests("/reviews/", cookies, coaches),
        ),
        (
            "appointment",
            "free slots of a day, all coaches, by API",
            "django-appointment, free hours of a day of one person",
            requests(f"/api/v1/slots/?free=true&starts_after={day[0]}&starts_before={day[1]}", cookies, people),
        ),
    ]
    for name, work, beside, asked in works:
        try:
            with run.world.server(OURS, database) as mine, served(run, name) as (theirs, paths):
                rounds = run.beside(run.loads(mine, asked), run.loads(theirs, paths))
        except CannotRun as reason:
            yield Row(f"peer-{name}", work, beside, f"not run: {reason}", ())
            continue
        ours = [one.rate for one, _ in rounds]
        others = [other.rate / len(paths) for _, other in rounds]
        found = f"{statistics.median(ours):.0f}/s beside {statistics.median(others):.0f}/s: {Ratios.of(ours, others)}"
        yield Row(f"peer-{name}", work, f"{beside} ({PACKAGES[name]})", found, (), {"ours": ours, "theirs": others})
    yield Row("peer-pretalx", "lists of reviews", "pretalx", f"not run: {LEFT_OUT}", ())


def a_day():
    """From when until when slots are asked for."""
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up only once the servers are there

    begin = timezone.now() + timezone.timedelta(days=3)
    return [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (begin, begin + timezone.timedelta(days=1))]


@contextlib.contextmanager
def served(run, name):
    """A server of this peer on a database of its own, analysed: (port, requests of one piece of work)."""
    python = installed(name)
    database = f"{dataset.PREFIX}_peer_{name}"
    dataset.copy_of(run.world.url, "template1", database)
    env = {
        "PEER": name,
        "PEER_DATABASE_URL": run.world.url_of(database),
        "PYTHONPATH": str(ROOT),
        "PATH": "/usr/bin:/bin",
    }
    try:
        made = subprocess.run([python, "-m", "bench.peers.seed"], env=env, cwd=ROOT, capture_output=True, text=True)
        if made.returncode:
            raise CannotRun((made.stderr.strip().splitlines() or ["it did not start"])[-1])
        told = json.loads(made.stdout.splitlines()[-1])
        port = free_port()
        command = [python, *GUNICORN, "bench.peers.wsgi", f"--bind={LOOPBACK}:{port}", "--workers=2"]
        process = spawn(command, env=env, log=run.world.log)
        try:
            wait_until(lambda: answers(port), f"the web server of {name}", seconds=120, process=process)
            run.world.servers[port] = process
            ajax = ["X-Requested-With: XMLHttpRequest"]
            yield port, [request(path, told["cookie"], headers=ajax) for path in told["paths"]]
        finally:
            end(process)
    finally:
        dataset.drop(run.world.url, database)


def installed(name):
    """The Python of an environment with this package, made once from the package registry."""
    folder = FOLDER / PACKAGES[name]
    done = folder / "installed"
    python = folder / "bin" / "python"
    if not done.exists():
        for command in (
            [sys.executable, "-m", "venv", "--clear", folder],
            [python, "-m", "pip", "install", "--quiet", PACKAGES[name], "psycopg[binary]", "gunicorn"],
        ):
            made = subprocess.run(command, capture_output=True, text=True)
            if made.returncode:
                raise CannotRun(f"it could not be installed ({(made.stderr.strip().splitlines() or ['pip'])[-1]})")
        done.touch()
    return python
