"""Child processes that never outlive us, and the servers made of them."""

import abc
import contextlib
import ctypes
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent.parent
LOOPBACK = "127.0.0.1"
POLL_SECONDS = 0.02
PR_SET_PDEATHSIG = 1
# Below the range from which outgoing connections take theirs, so that a server finds its port free at a restart.
SERVER_PORTS = range(20_000, 32_000)

# Loaded before any fork: as another user, the interpreter's own files may be out of reach.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class CannotStart(Exception):
    """Something needed did not start or did not stay; the message says what and where to look."""


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port for a server of ours."""
    for port in random.sample(SERVER_PORTS, 200):
        if port_is_free(port):
            return port
    raise CannotStart(f"no free port found between {SERVER_PORTS.start} and {SERVER_PORTS.stop}")


def wait_until(
    condition: Callable[[], bool], what: str, *, seconds: float, process: subprocess.Popen[bytes] | None = None
) -> None:
    """Return as soon as the condition holds; raise CannotStart if the process ends or the time passes first."""
    end = time.monotonic() + seconds
    while not condition():
        if process is not None and process.poll() is not None:
            raise CannotStart(f"{what} stopped at start with exit code {process.returncode}")
        if time.monotonic() > end:
            raise CannotStart(f"{what} did not happen within {seconds:g} s")
        time.sleep(POLL_SECONDS)


def accepts_connections(port: int) -> bool:
    """Whether something listens on this port of the loopback address."""
    try:
        socket.create_connection((LOOPBACK, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    as_user: Mapping[str, Any] | None = None,
    last_word: signal.Signals = signal.SIGKILL,
    own_session: bool = True,
) -> subprocess.Popen[bytes]:
    """Start a process that gets the signal `last_word` from the kernel should the thread that called this end first.

    Whatever asks for manners at that point would ask servers that are ending as well, so the default is the one that is
    sure; all that we start can be killed at any time without losing what it promised to keep.
    A session of its own keeps the terminal's Ctrl-C from it, so that we decide in which order things stop.
    """
    parent = os.getpid()

    def die_with_parent() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, last_word, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    with contextlib.ExitStack() as stack:
        output = stack.enter_context(log.open("ab")) if log else None
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL if own_session else None,
            stdout=output,
            stderr=output,
            env=dict(env) if env is not None else None,
            cwd="/" if as_user else ROOT,
            start_new_session=own_session,
            preexec_fn=die_with_parent,
            **(as_user or {}),
        )


def end(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM, *, seconds: float = 15) -> None:
    """Ask a process to stop and wait for it; kill it, with all that it started, when it takes longer."""
    if process.poll() is None:
        process.send_signal(how)
    finish(process, seconds=seconds)


def finish(process: subprocess.Popen[bytes], *, seconds: float) -> None:
    """Wait for a process that was already asked to stop; kill it when it takes longer, and what it leaves behind."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and everything in its session at once."""
    process.kill()
    # A process in our own session leads no group, so there is none of this number.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Server(abc.ABC):
    """A server on a port of its own, which it keeps when it is started again. Use it as a context manager or by hand."""

    name = "a server"
    stop_signal = signal.SIGTERM
    last_word = signal.SIGTERM

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.log = folder.parent / f"{type(self).__name__.lower()}.log"
        self.durable = durable
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Lay out the data folder; called before every start."""
        self.folder.mkdir(parents=True, exist_ok=True)

    @abc.abstractmethod
    def command(self) -> list[str | Path]:
        """The command line to run."""

    def answers(self) -> bool:
        """Whether the server takes requests."""
        return accepts_connections(self.port)

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the process, without waiting for it."""
        return spawn(self.command(), log=self.log, last_word=self.last_word)

    def start(self) -> None:
        """Start the server and return when it answers."""
        self.prepare()
        self.process = self.launch()
        try:
            wait_until(self.answers, self.name, seconds=30, process=self.process)
        except CannotStart as reason:
            self.stop()
            raise CannotStart(f"{reason}\n{tail(self.log)}") from None

    def stop(self, how: signal.Signals | None = None) -> None:
        """Stop the server in order; nothing happens when it does not run."""
        if self.process is not None:
            end(self.process, how or self.stop_signal)

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        if self.process is not None:
            kill(self.process)

    def restart(self) -> None:
        """Stop and start again, on the same port."""
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log, indented for a message."""
    if not log.exists():
        return ""
    text = log.read_text(errors="replace").splitlines()[-lines:]
    return "\n".join([f"  the end of {log}:", *(f"    {line}" for line in text)])
