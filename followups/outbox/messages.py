"""The message of a mail: one address, headers that hold nothing else, and its bytes."""

import copy
import email.policy
import unicodedata
from email.errors import MessageError
from email.headerregistry import HeaderRegistry
from email.utils import getaddresses, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.fields import ENCODED_WORD, validate_clean_line, validate_one_address
from accounts.records import Refused

MAX_BYTES = 5_000_000
MAX_LINE = 998  # RFC 5321: servers cut or refuse what is longer


class _Headers(HeaderRegistry):
    """Python's own makes a new class for each header of each mail, which takes longer than filling it in."""

    def __init__(self):
        super().__init__()
        self._made = {}

    def __getitem__(self, name):
        name = name.lower()
        if name not in self.registry:
            name = ""  # the same for all that have no form of their own
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


# Seven bits throughout, so that no server on the way has a reason to recode it.
POLICY = email.policy.SMTP.clone(cte_type="7bit", header_factory=_Headers())
# Holds one long address; Python's mail package would break it into encoded words, which no mail program reads back.
LIST_UNSUBSCRIBE = "List-Unsubscribe"
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def only_address(message):
    addresses = message.recipients()
    if len(addresses) != 1 or len(getaddresses([str(addresses[0])])) != 1:
        raise Refused(_("A mail goes to one address."), field="to_email")
    return _address_in(str(addresses[0]))


def _address_in(text):
    """The address of "Name <address>" or of an address alone; comments, routes and the like are Refused."""
    address = one_address(parseaddr(text)[1])
    if text.strip() != address and not text.endswith(f"<{address}>"):
        raise Refused(_("Enter one e-mail address, such as grace@example.org."), field="to_email")
    return address


def one_address(address):
    """The address if it is one plain address; else Refused."""
    address = address.strip()
    try:
        validate_one_address(address)
    except ValidationError as error:
        raise Refused(error.messages[0], field="to_email") from None
    return address


def check_headers(message):
    """Nothing that reaches a header may hold a second line or an invisible character, not even in code (RFC 2047).

    Django checks line breaks too; we do not rely on it.
    """
    values = [message.subject, message.from_email, *message.to, *message.reply_to]
    if any(ENCODED_WORD in str(value) for value in values):
        raise Refused(_("Please leave out “=?” here: mail programs would read it as a code."), field="subject")
    values += [text for pair in message.extra_headers.items() for text in pair]
    if any(unicodedata.category(char) in UNPRINTABLE for value in values for char in str(value)):
        raise Refused(_("Please use one line of plain characters: no line breaks or invisible signs."), field="subject")


def check_letter_form(message):
    """A letter is plain text and looks like one: no parts, no headers of a mailing, a subject without links."""
    if message.attachments or getattr(message, "alternatives", None) or message.content_subtype != "plain":
        raise Refused(_("A letter is plain text."), field="body")
    if message.extra_headers:
        raise Refused(_("A letter carries no headers of its own."), field="subject")
    try:
        for value in (str(message.subject), parseaddr(message.from_email)[0]):
            validate_clean_line(value)
    except ValidationError as error:
        raise Refused(error.messages[0], field="subject") from None
    for address in [message.from_email, *message.reply_to]:
        _address_in(address)


def content_of(message, row):
    """The bytes of the finished message without its Date, which is that of the hand-over."""
    message = copy.copy(message)
    message.extra_headers = {**message.extra_headers, "Message-ID": f"<{row.public_id}@{settings.MAIL_DOMAIN}>"}
    one_click = message.extra_headers.pop(LIST_UNSUBSCRIBE, "")
    try:
        finished = message.message(policy=POLICY)
        del finished["Date"]
        content = finished.as_bytes()
        if one_click:
            content = f"{LIST_UNSUBSCRIBE}: {one_click}\r\n".encode("ascii") + content
    # The mail package raises the last two too, on addresses nobody would write.
    except (ValueError, UnicodeError, LookupError, AttributeError, MessageError):
        raise Refused(
            _("This mail cannot be written down: please look at its subject and address."), field="subject"
        ) from None
    if max(map(len, content.split(b"\r\n"))) > MAX_LINE:
        raise Refused(_("A name or subject is too long for a mail."), field="subject")
    if len(content) > MAX_BYTES:
        raise Refused(_("This mail is too large to be sent."), field="body")
    return content
