"""People who help: reviews of decisions and notes, when coaches work, slots of mock sessions and their bookings."""

from coaching.models.booking import Booking, BookingEvent
from coaching.models.calendar_feed import CalendarFeed
from coaching.models.canned_reply import CannedReply
from coaching.models.hours import DayAway, WorkingHours
from coaching.models.review import Review, ReviewEvent, ReviewItem
from coaching.models.slot import MockSlot, SlotEvent

__all__ = [
    "Booking",
    "BookingEvent",
    "CalendarFeed",
    "CannedReply",
    "DayAway",
    "MockSlot",
    "Review",
    "ReviewEvent",
    "ReviewItem",
    "SlotEvent",
    "WorkingHours",
]
