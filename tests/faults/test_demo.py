"""`./dev up`, killed and asked to stop: nothing survives it, and it starts again on what is there."""

import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from config.embedded.checkout import Register
from config.embedded.processes import ROOT, free_port, wait_until
from config.embedded.testing import throwaway_folder

pytestmark = [pytest.mark.faults, pytest.mark.suite]

SERVERS = ("DATABASE_URL", "REDIS_URL", "SMTP_HOST", "SMTP_PORT", "AFTERWORD_MAILDIR")
PARTS = 7  # PostgreSQL, Valkey, inbox, web, worker, beat, pump


@pytest.fixture
def var():
    with throwaway_folder() as folder:
        yield folder


@pytest.fixture
def start(var):
    """Starts a demo in a folder of its own and returns when it says that it is ready: the process and its port."""
    started = []
    env = {name: value for name, value in os.environ.items() if name not in SERVERS} | {"AFTERWORD_VAR": str(var)}

    def up():
        port = free_port()
        command = [sys.executable, "-m", "config.embedded", "up", "--port", str(port)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                return process, port
        raise AssertionError("".join(said))

    yield up
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
    Register(var).clear()


def page(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return answer.status


def nothing_lives(parts):
    """Neither the parts nor what they started, which is in their process groups."""
    return not any(group_lives(part) for part in parts)


def group_lives(leader):
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True


def test_nothing_survives_its_end_whichever_it_is(start, var):
    """Killed, asked to stop, and stopped by the end of a part; each next start works on what is there."""
    killed, port = start()
    assert [page(port, path) for path in ("/", "/healthz", "/dev/mail/")] == [200, 200, 200]
    parts = Register(var).left_behind()
    assert len(parts) == PARTS
    killed.kill()
    wait_until(lambda: nothing_lives(parts), "the end of all parts", seconds=20)

    stopped, port = start()
    assert page(port, "/healthz") == 200
    parts = Register(var).left_behind()
    stopped.send_signal(signal.SIGTERM)
    assert stopped.wait(timeout=40) == 0
    assert nothing_lives(parts)

    robbed, _ = start()
    parts = Register(var).left_behind()
    os.kill(parts[-1], signal.SIGKILL)
    assert robbed.wait(timeout=40) == 1
    assert "The pump stopped by itself, so the rest stops too." in robbed.stdout.read()
    assert nothing_lives(parts)
