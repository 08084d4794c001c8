"""Sending notes: by Afterword at a time, or from her own mailbox."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import when
from accounts.records import Conflict, Refused
from followups import outbox
from followups.models import OutboundEmail, ThankYouNote
from followups.services.notes.checks import errors_in, findings_of
from followups.services.notes.letters import letter_of
from followups.services.notes.moving import locked, move_note
from followups.services.notes.times import note_times, zone_of
from interviews.models import Interview

KIND = "note"
A_MOMENT = timedelta(minutes=2)
MOMENTS_AHEAD = timedelta(minutes=5)
Status = ThankYouNote.Status


class BetterChanged(Refused):
    """The check found something better changed: asked once more before it goes. `findings` are the errors."""

    def __init__(self, findings):
        super().__init__(_("Something in it is better changed before it goes."), field="despite_findings")
        self.findings = findings


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


@transaction.atomic
def schedule_note(note, *, send_wall, send_zone, by, despite_findings=False, seen_hash="", now=None):
    """Approve exactly this letter for a wall time in a zone, and queue it.

    Raises BetterChanged if the check finds an error and `despite_findings` is not set, Conflict if the note has moved on or,
    with `seen_hash`, is not what she saw, Refused for what cannot be sent.
    """
    now = now or timezone.now()
    send_at = _instant(send_wall, send_zone)
    note = locked(note)
    if note.status not in ThankYouNote.EDITABLE:
        raise _moved_on(note)
    _check_can_go(note, send_at, now)
    letter = letter_of(note)
    if seen_hash and seen_hash != letter.hash:
        raise Conflict(_("The note has changed since you looked at it. Please read it once more."))
    errors = errors_in(findings_of(note, now))
    if errors and not despite_findings:
        raise BetterChanged(errors)
    return _queue(note, letter, send_wall, send_zone, send_at, by=by, now=now, despite_findings=bool(errors))


def _queue(note, letter, send_wall, send_zone, send_at, *, by, now, despite_findings, reason=""):
    number = note.round + 1
    move_note(
        note,
        Status.SCHEDULED,
        by=by,
        reason=reason,
        now=now,
        send_wall=send_wall,
        send_zone=send_zone,
        send_at=send_at,
        approved_hash=letter.hash,
        approved_at=now,
        despite_findings=despite_findings,
        failure="",
        round=number,
    )
    note.events.filter(pk=note.events.last().pk).update(text_hash=letter.hash)
    outbox.queue(
        letter.as_message(),
        kind=KIND,
        urgency=OutboundEmail.Urgency.LETTER,
        to_third_party=True,
        sender=note.interview.candidate,
        subject=note,
        due_at=send_at,
        useless_after=note_times(note, now).usable_until,
        dedupe_key=key_of(note),
        content_hash=letter.hash,
    )
    _check_first_to_address(note)
    return note


def _check_first_to_address(note):
    """Several people with one address are one reader. Asked once the letter is queued: from there on others wait for this one."""
    others = ThankYouNote.objects.filter(interview=note.interview, kind=note.kind, to_email__iexact=note.to_email)
    if others.filter(status__in=[Status.SCHEDULED, *ThankYouNote.GONE]).exclude(pk=note.pk).exists():
        raise Refused(_("A note to this address is on its way already, or has gone. One is enough."), field="to_email")


def key_of(note):
    """Names one letter of a note: a person's “send again” is another one."""
    return f"note:{note.public_id}:{note.round}"


def _instant(wall, zone):
    try:
        return when.to_instant(wall.replace(tzinfo=None), zone)
    except (when.UnknownZone, ValueError):
        raise Refused(_("This date cannot be right."), field="send_wall") from None


def _check_can_go(note, send_at, now):
    if reason := why_not_by_afterword(note, now):
        raise Refused(reason)
    missing = {
        "to_email": _("An address is missing. Without one, send it from your own mailbox or pass it on another way."),
        "subject": _("A letter needs a subject."),
        "body": _("The note is still empty."),
    }
    for field, message in missing.items():
        if not getattr(note, field).strip():
            raise Refused(message, field=field)
    if reason := outbox.against_address(note.candidate, note.to_email, now):
        raise Refused(reason, field="to_email")
    times = note_times(note, now)
    if send_at < now - A_MOMENT:
        raise Refused(_("That moment has passed. Choose a later one, or send it now."), field="send_wall")
    if send_at < times.not_before:
        raise Refused(
            _("Give it a quarter of an hour after the interview: a note in the same minute looks prepared."),
            field="send_wall",
        )
    if send_at >= times.usable_until:
        raise Refused(_("That would be too late to be read. Choose an earlier time."), field="send_wall")


def send_now(note, *, by, despite_findings=False, seen_hash="", now=None):
    """Schedule it for a moment from now, so that she can take it back (settings.UNDO_SECONDS)."""
    now = now or timezone.now()
    at = max(now + timedelta(seconds=settings.UNDO_SECONDS), note_times(note, now).not_before)
    zone = zone_of(note)
    return schedule_note(
        note,
        send_wall=when.to_wall(at, zone),
        send_zone=zone,
        by=by,
        despite_findings=despite_findings,
        seen_hash=seen_hash,
        now=now,
    )


@transaction.atomic
def unschedule_note(note, *, by=None, reason="", now=None):
    """Take a letter back: it is a draft again. Raises Conflict if it is on its way already."""
    # The mail first: the pump takes its row first too. Its follower makes the note a draft.
    outbox.cancel(note, kind=KIND, by=by, reason=reason or "taken_back")
    note = locked(note)
    if note.status == Status.SCHEDULED:
        # No mail waits any more, or it has been lost: nothing will go.
        if _letter_row(note, "handing_over", "sent", "unknown"):
            raise _on_its_way()
        move_note(note, Status.DRAFT, by=by, reason=reason or "taken_back", now=now)
    elif note.status != Status.DRAFT:
        raise _on_its_way()
    return note


def _moved_on(note):
    return Conflict(
        _("This has moved on in the meantime: it is “%(state)s” now.") % {"state": note.get_status_display()}
    )


def _on_its_way():
    return Conflict(_("It is on its way already, so it cannot be taken back."))


def _letter_row(note, *statuses):
    rows = OutboundEmail.objects.filter(dedupe_key=key_of(note))
    return (rows.filter(status__in=statuses) if statuses else rows).first()


@transaction.atomic
def mark_sent_by_self(note, *, by, at=None, now=None):
    """She sent it from her own mailbox at `at` (default: now). A letter still waiting here is taken back."""
    now = now or timezone.now()
    at = at or now
    if at > now + MOMENTS_AHEAD:
        raise Refused(_("That moment is still to come."), field="at")
    if at < note.interview.ends_at:
        raise Refused(_("That was before the interview was over."), field="at")
    _settle_letter(note, by=by, reason="sent_by_self", now=now)
    return move_note(locked(note), Status.SENT_BY_SELF, by=by, now=now, sent_at=at, failure="")


def _settle_letter(note, *, by, reason, now):
    """Whatever letter of this note waits or hangs in the balance: it is not to go any more."""
    note = ThankYouNote.objects.get(pk=note.pk)
    if note.status in (Status.SCHEDULED, Status.SENDING):
        unschedule_note(note, by=by, reason=reason, now=now)
    elif note.status == Status.UNKNOWN and (row := _letter_row(note, "unknown")):
        outbox.resolve_unknown(row, by=by, arrived=False)


@transaction.atomic
def skip_note(note, *, by=None, reason="", now=None):
    """No note to this person. It can be taken up again."""
    _settle_letter(note, by=by, reason=reason or "skipped", now=now)
    return move_note(locked(note), Status.SKIPPED, by=by, reason=reason, now=now)


@transaction.atomic
def reopen_note(note, *, by, now=None):
    """Take up a skipped note again, or one marked as sent by mistake."""
    try:
        with transaction.atomic():
            return move_note(locked(note), Status.DRAFT, by=by, reason="reopened", now=now, sent_at=None)
    except IntegrityError:
        raise Conflict(_("There is a note to this person already.")) from None


@transaction.atomic
def resolve_unknown(note, choice, *, by, now=None):
    """Her answer to "we can't see whether it arrived": leave it, own (sent from her own mailbox), or again."""
    now = now or timezone.now()
    row = _letter_row(note, "unknown")
    if note.status != Status.UNKNOWN or row is None:
        raise _moved_on(note)
    if choice == "own":
        return mark_sent_by_self(note, by=by, now=now)
    if choice not in ("leave", "again"):
        raise Refused(_("Choose one of the answers."), field="choice")
    outbox.resolve_unknown(row, by=by, arrived=choice == "leave")
    note = locked(note)
    if choice == "leave":
        if note.status == Status.UNKNOWN:
            move_note(note, Status.SENT, by=by, reason="left", now=now, sent_at=row.handed_over_at or now)
        return note
    at = now + timedelta(seconds=settings.UNDO_SECONDS)
    _check_can_go(note, at, now)
    zone, letter = zone_of(note), letter_of(note)
    if letter.hash != note.approved_hash:
        raise Conflict(_("The note has changed since you looked at it. Please read it once more."))
    return _queue(
        note,
        letter,
        when.to_wall(at, zone),
        zone,
        at,
        by=by,
        now=now,
        despite_findings=note.despite_findings,
        reason="again",
    )


@transaction.atomic
def mark_review_asked(note, *, answer_by, if_unreviewed=ThankYouNote.IfUnreviewed.SEND, by, now=None):
    """A coach shall see it first. With `hold` nothing waits in the outbox until she or her coach says so."""
    now = now or timezone.now()
    if if_unreviewed == ThankYouNote.IfUnreviewed.HOLD and note.status == Status.SCHEDULED:
        unschedule_note(note, by=by, reason="held_for_review", now=now)
    note = locked(note)
    if note.status not in (*ThankYouNote.EDITABLE, Status.SCHEDULED):
        raise _moved_on(note)
    note.review_asked_at, note.answer_by, note.if_unreviewed = now, answer_by, if_unreviewed
    note.save(update_fields=["review_asked_at", "answer_by", "if_unreviewed", "updated_at"])
    return note
