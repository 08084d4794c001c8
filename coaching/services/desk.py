"""The drop-in desk: somebody without a coach asks the team about one interview; whoever takes it sees that interview until then.

Before it is taken nobody sees whose it is. It has the deadlines of every review, and untaken it counts as unanswered.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Engagement
from accounts.records import Conflict
from coaching.models import Review, ReviewEvent
from coaching.reminders import refresh_review
from interviews.models import InterviewGrant


def is_open_to(candidate):
    """Where the installation has a desk, for whoever has no coach."""
    return (
        settings.AFTERWORD_DROP_IN_DESK
        and candidate.is_candidate
        and not Engagement.objects.active().filter(candidate=candidate).exists()
    )


def way_to_ask(interview):
    """Offered on the card, and on the interview's page, where nothing of it waits already."""
    if not is_open_to(interview.candidate) or interview.reviews.filter(status=Review.Status.OPEN).exists():
        return None
    return {"label": _("Ask the team"), "url": reverse("review-ask", args=[interview.public_id])}


@transaction.atomic
def take(review, *, by, now=None):
    """The first coach has it, and sees this interview until it is answered. Raises Conflict for the second."""
    now = now or timezone.now()
    taken = Review.objects.waiting_at_desk(now).filter(pk=review.pk).update(coach=by, opened_at=now, updated_at=now)
    review = _fresh(review)
    if not taken:
        if review.coach_id and review.coach_id != by.pk and review.status == Review.Status.OPEN:
            raise Conflict(_("%(coach)s has just taken it.") % {"coach": review.coach.get_full_name()})
        raise Conflict(_("This does not wait at the desk any more."))
    InterviewGrant.objects.update_or_create(
        interview=review.interview, coach=by, defaults={"ends_at": max(review.answer_by, now)}
    )
    ReviewEvent.objects.create(subject=review, old=review.status, new=review.status, by=by, reason="taken")
    refresh_review(review, now=now)
    return review


@transaction.atomic
def put_back(review, *, by=None, now=None):
    """Somebody she knows, or no time after all: it waits for another coach, and this one's sight ends. False if it is settled."""
    now = now or timezone.now()
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.status != Review.Status.OPEN or not review.on_desk or review.coach_id is None:
        return False
    former = review.coach
    end_sight(review, now=now)
    Review.objects.filter(pk=review.pk).update(coach=None, opened_at=None, updated_at=now)
    ReviewEvent.objects.create(subject=review, old=review.status, new=review.status, by=by, reason="put back")
    refresh_review(_fresh(review), now=now, former=former)
    return True


def end_sight(review, *, now):
    """What was opened for a while is closed: called with every end of a review that was brought to the desk."""
    if review.on_desk and review.coach_id:
        InterviewGrant.objects.filter(interview=review.interview_id, coach=review.coach_id).update(ends_at=now)


def _fresh(review):
    return Review.objects.select_related("interview", "candidate", "coach", "note").get(pk=review.pk)
