"""A mail server that does as a test says: it refuses, cuts the line or falls silent, and remembers what it accepted."""

import asyncio
import email
import logging
import re
import threading
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import UTC, datetime

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

ACCEPT = "accept"
CUT_BEFORE_DOT = "cut before the dot"
CUT_AFTER_DOT = "cut after the dot, accepted"
LOSE_AFTER_DOT = "cut after the dot, not accepted"
SILENT = "no answer after the dot"
HOLD = "no answer before the test says so"


@dataclass(frozen=True)
class Say:
    """Answer with this code at this stage: helo, mail, rcpt or dot."""

    stage: str
    code: int


@dataclass(frozen=True)
class Accepted:
    """A mail the server said 250 to, or would have if the line had held."""

    to: str
    content: bytes
    at: datetime
    sender: str = ""

    @property
    def message(self):
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def message_id(self):
        # Read by hand: an audit asks it of tens of thousands.
        found = re.search(rb"(?mi)^Message-ID:\s*(<[^>\r\n]+>)", self.content)
        return found and found[1].decode()

    @property
    def subject(self):
        return self.message["Subject"]


class _Conversation(SMTP):
    async def smtp_DATA(self, arg):
        if self.envelope.rcpt_tos and self.event_handler.step(self.envelope.rcpt_tos[0]) == CUT_BEFORE_DOT:
            self.event_handler.take(self.envelope.rcpt_tos[0])
            # Before the 354: what a client has written after it may lie in a buffer, dot and all, and nobody can tell.
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, sink):
        self.sink = sink

    async def wait(self):
        if self.sink.delay:
            await asyncio.sleep(self.sink.delay)

    def step(self, address):
        script = self.sink.scripts[address]
        return script[0] if script else self.sink.default

    def take(self, address):
        if self.sink.scripts[address]:
            self.sink.scripts[address].popleft()

    def answer(self, address, stage, otherwise):
        step = self.step(address)
        if isinstance(step, Say) and step.stage == stage:
            self.take(address)
            return f"{step.code} as the test says"
        return otherwise

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        if isinstance(self.sink.default, Say) and self.sink.default.stage == "helo":
            return [f"{self.sink.default.code} as the test says"]
        session.host_name = hostname
        return ["250-PIPELINING", *responses] if self.sink.takes_pipelining else responses

    async def handle_HELO(self, server, session, envelope, hostname):
        if isinstance(self.sink.default, Say) and self.sink.default.stage == "helo":
            return f"{self.sink.default.code} as the test says"
        session.host_name = hostname
        return "250 sink.example"

    async def handle_MAIL(self, server, session, envelope, address, options):
        step = self.sink.default
        if isinstance(step, Say) and step.stage == "mail":
            return f"{step.code} as the test says"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.sink.tries[address] += 1
        await self.wait()
        answer = self.answer(address, "rcpt", "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        await self.wait()
        step = self.step(address)
        answer = self.answer(address, "dot", "250 OK")
        if not answer.startswith("2"):
            return answer
        self.take(address)
        if step != LOSE_AFTER_DOT:
            content = envelope.original_content
            if not self.sink.keeps_content:
                content = content[: content.find(b"\r\n\r\n")]
            self.sink.accepted.append(Accepted(address, content, datetime.now(UTC), envelope.mail_from))
        if step in (CUT_AFTER_DOT, LOSE_AFTER_DOT):
            server.transport.abort()
        if step == HOLD:
            self.sink.is_holding.set()
            release = self.sink.release
            await asyncio.get_running_loop().run_in_executor(None, release.wait, 60)
        if step == SILENT:
            self.sink.is_holding.set()
            await asyncio.Event().wait()
        return answer


class Sink:
    """The server in a thread of its own; its port stays when it is stopped and started again.

    `script(address, *steps)` says what happens to the next tries for an address; then, and to all others, `default`.
    `delay` is the seconds before each of its answers, `size_limit` the bytes of the largest mail it takes (0: any).
    """

    def __init__(self, port, *, takes_pipelining=False, keeps_content=True):
        self.port = port
        self.takes_pipelining, self.keeps_content = takes_pipelining, keeps_content
        self.delay, self.size_limit = 0, 0
        self.default = ACCEPT
        self.scripts = defaultdict(deque)
        self.accepted = []
        self.tries = defaultdict(int)
        self.is_holding, self.release = threading.Event(), threading.Event()
        self._controller = None

    def script(self, address, *steps):
        self.scripts[address].extend(steps)

    def start(self):
        # It writes a line for each of its answers.
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        handler = _Handler(self)

        class Server(Controller):
            def factory(self):
                limit = handler.sink.size_limit
                return _Conversation(handler, hostname="sink.example", enable_SMTPUTF8=True, data_size_limit=limit)

        self._controller = Server(handler, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def stop(self):
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    __enter__ = start

    def __exit__(self, *_):
        self.stop()

    def let_go(self):
        """Answer what is being held, and be ready to hold again."""
        self.release.set()
        self.is_holding.clear()
        self.release = threading.Event()

    def message_ids(self):
        return [mail.message_id for mail in self.accepted]


def serve(port, takes_pipelining=False):
    """Run until the process is ended; for measurements, which need a server with a processor of its own."""
    with Sink(port, takes_pipelining=takes_pipelining, keeps_content=False):
        threading.Event().wait()
