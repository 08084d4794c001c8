"""Reading the mail that has reached the mail server."""

import email
import mailbox
from email import policy

from django.conf import settings

from tests.eventually import eventually

PATIENCE = 60  # seconds; a limit for what must happen, never a wait


class Inbox:
    """What has arrived since this was made; `to(address)` and `first(address, …)` read it."""

    def __init__(self):
        self.box = mailbox.Maildir(settings.AFTERWORD_MAILDIR, create=False)
        self.before = set(self.box.keys())

    def to(self, address):
        """All mails to an address, oldest first."""
        keys = sorted(key for key in self.box.iterkeys() if key not in self.before)
        mails = [email.message_from_bytes(self.box.get_bytes(key), policy=policy.default) for key in keys]
        return [mail for mail in mails if address in mail["To"]]

    def first(self, address, subject):
        """The first mail to an address with a subject, as soon as it has arrived."""
        return eventually(
            lambda: next((mail for mail in self.to(address) if mail["Subject"] == subject), None),
            seconds=PATIENCE,
            what=f"the arrival of “{subject}” at {address}",
        )


def calendar_of(mail):
    """The calendar file that comes with a mail, or None."""
    return next((part for part in mail.walk() if part.get_content_type() == "text/calendar"), None)


def text_of(mail):
    return mail.get_body(preferencelist=("plain",)).get_content()
