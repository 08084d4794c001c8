"""Open reviews whose coach may read them no longer: her other coach takes them over, or they count as unanswered."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Engagement, User
from coaching.models import Review, ReviewEvent
from coaching.reminders import refresh_review
from coaching.services import reviews
from followups import reminders
from interviews.models import Interview


def heir_of(review):
    """Another coach of hers who can read this interview; None without one."""
    coaches = User.objects.filter(pk__in=Engagement.objects.coaches_of(review.candidate_id)).exclude(pk=review.coach_id)
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
    heir = heir_of(review) if review.answer_by > now else None
    if heir is None:
        return reviews.lose_coach(review, now=now)
    former = review.coach
    Review.objects.filter(pk=review.pk).update(coach=heir, opened_at=None, updated_at=now)
    review = Review.objects.select_related("interview", "candidate", "coach", "note").get(pk=review.pk)
    ReviewEvent.objects.create(subject=review, old=review.status, new=review.status, reason="handed on")
    reviews.tell_asked(review, now=now)
    refresh_review(review, now=now)
    reminders.refresh(former, now=now)
    return True
