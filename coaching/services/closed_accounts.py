"""Sessions of candidates whose account is closed: nobody would come, so the place is given back and the coach is told."""

from django.db import transaction

from accounts.records import Conflict, move
from coaching.models import Booking, Review, WaitlistEntry
from coaching.services import reviews, waitlist
from coaching.services.agenda import follow
from coaching.services.feeds import stop_feed
from coaching.services.locks import places_of
from coaching.services.session_mail import tell


def booked_by_closed(now):
    """Sessions ahead of people who cannot sign in any more."""
    rows = Booking.objects.filter(status=Booking.Status.BOOKED, starts_at__gt=now, candidate__is_active=False)
    return rows.select_related("coach", "candidate").order_by("starts_at", "id")


def give_back(booking, *, now):
    """False if it ended or the account opened again meanwhile."""
    with places_of(booking.coach, booking.candidate):
        booking = booked_by_closed(now).filter(pk=booking.pk).select_related("slot").first()
        if booking is None:
            return False
        move(booking, Booking.Status.CANCELLED, reason="account closed")
        follow(booking)
        tell(booking, "cancelled", by=None, now=now, readers=[booking.coach])
    return True


def follow_leaving(person, *, now):
    """Somebody has asked for the account to be deleted: sessions ahead, questions and the calendar's address end at once.

    What a coach has is looked after where the account is closed (services/engagements.py).
    """
    stop_feed(person)
    for booking in booked_by_closed(now).filter(candidate=person):
        _unless_over(give_back, booking, now=now)
    for held in Booking.objects.filter(candidate=person, status=Booking.Status.HELD, waitlist_entry=None):
        _unless_over(move, held, Booking.Status.CANCELLED, by=person, reason="account closed")
    for entry in WaitlistEntry.objects.live().filter(candidate=person):
        _unless_over(waitlist.end, entry, WaitlistEntry.Status.LEFT, by=person, reason="account closed", now=now)
    for review in Review.objects.filter(candidate=person, status=Review.Status.OPEN).select_related(
        "note", "interview"
    ):
        _unless_over(reviews.withdraw_review, review, by=person, now=now)


def _unless_over(end, *args, **kwargs):
    """What somebody else has ended or answered at this very moment keeps nobody from leaving."""
    try:
        with transaction.atomic():
            end(*args, **kwargs)
    except Conflict:
        pass
