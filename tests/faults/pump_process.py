"""The pump as a process of its own, which can be killed: a fork of the test, or `manage.py pump_outbox` with its own environment."""

import contextlib
import os
import signal
import sys
import time
import traceback
import warnings

from django.core.management import call_command
from django.db import connection, connections

from config.embedded.processes import LIBC, PR_SET_PDEATHSIG, spawn
from followups import outbox
from followups.outbox import crash
from tests.eventually import eventually


class Fork:
    """A child that runs `work()` on a database connection of its own. A start takes milliseconds, a kill -9 is a kill -9."""

    def __init__(self, work):
        self.code = None
        parent = os.getpid()
        with warnings.catch_warnings():
            # Python warns of locks that other threads may hold: those of the mail server, which the child never touches.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                if LIBC is not None:
                    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
                if os.getppid() == parent:
                    _leave_the_parents_connections()
                    work()
                    code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)

    def send(self, how):
        if self.poll() is None:
            os.kill(self.pid, how)

    def poll(self):
        """The exit code, negative for a signal; None while it runs."""
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def wait(self, seconds=60):
        eventually(lambda: self.poll() is not None, seconds=seconds, what=f"the end of process {self.pid}")
        return self.code

    def kill(self):
        self.send(signal.SIGKILL)
        return self.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


def _leave_the_parents_connections():
    """The sockets are the parent's; libpq closes them only in the process that opened them."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for each in connections.all():
        each.connection = None
        each.inc_thread_sharing()


def pump_once(*, crash_at="", **options):
    """One pass in a child; its exit code, negative for a signal."""

    def work():
        crash._ASKED = crash_at
        outbox.pump(**options)

    return Fork(work).wait()


def pump_for_ever(*, every=0.05, sabotage=None):
    """`pump_outbox --loop` in a child, in which `sabotage()` may have switched something off; for a with statement."""

    def work():
        with sabotage() if sabotage else contextlib.nullcontext():
            call_command("pump_outbox", loop=True, every=every)

    return Fork(work)


def environment(sink, **more):
    database = connection.settings_dict
    login = database["USER"] + (f":{database['PASSWORD']}" if database["PASSWORD"] else "")
    return os.environ | {
        "DEBUG": "1",
        "DATABASE_URL": f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(sink.port),
        "SMTP_SECURITY": "none",
        "LOG_LEVEL": "ERROR",
        **more,
    }


def pump_command(sink, **env):
    """`manage.py pump_outbox --loop` as it runs in earnest; it ends with the test at the latest."""
    return spawn([sys.executable, "manage.py", "pump_outbox", "--loop", "--every", "0.2"], env=environment(sink, **env))


def celery_command(sink, *arguments, **env):
    """`celery --app=config …` as it runs in earnest."""
    return spawn(celery_arguments(*arguments), env=environment(sink, **env))


def celery_arguments(*arguments):
    return [sys.executable, "-m", "celery", "--app=config", *arguments]


@contextlib.contextmanager
def ended(*processes):
    """All of them killed and gone at the end of the block."""
    try:
        yield processes
    finally:
        for process in processes:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def pause(seconds):
    """Let other processes work. Only for scenarios whose subject is time; what is waited for is waited for by `eventually`."""
    time.sleep(seconds)
