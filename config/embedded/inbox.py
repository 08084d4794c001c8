"""An SMTP server that keeps every mail in a Maildir and sends none on. The demo shows it at /dev/mail/."""

import signal
import sys
from pathlib import Path

from config.embedded.processes import LOOPBACK, Server


class Inbox(Server):
    """The SMTP server as a process of its own."""

    name = "the inbox"

    def command(self) -> list[str | Path]:
        """This module, run."""
        return [sys.executable, "-m", "config.embedded.inbox", self.folder, str(self.port)]

    def prepare(self) -> None:
        """Leave the folder to the Maildir, which makes its own parts only in a folder that is not there."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)


def serve(maildir: str, port: int) -> None:
    """Take mails until SIGTERM."""
    from aiosmtpd.controller import Controller  # noqa: PLC0415 -- the class above is used without it
    from aiosmtpd.handlers import Mailbox  # noqa: PLC0415

    # Blocked before the controller's thread begins, so that the signal waits for us.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    controller = Controller(Mailbox(Path(maildir)), hostname=LOOPBACK, port=port, enable_SMTPUTF8=True)
    controller.start()
    signal.sigwait({signal.SIGTERM})
    controller.stop()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
