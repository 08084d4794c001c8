"""Slots and bookings at a number of hours from now, for the tests of what becomes of them."""

from datetime import timedelta

from django.utils import timezone

from accounts import when
from tests.factories import BookingFactory, SlotFactory


def in_hours(hours):
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)


def slot_of(coach, hours, **fields):
    starts_at = in_hours(hours)
    slot = SlotFactory(
        coach=coach, starts_at=starts_at, starts_wall=when.to_wall(starts_at, "Africa/Nairobi"), **fields
    )
    slot.events.create(new=slot.status)
    return slot


def booked(coach, candidate, hours):
    booking = BookingFactory(slot=slot_of(coach, hours), candidate=candidate)
    booking.events.create(new="booked")
    return booking


def statuses(*records):
    """Of these records as they are now."""
    for record in records:
        record.refresh_from_db()
    return [record.status for record in records]
