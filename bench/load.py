"""Requests over real sockets, one after the other on each of a few lines."""

import socket
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from config.embedded.processes import LOOPBACK

LINES = 2
PATIENCE = 60


@dataclass(frozen=True)
class Load:
    """What came of it: seconds of each request, and how often each status."""

    seconds: float
    times: tuple
    statuses: Counter
    bytes: int
    processor: float = 0.0  # milliseconds of the server's for each request, where somebody looked

    @property
    def rate(self):
        return len(self.times) / self.seconds

    @property
    def p50(self):
        return statistics.median(self.times)

    @property
    def failed(self):
        return sum(number for status, number in self.statuses.items() if not 200 <= status < 300)


def request(path, cookies, *, method="GET", body=b"", headers=()):
    """The bytes of one request. The server is told to close: gunicorn's sync workers do so anyway."""
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Cookie: {cookies}", "Connection: close", *headers]
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def ask(port, text):
    """(seconds, status, bytes) of one request."""
    begun = time.perf_counter()
    with socket.create_connection((LOOPBACK, port), timeout=PATIENCE) as line:
        line.sendall(text)
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    answer = b"".join(parts)
    return time.perf_counter() - begun, int(answer[9:12] or 0), len(answer)


def load(port, requests, *, lines=LINES):
    """Ask for each of them, on so many lines at a time."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(lines) as threads:
        found = list(threads.map(partial(ask, port), requests))
    spent = time.perf_counter() - begun
    times, statuses, sizes = zip(*found, strict=True)
    return Load(spent, times, Counter(statuses), sum(sizes))
