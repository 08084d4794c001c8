"""What a mail that came back says: which mail it was about, and whether it is gone for good.

Pure: standard library only. Reads reports of RFC 3464, and the plain words of servers that never heard of it. `read` never
raises, whatever it is given; time and memory are linear in the part it looks at.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

# Reports stand at the beginning; what follows is the mail itself, which nobody needs here.
MAX_BYTES = 512_000
MAX_PARTS = 60
MAX_DEPTH = 12
# The parser's time grows with the square of what stands in one of these headers.
MAX_HEADER = 1000
_CONTENT_HEADER = re.compile(rb"(?i)(?:^|(?<=[\r\n]))content-[a-z-]{1,40}:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*")

FAILED, DELAYED, DELIVERED = "failed", "delayed", "delivered"


@dataclass(frozen=True)
class Report:
    """`action`: failed, delayed (still being tried) or delivered. `status`: RFC 3463, "5.1.1"; "5.0.0" if only the class is known.

    `recipients` are addresses the report was sent to (the token of a bounce is in one of them), `message_ids` those of the
    mail it is about.
    """

    action: str
    status: str
    recipients: tuple[str, ...]
    message_ids: tuple[str, ...]

    @property
    def is_hard(self) -> bool:
        """The address itself is no good: no such mailbox or domain, or closed. Full or strict mailboxes may take the next mail.

        Not all of 5.1: 5.1.7 and 5.1.8 are about our own sender, and would put everybody on the list in one bad hour.
        """
        return self.action == FAILED and self.status in _GONE


# RFC 3463 and RFC 7505: no such mailbox, no such domain, no valid address, moved, takes no mail; closed; no such host.
_GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"})
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.@-])([45]\d\d)(?=[ \-:;,\n])")
_ADDRESS = re.compile(r"[\w.+=-]{1,64}@[\w.-]{1,255}")
_MESSAGE_ID = re.compile(r"(?im)^message-id:\s{0,4}<([^<>\s]{3,250})>")
_SUBJECT = re.compile(
    r"undeliver|delivery (status|fail|incomplete|has failed)|returned (mail|to sender)|mail delivery|failure notice"
    r"|delivery notification|warning: message|delayed|could not be delivered|nicht zustellbar|unzustellbar|non remis|no se ha podido entregar",
    re.IGNORECASE,
)
_SENDER = re.compile(r"mailer-daemon|postmaster|mail delivery (sub)?system|<>", re.IGNORECASE)
_DELAY = re.compile(
    r"\bdelayed\b|\bwarning: (message|could not)|not yet been delivered|will (be retried|continue to)|still being tried|"
    r"do not need to resend|no action is required",
    re.IGNORECASE,
)
_NO_MAILBOX = re.compile(
    r"(?<!sender )(user|mailbox|recipient|address|account)[\w' ]{0,30}(unknown|not found|does(n't| not) exist|unavailable|disabled|"
    r"invalid|rejected)|no such (user|mailbox|recipient|person|address|account)|unknown (user|recipient|address|mailbox)|"
    r"no mailbox (here )?by that name|(couldn't|wasn't|could not) (be )?found",
    re.IGNORECASE,
)
_NO_DOMAIN = re.compile(
    r"(host|domain)[\w' ]{0,20}(unknown|not found|does(n't| not) exist)|unrouteable|no such (domain|host)",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(mailbox|inbox|quota)[\w' ]{0,30}(full|exceed|over)|over ?quota|insufficient (disk|storage)", re.IGNORECASE
)
_SPAM = re.compile(r"\bspam|blocked|blacklist|blocklist|policy|reputation|DMARC|SPF\b", re.IGNORECASE)
_RECIPIENT_HEADERS = ("to", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to")


def read(content: bytes, *, recipient: str = "") -> Report | None:
    """What a mail says about another that came back; None if it says nothing of the kind (a reply, an absence note, noise).

    `recipient` is the address of the envelope it came with, if the mail server tells.
    """
    content = _CONTENT_HEADER.sub(lambda header: header[0][:MAX_HEADER].rstrip(), content[:MAX_BYTES])
    lowered = content.lower()
    # The parser goes down into each part: a mail that is built to be deep is not worth a stack.
    if lowered.count(b"multipart/") > MAX_DEPTH or lowered.count(b"message/rfc822") > MAX_DEPTH:
        return None
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        return _read(message, recipient)
    except Exception:
        return None


def _read(message: Message, recipient: str) -> Report | None:
    if "multipart/report" in message.get_content_type() or _fields(message):
        found = _from_fields(message)
    else:
        found = _from_words(message) if _looks_like_one(message) else None
    if found is None:
        return None
    action, status = found
    addresses = [recipient] if recipient else []
    for name in _RECIPIENT_HEADERS:
        for value in message.get_all(name, [])[:5]:
            addresses += _ADDRESS.findall(str(value)[:2000])
    return Report(action, status, tuple(dict.fromkeys(addresses[:20])), _message_ids(message))


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            return
        yield part


def _fields(message: Message) -> list[Message]:
    """The groups of fields of message/delivery-status: the parser makes a message of each."""
    groups: list[Message] = []
    for part in _parts(message):
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            if isinstance(payload, list):
                groups += [group for group in payload if isinstance(group, Message)]
            elif isinstance(payload, str):
                groups += [email.message_from_string(text) for text in payload.split("\n\n")[:MAX_PARTS]]
    return groups[:MAX_PARTS]


def _from_fields(message: Message) -> tuple[str, str] | None:
    """The worst any recipient met: we write to one at a time, so more than one is somebody's forwarding."""
    results = []
    for group in _fields(message):
        action = str(group.get("action", "")).split("(")[0].strip().lower()
        match = _STATUS.search(str(group.get("status", ""))[:200])
        code = _STATUS.search(str(group.get("diagnostic-code", ""))[:2000])
        if action not in ("failed", "delayed", "delivered", "relayed", "expanded") or not (match or code):
            continue
        status = (match or code).group(0)  # type: ignore[union-attr]
        # "5.0.0" says nothing; what the other server answered may say more.
        if code and status.endswith(".0.0") and code.group(0)[0] == status[0]:
            status = code.group(0)
        if status.endswith(".0.0"):
            status = _guess(str(group.get("diagnostic-code", ""))[:2000], status)
        results.append((action if action in (FAILED, DELAYED) else DELIVERED, status))
    if not results:
        return _from_words(message) if _looks_like_one(message) else None
    return next((one for action in (FAILED, DELAYED) for one in results if one[0] == action), results[0])


def _looks_like_one(message: Message) -> bool:
    """A daemon wrote it, and its subject says so; an absence note or a person's reply is no bounce."""
    if str(message.get("auto-submitted", "")).lower().startswith("auto-replied") and not message.get(
        "x-failed-recipients"
    ):
        return False
    sender = f"{message.get('from', '')} {message.get('return-path', '')}"[:2000]
    return bool(
        message.get("x-failed-recipients")
        or (_SENDER.search(sender) and _SUBJECT.search(str(message.get("subject", ""))[:500]))
    )


def _from_words(message: Message) -> tuple[str, str] | None:
    text = _text(message)
    subject = str(message.get("subject", ""))[:500]
    match = _STATUS.search(text)
    reply = _REPLY.search(text)
    if _DELAY.search(subject) or (_DELAY.search(text) and not (match and match.group(1) == "5")):
        return DELAYED, match.group(0) if match and match.group(1) == "4" else "4.0.0"
    if match and match.group(1) != "2":
        return FAILED, match.group(0) if not match.group(0).endswith(".0.0") else _guess(text, match.group(0))
    return FAILED, _guess(text, f"{reply.group(1)[0]}.0.0" if reply else "5.0.0")


def _guess(text: str, status: str) -> str:
    """A closer status from a server's words, where its number says only the class."""
    for words, detail in ((_FULL, "2.2"), (_NO_MAILBOX, "1.1"), (_NO_DOMAIN, "1.2"), (_SPAM, "7.1")):
        if words.search(text):
            return f"{status[0]}.{detail}"
    return status


def _text(message: Message) -> str:
    """The daemon's own words: before the mail it returns."""
    for part in _parts(message):
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                words = payload[:20_000].decode("utf-8", "replace")
                words = re.sub(r"<[^>\n]{0,500}>", " ", words) if part.get_content_subtype() == "html" else words
                return re.split(r"(?m)^-{2,}.{0,80}(copy of|original|returned) ", words, maxsplit=1)[0]
    return ""


def _message_ids(message: Message) -> tuple[str, ...]:
    """Message-IDs in what was returned: a whole mail, its headers, or a copy in the words."""
    own = str(message.get("message-id", "")).strip(" <>\r\n")
    found: list[str] = []
    for part in _parts(message):
        if part is not message and part.get("message-id"):
            found.append(str(part["message-id"]).strip(" <>\r\n")[:250])
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found += _MESSAGE_ID.findall(payload[:200_000].decode("utf-8", "replace"))
    return tuple(dict.fromkeys(one for one in found if one and one != own))[:10]
