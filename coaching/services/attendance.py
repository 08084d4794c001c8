"""Whether a session took place: what each side says, and the state that follows from it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused, move
from coaching import attendance
from coaching.models import Attendance, Booking, BookingEvent, MockSlot, SessionReport
from coaching.services.locks import places_of
from followups import reminders

SAYABLE = (Booking.Status.BOOKED, Booking.Status.DONE, Booking.Status.NO_SHOW)


def say(booking, *, by, said, now=None):
    """One side's word, or an admin's; said again it replaces the earlier one. Raises Refused too early or too late."""
    now = now or timezone.now()
    if said not in Attendance.Said.values:
        raise Refused(_("Choose one of the answers."), field="said")
    with places_of(booking.coach, booking.candidate):
        booking = _fresh(booking)
        if booking.status not in SAYABLE:
            raise Conflict(
                _("This session is no longer booked: it is “%(state)s”.") % {"state": booking.get_status_display()}
            )
        if booking.starts_at > now:
            raise Refused(_("This session has not begun yet."))
        if booking.starts_at + attendance.SAID_FROM > now:
            raise Refused(_("It has only just begun. Wait ten minutes for each other."))
        if not attendance.is_open(booking.starts_at, booking.ends_at, now):
            raise Refused(_("This was more than a week ago, and stays as it is."))
        is_hers = role_of(by, booking) == attendance.COACH and SessionReport.objects.filter(booking=booking).exists()
        if is_hers and said != attendance.TOOK_PLACE:
            raise Refused(_("Your report of it is there, so it took place."))
        record(booking, by=by, said=said, now=now)
    return _fresh(booking)


def record(booking, *, by, said, now):
    """Keep the word and let the booking follow. Call it under the places of its people."""
    Attendance.objects.update_or_create(
        booking=booking, role=role_of(by, booking), defaults={"said": said, "said_by": by, "said_at": now}
    )
    words = dict(booking.attendances.values_list("role", "said"))
    outcome = attendance.settle(words)
    status = Booking.Status.DONE if outcome.took_place else Booking.Status.NO_SHOW
    if booking.status != status:
        move(booking, status, by=by, reason=outcome.missed_by, missed_by=outcome.missed_by)
    elif booking.missed_by != outcome.missed_by:
        Booking.objects.filter(pk=booking.pk).update(missed_by=outcome.missed_by, updated_at=now)
        BookingEvent.objects.create(subject=booking, old=status, new=status, by=by, reason=outcome.missed_by)
    _end(booking, by=by, now=now)


def let_stand(booking, *, now):
    """Nobody said anything for a week: it counts as held, which is what mostly happened, and counts against nobody."""
    with places_of(booking.coach, booking.candidate):
        booking = Booking.objects.unsaid(now).filter(pk=booking.pk).select_related("slot").first()
        if booking is None:
            return False
        move(booking, Booking.Status.DONE, reason="nobody said")
        _end(booking, by=None, now=now)
    return True


def role_of(user, booking):
    """As whom this person speaks about this session."""
    if user.pk == booking.candidate_id:
        return attendance.CANDIDATE
    return attendance.COACH if user.pk == booking.coach_id else attendance.ADMIN


def _end(booking, *, by, now):
    if booking.slot.status == MockSlot.Status.OPEN:
        move(booking.slot, MockSlot.Status.DONE, by=by)
    reminders.refresh(booking, now=now)


def _fresh(booking):
    return Booking.objects.select_related("slot", "coach", "candidate", "review").get(pk=booking.pk)
