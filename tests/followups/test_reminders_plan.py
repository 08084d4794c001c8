"""Deriving reminders: what is planned, moved, cancelled."""

from datetime import timedelta

import pytest

from followups import reminders
from followups.models import Reminder
from tests.factories import BookingFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def waiting(subject, kind=None):
    rows = Reminder.objects.filter(subject_id=subject.public_id, status="waiting").order_by("due_at", "id")
    return list(rows.filter(kind=kind) if kind else rows)


def test_a_session_reminds_both_a_day_and_an_hour_before():
    booking = BookingFactory()
    reminders.refresh(booking)
    rows = waiting(booking)
    assert [(row.recipient, row.due_at - booking.starts_at) for row in rows] == [
        (booking.candidate, -24 * HOUR),
        (booking.coach, -24 * HOUR),
        (booking.candidate, -HOUR),
        (booking.coach, -HOUR),
    ]
