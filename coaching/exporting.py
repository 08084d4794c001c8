"""What of this app's rows stands in a person's export: reviews, comments, goals, sessions; of coaches also their calendar.

What somebody else wrote is in it where its reader may see it anyway: each table begins with `visible_to`.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.exporting import events
from accounts.personal_data import File, Table
from coaching.calendar import own_calendar
from coaching.models import (
    Attendance,
    Booking,
    BookingEvent,
    CalendarChange,
    CalendarFeed,
    CannedReply,
    ChangeItem,
    Closure,
    CoachAbsence,
    Comment,
    DayAway,
    Goal,
    MockSlot,
    Review,
    ReviewEvent,
    ReviewItem,
    SessionNote,
    SessionReport,
    SlotSeries,
    WaitlistEntry,
    WaitlistEvent,
    WorkingHours,
)
from interviews.models import Interview


def _reviews(person):
    return Review.objects.visible_to(person).filter(candidate=person).order_by("id")


def _reviews_given(person):
    return Review.objects.visible_to(person).filter(coach=person).order_by("id")


def _comments(person):
    seen = Comment.objects.visible_to(person)
    return seen.filter(Q(candidate=person) | Q(author=person)).order_by("id")


def _goals(person):
    seen = Goal.objects.visible_to(person)
    return seen.filter(Q(engagement__candidate=person) | Q(written_by=person)).order_by("id")


def _bookings(person):
    """Without the holds of open forms, as on her page."""
    own = Booking.objects.visible_to(person).shown().filter(Q(candidate=person) | Q(coach=person))
    return own.order_by("id")


def _reports(person):
    return SessionReport.objects.visible_to(person).order_by("id")


def _waits(person):
    return WaitlistEntry.objects.visible_to(person).order_by("id")


def _changes(person):
    own = CalendarChange.objects.visible_to(person).filter(Q(by=person) | Q(coach=person))
    return own.order_by("id")


def _calendar(person):
    interviews = Interview.objects.visible_to(person).filter(candidate=person).order_by("ends_at", "id")
    sessions = _bookings(person).select_related("slot", "coach", "candidate").order_by("starts_at", "id")
    return own_calendar(person, sessions, interviews)


TABLES = (
    Table(
        "reviews",
        _("What your coach said"),
        Review,
        _reviews,
        "public_id interview coach note status question answered_at suggestion message | on_desk answer_by"
        " suggestion_taken_at created_at",
        within="interview",
        heading="created_at",
    ),
    Table(
        "review_items",
        _("Of single decisions"),
        ReviewItem,
        lambda person: ReviewItem.objects.filter(review__in=_reviews(person)).order_by("id"),
        "public_id review decision answer action message",
        within="review",
        heading="answer",
    ),
    events("review_events", ReviewEvent, of=_reviews),
    Table(
        "reviews_given",
        _("Your answers to clients"),
        Review,
        _reviews_given,
        "public_id candidate status answered_at suggestion message | created_at answer_by opened_at",
        heading="candidate created_at",
    ),
    Table(
        "review_items_given",
        _("Of single decisions"),
        ReviewItem,
        lambda person: ReviewItem.objects.filter(review__in=_reviews_given(person)).order_by("id"),
        "public_id review answer action message",
        within="review",
        heading="answer",
    ),
    Table(
        "comments",
        _("Words written to each other"),
        Comment,
        _comments,
        "public_id candidate author created_at interview decision visibility text | edited_at",
        heading="author created_at",
    ),
    Table(
        "goals",
        _("Goals"),
        Goal,
        _goals,
        "public_id engagement written_by reached_at | text created_at",
        within="engagement",
        heading="text",
    ),
    Table(
        "sessions",
        _("Sessions"),
        Booking,
        _bookings,
        "public_id candidate coach status missed_by starts_at ends_at place=slot__place link=slot__link"
        " override_reason given_reason agenda | booked_by review zone=slot__zone confirm_by confirmed_at by_house"
        " created_at",
        heading="starts_at",
    ),
    events("session_events", BookingEvent, of=_bookings),
    Table(
        "attendances",
        _("What was said about whether it took place"),
        Attendance,
        lambda person: Attendance.objects.filter(booking__in=_bookings(person)).order_by("id"),
        "booking said_at role said said_by",
        within="booking",
    ),
    Table(
        "session_notes",
        _("Your own notes"),
        SessionNote,
        lambda person: SessionNote.objects.visible_to(person).order_by("id"),
        "public_id booking text | created_at updated_at",
        within="booking",
        heading="created_at",
    ),
    Table(
        "session_reports",
        _("Reports"),
        SessionReport,
        _reports,
        "public_id booking worked change structure relevance evidence delivery recovery | sent_at changed_at read_at",
        within="booking",
        heading="sent_at",
    ),
    Table(
        "waiting_list",
        _("Your places in the waiting list"),
        WaitlistEntry,
        _waits,
        "public_id coach status first_on last_on | created_at zone opens_at closes_at answered_at",
        heading="first_on last_on",
    ),
    events("waiting_list_events", WaitlistEvent, of=_waits),
    Table(
        "calendar_feed",
        _("Your calendar feed"),
        CalendarFeed,
        lambda person: CalendarFeed.objects.filter(user=person).order_by("id"),
        "created_at",
    ),
    Table(
        "canned_replies",
        _("Replies of your own"),
        CannedReply,
        lambda person: CannedReply.objects.visible_to(person).order_by("id"),
        "public_id text | title created_at updated_at",
        heading="title",
    ),
    Table(
        "working_hours",
        _("Your working hours"),
        WorkingHours,
        lambda person: WorkingHours.objects.filter(coach=person).order_by("weekday", "opens"),
        "weekday opens closes | public_id",
    ),
    Table(
        "days_away",
        _("Your days away"),
        DayAway,
        lambda person: DayAway.objects.visible_to(person).filter(coach=person).order_by("day"),
        "day | public_id",
    ),
    Table(
        "absences",
        _("When you are away"),
        CoachAbsence,
        lambda person: CoachAbsence.objects.visible_to(person).filter(coach=person).order_by("id"),
        "public_id status zone from_wall until_wall | created_at by starts_at ends_at change",
        heading="from_wall",
    ),
    Table(
        "series",
        _("Your series of slots"),
        SlotSeries,
        lambda person: SlotSeries.objects.visible_to(person).filter(coach=person).order_by("id"),
        "public_id created_at status rule zone starts_wall until_on in_a_row minutes buffer_minutes place link exceptions",
        heading="starts_wall",
    ),
    Table(
        "slots",
        _("Your slots"),
        MockSlot,
        lambda person: MockSlot.objects.visible_to(person).filter(coach=person).order_by("starts_at", "id"),
        "starts_at status minutes place link | public_id created_at zone starts_wall buffer_minutes ends_at series",
    ),
    Table(
        "closures",
        _("Days without slots"),
        Closure,
        lambda person: Closure.objects.visible_to(person).filter(Q(coach=person) | Q(created_by=person)).order_by("id"),
        "title from_on until_on coach | public_id created_at created_by",
    ),
    Table(
        "calendar_changes",
        _("Changes of the calendar"),
        CalendarChange,
        _changes,
        "public_id kind status by coach reason leaves_at | created_at",
        heading="created_at kind",
    ),
    Table(
        "changed_slots",
        _("Slots in it"),
        ChangeItem,
        lambda person: ChangeItem.objects.filter(change__in=_changes(person)).order_by("id"),
        "starts_at act outcome why | public_id slot ends_at change",
        within="change",
    ),
    File("calendar.ics", _calendar),
)
_OF_THE_CALENDAR = "follows from what stands beside it"
LEFT_OUT = {
    "coaching.Booking.slot": "its time, place and link stand in the row",
    "coaching.Booking.hold_until": "of forms that are open for minutes",
    "coaching.Booking.waitlist_entry": _OF_THE_CALENDAR,
    "coaching.Booking.calendar_id": "of calendar programs",
    "coaching.Booking.sequence": "of calendar programs",
    "coaching.CalendarFeed.token_hash": "a secret",
    "coaching.CalendarFeed.user": "always herself",
    "coaching.CannedReply.coach": "always herself",
    "coaching.Comment.erase_at": "of what she may not read any more",
    "coaching.WorkingHours.coach": "always herself",
    "coaching.DayAway.coach": "always herself",
    "coaching.CoachAbsence.coach": "always herself",
    "coaching.CoachAbsenceEvent": "the steps of an absence, whose state stands in its row",
    "coaching.SlotSeries.coach": "always herself",
    "coaching.SlotSeries.rolled_until": "how far its slots have been made",
    "coaching.SeriesEvent": "the steps of a series, whose state stands in its row",
    "coaching.MockSlot.coach": "always herself",
    "coaching.MockSlot.blocked_until": _OF_THE_CALENDAR,
    "coaching.MockSlot.occurs_wall": _OF_THE_CALENDAR,
    "coaching.SlotEvent": "the steps of a slot, whose state stands in its row",
    "coaching.CalendarChange.data": "what its kind keeps with it while it waits",
    "coaching.CalendarChangeEvent": "the steps of a change, whose state stands in its row",
    "coaching.ChangeItem.booking": "somebody else's",
    "coaching.ChangeItem.target": _OF_THE_CALENDAR,
    "coaching.ChangeItem.fields": "what its slot became",
    "coaching.ChangeItem.is_waiting": _OF_THE_CALENDAR,
    "coaching.SessionNote.writer": "always herself",
    "coaching.WaitlistEntry.candidate": "always herself",
}
# Names of columns in the text for people.
WORDS = {
    "note": _("The note"),
    "decision": _("About"),
    "author": _("By"),
    "candidate": _("Client"),
    "Engagement.candidate": _("Candidate"),
    "Comment.candidate": _("About"),
    "Comment.created_at": _("Written"),
    "Comment.interview": _("About the interview"),
    "visibility": _("Who reads it"),
    "written_by": _("Written by"),
    "reached_at": _("Reached"),
    "Booking.candidate": _("Candidate"),
    "missed_by": _("Missed by"),
    "starts_at": _("Begins"),
    "Booking.ends_at": _("Ends"),
    "place": _("Place"),
    "override_reason": _("Reason given"),
    "given_reason": _("Why it was given up"),
    "agenda": _("To be practised"),
    "said_at": _("When"),
    "said": _("What was said"),
    "said_by": _("By"),
    "role": _("As"),
    "Invitation.role": _("As"),
    "SessionNote.text": _("Your words"),
    "structure": _("Structure (1 to 4)"),
    "relevance": _("Relevance (1 to 4)"),
    "evidence": _("Examples (1 to 4)"),
    "delivery": _("Delivery (1 to 4)"),
    "recovery": _("Recovery (1 to 4)"),
    "Requirement.evidence": _("What shows that you have it"),
    "Review.candidate": _("Client"),
    "rule": _("Pattern"),
    "leaves_at": _("Goes out"),
    "act": _("What"),
    "ChangeItem.outcome": _("What became of it"),
    "ChangeItem.why": _("Why"),
    "CalendarFeed.created_at": _("Since"),
    "SlotSeries.created_at": _("Made"),
}
