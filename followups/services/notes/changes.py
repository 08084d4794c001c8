"""What becomes of notes when their interview changes, or a coach stops what one of them carries."""

from django.db import transaction
from django.utils import timezone

from followups.models import ThankYouNote
from followups.services.notes.drafts import take_out_correction
from followups.services.notes.sending import schedule_note, skip_note, tell_owner, unschedule_note
from followups.services.notes.times import note_times
from interviews.models import Interview

Status = ThankYouNote.Status


@transaction.atomic
def interview_changed(interview, *, by=None, now=None):
    """Derive the times of its notes anew; take back what no longer fits, and skip the notes of one that did not take place."""
    now = now or timezone.now()
    gone = interview.status in (Interview.Status.CANCELLED, Interview.Status.MISSED)
    for note in interview.thank_you_notes.filter(status__in=[*ThankYouNote.EDITABLE, Status.SCHEDULED]):
        if gone:
            skip_note(note, by=by, reason="interview_cancelled", now=now)
        else:
            _derive_again(note, by, now)


def _derive_again(note, by, now):
    note.interview.refresh_from_db()
    times, old_due = note_times(note, now), note.due_at
    if note.status == Status.SCHEDULED and not _still_fits(note, times, old_due):
        unschedule_note(note, by=by, reason="no_longer_fits", now=now)
        tell_owner(note)
    fields = {"due_at": times.due_at}
    person = note.interviewer
    if person and person.email and not note.to_email and note.status in ThankYouNote.EDITABLE:
        fields["to_email"] = person.email
    ThankYouNote.objects.filter(pk=note.pk).update(**fields)


def _still_fits(note, times, old_due):
    """Between the earliest moment and the last, and not after a due time that it kept before."""
    if not times.not_before <= note.send_at < times.usable_until:
        return False
    return note.send_at <= times.due_at or (old_due is not None and note.send_at > old_due)


@transaction.atomic
def stop_correction(note, *, by, now=None):
    """A coach stops a false or hurtful sentence after approval: a scheduled letter goes at its time without it.

    Where the words cannot be found in her text, it stays a draft for her to look at.
    """
    now = now or timezone.now()
    was_scheduled = note.status == Status.SCHEDULED
    wall, zone = note.send_wall, note.send_zone
    if was_scheduled:
        note = unschedule_note(note, by=by, reason="correction_stopped", now=now)
    if take_out_correction(note, by=by, reason="correction_stopped", now=now) and was_scheduled:
        note.refresh_from_db()
        return schedule_note(note, send_wall=wall, send_zone=zone, by=by, despite_findings=True, now=now)
    note.refresh_from_db()
    tell_owner(note)
    return note
