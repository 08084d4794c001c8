"""Django's mail backend of this installation: `message.send()` writes a row of the outbox."""

import copy

from django.core.mail.backends.base import BaseEmailBackend

from followups.models import OutboundEmail
from followups.outbox.rows import queue

# What comes without a word from us is Django's or allauth's own mail: addresses to confirm, passwords, one-time codes.
ACCOUNT_MAIL = {
    "kind": "account",
    "urgency": OutboundEmail.Urgency.ACCOUNT,
    "is_secret": True,
    "ignores_quiet_hours": True,
}


class OutboxBackend(BaseEmailBackend):
    """Writes one row per recipient. `message.outbox_options` may hold keyword arguments of `outbox.queue`."""

    def send_messages(self, messages):
        return sum(self._queue(message) for message in messages)

    def _queue(self, message):
        options = getattr(message, "outbox_options", None) or ACCOUNT_MAIL
        recipients = message.recipients()
        for address in recipients:
            one = copy.copy(message)
            one.to, one.cc, one.bcc = [address], [], []
            queue(one, **options)
        return bool(recipients)
