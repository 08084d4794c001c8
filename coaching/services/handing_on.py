"""Open reviews whose coach may read them no longer, or is away until they are due: her other coach takes them over, or they
count as unanswered."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Engagement, User
from coaching.models import CoachAbsence, Review, ReviewEvent
from coaching.reminders import refresh_review
from coaching.services import desk, reviews
from followups import outbox, reminders
from interviews.models import Interview


def due_within(coach, starts_at, ends_at, now):
    """Open reviews of this coach that she cannot answer in time if she is away then: due meanwhile, and she away already."""
    if starts_at > now:
        # Until she leaves she can still answer.
        return Review.objects.none()
    return Review.objects.filter(coach=coach, status=Review.Status.OPEN, answer_by__lt=ends_at)


def of_the_away(now):
    """Open reviews whose coach is away now and back only after they are due."""
    away = CoachAbsence.objects.standing().at(now)
    too_long = away.filter(coach=OuterRef("coach"), ends_at__gt=OuterRef("answer_by"))
    # Said twice, so that it begins with the few who are away.
    theirs = Review.objects.filter(coach__in=away.values("coach"), status=Review.Status.OPEN)
    return theirs.filter(Exists(too_long)).order_by("answer_by", "id")


def look_after(absence, *, now):
    """Pass on, or let go, what waits for this coach; run once or fifty times, the same."""
    for review in due_within(absence.coach, absence.starts_at, absence.ends_at, now).order_by("answer_by", "id"):
        hand_over(review, now=now)


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
    """Of a coach who may read it no longer: to her other coach with the time that is left, or as unanswered at once.

    False if it was answered meanwhile, or the coach may read it again.
    """
    now = now or timezone.now()
    review = _held(review)
    if review.status != Review.Status.OPEN or Review.objects.still_with_their_coach().filter(pk=review.pk).exists():
        return False
    if review.on_desk and review.answer_by > now:
        return desk.put_back(review, now=now)
    heir = heir_of(review, now) if review.answer_by > now else None
    if heir is None:
        return reviews.lose_coach(review, now=now)
    _pass_on(review, heir, reason="handed on", now=now)
    return True


@transaction.atomic
def hand_over(review, *, now):
    """Of a coach who is away: to another who may read the interview and is there; else it counts as unanswered.

    False if it has ended.
    """
    review = _held(review)
    if review.status != Review.Status.OPEN:
        return False
    heir = heir_of(review, now) if review.answer_by > now else None
    if heir is None:
        return reviews.go_without(review, now=now, reason="coach away")
    review = _pass_on(review, heir, reason="coach away", now=now)
    reviews.tell_passed_on(review, now=now)
    return True


def _held(review):
    """The review as it is now, its row held until the end of the transaction."""
    return Review.objects.select_for_update(of=("self",)).select_related("candidate", "coach").get(pk=review.pk)


def _pass_on(review, heir, *, reason, now):
    """Give an open review to another coach, who is asked as the first was."""
    former = review.coach
    Review.objects.filter(pk=review.pk).update(coach=heir, opened_at=None, updated_at=now)
    review = Review.objects.select_related("interview", "candidate", "coach", "note").get(pk=review.pk)
    ReviewEvent.objects.create(subject=review, old=review.status, new=review.status, reason=reason)
    outbox.cancel(review, kind="review_asked", reason="passed on")
    reviews.tell_asked(review, now=now)
    refresh_review(review, now=now)
    reminders.refresh(former, now=now)
    return review
