"""Queueing: a mail is first a row, and what must not go out is refused when it is written."""

from datetime import time, timedelta

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from accounts.records import Refused
from followups import outbox
from followups.models import OutboundEmail, OutboundEmailEvent
from followups.outbox import limits
from followups.outbox.crypto import unseal
from tests.factories import UserFactory
from tests.mailing import EMPLOYER, queue_letter, queue_mail, trust

pytestmark = pytest.mark.django_db
BAD_LINES = ["a\nBcc: x@y.example", "a\r\nb", "a\rb", "a\x00b", "a\u2028b", "a\u0085b", "a\u202eb", "a\u200bb"]


def content_of(row):
    return unseal(row.message_encrypted).decode()


def test_mail_without_a_word_from_us_is_account_mail(candidate):
    EmailMessage("Confirm", "A link.", to=[candidate.email.upper()]).send()
    row = OutboundEmail.objects.get()
    assert (row.kind, row.urgency, row.is_secret, row.recipient) == (
        "account",
        OutboundEmail.Urgency.ACCOUNT,
        True,
        candidate,
    )
    assert row.ignores_quiet_hours


def test_options_of_a_message_reach_the_row(candidate):
    message = EmailMessage("Hello", "Text.", to=[candidate.email])
    message.outbox_options = {"kind": "booking", "dedupe_key": "booking:1"}
    assert message.send() == 1
    row = OutboundEmail.objects.get()
    assert (row.kind, row.dedupe_key, row.is_secret) == ("booking", "booking:1", False)


def test_one_row_for_each_recipient(candidate, stranger):
    EmailMessage("Hello", "Text.", to=[candidate.email], bcc=[stranger.email]).send()
    rows = OutboundEmail.objects.order_by("id")
    assert [row.recipient for row in rows] == [candidate, stranger]
    assert all(stranger.email not in content_of(row) for row in rows[:1])


def test_a_row_belongs_to_the_transaction_that_causes_it(candidate):
    with pytest.raises(RuntimeError), transaction.atomic():
        queue_mail(candidate)
        raise RuntimeError
    assert not OutboundEmail.objects.exists()


def test_the_same_dedupe_key_is_the_same_row(candidate):
    first = queue_mail(candidate, dedupe_key="reminder:1")
    assert queue_mail(candidate, dedupe_key="reminder:1") == first
    assert OutboundEmail.objects.count() == 1


def test_nothing_readable_lies_in_the_row(candidate):
    row = queue_letter(candidate)
    stored = bytes(row.to_address_encrypted) + bytes(row.message_encrypted) + row.to_address_hash.encode()
    assert not any(word in stored for word in (b"grace", b"thank", b"Thank", b"company"))
    assert outbox.address_of(row) == EMPLOYER


def test_a_new_key_is_put_before_the_old_one(candidate, settings):
    settings.AFTERWORD_MAIL_KEYS = ["old"]
    row = queue_letter(candidate)
    settings.AFTERWORD_MAIL_KEYS = ["new", "old"]
    assert outbox.address_of(row) == EMPLOYER
    assert row.to_address_hash in outbox.hashes_of(EMPLOYER)


def test_the_message_id_is_that_of_the_row(candidate, settings):
    settings.MAIL_DOMAIN = "mail.example"
    row = queue_mail(candidate)
    assert f"Message-ID: <{row.public_id}@mail.example>" in content_of(row)


def test_a_long_unsubscribe_address_stays_whole(candidate):
    message = EmailMessage("Hello", "Text.", to=[candidate.email])
    message.extra_headers = {"List-Unsubscribe": f"<https://afterword.example/{'x' * 150}>"}
    row = outbox.queue(message, kind="test")
    assert content_of(row).startswith(f"List-Unsubscribe: <https://afterword.example/{'x' * 150}>\r\n")


@pytest.mark.parametrize("line", BAD_LINES)
def test_no_header_takes_a_second_line_or_something_invisible(candidate, line):
    for fields in (
        {"subject": line},
        {"from_email": f"{line} <a@b.example>"},
        {"reply_to": [line]},
        {"headers": {"X-Word": line}},
        {"headers": {line: "word"}},
    ):
        with pytest.raises(Refused):
            outbox.queue(
                EmailMessage(**{"subject": "Hello", "body": "Text.", "to": [candidate.email], **fields}), kind="test"
            )


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "gräce@company.example"]
)
def test_a_mail_goes_to_one_address(candidate, address):
    with pytest.raises(Refused):
        outbox.queue(EmailMessage("Hello", "Text.", to=[address]), kind="test")


def test_a_letter_is_plain_text(candidate):
    trust(candidate)
    html = EmailMultiAlternatives("Thank you", "Text.", to=[EMPLOYER])
    html.attach_alternative("<p>Text.</p>", "text/html")
    attached = EmailMessage("Thank you", "Text.", to=[EMPLOYER])
    attached.attach("cv.txt", "CV")
    mailing = EmailMessage("Thank you", "Text.", to=[EMPLOYER], headers={"List-Unsubscribe": "<https://x.example>"})
    link = EmailMessage("See www.x.example", "Text.", to=[EMPLOYER])
    for message in (html, attached, mailing, link):
        with pytest.raises(Refused):
            outbox.queue(message, kind="note", to_third_party=True, sender=candidate)


def test_mail_that_is_too_large_is_refused(candidate):
    with pytest.raises(Refused):
        outbox.queue(EmailMessage("Hello", "x" * 5_100_000, to=[candidate.email]), kind="test")


def test_quiet_hours_hold_the_delivery_not_the_due_time(candidate):
    due = timezone.now().replace(hour=0, minute=30, second=0, microsecond=0)
    candidate.zone, candidate.quiet_from, candidate.quiet_until = "UTC", time(22), time(7)
    candidate.save()
    held = queue_mail(candidate, due_at=due, ignores_quiet_hours=False)
    assert (held.due_at, held.next_try_at) == (due, due.replace(hour=7, minute=0))
    assert queue_mail(candidate, due_at=due).next_try_at == due
    urgent = queue_mail(candidate, due_at=due, ignores_quiet_hours=False, useless_after=due + timedelta(hours=1))
    assert urgent.next_try_at == due


def test_letters_wait_for_a_confirmed_address_and_a_known_person(candidate):
    now = timezone.now()
    assert limits.letters_open(candidate, now) != ""
    assert limits.letters_open(candidate, now + timedelta(days=1, minutes=1)) == ""
    trust(candidate)
    assert limits.letters_open(candidate, now) == ""
    candidate.emailaddress_set.update(verified=False)
    assert limits.letters_open(candidate, now) != ""
    with pytest.raises(Refused):
        queue_letter(candidate)


def test_twenty_letters_a_day(candidate):
    rows = [queue_letter(candidate, to=f"person{n}@company.example") for n in range(20)]
    with pytest.raises(Refused):
        queue_letter(candidate)
    OutboundEmail.objects.filter(pk=rows[0].pk).update(status="cancelled")
    assert queue_letter(candidate).status == "queued"


def test_a_recipient_gets_twenty_five_a_day_whoever_writes(candidate):
    for user in UserFactory.create_batch(25):
        queue_letter(user)
    with pytest.raises(Refused):
        queue_letter(candidate, to=EMPLOYER.upper())
    OutboundEmail.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    assert queue_letter(candidate).status == "queued"


def test_a_breaker_stops_a_flood_of_letters(candidate, stranger, settings):
    settings.LETTERS_AN_HOUR = 1
    queue_letter(candidate)
    with pytest.raises(Refused):
        queue_letter(stranger, to="other@company.example")


def test_mail_to_our_own_people_has_no_such_limits(candidate):
    for _ in range(26):
        queue_mail(candidate)
    assert OutboundEmail.objects.count() == 26


def test_drafts_and_their_first_events_are_written_together(candidate, django_assert_num_queries):
    """A row that can be seen before its event is picked up by a pump, and then its history begins in the middle."""
    drafts = [outbox.draft(EmailMessage("Hello", "A word.\n", to=[candidate.email]), kind="t", now=timezone.now())]
    with django_assert_num_queries(1):
        outbox.queue_drafts(drafts)
    assert [(event.subject, event.old, event.new) for event in OutboundEmailEvent.objects.all()] == [
        (OutboundEmail.objects.get(), "", "queued")
    ]
