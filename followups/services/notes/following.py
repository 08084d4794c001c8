"""The note follows its mail, and the outbox asks the note before each hand-over."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.records import Conflict
from followups.models import OutboundEmail, ThankYouNote
from followups.outbox.clock import database_now
from followups.services.notes.changes import tell_owner
from followups.services.notes.letters import text_hash
from followups.services.notes.moving import locked, move_note
from followups.services.notes.sending import KIND, key_of, resolve_unknown
from followups.services.notes.times import note_times
from interviews.models import Interview

Status = ThankYouNote.Status
FOLLOWS = {
    "queued": Status.SCHEDULED,
    "claimed": Status.SENDING,
    "handing_over": Status.SENDING,
    "sent": Status.SENT,
    "failed": Status.FAILED,
    "suppressed": Status.FAILED,
    "cancelled": Status.DRAFT,
    "unknown": Status.UNKNOWN,
}
LATE_BY = timedelta(minutes=2)
# Due times lie before the last usable moment by less than this: after it no draft can still be of use.
OVER_AFTER = timedelta(days=8)


def follow(row, old, new):
    """Take over the state of the mail. Its event says who did it and why."""
    note = ThankYouNote.objects.filter(public_id=row.subject_id).first()
    if note is None:
        return
    note = locked(note)
    state = FOLLOWS[new]
    if row.dedupe_key != key_of(note) or state == note.status or not _follows(note, state):
        return
    event = row.events.select_related("by").order_by("pk").last()
    fields = {"failure": ""}
    if state == Status.SENT:
        fields["sent_at"] = row.sent_at
    elif state == Status.FAILED:
        fields["failure"] = (row.error or event.reason)[:40]
    if note.status == Status.SCHEDULED and state in (Status.SENT, Status.UNKNOWN):
        move_note(note, Status.SENDING, reason=event.reason)
    move_note(note, state, by=event.by, reason=event.reason, **fields)
    if state == Status.DRAFT and event.by and event.by != note.interview.candidate:
        tell_owner(note, by_staff=True)


def _follows(note, state):
    """Only what is under way follows; what she has settled herself stays as it is."""
    if note.status == Status.UNKNOWN:
        return state in (Status.SENT, Status.FAILED)
    if note.status == Status.SCHEDULED and state in (Status.SENT, Status.UNKNOWN):
        return True  # the news that it was under way got lost
    return note.status in (Status.SCHEDULED, Status.SENDING, Status.FAILED) and state in ThankYouNote.MOVES[note.status]


def came_back(row):
    """The letter came back after the server had accepted it: it did not arrive, and she is told at once (`note_out`)."""
    note = ThankYouNote.objects.filter(public_id=row.subject_id).first()
    if note is None:
        return
    note = locked(note)
    if row.dedupe_key == key_of(note) and note.status == Status.SENT:
        move_note(note, Status.FAILED, reason="bounced", failure="bounced", sent_at=None)


def titles_of(rows):
    """What her letters are called, the page of each, and the zone of its reader."""
    notes = ThankYouNote.objects.filter(public_id__in=[row.subject_id for row in rows]).select_related("interview")
    by_id = {note.public_id: note for note in notes}
    found = {}
    for row in rows:
        if note := by_id.get(row.subject_id):
            zone = note.send_zone or note.interview.zone
            found[row.pk] = (_title(note), reverse("note-detail", args=[note.public_id]), zone)
    return found


def _title(note):
    names = {"to": note.to_name or note.to_email or note.interview.company, "company": note.interview.company}
    if note.kind == ThankYouNote.Kind.CORRECTION:
        return _("Correction to %(to)s, %(company)s") % names
    return _("Thank-you note to %(to)s, %(company)s") % names


def resolve_letter(row, choice, *, by):
    """Her answer about a letter of which nobody can see whether it arrived."""
    note = ThankYouNote.objects.filter(public_id=row.subject_id).select_related("interview__candidate").first()
    if note is None or row.dedupe_key != key_of(note):
        raise Conflict(_("This is settled already."))
    resolve_unknown(note, choice, by=by)


def still_wanted(row):
    """Why this letter must not go now; "" if she still wants exactly this."""
    note = (
        ThankYouNote.objects.select_related("interview__candidate", "interviewer")
        .filter(public_id=row.subject_id)
        .first()
    )
    if note is None:
        return "note_gone"
    interview = note.interview
    if row.dedupe_key != key_of(note) or note.status not in (Status.SCHEDULED, Status.SENDING):
        return "not_approved"
    if not row.content_hash == note.approved_hash == text_hash(note):
        return "changed"
    if not interview.candidate.is_active:
        return "sender_gone"
    if interview.status != Interview.Status.HELD:
        return "interview_cancelled"
    if note.is_unwelcome and not note.despite_findings:
        return "contact_prohibited"
    if database_now() >= note_times(note).usable_until:
        return "too_late"
    return ""


def catch_up(now):
    """With each pass of the pump: follow mails whose news did not arrive, and put away drafts of which no use is left."""
    late = ThankYouNote.objects.filter(status__in=[Status.SCHEDULED, Status.SENDING], send_at__lt=now - LATE_BY)
    for note in late[:50]:
        row = OutboundEmail.objects.filter(kind=KIND, dedupe_key=key_of(note)).first()
        if row and FOLLOWS[row.status] != note.status:
            follow(row, "", row.status)
    over = ThankYouNote.objects.filter(status__in=ThankYouNote.EDITABLE, due_at__lt=now - OVER_AFTER)
    for note in over.order_by("due_at")[:50]:
        move_note(note, Status.EXPIRED, reason="too_late", now=now)
