"""Every page of every role over the demo world: the tables of test_pages.py and of `./dev axe`."""

import contextlib
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.models import Engagement, User
from coaching.models import (
    Booking,
    CalendarChange,
    CannedReply,
    CoachAbsence,
    Comment,
    MockSlot,
    Review,
    SlotSeries,
)
from followups.models import Lesson, Referee, RefereeBrief, Reminder, ThankYouNote, TriageDecision
from interviews.models import Interview, Interviewer, Mistake, Requirement
from tests.e2e.browsing import session_of
from tests.e2e.processes import web_site

# The fourth, "not now", is looked at in test_scanners.py: nothing was delivered in this world yet.
LINKS = ("note", "outcome", "booking", "offer")
ME, MY_COACH, AN_ADMIN = (f"{role}@demo.example" for role in ("candidate", "coach", "admin"))
PLAIN = [
    ("", "home", ""),
    ("", "help", ""),
    ("", "set-language", ""),
    ("", "one-thing", ""),
    ("", "account_login", ""),
    ("", "account_signup", ""),
    ("", "account_reset_password", ""),
    ("", "dev-mail", ""),
    (ME, "today", ""),
    (ME, "interview-list", ""),
    (ME, "interview-list", "?search=nobody-has-this"),
    (ME, "interview-new", ""),
    (ME, "interview-quick", ""),
    (ME, "interview-invitation", ""),
    (ME, "import-new", ""),
    (ME, "note-list", ""),
    (ME, "lesson-list", ""),
    (ME, "note-list", "?show=all"),
    (ME, "review-list", ""),
    (ME, "slot-list", ""),
    (ME, "waiting-list", ""),
    (ME, "booking-list", ""),
    (ME, "booking-list", "?show=past"),
    (ME, "referee-list", ""),
    (ME, "referee-new", ""),
    (ME, "address-list", ""),
    (ME, "reminder-list", ""),
    (ME, "settings-edit", ""),
    (ME, "account-delete", ""),
    (ME, "calendar-feed", ""),
    (ME, "access-token-list", ""),
    (ME, "export-list", ""),
    (ME, "api-guide", ""),
    (ME, "engagement-list", ""),
    (ME, "account_email", ""),
    (ME, "account_change_password", ""),
    (ME, "mfa_index", ""),
    (ME, "mfa_list_webauthn", ""),
    (ME, "session-list", ""),
    (ME, "socialaccount_connections", ""),
    (MY_COACH, "today", ""),
    (MY_COACH, "interview-list", ""),
    (MY_COACH, "review-list", ""),
    (MY_COACH, "review-list", "?show=past"),
    (MY_COACH, "review-figures", ""),
    (MY_COACH, "hours-edit", ""),
    (MY_COACH, "client-list", ""),
    (MY_COACH, "reply-list", ""),
    (MY_COACH, "reply-new", ""),
    (MY_COACH, "note-list", ""),
    (MY_COACH, "slot-list", ""),
    (MY_COACH, "slot-list", "?month="),
    (MY_COACH, "slot-new", ""),
    (MY_COACH, "slot-proposals", ""),
    (MY_COACH, "closure-list", ""),
    (MY_COACH, "absence-list", ""),
    (MY_COACH, "absence-new", ""),
    (MY_COACH, "booking-list", ""),
    (MY_COACH, "reminder-list", ""),
    (MY_COACH, "settings-edit", ""),
    (AN_ADMIN, "today", ""),
    (AN_ADMIN, "slot-list", ""),
    (AN_ADMIN, "slot-list", "?month="),
    (AN_ADMIN, "slot-list", "?day="),
    (AN_ADMIN, "slot-new", "?repeat=1"),
    (AN_ADMIN, "slot-proposals", ""),
    (AN_ADMIN, "slot-figures", ""),
    (AN_ADMIN, "series-list", ""),
    (AN_ADMIN, "closure-list", ""),
    (AN_ADMIN, "absence-list", ""),
    (AN_ADMIN, "absence-new", ""),
    (AN_ADMIN, "change-list", ""),
    (AN_ADMIN, "waiting-list", ""),
    (AN_ADMIN, "booking-list", ""),
    (AN_ADMIN, "people-list", ""),
    (AN_ADMIN, "audit-list", ""),
    (AN_ADMIN, "installation-edit", ""),
    (AN_ADMIN, "roster-new", ""),
    (AN_ADMIN, "invitation-new", ""),
    (AN_ADMIN, "engagement-list", ""),
    (AN_ADMIN, "engagement-new", ""),
    (AN_ADMIN, "mail-list", ""),
    (AN_ADMIN, "review-figures", ""),
    (AN_ADMIN, "settings-edit", ""),
]

HELD = {"status": "held"}
OWNED = [
    ("interview-detail", Interview, {"status": "planned"}, ""),
    ("interview-detail", Interview, {**HELD, "mistakes__status": "decided"}, ""),
    ("prep-sheet", Interview, {"status": "planned"}, ""),
    ("interview-recall", Interview, HELD, ""),
    ("lesson-detail", Lesson, {"status": "open"}, ""),
    ("interview-edit", Interview, HELD, ""),
    ("interview-closing", Interview, {"closed_at__isnull": False}, ""),
    ("interview-outcome", Interview, {"outcome": "rejected"}, ""),
    ("interviewer-new", Interview, HELD, ""),
    ("interviewer-edit", Interviewer, {}, ""),
    ("requirement-new", Interview, HELD, ""),
    ("requirement-edit", Requirement, {}, ""),
    ("debrief", Interview, HELD, ""),
    ("debrief-nothing", Interview, HELD, ""),
    ("mistake-new", Interview, HELD, ""),
    ("mistake-new", Interview, HELD, "?line=answered-badly"),
    ("mistake-edit", Mistake, {"status": "decided"}, ""),
    ("mistake-questions", Mistake, {"status": "decided", "answered__len__gt": 0}, "?screen=0"),
    ("mistake-detail", Mistake, {"status": "open"}, ""),
    ("mistake-detail", Mistake, {"status": "let_go"}, ""),
    ("mistake-detail", Mistake, {"status": "done"}, ""),
    (
        "mistake-put-right",
        Mistake,
        {"status": "decided", "decisions__is_current": True, "decisions__action": "correct_now"},
        "",
    ),
    ("note-new", Interview, {**HELD, "thank_you_notes__isnull": True}, ""),
    *(
        ("note-detail", ThankYouNote, {"status": status}, "")
        for status in ("draft", "scheduled", "sent", "failed", "unknown")
    ),
    ("referee-edit", Referee, {}, ""),
    ("brief-new", Interview, HELD, ""),
    *(("brief-detail", RefereeBrief, {"status": status}, "") for status in ("draft", "sent", "shared_by_self")),
    ("review-ask", Interview, {**HELD, "shared_with_coach": True, "reviews__isnull": True}, ""),
    ("review-detail", Review, {"status": "open"}, ""),
    ("review-detail", Review, {"status": "answered"}, ""),
    ("booking-detail", Booking, {"status": "booked", "confirmed_at__isnull": True}, ""),
    ("booking-detail", Booking, {"status": "done"}, ""),
    ("booking-report", Booking, {"report__isnull": False}, ""),
    ("booking-agenda", Booking, {"status": "booked"}, ""),
    ("booking-move", Booking, {"status": "booked"}, ""),
    ("booking-cancel", Booking, {"status": "booked"}, ""),
    ("engagement-detail", Engagement, {}, ""),
    ("engagement-end", Engagement, {"status": "active"}, ""),
]

STAFF = [
    (MY_COACH, "client-detail", lambda: User.objects.get(email=ME)),
    (MY_COACH, "interview-detail", lambda: Interview.objects.filter(candidate__email=ME, status="held").first()),
    (MY_COACH, "note-detail", lambda: ThankYouNote.objects.filter(interview__candidate__email=ME).first()),
    (MY_COACH, "brief-detail", lambda: RefereeBrief.objects.filter(interview__candidate__email=ME).first()),
    (MY_COACH, "review-detail", lambda: Review.objects.filter(coach__email=MY_COACH, status="open").first()),
    (
        MY_COACH,
        "slot-book",
        lambda: MockSlot.objects.filter(coach__email=MY_COACH, bookings=None, status="open").last(),
    ),
    (MY_COACH, "booking-detail", lambda: Booking.objects.filter(coach__email=MY_COACH).first()),
    (
        MY_COACH,
        "booking-report-write",
        lambda: Booking.objects.filter(coach__email=MY_COACH, status="done", report=None).last(),
    ),
    (ME, "slot-book", lambda: MockSlot.objects.filter(coach__email=MY_COACH, bookings=None, status="open").last()),
    (AN_ADMIN, "slot-edit", lambda: MockSlot.objects.filter(bookings__status="booked").first()),
    (AN_ADMIN, "slot-withdraw", lambda: MockSlot.objects.filter(bookings__status="booked").first()),
    (AN_ADMIN, "series-detail", lambda: SlotSeries.objects.filter(status="running").first()),
    (AN_ADMIN, "series-edit", lambda: SlotSeries.objects.filter(status="running").first()),
    (AN_ADMIN, "series-end", lambda: SlotSeries.objects.filter(status="running").first()),
    (AN_ADMIN, "absence-detail", lambda: CoachAbsence.objects.first()),
    (AN_ADMIN, "booking-detail", lambda: Booking.objects.filter(status="booked").first()),
    (AN_ADMIN, "engagement-detail", lambda: Engagement.objects.first()),
]


# What looks the same to somebody else, and what only a second look reaches: for `./dev axe` alone, `./dev test` has no time.
EVERYBODYS = (
    "session-list",
    "access-token-list",
    "export-list",
    "account-delete",
    "letter-list",
    "reminder-list",
    "account_email",
    "account_change_password",
    "mfa_index",
    "help",
    "api-guide",
)
ALSO_PLAIN = [
    *((person, name, "") for person in (MY_COACH, AN_ADMIN) for name in EVERYBODYS),
    ("", "dev-styleguide", ""),
    (ME, "letter-list", ""),
    (ME, "reading-list", ""),
    (ME, "engagement-new", ""),
    (MY_COACH, "invitation-new", ""),
    (MY_COACH, "engagement-list", ""),
    (MY_COACH, "slot-figures", ""),
    (MY_COACH, "series-list", ""),
    (MY_COACH, "change-list", ""),
    (MY_COACH, "calendar-feed", ""),
    (AN_ADMIN, "punctuality", ""),
    (AN_ADMIN, "suppression-list", ""),
]


def _mine(model, **which):
    return lambda: model.objects.filter(**which).order_by("pk").first()


ALSO = [
    (ME, "interview-logged", _mine(Interview, candidate__email=ME, status="held")),
    (ME, "coverage", _mine(Interview, candidate__email=ME, requirements__isnull=False)),
    (ME, "reminder-snooze", _mine(Reminder, recipient__email=ME, status="sent")),
    (MY_COACH, "engagement-detail", _mine(Engagement, coach__email=MY_COACH, status="active")),
    (MY_COACH, "mistake-detail", _mine(Mistake, interview__candidate__email=ME, interview__shared_with_coach=True)),
    (MY_COACH, "series-detail", _mine(SlotSeries, coach__email=MY_COACH)),
    (MY_COACH, "absence-detail", _mine(CoachAbsence, coach__email=MY_COACH)),
    (MY_COACH, "booking-cancel", _mine(Booking, coach__email=MY_COACH, status="booked")),
    (MY_COACH, "booking-move", _mine(Booking, coach__email=MY_COACH, status="booked")),
    (MY_COACH, "booking-report", _mine(Booking, coach__email=MY_COACH, report__isnull=False)),
    (MY_COACH, "reply-edit", _mine(CannedReply, coach__email=MY_COACH)),
    (MY_COACH, "comment-edit", _mine(Comment, author__email=MY_COACH)),
    (AN_ADMIN, "slot-book", _mine(MockSlot, coach__email=MY_COACH, bookings=None, status="open")),
    (AN_ADMIN, "booking-cancel", _mine(Booking, status="booked")),
    (AN_ADMIN, "booking-move", _mine(Booking, status="booked")),
    (AN_ADMIN, "change-detail", _mine(CalendarChange, absence=None)),
    (AN_ADMIN, "person-second-step", _mine(User, email=MY_COACH)),
]


@contextlib.contextmanager
def demo_world(django_db_blocker):
    """The demo world: its web address, and a session of each person in it."""
    with django_db_blocker.unblock():
        try:
            with override_settings(DEVELOPMENT=True):
                call_command("seed_demo")
            sessions = {user.email: session_of(user) for user in User.objects.all()}
            with web_site() as url:
                yield url, sessions
        finally:
            call_command("flush", interactive=False)


def owned(name, model, which, query):
    """Whose page that is, and its address."""
    record = model.objects.filter(**which).order_by("pk").first()
    owner = getattr(record, "interview", record).candidate
    return owner.email, reverse(name, args=[record.public_id]) + query


def card(action):
    """Somebody with a mistake that this is the answer to, and the page on which it stands."""
    decision = TriageDecision.objects.current().filter(action=action).order_by("mistake__status", "pk").first()
    return decision.mistake.interview.candidate.email, reverse("mistake-detail", args=[decision.mistake.public_id])


def record_of(purpose):
    """Something of the demo world that such a link can be about."""
    if purpose == "offer":
        return Booking.objects.offers().first()
    if purpose == "booking":
        return Booking.objects.filter(status="booked", confirmed_at=None, starts_at__gt=timezone.now()).first()
    return Interview.objects.filter(status="held", outcome="none", thank_you_notes__status="draft").first()


def link(purpose):
    """The address of a link in a mail, still good for a day."""
    record = record_of(purpose)
    url = links.url(purpose, record.candidate, record.public_id, ends_at=timezone.now() + timedelta(days=1))
    return urlsplit(url).path


def everywhere():
    """All of them: what it is called, who looks at it ("" for nobody), and its address."""
    for person, name, query in PLAIN:
        yield name, person, reverse(name) + query
    for row in OWNED:
        yield row[0], *owned(*row)
    for action in TriageDecision.Action.values:
        yield "mistake-detail", *card(action)
    for person, name, which in STAFF:
        yield name, person, reverse(name, args=[which().public_id])
    for purpose in LINKS:
        yield f"link-{purpose}", "", link(purpose)
    for person, name, query in ALSO_PLAIN:
        yield name, person, reverse(name) + query
    for person, name, which in ALSO:
        # What this world happens not to hold, some other test looks at.
        if record := which():
            yield name, person, reverse(name, args=[record.public_id])
