"""Own notes of a session: kept while typing, for whoever writes them."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.records import Overtaken, Refused, version_of
from coaching.models import SessionNote


def note_of(booking, writer):
    """What this person has written down; not saved yet where that is nothing."""
    return SessionNote.objects.filter(booking=booking, writer=writer).first() or SessionNote(
        booking=booking, writer=writer
    )


def version(note):
    """Names exactly what stands there, for a page to bring back."""
    return version_of([note.text])


@transaction.atomic
def keep_note(booking, *, by, text, seen=None):
    """Keep what was written. With the version that was `seen`, Overtaken if another window changed it since."""
    SessionNote.objects.get_or_create(booking=booking, writer=by)
    note = SessionNote.objects.select_for_update().get(booking=booking, writer=by)
    if note.text == text:
        return note
    if seen is not None and seen != version(note):
        raise Overtaken
    note.text = text
    try:
        note.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused(next(iter(error.message_dict.values()))[0], field="text") from None
    note.save(update_fields=["text", "updated_at"])
    return note


def carry_notes(old, new):
    """A session has moved: notes go along, her coach's only where that is the same."""
    writers = {old.candidate_id} | ({old.coach_id} if old.coach_id == new.coach_id else set())
    SessionNote.objects.filter(booking=old, writer__in=writers).update(booking=new)
