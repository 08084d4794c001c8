"""Forgetting one mistake for good, with everything that came of it; and saying beforehand what that is.

What has been sent stays sent: its text, and the record that it went, are hers and its reader's.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import when
from accounts.models import IdempotentRequest
from accounts.records import Conflict, Refused
from accounts.services import forget_drafts_under
from followups import drafting, outbox, reminders
from followups.models import Lesson, NoteText, RefereeBrief, ThankYouNote
from followups.services import briefs, lessons, notes
from followups.services.interviews import hold_letters, interview_changed
from interviews import services as facts

Kind, Status = ThankYouNote.Kind, ThankYouNote.Status
LEFT = (RefereeBrief.Status.SENT, RefereeBrief.Status.SHARED_BY_SELF, RefereeBrief.Status.UNKNOWN)
_forgetters = []


def register(forget):
    """Let an upper app forget what it holds about a mistake: `forget(mistake)` is called in the same transaction, before it goes."""
    _forgetters.append(forget)


def what_goes(mistake, *, now=None):
    """What else goes with it, in sentences for her; what a waiting letter becomes is said first."""
    lines = [_goes(note) for note in _unsent(mistake)]
    if _briefs(mistake).exclude(status__in=LEFT).exists():
        lines.append(_("What a referee was to be told about it goes too."))
    if Lesson.objects.filter(mistake=mistake).exists():
        lines.append(_("What you took up to practise from it goes too."))
    return lines


def what_stays(mistake):
    """What has left already and stays with those who have it."""
    names = [note.to_name for note in mistake.carried_by.filter(status__in=ThankYouNote.GONE) if note.to_name]
    names += [brief.referee.name for brief in _briefs(mistake).filter(status__in=LEFT)]
    return [_("%(name)s has your letter already, and that stays.") % {"name": name} for name in dict.fromkeys(names)]


def text_without(note):
    """How a letter reads once the sentence is out; None where its words are not found in it."""
    return drafting.without_addition(note.body, note.carries.correction)


def _goes(note):
    name = {"name": note.to_name or _("them")}
    if note.kind == Kind.CORRECTION:
        return _("Your letter to %(name)s about it is put away and does not go.") % name
    if not note.carries.correction.strip():
        return _("Your note to %(name)s stays as it is.") % name
    if text_without(note) is None:
        return _("Your note to %(name)s says it in other words. Look it over afterwards.") % name
    if note.status == Status.SCHEDULED:
        at = when.print_instant(
            note.send_at,
            reader_zone=note.candidate.zone,
            event_zone=note.interview.zone,
            translate=_,
        )
        return _("Your note to %(name)s still goes %(at)s, without those sentences.") % {**name, "at": at}
    return _("Those sentences come out of your note to %(name)s.") % name


def _unsent(mistake):
    return list(
        mistake.carried_by.exclude(status__in=ThankYouNote.GONE)
        .select_related("interview__candidate", "interviewer", "carries")
        .order_by("id")
    )


def _briefs(mistake):
    return mistake.referee_briefs.select_related("referee")


@transaction.atomic
def delete_mistake(mistake, *, by, now=None):
    """Forget it: decisions, lesson, its words in whatever is not out, earlier texts, drafts of forms, stored answers.

    A note that waits goes at its time without the addition. Raises Conflict while one with it is being handed over.
    """
    interview = mistake.interview
    hold_letters(interview)
    if mistake.carried_by.filter(status=Status.SENDING).exists():
        raise Conflict(_("A note of this interview is on its way just now. Try again in a minute."))
    for note in _unsent(mistake):
        _leave_out(note, by=by, now=now)
    for brief in _briefs(mistake).exclude(status__in=LEFT):
        briefs.forget_brief(brief, by=by)
    # An earlier text may hold an earlier wording of it, in whichever note of this interview.
    since = mistake.created_at
    NoteText.objects.filter(note__interview=interview, at__gte=since).delete()
    subjects = [*interview.thank_you_notes.all(), *interview.referee_briefs.all()]
    outbox.forget_unsent(subjects, since=since)
    for forget in _forgetters:
        forget(mistake)
    lessons.forget_lessons(Lesson.objects.filter(mistake=mistake), by=by)
    _forget_typed(mistake)
    facts.delete_mistake(mistake, by=by)
    return interview_changed(interview, by=by, now=now)


def _leave_out(note, *, by, now):
    if note.kind == Kind.CORRECTION:
        outbox.cancel(note, by=by, reason="deleted")
        outbox.forget_unsent([note])
        reminders.forget(note)
        note.delete()
        return
    wall, zone = note.send_wall, note.send_zone
    if note.status == Status.SCHEDULED and text_without(note) is not None:
        note = notes.unschedule_note(note, by=by, reason="deleted", now=now)
        notes.take_out_correction(note, by=by, reason="deleted", now=now)
        note.refresh_from_db()
        try:
            with transaction.atomic():
                # She has seen on the page how it reads without them, and that it keeps its time.
                notes.schedule_note(note, send_wall=wall, send_zone=zone, by=by, despite_findings=True, now=now)
        except (Refused, Conflict):
            notes.tell_owner(note)
    elif note.status in ThankYouNote.EDITABLE:
        notes.take_out_correction(note, by=by, reason="deleted", now=now)


def _forget_typed(mistake):
    """Words in forms that were never sent, and answers of the API that are kept for a retry."""
    interview, candidate = mistake.interview, mistake.interview.candidate
    forget_drafts_under(f"/mistakes/{mistake.public_id}/")
    forget_drafts_under(f"/interviews/{interview.public_id}/mistakes/")
    forget_drafts_under(f"/interviews/{interview.public_id}/briefs/")
    kept = IdempotentRequest.objects.filter(route__startswith="/api/", answer__isnull=False)
    name = str(mistake.public_id).encode()
    about = [row.pk for row in kept.filter(user=candidate).iterator() if name in bytes(row.answer)]
    IdempotentRequest.objects.filter(pk__in=about).update(status=410, answer=b"")
