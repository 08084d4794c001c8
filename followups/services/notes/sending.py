"""Sending notes: by Afterword at a time, or from her own mailbox. What all letters in her name share is in `letters`."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.records import Conflict, Refused
from followups import outbox, reminders
from followups.models import OutboundEmail, ThankYouNote
from followups.outbox.clock import database_now
from followups.services import letters
from followups.services.consequences import note_moved
from followups.services.notes.checks import errors_in, findings_of
from followups.services.notes.letters import letter_of
from followups.services.notes.times import note_times, zone_of
from interviews.models import Interview

Status = ThankYouNote.Status
# Due times lie before the last usable moment by less than this: after it no draft can still be of use.
OVER_AFTER = timedelta(days=8)


class NoteLife(letters.LetterLife):
    """Thank-you notes and correction letters: a note's clock, and several readers at one address."""

    model = ThankYouNote
    kind = "note"
    related = ("interview__candidate", "interviewer", "carries")
    by_self = Status.SENT_BY_SELF
    page = "note-detail"
    changed = gettext_lazy("The note has changed since you looked at it. Please read it once more.")
    there_already = gettext_lazy("There is a note to this person already.")
    letter_of = staticmethod(letter_of)
    zone_of = staticmethod(zone_of)

    def title_of(self, note):
        names = {"to": note.to_name or note.to_email or note.interview.company, "company": note.interview.company}
        if note.kind == ThankYouNote.Kind.CORRECTION:
            return _("Short letter to %(to)s, %(company)s") % names
        return _("Thank-you note to %(to)s, %(company)s") % names

    def suggested_at(self, note, now):
        return note_times(note, now).suggested_send_at

    def earliest(self, note, now):
        return note_times(note, now).not_before

    def check_can_go(self, note, send_at, now):
        if reason := why_not_by_afterword(note, now):
            raise Refused(reason)
        missing = {
            "to_email": _(
                "An address is missing. Without one, send it from your own mailbox or pass it on another way."
            ),
            "subject": _("A letter needs a subject."),
            "body": _("The note is still empty."),
        }
        for field, message in missing.items():
            if not getattr(note, field).strip():
                raise Refused(message, field=field)
        if reason := outbox.against_address(note.candidate, note.to_email, now):
            raise Refused(reason, field="to_email")
        times = note_times(note, now)
        self.check_not_past(send_at, now)
        if send_at < times.not_before:
            raise Refused(
                _("Give it a quarter of an hour after the interview: a note in the same minute looks prepared."),
                field="send_wall",
            )
        if send_at >= times.usable_until:
            raise Refused(_("That would be too late to be read. Choose an earlier time."), field="send_wall")

    def findings_of(self, note, now):
        return errors_in(findings_of(note, now))

    def put_in_outbox(self, note, letter, moment, *, findings, by, now, reason=""):
        return self._queue_note(note, letter, moment, by=by, now=now, reason=reason, despite_findings=bool(findings))

    def again(self, note, moment, *, by, now):
        """Exactly what she approved, or not at all."""
        self.check_can_go(note, moment.at, now)
        letter = letter_of(note)
        if letter.hash != note.approved_hash:
            raise Conflict(self.changed)
        return self._queue_note(
            note, letter, moment, by=by, now=now, reason="again", despite_findings=note.despite_findings
        )

    def _queue_note(self, note, letter, moment, *, by, now, **fields):
        self.queue(note, letter, moment, by=by, now=now, useless_after=note_times(note, now).usable_until, **fields)
        note.events.filter(pk=note.events.last().pk).update(text_hash=letter.hash)
        # Several people with one address are one reader. Asked once the letter is queued: from there on others wait for it.
        others = ThankYouNote.objects.filter(interview=note.interview, kind=note.kind, to_email__iexact=note.to_email)
        if others.filter(status__in=[Status.SCHEDULED, *ThankYouNote.GONE]).exclude(pk=note.pk).exists():
            raise Refused(
                _("A note to this address is on its way already, or has gone. One is enough."), field="to_email"
            )
        return note

    def check_by_self(self, note, at):
        if at < note.interview.ends_at:
            raise Refused(_("That was before the interview was over."), field="at")

    def against(self, note):
        if note.interview.status != Interview.Status.HELD:
            return "interview_cancelled"
        if note.is_unwelcome and not note.despite_findings:
            return "contact_prohibited"
        return "too_late" if database_now() >= note_times(note).usable_until else ""

    def drafts_over(self, now):
        over = ThankYouNote.objects.filter(status__in=ThankYouNote.EDITABLE, due_at__lt=now - OVER_AFTER)
        return over.order_by("due_at")

    def moved(self, note, *, by, now):
        note_moved(note, by=by, now=now)

    def taken_back(self, note, *, by_staff):
        tell_owner(note, by_staff=by_staff)


LIFE = NoteLife()
locked, hold_letters, move_note = LIFE.locked, LIFE.hold, LIFE.move
schedule_note, send_now, unschedule_note = LIFE.schedule, LIFE.send_now, LIFE.unschedule
mark_sent_by_self, skip_note, reopen_note = LIFE.told_by_self, LIFE.skip, LIFE.reopen
resolve_unknown = LIFE.resolve_unknown


def why_not_by_afterword(note, now=None):
    """Why Afterword cannot send this note now, in words; "" if it can. Her own mailbox is always open."""
    now = now or timezone.now()
    interview = note.interview
    if interview.status in (Interview.Status.CANCELLED, Interview.Status.MISSED):
        return _("This interview did not take place, so no note goes out from here.")
    if interview.status != Interview.Status.HELD:
        return _("Afterword sends a note once the interview has taken place. Tell us when it is over.")
    if now >= note_times(note, now).usable_until:
        if interview.outcome != Interview.Outcome.NONE:
            return _("They have decided, so a note no longer goes out from here. Your own mailbox stays open.")
        return _("A week has passed, so a note no longer goes out from here. Your own mailbox stays open.")
    return outbox.against_letters(interview.candidate, now)


def tell_owner(note, *, by_staff=False):
    """Her letter does not go at the time she chose. `by_staff`: an admin took it back."""
    candidate = note.interview.candidate
    context = {
        "note": note,
        "event_zone": zone_of(note),
        "path": reverse("note-detail", args=[note.public_id]),
        "by_staff": by_staff,
    }
    message = reminders.compose_unless_muted("note-out", "note_taken_back", to=candidate, context=context)
    if message is None:
        return
    outbox.queue(
        message,
        kind="note_taken_back",
        urgency=OutboundEmail.Urgency.DEADLINE,
        recipient=candidate,
        subject=note,
        dedupe_key=f"note_taken_back:{note.public_id}:{note.round}",
        ignores_quiet_hours=True,
    )


@transaction.atomic
def mark_review_asked(note, *, answer_by, if_unreviewed=ThankYouNote.IfUnreviewed.SEND, by, now=None):
    """A coach shall see it first. With `hold` nothing waits in the outbox until she or her coach says so."""
    now = now or timezone.now()
    if if_unreviewed == ThankYouNote.IfUnreviewed.HOLD and note.status == Status.SCHEDULED:
        unschedule_note(note, by=by, reason="held_for_review", now=now)
    note = locked(note)
    if note.status not in (*ThankYouNote.EDITABLE, Status.SCHEDULED):
        raise letters.moved_on(note)
    note.review_asked_at, note.answer_by, note.if_unreviewed = now, answer_by, if_unreviewed
    note.save(update_fields=["review_asked_at", "answer_by", "if_unreviewed", "updated_at"])
    return note
