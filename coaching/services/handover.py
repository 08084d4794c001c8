"""Reviews whose coach is away when they are due: to her other coach, or gone without, at once and said so."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from coaching.models import CoachAbsence, Review
from coaching.services import reviews
from coaching.services.handing_on import heir_of, pass_on


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
    review = Review.objects.select_for_update(of=("self",)).select_related("candidate", "coach").get(pk=review.pk)
    if review.status != Review.Status.OPEN:
        return False
    heir = heir_of(review, now) if review.answer_by > now else None
    if heir is None:
        return reviews.go_without(review, now=now, reason="coach away")
    review = pass_on(review, heir, reason="coach away", now=now)
    reviews.tell_passed_on(review, now=now)
    return True
