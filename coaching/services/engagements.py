"""What coach and client have together when their work ends: sessions ahead, reviews that wait, words between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import services as accounts
from accounts.models import Engagement
from accounts.records import Refused
from coaching.models import Booking, Review
from coaching.services import bookings, comments, handing_on
from coaching.services.locks import places_of
from followups import reminders
from interviews.models import Interview

# Nobody has so many sessions ahead: the installation's limit is two.
MANY = 50


@dataclass(frozen=True)
class Ending:
    """What an end would touch: `sessions` ahead, `handed_on` and `unanswered` reviews, how many interviews are `shared`."""

    sessions: Sequence[Booking]
    handed_on: int
    unanswered: int
    shared: int
    heir: object


def what_ends(engagement, *, now=None):
    """Said to whoever is about to end it, before anything happens. Holds no content, so that an admin may read it too."""
    now = now or timezone.now()
    pair = {"coach": engagement.coach, "candidate": engagement.candidate}
    open_ones = list(Review.objects.filter(**pair, status=Review.Status.OPEN).select_related("interview"))
    heirs = [handing_on.heir_of(review) for review in open_ones]
    return Ending(
        sessions=list(
            Booking.objects.filter(**pair, status=Booking.Status.BOOKED, starts_at__gt=now)
            .select_related("slot", "coach", "candidate")
            .order_by("starts_at", "id")[:MANY]
        ),
        handed_on=sum(heir is not None for heir in heirs),
        unanswered=sum(heir is None for heir in heirs),
        shared=Interview.objects.filter(candidate=engagement.candidate, shared_with_coach=True).count(),
        heir=next((heir for heir in heirs if heir), None),
    )


def end(engagement, *, by, cancel=(), now=None):
    """End it now. Sessions ahead stay booked, save those in `cancel`; reviews go on to her other coach or count as unanswered.

    Raises Conflict where it has ended meanwhile, Refused for a session that is none of theirs; then nothing has happened.
    """
    now = now or timezone.now()
    cancel = {getattr(booking, "public_id", booking) for booking in cancel}
    with places_of(engagement.coach, engagement.candidate):
        if engagement.status != Engagement.Status.ACTIVE:
            accounts.end_engagement(engagement, by=by, now=now)
            return engagement
        ending = what_ends(engagement, now=now)
        chosen = [booking for booking in ending.sessions if booking.public_id in cancel]
        if len(chosen) != len(cancel):
            raise Refused(_("One of these sessions is not ahead of you two any more. Look again."), field="cancel")
        accounts.end_engagement(engagement, by=by, now=now)
        for booking in chosen:
            bookings.cancel(
                booking, by=by, reason=gettext_lazy("You no longer work together."), together_ends=True, now=now
            )
    engagement.refresh_from_db()
    return engagement


def follow_engagement(engagement, *, now):
    """Called in the transaction in which an engagement begins or ends (accounts.services.engagements)."""
    comments.keep_or_erase(author=engagement.coach, candidate=engagement.candidate, now=now)
    if engagement.status == Engagement.Status.ENDED:
        reminders.refresh(engagement, now=now)
        handing_on.hand_on_all(coach=engagement.coach, candidate=engagement.candidate, now=now)


def follow_person(user, *, by, now):
    """A coach whose account is closed answers nothing and comes to no session: both are told to those who wait."""
    if not user.is_coach:
        return
    comments.keep_or_erase(author=user, now=now)
    if user.is_active:
        return
    handing_on.hand_on_all(coach=user, now=now)
    ahead = Booking.objects.filter(coach=user, status=Booking.Status.BOOKED, starts_at__gt=now)
    ahead = list(ahead.select_related("slot", "coach", "candidate").order_by("starts_at", "id"))
    # All of their places first, in one order, so that nobody waits in a circle.
    with places_of(user, *(booking.candidate for booking in ahead)):
        for booking in ahead:
            bookings.cancel(
                booking,
                by=by,
                reason=gettext_lazy("This coach is not here at the moment."),
                together_ends=True,
                now=now,
            )
