"""Many people at one web server at the same moment: real HTTP to the real server, each with a connection and a session of their own."""

import asyncio
import contextlib
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.crypto import get_random_string

from config.embedded.processes import LOOPBACK, accepts_connections, end, free_port, spawn, wait_until
from tests.e2e.browsing import session_of
from tests.e2e.processes import environment

# As in the Dockerfile.
WEB = ("--workers=3", "--log-level=warning", "--no-control-socket")
CROWDED = "--threads=4"  # on top of it: twelve requests at a time get in each other's way
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    status: int
    seconds: float
    body: bytes

    @property
    def data(self):
        return json.loads(self.body)


class Caller:
    """Somebody who is signed in. `post` and `form` are requests to be sent later, by `at_once`."""

    def __init__(self, person):
        self.person = person
        self.token = get_random_string(32)
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session_of(person)}; {settings.CSRF_COOKIE_NAME}={self.token}"

    def post(self, path, **data):
        """To the API."""
        return self._request("POST", path, json.dumps(data).encode(), "application/json")

    def patch(self, path, **data):
        return self._request("PATCH", path, json.dumps(data).encode(), "application/json")

    def form(self, path, **data):
        """To a page."""
        return self._request("POST", path, urlencode(data).encode(), "application/x-www-form-urlencoded")

    def get(self, path):
        return self._request("GET", path, b"", "text/plain")

    def _request(self, method, path, body, content_type):
        head = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            f"Cookie: {self.cookies}",
            f"X-CSRFToken: {self.token}",
            f"Content-Type: {content_type}",
            f"Content-Length: {len(body)}",
            "Accept: */*",
            "Connection: close",
        ]
        return "\r\n".join([*head, "", ""]).encode() + body


def at_once(site, requests):
    """Send all of them at the same moment; their answers, in the same order. A request without an answer is an error."""
    # In a thread of its own: after a browser test, this one has an event loop already.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, _at_once(urlsplit(site).port, requests)).result()


async def _at_once(port, requests):
    lines = [await asyncio.open_connection(LOOPBACK, port) for _ in requests]
    return await asyncio.gather(*(_ask(line, request) for line, request in zip(lines, requests, strict=True)))


async def _ask(line, request):
    reader, writer = line
    began = time.perf_counter()
    writer.write(request)
    async with asyncio.timeout(PATIENCE):
        text = await reader.read()
    seconds = time.perf_counter() - began
    writer.close()
    head, _, body = text.partition(b"\r\n\r\n")
    return Answer(int(head.split(b" ", 2)[1]), seconds, body)


def start_web_server(application="config.wsgi", *more, **env):
    """Port and process of a gunicorn that is starting."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, f"--bind={LOOPBACK}:{port}", *WEB, *more]
    return port, spawn(command, env=environment(BASE_URL=f"http://localhost:{port}", LOG_LEVEL="CRITICAL", **env))


@contextlib.contextmanager
def web_server(application="config.wsgi", *more, **env):
    """The address of gunicorn with this application, on the tests' database. `more` are arguments of gunicorn."""
    port, process = start_web_server(application, *more, **env)
    try:
        wait_until(lambda: accepts_connections(port), "the web server", seconds=60, process=process)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        end(process)
