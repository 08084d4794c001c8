"""The one way a brief changes its state."""

from accounts.records import move
from followups import reminders
from followups.models import OutboundEmail, RefereeBrief


def locked(brief):
    """The brief as its row is now, held until the transaction ends. Whoever also needs its mail takes the mail's row first."""
    rows = RefereeBrief.objects.select_for_update(of=("self",), no_key=True)
    brief.refresh_from_db(from_queryset=rows.select_related("interview__candidate", "referee", "mistake"))
    return brief


def hold_letters(briefs):
    """Hold the mails and rows of these briefs, in the order in which the pump takes them. Call it before what they are about."""
    ids = list(briefs.filter(status__in=RefereeBrief.WAITING).values_list("public_id", flat=True))
    mails = OutboundEmail.objects.filter(subject_type=RefereeBrief._meta.label_lower, subject_id__in=ids)
    list(mails.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(briefs.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))


def move_brief(brief, new, *, by=None, reason="", now=None, **fields):
    """Move a brief on; what she is told about it follows in the same transaction."""
    move(brief, new, by=by, reason=reason[:60], **fields)
    reminders.refresh(brief, now=now)
    return brief
