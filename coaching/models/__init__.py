"""People who help: reviews, when coaches work and when they are away, slots, their bookings, and changes of many at once."""

from coaching.models.absence import CoachAbsence, CoachAbsenceEvent
from coaching.models.attendance import Attendance
from coaching.models.booking import Booking, BookingEvent
from coaching.models.calendar_feed import CalendarFeed
from coaching.models.canned_reply import CannedReply
from coaching.models.change import CalendarChange, CalendarChangeEvent, ChangeItem
from coaching.models.comment import Comment
from coaching.models.goal import Goal
from coaching.models.hours import DayAway, WorkingHours
from coaching.models.kept_figures import KeptFigures
from coaching.models.review import Review, ReviewEvent, ReviewItem
from coaching.models.series import Closure, SeriesEvent, SlotSeries
from coaching.models.session import SessionNote, SessionReport
from coaching.models.slot import MockSlot, SlotEvent
from coaching.models.waitlist import WaitlistEntry, WaitlistEvent

__all__ = [
    "Attendance",
    "Booking",
    "BookingEvent",
    "CalendarChange",
    "CalendarChangeEvent",
    "CalendarFeed",
    "CannedReply",
    "ChangeItem",
    "Closure",
    "CoachAbsence",
    "CoachAbsenceEvent",
    "Comment",
    "DayAway",
    "Goal",
    "KeptFigures",
    "MockSlot",
    "Review",
    "ReviewEvent",
    "ReviewItem",
    "SeriesEvent",
    "SessionNote",
    "SessionReport",
    "SlotEvent",
    "SlotSeries",
    "WaitlistEntry",
    "WaitlistEvent",
    "WorkingHours",
]
