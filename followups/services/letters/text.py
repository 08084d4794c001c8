"""What the reader of a letter in her name receives, to the letter."""

import email.policy
import hashlib
import json
from dataclasses import astuple, dataclass, replace
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage as StandardMessage
from urllib.parse import quote

from django.core.mail import EmailMessage

from accounts import installation


@dataclass(frozen=True, slots=True)
class Letter:
    """To, From, Reply-To, subject and text, exactly as they arrive. Nothing else is added: no product name, no tracking."""

    to_name: str
    to_email: str
    from_name: str
    from_email: str
    reply_to_name: str
    reply_to_email: str
    subject: str
    body: str

    @property
    def hash(self):
        """What she approves, and what is compared before it goes.

        Her name is in it, as the one that answers go to. What stands behind it, the installation's name, is not: an admin
        who changes that must not stop letters that wait.
        """
        return hashlib.sha256(json.dumps(astuple(replace(self, from_name="")), ensure_ascii=True).encode()).hexdigest()

    @property
    def to(self):
        return _shown(self.to_name, self.to_email)

    @property
    def sender(self):
        return _shown(self.from_name, self.from_email)

    @property
    def reply_to(self):
        return _shown(self.reply_to_name, self.reply_to_email)

    def as_message(self):
        return EmailMessage(
            subject=self.subject,
            body=self.body,
            from_email=_header(self.from_name, self.from_email),
            to=[_header(self.to_name, self.to_email)],
            reply_to=[_header(self.reply_to_name, self.reply_to_email)],
        )


def in_her_name(writer, *, to_name, to_email, subject, body):
    """The letter as Afterword would send it now: from our address under her name, answers to her own."""
    name = writer.get_full_name()
    return Letter(
        to_name=to_name,
        to_email=to_email,
        # Not translated: the worker that compares the hash speaks another language than the page.
        from_name=f"{name} (via {installation.name()})",
        from_email=installation.sender_address(),
        reply_to_name=name,
        reply_to_email=writer.email,
        subject=subject,
        body=normal_text(body),
    )


def eml(letter):
    """The letter as a file that a mail program opens as a draft, from her own address."""
    message = StandardMessage(policy=email.policy.SMTP)
    message["X-Unsent"] = "1"
    message["From"] = _header(letter.reply_to_name, letter.reply_to_email)
    if letter.to_email:
        message["To"] = _header(letter.to_name, letter.to_email)
    message["Subject"] = letter.subject
    message.set_content(letter.body)
    return message.as_bytes()


def mailto(address, subject, body):
    """A link that opens her own mail program with these words in it."""
    body = body.replace("\n", "\r\n")
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body={quote(body)}"


def normal_text(text):
    """Line ends of one kind, and none but one at the end: what a browser, the API and a mail make of the same text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")
    return text + "\n" if text else ""


def _header(name, address):
    """As it stands in a header. What is no plain address stays as it is: the outbox refuses it, rather than that a letter goes
    elsewhere than she saw.
    """
    try:
        made = Address(display_name=name, addr_spec=address)
    except (ValueError, AttributeError, MessageError):
        made = None
    return str(made) if made and made.addr_spec == address else f"{name} <{address}>"


def _shown(name, address):
    return f"{name} <{address}>" if name and address else name or address
