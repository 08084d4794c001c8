"""Processes of the product beside the tests, on their database."""

import contextlib
import os
import sys

from django.db import connection

from config.embedded.processes import LOOPBACK, accepts_connections, end, free_port, spawn, wait_until


def environment(**more):
    """The environment in which a process of the product finds the servers of the tests."""
    database = connection.settings_dict
    login = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    url = f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return os.environ | {"DATABASE_URL": url, "LOG_LEVEL": "WARNING", **more}


@contextlib.contextmanager
def product(*commands, **env):
    """Python programs, each a list of arguments, for as long as the block runs."""
    running = [spawn([sys.executable, *command], env=environment(**env)) for command in commands]
    try:
        yield running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            end(process)


@contextlib.contextmanager
def web_site(*others, **env):
    """The address of the real web server on the tests' database; `others` are programs that run beside it."""
    port = free_port()
    url = f"http://localhost:{port}"
    web = ["-m", "gunicorn", "config.wsgi", f"--bind={LOOPBACK}:{port}", "--threads=4", "--log-level=warning"]
    with product(web, *others, BASE_URL=url, **env) as processes:
        wait_until(lambda: accepts_connections(port), "the web server", seconds=30, process=processes[0])
        yield url
