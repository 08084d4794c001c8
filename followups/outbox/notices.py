"""What the outbox tells the owner of a letter by mail: that it waits, or that it came back."""

from django.urls import reverse

from followups.models import OutboundEmail
from followups.outbox.rows import queue


def tell_it_waits(row):
    """Her letter was due and is held by the pause: she is told once, and can send it from her own mailbox."""
    _tell(row, "letter_held", {})


def tell_it_came_back(row, words):
    """A letter of a kind that has no page of its own came back; `words` say why."""
    _tell(row, "letter_came_back", {"words": words})


def _tell(row, template, context):
    from followups.reminders import compose_unless_muted  # noqa: PLC0415 -- reminders leave by the outbox

    if row.sender is None:
        return
    context = {"path": reverse("letter-list"), **context}
    message = compose_unless_muted("note-out", template, to=row.sender, context=context)
    if message is not None:
        queue(
            message,
            kind=template,
            urgency=OutboundEmail.Urgency.DEADLINE,
            recipient=row.sender,
            dedupe_key=f"{template}:{row.public_id}",
            ignores_quiet_hours=True,
        )
