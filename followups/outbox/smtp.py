"""Handing over to the mail server, and knowing how far it came: only that tells whether a mail may be sent again."""

import contextlib
import logging
import re
import smtplib
import ssl
from dataclasses import dataclass

from django.conf import settings
from django.core.mail.utils import DNS_NAME

from followups.outbox import crash

logger = logging.getLogger(__name__)

# Seconds to wait at each stage. Together they stay below the lease of a hand-over (claims.py).
PATIENCE = {"connect": 10, "helo": 20, "mail": 20, "rcpt": 30, "data": 30, "dot": 120}
HOPED_FOR = {"mail": (250,), "rcpt": (250, 251), "data": (354,)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one hand-over.

    `verdict`: accepted, later (not accepted, may be tried again), refused (not accepted, no use trying again) or lost
    (the line broke after the final dot, so nobody can tell). `stage` is the last one reached, `code` the last answer.
    """

    verdict: str
    stage: str
    code: int | None = None
    error: str = ""


class _Answered(Exception):
    """The server said something else than hoped for."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class _Staged:
    """Mixed into smtplib's client: remembers the stage and gives each its own patience."""

    stage = "connect"

    def _enter(self, stage):
        self.stage = stage
        if self.sock is not None:
            self.sock.settimeout(PATIENCE[stage])

    def _get_socket(self, host, port, timeout):
        line = super()._get_socket(host, port, timeout)
        # The final dot is a write of its own: it must not wait for the server's acknowledgement of what came before.
        line.setsockopt(6, 1, 1)  # IPPROTO_TCP, TCP_NODELAY
        return line

    def hand_over(self, sender, address, content):
        """One mail to one address; the answer's code. Raises _Answered for a 4xx or 5xx, OSError for a broken line."""
        commands = self._commands(sender, address)
        self._enter("mail")
        if 0 < int(self.esmtp_features.get("size") or 0) < len(content):
            # It said so when it greeted us: megabytes sent in vain would keep the others waiting.
            raise _Answered(552)
        self._announce(commands)
        self.send(_dotted(content))
        crash.here("mid_data")
        self._enter("dot")
        self.send(b".\r\n")
        answer = self.getreply()
        crash.here("after_250")
        self._expect(answer, 250)
        return answer[0]

    def _announce(self, commands):
        """Say what comes before the content, at once if the server takes that (RFC 2920)."""
        at_once = self.has_extn("pipelining")
        if at_once:
            self.send("".join(commands.values()))
        refusal = None
        for stage, command in commands.items():
            if refusal is None:
                self._enter(stage)
            if not at_once:
                self.send(command)
            code = self._answer(refusal)
            if refusal is not None and code in (None, 354):
                # It broke, or waits for a content that it must not get: without a final dot nothing is accepted.
                self.close()
                break
            if refusal is None and code not in HOPED_FOR[stage]:
                refusal = code
                if not at_once:
                    break
        if refusal is not None:
            raise _Answered(refusal)

    def _answer(self, refusal):
        """The code of the next answer. Once it is refused a broken line tells nothing new: then None."""
        try:
            return self.getreply()[0]
        except (OSError, smtplib.SMTPException):
            if refusal is None:
                raise
            return None

    @staticmethod
    def _commands(sender, address):
        """What is said before the content, by stage. Only plain addresses come this far, so nothing needs quoting."""
        if any(char in "<>" or not "!" <= char <= "~" for char in sender + address):
            raise ValueError("no plain address")
        return {"mail": f"MAIL FROM:<{sender}>\r\n", "rcpt": f"RCPT TO:<{address}>\r\n", "data": "DATA\r\n"}

    @staticmethod
    def _expect(answer, *hoped_for):
        if answer[0] not in hoped_for:
            raise _Answered(answer[0])


class _Line(_Staged, smtplib.SMTP):
    pass


class _TlsLine(_Staged, smtplib.SMTP_SSL):
    pass


def _dotted(content):
    """The message as it goes over the line, all but the final dot (RFC 5321, 4.5.2)."""
    content = re.sub(rb"(?m)^\.", b"..", re.sub(rb"\r\n|\r|\n", b"\r\n", content))
    return content if content.endswith(b"\r\n") else content + b"\r\n"


# Why there is no line to the mail server.
TROUBLES = ("unreachable", "authentication")


class Channel:
    """One line to the mail server, kept over many mails and opened again when the server has closed it.

    `trouble` says why it could not be opened, one of TROUBLES.
    """

    def __init__(self):
        self.trouble = ""
        self._line = None
        self._is_fresh = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def open(self):
        """Have an open line. False if there is none to be had: then no mail is at fault, and none is picked up."""
        if self._line is not None:
            return True
        line = None
        try:
            line = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            code = getattr(error, "smtp_code", None)
            self.trouble = "authentication" if isinstance(error, smtplib.SMTPAuthenticationError) else "unreachable"
            logger.warning("mail_server_unavailable error=%s code=%s", type(error).__name__, code)
            return False
        self._line, self._is_fresh = line, True
        return True

    def _connect(self):
        options = {"timeout": PATIENCE["connect"], "local_hostname": DNS_NAME.get_fqdn()}
        if settings.SMTP_SECURITY == "tls":
            line = _TlsLine(settings.SMTP_HOST, settings.SMTP_PORT, context=ssl.create_default_context(), **options)
        else:
            line = _Line(settings.SMTP_HOST, settings.SMTP_PORT, **options)
        try:
            line._enter("helo")
            line.ehlo_or_helo_if_needed()
            if settings.SMTP_SECURITY == "starttls":
                # Raises if the server does not offer it: never fall back to plain text.
                line.starttls(context=ssl.create_default_context())
                line.ehlo()
            if settings.SMTP_USER:
                line.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
        except BaseException:
            line.close()
            raise
        return line

    @property
    def is_open(self):
        return self._line is not None

    def hand_over(self, sender, address, content):
        """Hand over one mail and say what came of it. An idle line the server has dropped meanwhile is opened again once."""
        while True:
            if not self.open():
                return Outcome("later", "connect", error="connect")
            was_fresh, self._is_fresh = self._is_fresh, False
            outcome = self._try(sender, address, content)
            stale = outcome.stage == "mail" and outcome.verdict == "later" and outcome.code in (None, 421)
            if not stale or was_fresh:
                return outcome

    def _try(self, sender, address, content):
        line = self._line
        try:
            code = line.hand_over(sender, address, content)
        except _Answered as answer:
            self._settle(answer.code)
            verdict = "refused" if 500 <= answer.code <= 599 else "later"
            return Outcome(verdict, line.stage, answer.code, "answer")
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            return Outcome("lost" if line.stage == "dot" else "later", line.stage, None, type(error).__name__)
        except ValueError:
            # Nothing was said yet, so the line is as good as before.
            return Outcome("refused", "mail", error="address")
        return Outcome("accepted", "accepted", code)

    def _settle(self, code):
        """After a refusal the line is used on, unless the server said good-bye."""
        if code in (421, -1):
            self.drop()
            return
        try:
            if self._line.rset()[0] != 250:
                self.drop()
        except (OSError, smtplib.SMTPException):
            self.drop()

    def drop(self):
        """Close without good-bye."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def close(self):
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.sock.settimeout(2)
                line.quit()
            line.close()
