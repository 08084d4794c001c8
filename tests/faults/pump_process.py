"""Running `manage.py pump_outbox` as a process of its own, on the database of the tests."""

import os
import subprocess
import sys

from django.db import connection

from config.embedded.processes import ROOT, spawn


def environment(sink, **more):
    database = connection.settings_dict
    login = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return os.environ | {
        "DEBUG": "1",
        "DATABASE_URL": f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(sink.port),
        "SMTP_SECURITY": "none",
        **more,
    }


def pump_once(sink, **env):
    """One pass; its exit code, negative for a signal."""
    command = [sys.executable, "manage.py", "pump_outbox"]
    return subprocess.run(command, env=environment(sink, **env), cwd=ROOT, capture_output=True, timeout=60).returncode


def pump_for_ever(sink, **env):
    """The process of `pump_outbox --loop`; it ends with the test at the latest."""
    command = [sys.executable, "manage.py", "pump_outbox", "--loop", "--every", "0.2"]
    return spawn(command, env=environment(sink, **env))
