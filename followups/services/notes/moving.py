"""The one way a note changes its state, and what is told about it."""

from accounts.records import move
from followups import reminders
from followups.models import OutboundEmail, ThankYouNote
from followups.services.decisions import note_moved


def locked(note):
    """The note as its row is now, held until the transaction ends.

    Whoever also needs its mail takes the mail's row first: the pump holds that one when it tells the note.
    """
    rows = ThankYouNote.objects.select_for_update(of=("self",), no_key=True)
    note.refresh_from_db(from_queryset=rows.select_related("interview__candidate", "interviewer", "carries"))
    return note


def hold_letters(interview):
    """Hold the mails and notes of an interview, in the order in which the pump takes them: mail, note, interview.

    For whoever changes an interview and then its notes; without it two could wait for each other. Call it first.
    """
    notes = ThankYouNote.objects.filter(interview=interview)
    under_way = list(notes.filter(status__in=[ThankYouNote.Status.SCHEDULED, ThankYouNote.Status.SENDING]))
    mails = OutboundEmail.objects.filter(
        subject_type=ThankYouNote._meta.label_lower, subject_id__in=[note.public_id for note in under_way]
    )
    list(mails.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(notes.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def move_note(note, new, *, by=None, reason="", now=None, **fields):
    """Move a note on; decisions, closing page and reminders follow in the same transaction."""
    move(note, new, by=by, reason=reason[:60], **fields)
    note_moved(note, by=by, now=now)
    reminders.refresh(note, now=now)
    return note
