"""Which servers to start, and the environment that points Django at them."""

import base64
import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from config.embedded.inbox import Inbox
from config.embedded.postgres import Postgres
from config.embedded.processes import LOOPBACK, Server
from config.embedded.valkey import Valkey

SECRETS = ("SECRET_KEY", "AFTERWORD_MAIL_KEYS")

type Say = Callable[[str], None]


class Services:
    """The servers the environment does not name, and `env`: the environment with all of them in it."""

    def __init__(self, folder: Path, *, durable: bool, env: Mapping[str, str], say: Say) -> None:
        self.env = dict(env)
        self.say = say
        self.running: list[Server] = []
        self.folder = folder
        self.durable = durable

    def start(self) -> None:
        """Start what is not named."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.needs("DATABASE_URL", "PostgreSQL"):
            postgres = Postgres(self.folder / "pg", durable=self.durable)
            self.run(postgres)
            self.env["DATABASE_URL"] = postgres.url
            # For `manage.py backup` and `restore`: those of the same version.
            self.env["PATH"] = f"{postgres.programs}{os.pathsep}{self.env.get('PATH', '')}"
            if postgres.folder.parent != self.folder:
                self.say(
                    f"its data is in {postgres.folder}: PostgreSQL does not run as root, and others cannot enter here"
                )
        if self.needs("REDIS_URL", "Redis or Valkey"):
            valkey = Valkey(self.folder / "valkey", durable=self.durable)
            self.run(valkey)
            self.env["REDIS_URL"] = valkey.url
        if self.needs("SMTP_HOST", "SMTP"):
            inbox = Inbox(self.folder / "mail")
            self.run(inbox)
            self.env |= {"SMTP_HOST": LOOPBACK, "SMTP_PORT": str(inbox.port), "SMTP_SECURITY": "none"}
            self.env["AFTERWORD_MAILDIR"] = str(inbox.folder)

    def needs(self, variable: str, what: str) -> bool:
        """Whether a server has to be started, because the environment names none."""
        if self.env.get(variable):
            self.say(f"{what}: the one that {variable} names")
            return False
        return True

    def run(self, server: Server) -> None:
        """Start one server and remember it."""
        self.running.append(server)
        server.start()
        self.say(f"{server.name} ready on port {server.port}")

    def stop(self) -> None:
        """Stop what was started, last first."""
        for server in reversed(self.running):
            server.stop()


@contextlib.contextmanager
def running(these: Services) -> Iterator[Services]:
    """The services for as long as the block runs; those that started stop as well when a later one does not."""
    try:
        these.start()
        yield these
    finally:
        these.stop()


def services(
    folder: Path, *, durable: bool, env: Mapping[str, str], say: Say
) -> contextlib.AbstractContextManager[Services]:
    """New services, for a with statement."""
    return running(Services(folder, durable=durable, env=env, say=say))


def secrets(file: Path) -> dict[str, str]:
    """The demo's secrets, made at its first start and kept in a file for its owner only."""
    if file.exists():
        return {name: str(value) for name, value in json.loads(file.read_text()).items()}
    made = {name: base64.urlsafe_b64encode(os.urandom(32)).decode() for name in SECRETS}
    file.parent.mkdir(parents=True, exist_ok=True)
    write_privately(file, json.dumps(made))
    return made


def write_privately(file: Path, text: str) -> None:
    """Write a file that nobody else can read, whole or not at all."""
    draft = file.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(text)
    draft.replace(file)
