"""Processes of the product beside the tests, on their database."""

import contextlib
import os
import sys

from django.db import connection

from config.embedded.processes import end, spawn


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
