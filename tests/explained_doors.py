"""Doors that can stand open and nobody can tell, with the reason why that is no hole.

A key is the file, the function and the beginning of the call; tests/test_explained_doors.py looks that each is there.
"""

ADMINS_ALL = "admins only, and they see all of these"
OWN_ROWS = "what follows keeps to this person's own rows"
CALLERS = "whoever calls it has asked this before"
SAME_NO = "the next door says no to the same people, in the same words"
ONESELF = "nobody but admins can name another coach"
SHOWN = "only what a page shows: the address behind it asks the same"
EXPLAINED = {
    "accounts/api/people.py PersonAdminView.update: can_manage_people": SAME_NO,
    "accounts/exporting.py : Invitation": OWN_ROWS,
    "accounts/exporting.py _engagements: Engagement": OWN_ROWS,
    "accounts/permissions.py can_remove_step: can_manage_people": CALLERS,
    "accounts/permissions.py can_set_admin: can_manage_people": CALLERS,
    "accounts/permissions.py can_withdraw_step_removal: can_manage_people": "who sees one is an admin, or it is hers, and then the rest says no",
    "accounts/views/invitations.py invitation_accept: Engagement": "only where she is led to, and that page has its door",
    "accounts/views/people.py people_list: Invitation": ADMINS_ALL,
    "accounts/views/people.py person_admin: can_manage_people": SAME_NO,
    "coaching/api/absences.py AbsenceViewSet._asked: can_plan_absence": ONESELF,
    "coaching/api/series.py SeriesViewSet.create: can_offer_for": ONESELF,
    "coaching/api/slots.py SlotViewSet.create: can_offer_for": ONESELF,
    "coaching/api/desk.py DeskViewSet.put_back: Review": OWN_ROWS,
    "coaching/exporting.py : Closure": OWN_ROWS,
    "coaching/exporting.py : CoachAbsence": OWN_ROWS,
    "coaching/exporting.py : DayAway": OWN_ROWS,
    "coaching/exporting.py : MockSlot": OWN_ROWS,
    "coaching/exporting.py : SlotSeries": OWN_ROWS,
    "coaching/exporting.py _bookings: Booking": OWN_ROWS,
    "coaching/exporting.py _calendar: Interview": OWN_ROWS,
    "coaching/exporting.py _changes: CalendarChange": OWN_ROWS,
    "coaching/exporting.py _reviews: Review": OWN_ROWS,
    "coaching/forms/slot.py ProposalForm.__init__": "admins only send it, and they see all of these",
    "coaching/permissions.py can_offer_for: can_offer_slots": CALLERS,
    "coaching/views/absences.py _page: can_end_change": SHOWN,
    "coaching/views/attendance.py attendance_of: can_close_booking": SHOWN,
    "coaching/views/booking_new.py _review: Review": "only one of the same client counts, and the lessons that it ticks have a door",
    "coaching/views/calendar.py slot_calendar_page: can_accept_slots": SHOWN,
    "coaching/views/desk.py desk_return: Review": OWN_ROWS,
    "coaching/views/engagements.py _between: Goal": OWN_ROWS,
    "coaching/views/hours.py _page: DayAway": OWN_ROWS,
    "coaching/views/links.py _booking_of: Booking": OWN_ROWS,
    "coaching/views/links.py _offer_of: Booking": OWN_ROWS,
    "coaching/views/links.py link_offer: MockSlot": "a slot that was kept for her is one that she sees",
    "coaching/views/reviews.py review_answer: can_answer_review": "the service says the same: it was answered already",
    "coaching/views/sessions.py session_of: can_write_report": SHOWN,
    "coaching/views/slots.py slot_new: can_open_slots": SHOWN,
    "coaching/views/waitlist.py _offer: Booking": OWN_ROWS,
    "followups/api/briefs.py BriefViewSet.create: can_edit_interview": "nobody but she can name a referee of hers",
    "followups/api/suppressions.py SuppressionViewSet.get_queryset: Suppression": ADMINS_ALL,
    "followups/exporting.py _lessons: Lesson": OWN_ROWS,
    "followups/exporting.py _decisions: TriageDecision": OWN_ROWS,
    "followups/models/lesson.py LessonQuerySet.to_work_on: Lesson": "open, it shows less and not more",
    "followups/views/links.py _interview_of: Interview": SAME_NO,
    "followups/views/mails.py _mail: OutboundEmail": ADMINS_ALL,
    "followups/views/mails.py mail_list: OutboundEmail": ADMINS_ALL,
    "followups/views/punctuality.py punctuality_detail: Alert": ADMINS_ALL,
    "followups/views/suppressions.py _page: Suppression": ADMINS_ALL,
    "interviews/exporting.py interviews_of: Interview": OWN_ROWS,
    "interviews/exporting.py of_interviews: model": OWN_ROWS,
}


def reason_for(door):
    """Of a door, named as in the keys; None where there is none."""
    return next((reason for key, reason in EXPLAINED.items() if door.startswith(key)), None)
