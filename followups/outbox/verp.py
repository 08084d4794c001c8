"""The envelope sender that brings a bounce back to its row: bounces+<row>.<token>@… (VERP). Off without BOUNCE_ADDRESS."""

import base64
import hmac
import re
import uuid
from email.utils import parseaddr

from django.conf import settings

from followups.outbox.crypto import tokens_of

TOKEN = 16  # characters of base 32: 80 bits
_TAIL = re.compile(rf"\+([a-z2-7]{{26}})\.([a-z2-7]{{{TOKEN}}})@", re.IGNORECASE)


def envelope_sender(public_id):
    """What stands in MAIL FROM for this row."""
    if not settings.BOUNCE_ADDRESS:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    # Lower case letters and digits only, because servers on the way may fold case.
    row = base64.b32encode(public_id.bytes).decode().rstrip("=").lower()
    return f"{local}+{row}.{_token(row)}@{domain}"


def row_of(address):
    """The public id in an envelope sender of ours; None where there is none. Raises ValueError for a forged one."""
    match = _TAIL.search(address)
    if match is None:
        return None
    row, token = match.group(1).lower(), match.group(2).lower()
    if not any(hmac.compare_digest(token, mine) for mine in _all_tokens(row)):
        raise ValueError("forged")
    try:
        return uuid.UUID(bytes=base64.b32decode(row.upper() + "======"))
    except ValueError:
        raise ValueError("forged") from None


def _token(row):
    return _all_tokens(row)[0]


def _all_tokens(row):
    """One for each key: a mail that left before the key was changed may still come back."""
    return [base64.b32encode(digest).decode()[:TOKEN].lower() for digest in tokens_of(row.encode())]
