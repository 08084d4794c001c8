"""Reviews whose coach is away when they are due: to her other coach, or gone without, at once and said so."""

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import Engagement
from coaching.models import CoachAbsence, Review, ReviewEvent
from coaching.reminders import refresh_review
from coaching.services import reviews
from followups import outbox, reminders
from followups.models import OutboundEmail
from interviews.models import Interview


def due_within(coach, starts_at, ends_at, now):
    """Open reviews of this coach that she cannot answer in time if she is away then: due meanwhile, and she away already."""
    if starts_at > now:
        # Until she leaves she can still answer.
        return Review.objects.none()
    return Review.objects.filter(coach=coach, status=Review.Status.OPEN, answer_by__lt=ends_at)


def of_the_away(now):
    """Open reviews whose coach is away now and back only after they are due."""
    away = CoachAbsence.objects.standing().at(now).filter(coach=OuterRef("coach"), ends_at__gt=OuterRef("answer_by"))
    return Review.objects.filter(Exists(away), status=Review.Status.OPEN).order_by("answer_by", "id")


def look_after(absence, *, now):
    """Pass on, or let go, what waits for this coach; run once or fifty times, the same."""
    for review in due_within(absence.coach, absence.starts_at, absence.ends_at, now).order_by("answer_by", "id"):
        hand_over(review, now=now)


@transaction.atomic
def hand_over(review, *, now):
    """To another coach of hers who may read the interview and is there; else it counts as unanswered. False if it has ended."""
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("interview", "candidate", "coach", "note")
        .get(pk=review.pk)
    )
    if review.status != Review.Status.OPEN:
        return False
    other = _another_coach(review, now)
    if other is None:
        return reviews.go_without(review, now=now, reason="coach away")
    former = review.coach
    Review.objects.filter(pk=review.pk).update(coach=other, opened_at=None, updated_at=now)
    ReviewEvent.objects.create(subject=review, old=review.status, new=review.status, reason="coach away")
    outbox.cancel(review, kind="review_asked", reason="passed on")
    review.refresh_from_db()
    _tell(review, "review_asked", to=other, now=now)
    _tell(review, "review_passed_on", to=review.candidate, now=now)
    refresh_review(review, now=now)
    reminders.refresh(former, now=now)
    return True


def _another_coach(review, now):
    """Of her coaches those who may read this interview and are not away themselves, who has worked with her longest."""
    away = CoachAbsence.objects.standing().at(now).filter(coach=OuterRef("coach"))
    engagements = Engagement.objects.active().filter(~Exists(away), candidate=review.candidate)
    for engagement in engagements.exclude(coach=review.coach).select_related("coach").order_by("created_at", "id"):
        if Interview.objects.visible_to(engagement.coach).filter(pk=review.interview_id).exists():
            return engagement.coach
    return None


def _tell(review, template, *, to, now):
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
        useless_after=review.answer_by,
        # Asked once by each coach it comes to.
        dedupe_key=f"{template}:{review.public_id}:{review.coach_id}",
    )
