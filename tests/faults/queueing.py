"""Many rows at once, without the limits that hold for letters of people."""

from django.core.mail import EmailMessage
from django.utils import timezone

from followups import outbox
from followups.models import OutboundEmail
from tests.mailing import trust

LETTER = {"kind": "test-letter", "urgency": OutboundEmail.Urgency.LETTER, "to_third_party": True}
OWN = {"kind": "test-mail", "ignores_quiet_hours": True}


def queue_many(people, *, letters=0, own=0, **options):
    """Letters in the name of these people, each to an address of its own, and mails to them; the rows, in that order."""
    now = timezone.now()
    senders = [trust(person) for person in people]
    drafts = []
    for number in range(letters):
        sender = senders[number % len(senders)]
        message = EmailMessage(
            f"Letter {number}", "Thank you.\n", "letters@afterword.example", [f"p{number}@company.example"]
        )
        message.reply_to = [sender.email]
        drafts.append(outbox.draft(message, now=now, sender=sender, **{**LETTER, **options}))
    for number in range(own):
        person = people[number % len(people)]
        message = EmailMessage(f"Mail {number}", "A word.\n", to=[person.email])
        drafts.append(outbox.draft(message, now=now, recipient=person, **{**OWN, **options}))
    outbox.queue_drafts(drafts)
    return drafts


def with_history(record):
    """Factories write rows without their first event; an audit counts events."""
    type(record).events.field.model.objects.create(subject=record, new=record.status)
    return record
