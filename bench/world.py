# ruff: noqa: PLC0415 -- Django is set up only once the servers are there
"""The servers of a run, who is signed in at them, and what a page asks the database."""

import contextlib
import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from bench import dataset
from bench.load import ask, request
from config.embedded.processes import LOOPBACK, ROOT, accepts_connections, end, free_port, spawn, wait_until

OURS, FLOOR, BARE = "bench.product", "bench.floor.settings", "bench.bare.settings"
APPLICATIONS = {OURS: "config.wsgi", FLOOR: "bench.floor.wsgi", BARE: "bench.bare.wsgi"}
BACKENDS = {OURS: "followups.sign_in.PeopleWithUnread", FLOOR: "django.contrib.auth.backends.ModelBackend"}
IN_PRODUCTION = ["-m", "bench.as_in_production"]
# As in the Dockerfile, with as many workers as there are processors here.
GUNICORN = [*IN_PRODUCTION, "gunicorn", "--log-level=critical", "--no-control-socket"]
# A table with more rows has grown: a smaller one is read whole by right, beside twenty-five rows of another.
GROWS = 10_000
SECRETS = {"SECRET_KEY": "bench" * 10, "AFTERWORD_MAIL_KEYS": "bench" * 10}
PRODUCTION = SECRETS | {
    "ALLOWED_HOSTS": "localhost",
    "SECURE_SSL_REDIRECT": "0",
    "AFTERWORD_SECOND_STEP_FOR_STAFF": "0",
    "BOOKING_LIVE_PER_CANDIDATE": "1000",
    "LOG_LEVEL": "CRITICAL",
    # No link for a first admin is looked for at the start (gunicorn.conf.py).
    "DEBUG": "0",
}


class World:
    """`url`: of PostgreSQL, without a database; `env`: what our processes and theirs are told."""

    def __init__(self, env, log=None):
        self.log = log
        self.url = env["DATABASE_URL"]
        self.env = {name: value for name, value in env.items() if name not in ("DEBUG", "AFTERWORD_DEMO")} | PRODUCTION
        self.servers = {}

    def begin(self):
        """Set Django up in this process, once these servers stay."""
        os.environ.update(self.env | {"DJANGO_SETTINGS_MODULE": OURS})
        import django

        django.setup()

    def url_of(self, database):
        return f"{self.url.rsplit('/', 1)[0]}/{database}"

    def use(self, database):
        """From here on Django in this process asks this database."""
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = database

    def migrate(self, database):
        env = self.env | {"DATABASE_URL": self.url_of(database), "DJANGO_SETTINGS_MODULE": OURS}
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], env=env, cwd=ROOT, check=True)

    def build(self, interviews, say):
        return dataset.make(self.url, interviews, migrate=self.migrate, say=say)

    @contextlib.contextmanager
    def server(self, settings, database, *, workers=2):
        """The port of a web server with these settings on this database."""
        port = free_port()
        env = self.env | {"DATABASE_URL": self.url_of(database), "DJANGO_SETTINGS_MODULE": settings}
        command = [
            sys.executable,
            *GUNICORN,
            APPLICATIONS[settings],
            f"--bind={LOOPBACK}:{port}",
            f"--workers={workers}",
        ]
        process = spawn(command, env=env, log=self.log)
        try:
            wait_until(lambda: answers(port), f"the web server ({self.log})", seconds=120, process=process)
            self.servers[port] = process
            yield port
        finally:
            end(process)

    def processor_time(self, port):
        """Seconds of processor its workers have used: what else runs here does not change that."""
        ticks = 0
        for folder in children_of(self.servers[port].pid):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory_of_workers(self, port):
        """(resident, proportional) megabytes of each worker of a server."""
        return memory_of_children(self.servers[port].pid)

    def cookies(self, database, people, settings=OURS):
        """A session of each of these people, as a browser would send it, by primary key."""
        from django.conf import settings as product
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
        from django.contrib.sessions.backends.db import SessionStore
        from django.contrib.sessions.models import Session
        from django.utils import timezone
        from django.utils.crypto import get_random_string

        self.use(database)
        rows, cookies = [], {}
        for person in get_user_model().objects.filter(pk__in=people):
            key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
            data = {SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: BACKENDS[settings]}
            data[HASH_SESSION_KEY] = person.get_session_auth_hash()
            expires = timezone.now() + timedelta(days=1)
            rows.append(Session(session_key=key, session_data=SessionStore().encode(data), expire_date=expires))
            cookies[person.pk] = f"{product.SESSION_COOKIE_NAME}={key}"
        Session.objects.bulk_create(rows)
        return cookies

    def look(self, database, path, cookies):
        """What a page asks the database, as warm as it will get: (answer, statements)."""
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        self.use(database)
        client = Client(SERVER_NAME="localhost", HTTP_COOKIE=cookies)
        client.get(path)
        asked = []
        # Now and then a request also reads again what is kept for a minute: the lesser of two does not.
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
            asked.append([query["sql"] for query in captured.captured_queries])
        return answer, min(asked, key=len)

    def plans(self, database, statements):
        """(tables that grow and are read whole, pages of memory touched) by these statements."""
        from django.db import connection

        self.use(database)
        read_whole, pages = set(), 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [GROWS])
            grow = {name for (name,) in cursor.fetchall()}
            for statement in statements:
                if not re.match(r"\(*(SELECT|WITH)\b", statement):
                    continue
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
                plan = cursor.fetchone()[0]
                plan = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
                pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
                read_whole |= {node["Relation Name"] for node in nodes(plan) if node["Node Type"] == "Seq Scan"} & grow
        return sorted(read_whole), pages


def answers(port):
    """Whether a worker is ready, not only the port open."""
    try:
        return accepts_connections(port) and ask(port, request("/", ""))[1] > 0
    except OSError:
        return False


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def children_of(pid):
    """The folders in /proc of the processes that this one started."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                yield folder


def memory_of_children(pid):
    """Megabytes of each of them: resident, and its own with its share of what several have in common."""
    found = []
    for folder in children_of(pid):
        lines = (folder / "smaps_rollup").read_text().splitlines()[1:]
        figures = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines}
        found.append((figures["Rss:"], figures["Pss:"]))
    return sorted(found)
