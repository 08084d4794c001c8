"""Fixtures and makers for tests of the outbox: a scripted mail server, letters, mails."""

import email
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from config.embedded.processes import free_port
from followups import outbox
from followups.models import OutboundEmail
from tests.faults.sink import Sink

EMPLOYER = "grace@company.example"


@pytest.fixture
def sink(settings):
    """A mail server that does as the test says."""
    with Sink(free_port()) as server:
        settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", server.port
        settings.SMTP_SECURITY, settings.SMTP_USER = "none", ""
        yield server


def trust(user):
    """Let letters go out in this person's name at once."""
    user.vouched_at = timezone.now()
    user.save(update_fields=["vouched_at"])
    return user


def queue_letter(sender, to=EMPLOYER, **options):
    """A letter to a third party, due now."""
    message = EmailMessage(
        "Thank you",
        "Dear Grace,\n\nthank you.\n",
        "Achieng Otieno <letters@afterword.example>",
        [to],
        reply_to=[sender.email],
    )
    options = {"kind": "test-letter", "urgency": OutboundEmail.Urgency.LETTER, "to_third_party": True, **options}
    return outbox.queue(message, sender=trust(sender), **options)


def queue_mail(person, subject="Hello", **options):
    """A mail to one of our own people, due now."""
    options = {"kind": "test-mail", "ignores_quiet_hours": True, **options}
    return outbox.queue(EmailMessage(subject, "A word.\n", to=[person.email]), **options)


def status_of(row):
    return OutboundEmail.objects.values_list("status", flat=True).get(pk=row.pk)


def history_of(row):
    return list(row.events.order_by("id").values_list("new", flat=True))


def later(**delta):
    return timezone.now() + timedelta(**delta)


def message_of(row):
    """The mail of a row of the outbox, as the server would get it."""
    return email.message_from_bytes(outbox.finished(row), policy=email.policy.default)


def text_of(row):
    return message_of(row).get_body(("plain",)).get_content()


def html_of(row):
    return message_of(row).get_body(("html",)).get_content()
