"""Reviews: a coach looks at what waits in one interview. It never costs a deadline and never locks anything.

Asking includes her approval of the exact letter and its time, so an answer is a gift: without one everything goes as approved.
"""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Engagement
from accounts.records import Conflict, Refused, move, start
from coaching.differences import parts, taken
from coaching.models import Review, ReviewItem
from coaching.reminders import refresh_review
from coaching.services import answer_times as times
from coaching.services import answers as answering
from coaching.services import desk
from followups import outbox, reminders
from followups.models import NoteEvent, OutboundEmail, ThankYouNote, TriageDecision
from followups.services import notes
from followups.services.letters import normal_text
from interviews.models import Interview, Mistake

IfUnreviewed = ThankYouNote.IfUnreviewed


@transaction.atomic
def ask_review(
    interview,
    *,
    coach,
    by,
    note=None,
    decisions=None,
    if_unreviewed=IfUnreviewed.SEND,
    question="",
    now=None,
    **sending,
):
    """Ask her coach (None: the team at the desk) about the decisions that wait and, with `note`, about the letter.

    A note that is still a draft is scheduled first, with `sending` (see notes.schedule_note): she approves text and time
    here. Raises Refused where no answer could come in time, or there is nothing to ask; Conflict where one is open already.
    """
    now = now or timezone.now()
    interview = (
        Interview.objects.select_for_update(no_key=True, of=("self",)).select_related("candidate").get(pk=interview.pk)
    )
    _check_coach(interview, coach, by)
    to_desk = coach is None
    if note is not None:
        note = _approved(note, interview, by=by, now=now, sending=sending)
    decisions = times.waiting_decisions(interview) if decisions is None else list(decisions)
    decisions = _with_carried(decisions, note)
    if not decisions and note is None:
        raise Refused(_("Choose what your coach shall look at: a decision or your note."), field="decisions")
    answer_by = times.answer_by(decisions, note, interview=interview, coach=coach, now=now)
    review = Review(
        interview=interview,
        candidate=interview.candidate,
        coach=coach,
        on_desk=to_desk,
        note=note,
        question=question,
        answer_by=answer_by,
    )
    try:
        with transaction.atomic():
            start(review, by=by)
    except IntegrityError:
        raise Conflict(_("This interview is with your coach already.")) from None
    ReviewItem.objects.bulk_create(ReviewItem(review=review, decision=decision) for decision in decisions)
    if note is not None:
        notes.mark_review_asked(note, answer_by=answer_by, if_unreviewed=if_unreviewed, by=by, now=now)
    if not to_desk:
        tell_asked(review, now=now)
    refresh_review(review, now=now)
    return review


def open_review(review, *, by, now=None):
    """Who has it open is shown to her."""
    if by.pk == review.coach_id and review.opened_at is None:
        Review.objects.filter(pk=review.pk, opened_at=None).update(opened_at=now or timezone.now())


@transaction.atomic
def answer_review(review, *, by, answers, suggestion="", message="", now=None):
    """The coach's word on each item and on the note. `answers`: {item: {"answer", "action", "message", "stop"}}.

    Agreed, the note goes at its time without another click. A change becomes a new decision; once something has gone it is
    kept "for next time". Raises Conflict for the second answer, Refused (field "<item's public_id>") for an incomplete one.
    """
    now = now or timezone.now()
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("interview", "candidate", "coach", "note")
        .get(pk=review.pk)
    )
    if not review.is_answerable:
        raise Conflict(_("This has been answered already. Thank you for looking."))
    items = list(review.items.select_related("decision__mistake__interview__candidate"))
    for item in items:
        answering.answer_item(item, answers.get(item) or answers.get(str(item.public_id)) or {}, by=by, now=now)
    # A browser sends other line ends than it was given: those alone are no suggestion.
    suggestion = normal_text(suggestion).strip()
    if not review.note or suggestion == normal_text(review.note.body).strip():
        suggestion = ""
    # Once she has stopped waiting, a note she keeps back is hers alone to send.
    is_waited_for = review.status != Review.Status.WITHDRAWN
    move(review, Review.Status.ANSWERED, by=by, answered_at=now, suggestion=suggestion, message=message.strip())
    desk.end_sight(review, now=now)
    if (
        is_waited_for
        and review.note
        and not suggestion
        and all(item.answer == ReviewItem.Answer.AGREE for item in items)
    ):
        _let_go(review.note, by=by, now=now)
    _tell(review, "review_answered", to=review.candidate, now=now)
    refresh_review(review, now=now)
    return review


def parts_of(review):
    """Note and suggestion as what is the same and numbered changes (differences.Part)."""
    return parts(review.note.body.strip(), review.suggestion.strip())


@transaction.atomic
def take_suggestion(review, *, by, text=None, accepted=None, base="", despite_findings=False, now=None):
    """She takes the suggested text, its parts numbered in `accepted`, or her own `text` made from it.

    The numbers are those of `parts_of`; `base` is the notes.version_of what they were shown beside, and another version of
    the note raises Conflict. A scheduled letter keeps its time and goes with the new words; what stood there is kept.
    Raises letters.BetterChanged where the check asks once more before a scheduled letter goes with these words.
    """
    now = now or timezone.now()
    review = Review.objects.select_for_update(of=("self",)).select_related("note").get(pk=review.pk)
    note = review.note
    if note is None or not review.suggestion or review.suggestion_taken_at:
        raise Conflict(_("There is no suggestion left to take."))
    note.refresh_from_db()
    if base and base != notes.version_of(note):
        raise Conflict(_("The note has changed since you looked at it. Please read it once more."))
    if accepted is not None:
        text = taken(parts_of(review), set(accepted))
    text = normal_text(review.suggestion if text is None else text)
    if text == note.body:
        return _settled(review, now)
    was_scheduled = note.status == ThankYouNote.Status.SCHEDULED
    when_to_send = {"send_wall": note.send_wall, "send_zone": note.send_zone}
    if was_scheduled:
        notes.unschedule_note(note, by=by, reason="suggestion_taken", now=now)
    notes.edit_note(note, by=by, now=now, keep=True, body=text)
    if was_scheduled:
        notes.schedule_note(note, by=by, now=now, despite_findings=despite_findings, **when_to_send)
    return _settled(review, now)


def _settled(review, now):
    """Taken, in whole, in parts, or not at all: it is not offered again."""
    Review.objects.filter(pk=review.pk).update(suggestion_taken_at=now)
    review.refresh_from_db()
    return review


def way_to_ask(interview):
    """Her coach, where one can read this interview and is not asked about it already."""
    coaches = [
        one.coach for one in Engagement.objects.active().filter(candidate=interview.candidate).select_related("coach")
    ]
    if not coaches:
        return desk.way_to_ask(interview)
    if not interview.shared_with_coach or interview.reviews.filter(status=Review.Status.OPEN).exists():
        return None
    one = len(coaches) == 1
    return {
        "label": _("Ask %(coach)s") % {"coach": coaches[0].get_short_name()} if one else _("Ask one of your coaches"),
        "url": reverse("review-ask", args=[interview.public_id]),
    }


def word_on(note):
    """What the composer says about a coach's answer: words that wait for her, or that there is one; None without any."""
    answered = Review.objects.filter(note=note, status=Review.Status.ANSWERED).select_related("coach")
    review = answered.filter(suggestion_taken_at=None).exclude(suggestion="").first()
    if review is None:
        review = answered.order_by("-answered_at").first()
        if review is None:
            return None
        # What she took already stands in the note: nothing is left to open.
        is_taken = review.suggestion_taken_at is not None
        return {
            "text": _("%(coach)s has looked at it and answered.") % {"coach": review.coach.get_short_name()},
            "url": "" if is_taken else reverse("review-detail", args=[review.public_id]),
            "label": _("Read the answer"),
        }
    return {
        "text": _("%(coach)s suggests other words. Take all of them, some, or none.")
        % {"coach": review.coach.get_short_name()},
        "url": reverse("review-detail", args=[review.public_id]),
        "label": _("See the difference"),
    }


@transaction.atomic
def withdraw_review(review, *, by, now=None):
    """She no longer waits. What she approved stays approved."""
    move(review, Review.Status.WITHDRAWN, by=by)
    desk.end_sight(review, now=now or timezone.now())
    if review.note:
        ThankYouNote.objects.filter(pk=review.note_id).update(review_asked_at=None, answer_by=None)
    refresh_review(review, now=now)
    return review


@transaction.atomic
def go_without(review, *, now, reason=""):
    """Its time is over: everything goes as approved, and she is told so. False if it was answered meanwhile."""
    review = (
        Review.objects.select_for_update(of=("self",)).select_related("candidate", "coach", "note").get(pk=review.pk)
    )
    if review.status != Review.Status.OPEN:
        return False
    move(review, Review.Status.WENT_WITHOUT, reason=reason)
    desk.end_sight(review, now=now)
    _tell(review, "review_went_without", to=review.candidate, now=now)
    refresh_review(review, now=now)
    return True


def lose_coach(review, *, now):
    """The two no longer work together: it counts as unanswered, at once."""
    return go_without(review, now=now, reason="engagement ended")


def let_pass(review, *, now):
    """Its note is gone another way and nothing else in it waits: the coach may read it, nobody is told."""
    move(review, Review.Status.WENT_WITHOUT, reason="note gone")
    desk.end_sight(review, now=now)
    refresh_review(review, now=now)
    return True


def outlived(since):
    """Open reviews of notes that went or were left out after `since` without an answer, with no decision that waits for one."""
    waits = Q(decision__needs_coach=True) | Q(decision__disputed_at__isnull=False) | Q(decision__action="correct_now")
    items = ReviewItem.objects.filter(
        waits, review=OuterRef("pk"), decision__is_current=True, decision__mistake__status=Mistake.Status.DECIDED
    )
    lately = NoteEvent.objects.filter(new__in=ThankYouNote.OVERTAKEN, at__gt=since)
    return Review.objects.filter(
        ~Exists(items),
        status=Review.Status.OPEN,
        note__status__in=ThankYouNote.OVERTAKEN,
        note__in=lately.values("subject"),
    )


def overdue(now):
    return Review.objects.filter(status=Review.Status.OPEN, answer_by__lte=now).order_by("answer_by", "id")


def without_a_coach():
    """Open reviews whose coach may no longer see them, because the two no longer work together."""
    return Review.objects.filter(status=Review.Status.OPEN).left_by_their_coach()


def still_wanted(row):
    """Asked by the outbox before a mail to a coach goes: not once it is answered, or hers no longer."""
    review = Review.objects.filter(public_id=row.subject_id).first()
    if review is None or review.status != Review.Status.OPEN:
        return "answered"
    if not Review.objects.visible_to(row.recipient).filter(pk=review.pk).exists():
        return "no_engagement"
    return ""


def _check_coach(interview, coach, by):
    if by != interview.candidate:
        raise Refused(_("Only whoever had the interview asks about it."))
    if coach is None:
        if not desk.is_open_to(interview.candidate):
            raise Refused(_("Choose which of your coaches shall look at it."), field="coach")
        return
    if not Engagement.objects.active().filter(candidate=interview.candidate, coach=coach).exists():
        raise Refused(_("You can ask a coach you work with now."), field="coach")
    if not Interview.objects.visible_to(coach).filter(pk=interview.pk).exists():
        raise Refused(
            _("%(coach)s cannot read this interview yet. Share it first.") % {"coach": coach.get_full_name()},
            field="share",
        )


def _approved(note, interview, *, by, now, sending):
    if note.interview_id != interview.pk:
        raise Refused(_("This note belongs to another interview."), field="note")
    if note.status in ThankYouNote.EDITABLE and sending:
        note = notes.schedule_note(note, by=by, now=now, **sending)
    if note.status != ThankYouNote.Status.SCHEDULED:
        raise Refused(_("Say first when the note goes: it keeps its time, whatever your coach does."), field="note")
    return note


def _with_carried(decisions, note):
    """What the note carries is asked about with it."""
    if note is not None and note.carries_id and all(one.mistake_id != note.carries_id for one in decisions):
        decisions = decisions + list(TriageDecision.objects.current().filter(mistake=note.carries_id))
    return decisions


def _let_go(note, *, by, now):
    """Agreed: a letter she had kept back until then goes at the time she approved, or now, if that has passed."""
    note.refresh_from_db()
    held = note.status == ThankYouNote.Status.DRAFT and note.if_unreviewed == IfUnreviewed.HOLD
    if not held or not note.approved_hash or note.approved_hash != notes.text_hash(note):
        return
    try:
        with transaction.atomic():
            if note.send_at and note.send_at > now:
                notes.schedule_note(
                    note, send_wall=note.send_wall, send_zone=note.send_zone, by=by, despite_findings=True, now=now
                )
            else:
                notes.send_now(note, by=by, despite_findings=True, now=now)
    except (Refused, Conflict):
        # Too late for a letter from here: the mail about the answer leads her to the note, which says what is left.
        return


def tell_asked(review, *, now):
    """The mail to whoever is asked: her coach, or another one after that."""
    _tell(review, "review_asked", to=review.coach, now=now, useless_after=review.answer_by)


def tell_passed_on(review, *, now):
    """The mail to her, when another coach looks at it than the one she had asked."""
    _tell(review, "review_passed_on", to=review.candidate, now=now, useless_after=review.answer_by)


def _tell(review, template, *, to, now, useless_after=None):
    """A mail about a review carries no content: it says that there is something to read, and until when.

    Each event is told once: a review that comes back to the coach it was passed on by is news again, a retry is not.
    """
    context = {
        "review": review,
        "coach": review.coach,
        "candidate": review.candidate,
        "note": review.note,
        "event_zone": review.interview.zone,
        "link": settings.BASE_URL + reverse("review-detail", args=[review.public_id]),
    }
    message = reminders.compose_unless_muted("review", template, to=to, context=context)
    if message is None:
        return
    outbox.queue(
        message,
        kind=template,
        urgency=OutboundEmail.Urgency.DEADLINE,
        recipient=to,
        subject=review,
        useless_after=useless_after,
        dedupe_key=f"{template}:{review.public_id}:{review.events.latest('pk').pk}:{to.pk}",
    )
