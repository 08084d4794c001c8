"""Sessions of candidates whose account is closed: nobody would come, so the place is given back and the coach is told."""

from accounts.records import move
from coaching.models import Booking
from coaching.services.agenda import follow
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
