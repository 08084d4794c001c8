"""About the report of a session: its coach is asked for it once, and its candidate is told that it is there."""

from datetime import time, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.preferences import register_reminder
from accounts.when import moments_at
from coaching import availability, working_hours
from coaching.attendance import SAID_UNTIL
from coaching.models import Booking, SessionReport
from coaching.working_hours import USUAL_WEEKEND
from followups.reminders import Kind, Wanted, register

NOON = (time(12),)
LOOKS_AHEAD = timedelta(days=7)


def report_due(booking, now):
    """Once, at the first noon at which its coach works; nothing if one is away for the week in which it helps."""
    if booking.status not in (Booking.Status.BOOKED, Booking.Status.DONE):
        return []
    # It is written once the session has begun.
    if booking.starts_at <= now and SessionReport.objects.filter(booking=booking).exists():
        return []
    at = _next_working_noon(booking.coach, booking.ends_at)
    if at is None:
        return []
    return [Wanted(booking.coach, f"{booking.ends_at:%Y%m%dT%H%M}", at, useless_after=booking.ends_at + SAID_UNTIL)]


def _next_working_noon(coach, after):
    hours = availability.hours_of(coach, since=after)
    weekend = frozenset() if hours.week else USUAL_WEEKEND
    noons = moments_at(NOON, since=after, until=after + LOOKS_AHEAD, zone=coach.zone, weekend=weekend)[:-1]
    at_work = (at for at in noons if working_hours.is_at_work(hours, at))
    # Who never works at noon is asked when the next working hours begin.
    return next(at_work, None) or working_hours.next_working_moment(hours, after)


def _about_report(booking, reminder):
    return {"booking": booking, "event_zone": booking.slot.zone}


def register_all():
    register_reminder("report", _("The report of a mock session, as soon as it is there"), ("candidate",))
    register(
        Kind(
            name="report-due",
            subject_model=Booking,
            related=("candidate", "coach", "slot"),
            derive=report_due,
            template="reminder_report_due",
            context=_about_report,
            title=_("A mock session without its report: once, at the next working noon"),
            path=lambda public_id: reverse("booking-detail", args=[public_id]),
            roles=("coach",),
        )
    )
