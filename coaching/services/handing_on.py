"""Open reviews whose coach may read them no longer, or is away until they are due: her other coach takes them over, or they
count as unanswered."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Engagement, User
from coaching.models import CoachAbsence, Review, ReviewEvent
from coaching.reminders import refresh_review
from coaching.services import desk, reviews
from followups import outbox, reminders
from interviews.models import Interview


def heir_of(review, now=None):
    """Another coach of hers who can read this interview, and is not away until it is due; None without one."""
    away = CoachAbsence.objects.standing().at(now or timezone.now()).filter(ends_at__gt=review.answer_by)
    coaches = User.objects.filter(pk__in=Engagement.objects.coaches_of(review.candidate_id)).exclude(pk=review.coach_id)
    coaches = coaches.exclude(pk__in=away.values("coach_id"))
    for coach in coaches.order_by("name", "id"):
        if Interview.objects.visible_to(coach).filter(pk=review.interview_id).exists():
            return coach
    return None


def hand_on_all(*, now, **whose):
    """Those of one coach, or of one coach and one client, at once."""
    for review in Review.objects.filter(status=Review.Status.OPEN, **whose).order_by("answer_by", "id"):
        hand_on(review, now=now)


@transaction.atomic
def hand_on(review, *, now=None):
    """To her other coach with the time that is left, or as unanswered at once. False if it was answered meanwhile."""
    now = now or timezone.now()
    review = Review.objects.select_for_update(of=("self",)).select_related("candidate", "coach").get(pk=review.pk)
    if review.status != Review.Status.OPEN or Review.objects.still_with_their_coach().filter(pk=review.pk).exists():
        return False
    if review.on_desk and review.answer_by > now:
        return desk.put_back(review, now=now)
    heir = heir_of(review, now) if review.answer_by > now else None
    if heir is None:
        return reviews.lose_coach(review, now=now)
    pass_on(review, heir, reason="handed on", now=now)
    return True


def pass_on(review, heir, *, reason, now):
    """Give an open review to another coach, who is asked as the first was. Call it with the review's row held."""
    former = review.coach
    Review.objects.filter(pk=review.pk).update(coach=heir, opened_at=None, updated_at=now)
    review = Review.objects.select_related("interview", "candidate", "coach", "note").get(pk=review.pk)
    ReviewEvent.objects.create(subject=review, old=review.status, new=review.status, reason=reason)
    outbox.cancel(review, kind="review_asked", reason="passed on")
    reviews.tell_asked(review, now=now)
    refresh_review(review, now=now)
    reminders.refresh(former, now=now)
    return review
