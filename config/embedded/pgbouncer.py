"""PgBouncer before a PostgreSQL, lending connections for one transaction each: for the tests of many machines only."""

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from config.embedded.postgres import unprivileged_user
from config.embedded.processes import LOOPBACK, CannotStart, Server, spawn

# Debian puts it where only root looks.
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
ADVICE = "This test needs PgBouncer and none was found or could be installed: install your system's package pgbouncer."


class PgBouncer(Server):
    """A PgBouncer with at most `connections` to the server of `url`. It trusts everybody on this machine.

    Each transaction goes to the connection that rested longest, so that whatever relies on the last one fails at once.
    """

    name = "PgBouncer"

    def __init__(self, folder: Path, url: str, *, connections: int) -> None:
        super().__init__(folder)
        self.program = find_or_install()
        self.target = urlsplit(url)
        self.connections = connections

    @property
    def url(self) -> str:
        """The value for DATABASE_URL."""
        return f"postgres://{self.target.username}@{LOOPBACK}:{self.port}{self.target.path}"

    def prepare(self) -> None:
        """Write its settings, anew for each start."""
        super().prepare()
        login = f"user={self.target.username}" + (f" password={self.target.password}" if self.target.password else "")
        settings = {
            "listen_addr": LOOPBACK,
            "listen_port": self.port,
            "unix_socket_dir": "",
            "auth_type": "any",
            "pool_mode": "transaction",
            "min_pool_size": self.connections,
            "default_pool_size": self.connections,
            "max_client_conn": 500,
            "server_round_robin": 1,
        }
        lines = ["[databases]", f"* = host={self.target.hostname} port={self.target.port} {login}", "[pgbouncer]"]
        self.file.write_text("\n".join([*lines, *(f"{name} = {value}" for name, value in settings.items()), ""]))

    @property
    def file(self) -> Path:
        """Its settings."""
        return self.folder / "pgbouncer.ini"

    def command(self) -> list[str | Path]:
        """pgbouncer with our settings."""
        return [self.program, "--quiet", self.file]

    def launch(self) -> subprocess.Popen[bytes]:
        """Start as the user it must be: like PostgreSQL, it refuses to be root."""
        return spawn(self.command(), log=self.log, as_user=unprivileged_user(), last_word=self.last_word)


def find_or_install() -> Path:
    """PgBouncer, from Debian's packages when it is not there and we are root; raises CannotStart with advice when there is none."""
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet)
        subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "pgbouncer"], env=quiet)
    found = find()
    if found is None:
        raise CannotStart(ADVICE)
    return found


def find() -> Path | None:
    """The PgBouncer of this machine."""
    found = shutil.which("pgbouncer", path=PLACES)
    return Path(found) if found else None
