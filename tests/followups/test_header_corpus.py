"""Whatever is typed: it is refused, or one mail goes to one reader with exactly the expected headers and the text as typed."""

import email.policy
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage

from accounts.records import Refused
from followups import outbox
from followups.models import OutboundEmail, ThankYouNote
from followups.outbox.crypto import unseal
from followups.services.letters import Letter
from tests.followups.header_corpus import ADDRESSES, GOOD, LINES
from tests.mailing import trust

pytestmark = pytest.mark.django_db(transaction=True)
HEADERS = [
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "message-id",
    "mime-version",
    "reply-to",
    "subject",
    "to",
]
US = "letters@afterword.example"
FIELDS = {
    "to_name": LINES,
    "from_name": LINES,
    "reply_to_name": LINES,
    "subject": LINES,
    "to_email": ADDRESSES,
    "reply_to_email": ADDRESSES,
}


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.LETTERS_PER_SENDER_A_DAY = settings.LETTERS_PER_RECIPIENT_A_DAY = settings.LETTERS_AN_HOUR = 10**6


def letter(**fields):
    usual = {"to_name": "Grace", "to_email": GOOD, "from_name": "Achieng (via us)", "from_email": US, "reply_to_name": "Achieng",
             "reply_to_email": "achieng@people.example", "subject": "Thank you", "body": "Dear Grace,\n\nthank you.\n"}  # fmt: skip
    return Letter(**{**usual, **fields})


def queue(sender, one):
    """The row of a letter, or None where it is refused."""
    try:
        return outbox.queue(one.as_message(), kind="corpus", urgency=1, to_third_party=True, sender=sender)
    except Refused:
        return None


def one_line(text):
    return " ".join(text.split())


def name_in(header):
    """The display name as RFC 2047 has it: what parts two encoded words is none of it (email.policy.default keeps it)."""
    raw = message_from_bytes(header)["x"]
    return one_line(parseaddr(raw)[0] if "=?" not in raw else str(make_header(decode_header(raw))).rpartition("<")[0])


def seen(mail):
    """What a mail program shows of a mail that arrived."""
    message = message_from_bytes(mail.content, policy=email.policy.default)
    raw = message_from_bytes(mail.content, policy=email.policy.compat32)
    people = {name: message[name].addresses for name in ("to", "from", "reply-to")}
    names = {name: name_in(b"x: " + raw[name].encode() + b"\r\n\r\n") for name in people}
    return {
        "headers": sorted(name.lower() for name in message),
        "envelope": mail.to,
        "numbers": [len(addresses) for addresses in people.values()],
        "to_name": names["to"],
        "to_email": people["to"][0].addr_spec,
        "from_name": names["from"],
        "from_email": people["from"][0].addr_spec,
        "reply_to_name": names["reply-to"],
        "reply_to_email": people["reply-to"][0].addr_spec,
        "subject": one_line(message["subject"]),
        "body": message.get_content(),
    }


def expected(one):
    return {
        "headers": HEADERS,
        "envelope": one.to_email,
        "numbers": [1, 1, 1],
        "to_name": one_line(one.to_name),
        "to_email": one.to_email,
        "from_name": one_line(one.from_name),
        "from_email": one.from_email,
        "reply_to_name": one_line(one.reply_to_name),
        "reply_to_email": one.reply_to_email,
        "subject": one_line(one.subject),
        "body": one.body.replace("\n", "\r\n"),
    }


def test_the_corpus_is_large_enough():
    assert [len(set(LINES)) >= 200, len(set(ADDRESSES)) >= 200] == [True, True]


@pytest.mark.parametrize("field", FIELDS)
def test_one_reader_and_exactly_the_expected_headers(candidate, sink, field):
    trust(candidate)
    sent = {}
    for text in FIELDS[field]:
        one = letter(**{field: text})
        if row := queue(candidate, one):
            sent[f"<{row.public_id}@localhost.localdomain>"] = one
    assert OutboundEmail.objects.count() == len(sent)  # what was refused left nothing behind
    while outbox.pump(limit=500):
        pass
    assert {mail.message_id for mail in sink.accepted} == set(sent)
    wrong = [(expected(sent[mail.message_id]), seen(mail)) for mail in sink.accepted]
    assert [pair for pair in wrong if pair[0] != pair[1]] == []
    assert len(sent) > 5


@pytest.mark.parametrize("field", ["subject", "from_email", "reply_to", "to"])
def test_mail_to_our_own_people_has_one_reader_too(candidate, field):
    """Here links are allowed, and a header may be missing; never one too many."""
    written = 0
    for text in ADDRESSES if field == "to" else LINES:
        value = {"from_email": f"{text} <{US}>", "reply_to": [f"{text} <{US}>"], "to": [text]}.get(field, text)
        fields = {"subject": "Hello", "body": "A word.\n", "from_email": US, "to": [candidate.email], field: value}
        try:
            row = outbox.queue(EmailMessage(**fields), kind="corpus")
        except Refused:
            continue
        message = message_from_bytes(unseal(row.message_encrypted), policy=email.policy.default)
        names = {name.lower() for name in message}
        assert set(HEADERS) - {"reply-to", "date"} <= names <= set(HEADERS) - {"date"}
        assert (len(message["to"].addresses), message["to"].addresses[0].addr_spec) == (1, outbox.address_of(row))
        assert message.get_content() == "A word.\r\n"
        written += 1
    assert (written > 5, OutboundEmail.objects.count()) == (True, written)


@pytest.mark.parametrize(("field", "corpus"), [("to_name", LINES), ("subject", LINES), ("to_email", ADDRESSES)])
def test_what_the_form_lets_through_the_outbox_takes(candidate, field, corpus):
    """A field that is accepted and then refused when the letter leaves would be a trap."""
    trust(candidate)
    column = ThankYouNote._meta.get_field(field)
    for text in corpus:
        try:
            clean = column.clean(text, None)
        except ValidationError:
            continue
        if clean:
            assert queue(candidate, letter(**{field: clean})) is not None, repr(text[:80])
