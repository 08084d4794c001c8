"""`./dev up`: the whole product on this machine, with its demo world."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from config.embedded import processes
from config.embedded.checkout import Register, is_running, only_one
from config.embedded.processes import LOOPBACK, ROOT, CannotStart, spawn, tail, wait_until
from config.embedded.services import Services, secrets, services, write_privately

VAR = Path(os.environ.get("AFTERWORD_VAR", ROOT / "var")).resolve()
ENVIRONMENT = VAR / "environment.json"
DEFAULT_PORT = 8000
WATCH_SECONDS = 0.2
PASSWORD = "afterword-demo"
PEOPLE = ("candidate@demo.example", "coach@demo.example", "admin@demo.example")


class Progress:
    """Lines with the seconds since the start."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def __call__(self, text: str) -> None:
        print(f"{time.monotonic() - self.begun:6.1f} s  {text}", flush=True)


def stop_when_asked() -> None:
    """Let SIGTERM and a closed terminal end us in order, as Ctrl-C does."""

    def ask(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    for how in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(how, ask)


def choose_port(asked: int | None) -> int:
    """The port asked for, or else the first free one from 8000 on."""
    if asked is not None:
        if not processes.port_is_free(asked):
            raise CannotStart(f"Port {asked} is taken: choose another one with --port.")
        return asked
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 50):
        if processes.port_is_free(port):
            return port
    raise CannotStart(f"The ports from {DEFAULT_PORT} on are taken: choose one with --port.")


def demo_environment(port: int) -> dict[str, str]:
    """The environment of the demo's processes. What is set outside stays, but a demo it is."""
    ours = {
        "BASE_URL": f"http://localhost:{port}",
        # A visitor wants to see her mail arrive; in earnest it is a minute.
        "UNDO_SECONDS": "10",
        "LOG_LEVEL": "WARNING",
    }
    demo = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "1",
        "AFTERWORD_DEMO": "1",
        "AFTERWORD_DROP_IN_DESK": "1",
    }
    return ours | secrets(VAR / "secrets.json") | dict(os.environ) | demo


def app_commands(port: int) -> dict[str, list[str]]:
    """The processes of the product itself."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--app=config"]
    quiet = ["--log-level=warning", "--no-control-socket"]
    return {
        # Browsers open connections in advance and leave them idle. Behind a proxy nobody notices; here each would block a
        # worker of the kind used in production, so these have threads to spare.
        "web": [*python, "gunicorn", "config.wsgi", f"--bind={LOOPBACK}:{port}", "--workers=2", "--threads=4", *quiet],
        "worker": [*celery, "worker", "--concurrency=2", "--loglevel=WARNING"],
        "beat": [*celery, "beat", f"--schedule={VAR / 'beat-schedule'}", "--pidfile=", "--loglevel=WARNING"],
        "pump": [sys.executable, "manage.py", "pump_outbox", "--loop"],
    }


class Apps:
    """The product's own processes, each with a log in var/."""

    def __init__(self, env: Mapping[str, str], register: Register) -> None:
        self.env = env
        self.register = register
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, commands: Mapping[str, list[str]]) -> None:
        """Start them all, without waiting."""
        for name, command in commands.items():
            self.running[name] = spawn(command, log=log_of(name), env=self.env)
            self.register.add(self.running[name].pid)

    def stop(self) -> None:
        """Ask all at once, wait for each."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        for process in self.running.values():
            processes.finish(process, seconds=20)

    def kill(self) -> None:
        """End all at once. It may come in the middle of `stop`, which does the waiting."""
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def log_of(name: str) -> Path:
    """Where a process of the product writes."""
    return VAR / f"{name}.log"


def manage(env: Mapping[str, str], *arguments: str) -> None:
    """Run a command of manage.py to its end."""
    process = spawn([sys.executable, "manage.py", *arguments], env=env)
    try:
        process.wait()
    except BaseException:
        processes.kill(process)
        raise
    if process.returncode != 0:
        raise CannotStart(
            f"manage.py {' '.join(arguments)} ended with exit code {process.returncode}; its words are above."
        )


def page_answers(address: str) -> bool:
    """Whether a page is served."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def watch(these: Services, apps: Apps) -> NoReturn:
    """Return never; raise CannotStart when one of the processes ends."""
    while True:
        for server in these.running:
            if server.process is not None and server.process.poll() is not None:
                raise CannotStart(f"{server.name} stopped by itself, so the rest stops too.\n{tail(server.log)}")
        for name, process in apps.running.items():
            if process.poll() is not None:
                raise CannotStart(f"The {name} stopped by itself, so the rest stops too.\n{tail(log_of(name))}")
        time.sleep(WATCH_SECONDS)


def stop_in_order(apps: Apps) -> None:
    """Stop the product before its servers. Asked once more, kill it."""

    def hurry(*_: object) -> None:
        apps.kill()

    for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(how, hurry)
    apps.stop()


def welcome(port: int, env: Mapping[str, str]) -> str:
    """What to do now."""
    address = f"http://localhost:{port}"
    inbox = f"{address}/dev/mail/" if env.get("AFTERWORD_MAILDIR") else f"the one of {env['SMTP_HOST']}"
    return f"""
Afterword is ready:  {address}/
  sign in as         {PEOPLE[0]}, {PEOPLE[1]} or {PEOPLE[2]}
  password           {PASSWORD}
  inbox              {inbox}
  data and logs      {VAR}    (throw it away to begin anew)
Ctrl-C stops everything.
"""


def up(asked_port: int | None) -> None:
    """Run the demo until it is asked to stop."""
    stop_when_asked()
    say = Progress()
    with contextlib.ExitStack() as stack:
        stack.enter_context(only_one(VAR))
        ENVIRONMENT.unlink(missing_ok=True)
        register = Register(VAR)
        if ended := register.clear():
            say(f"ended {ended} processes of an earlier start")
        port = choose_port(asked_port)
        if port != (asked_port or DEFAULT_PORT):
            say(f"port {DEFAULT_PORT} is taken, so {port}")
        run(stack, port, register, say)


def run(stack: contextlib.ExitStack, port: int, register: Register, say: Progress) -> None:
    """Start the parts one after the other, then watch over them."""
    stack.callback(say, "stopped")
    these = stack.enter_context(services(VAR, durable=True, env=demo_environment(port), say=say))
    for server in these.running:
        if server.process is not None:
            register.add(server.process.pid)
    manage(these.env, "migrate", "--verbosity", "0")
    say("database up to date")
    manage(these.env, "seed_demo")
    say("demo world there")
    apps = Apps(these.env, register)
    stack.callback(stop_in_order, apps)
    stack.callback(say, "stopping …")
    apps.start(app_commands(port))
    wait_until(
        lambda: page_answers(f"http://{LOOPBACK}:{port}/healthz"),
        "The first page",
        seconds=60,
        process=apps.running["web"],
    )
    write_privately(ENVIRONMENT, json.dumps(changed(these.env)))
    say("web, worker, beat and pump run")
    print(welcome(port, these.env), flush=True)
    watch(these, apps)


def changed(env: Mapping[str, str]) -> dict[str, str]:
    """What we added to the environment."""
    return {name: value for name, value in env.items() if os.environ.get(name) != value}


def environment_of_the_running_demo() -> dict[str, str]:
    """What the running demo added to its environment."""
    if not ENVIRONMENT.exists():
        raise CannotStart("the demo is just starting: try again when it says that it is ready.")
    return {name: str(value) for name, value in json.loads(ENVIRONMENT.read_text()).items()}


def run_command(command: list[str]) -> int:
    """Run a command, say `manage.py shell`, against the running demo, or against its servers started for it alone."""
    with contextlib.ExitStack() as stack:
        if is_running(VAR):
            env = dict(os.environ) | environment_of_the_running_demo()
        else:
            stop_when_asked()
            stack.enter_context(only_one(VAR))
            Register(VAR).clear()
            these = services(VAR, durable=True, env=demo_environment(DEFAULT_PORT), say=lambda text: None)
            env = stack.enter_context(these).env
        return in_foreground([sys.executable, *command], env)


def in_foreground(command: list[str], env: Mapping[str, str]) -> int:
    """Run a command that shares our terminal and gets its Ctrl-C; its exit code."""
    process = spawn(command, env=env, own_session=False)
    signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            processes.end(process, signal.SIGINT)
