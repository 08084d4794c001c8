"""What this installation is called, how it writes and who may join: one row, or what the environment says.

Pages and mails ask all the time, so a process keeps what it read for a few seconds. Whoever decides by it whether somebody
may come in asks with `fresh=True`.
"""

import time
from email.utils import parseaddr, quote

from django.conf import settings
from django.db import InterfaceError, OperationalError

from accounts.models import Installation

KEPT_SECONDS = 5.0
_kept = (None, 0.0)


def current(*, fresh=False):
    """The Installation as it is now; where nothing was ever chosen, one that is not saved.

    While the database is away it is what was last known, so that pages that need nothing else stay up.
    """
    row, until = _kept
    if fresh or time.monotonic() >= until:
        try:
            row = Installation.objects.first()
        except (OperationalError, InterfaceError):
            if fresh:
                raise
        keep(row)
    return row or Installation(
        sign_up=Installation.SignUp.ANYBODY if settings.AFTERWORD_OPEN_SIGNUP else Installation.SignUp.INVITED
    )


def keep(row, *, seconds=KEPT_SECONDS):
    """Take this for what is there for the next few seconds."""
    global _kept
    _kept = (row, time.monotonic() + seconds)


def forget():
    """Ask the database the next time."""
    keep(None, seconds=0)


def name():
    return current().name or settings.INSTALLATION_NAME


def sender_name():
    return current().sender_name or name()


def sender_address():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def sender():
    """The From of mails to our own people. In quotes: a comma in the name would make two addresses of it."""
    return f'"{quote(sender_name())}" <{sender_address()}>'
