"""The one way a note changes its state, and what is told about it."""

from accounts.records import move
from followups import reminders
from followups.models import ThankYouNote


def locked(note):
    """The note as its row is now, held until the transaction ends.

    Whoever also needs its mail takes the mail's row first: the pump holds that one when it tells the note.
    """
    rows = ThankYouNote.objects.select_for_update(of=("self",), no_key=True)
    note.refresh_from_db(from_queryset=rows.select_related("interview__candidate", "interviewer", "carries"))
    return note


def move_note(note, new, *, by=None, reason="", now=None, **fields):
    """Move a note on; decisions, closing page and reminders follow in the same transaction."""
    from followups.services import interviews  # noqa: PLC0415 -- interviews call notes, and notes tell interviews

    move(note, new, by=by, reason=reason[:60], **fields)
    interviews.note_moved(note, by=by, now=now)
    reminders.refresh(note, now=now)
    return note
