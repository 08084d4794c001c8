"""The reminders about sessions and reviews."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.preferences import register_reminder
from coaching.models import Booking, Review
from followups.reminders import Kind, Wanted, register

BEFORE_SESSION = (("day", timedelta(hours=24)), ("hour", timedelta(hours=1)))
BEFORE_ANSWER = timedelta(hours=2)


def mock_session(booking, now):
    """A day and an hour before, to both. The start is part of the occurrence: a session that moves is announced anew."""
    if booking.status != Booking.Status.BOOKED:
        return []
    start = booking.starts_at
    return [
        Wanted(person, f"{name}:{start:%Y%m%dT%H%M}", start - before, useless_after=start)
        for person in (booking.candidate, booking.coach)
        for name, before in BEFORE_SESSION
    ]


def review_urgent(review, now):
    """Two hours before the note goes without an answer."""
    if review.status != Review.Status.OPEN:
        return []
    due = review.answer_by - BEFORE_ANSWER
    return [Wanted(review.coach, f"{review.answer_by:%Y%m%dT%H%M}", due, useless_after=review.answer_by)]


def _about_booking(booking, reminder):
    other = booking.coach if reminder.recipient_id == booking.candidate_id else booking.candidate
    return {"booking": booking, "slot": booking.slot, "event_zone": booking.slot.zone, "other": other}


def _about_review(review, reminder):
    return {"review": review, "event_zone": review.interview.zone}


def register_all():
    """Called once, when the app starts."""
    register_reminder("review", _("What a coach is asked, and has answered"), ("candidate", "coach"))
    register_reminder(
        "session", _("Mock sessions booked, moved or cancelled, with the calendar file"), ("candidate", "coach")
    )
    register(
        Kind(
            name="mock-session",
            subject_model=Booking,
            related=("candidate", "coach", "slot"),
            derive=mock_session,
            template="reminder_mock_session",
            context=_about_booking,
            title=_("A mock session: a day and an hour before"),
            path=lambda public_id: reverse("booking-detail", args=[public_id]),
            roles=("candidate", "coach"),
        )
    )
    register(
        Kind(
            name="review-urgent",
            subject_model=Review,
            related=("coach", "interview"),
            derive=review_urgent,
            template="reminder_review_urgent",
            context=_about_review,
            title=_("A review that is waiting: two hours before its time is over"),
            path=lambda public_id: reverse("review-detail", args=[public_id]),
            roles=("coach",),
        )
    )
