"""Every main page of every role over the demo world: accessible in both themes, no wider than the screen, no trouble in it."""

import os
import re
from datetime import timedelta
from itertools import product
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.guides import GUIDES
from accounts.models import Engagement, User
from coaching.models import Booking, CoachAbsence, MockSlot, Review, SlotSeries
from followups.models import Lesson, Referee, RefereeBrief, ThankYouNote, TriageDecision
from interviews.models import Interview, Interviewer, Mistake, Requirement
from tests.e2e.browsing import Visitor, session_of
from tests.e2e.looking import AXE, TOO_WIDE, VIOLATIONS
from tests.e2e.processes import web_site

# What the tests write is rolled back; the world itself is committed, as the web server has to see it.
pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS, THEMES = (390, 1280), ("light", "dark")
# These are checked in every look, the other pages in one of the four each; AFTERWORD_EVERY_LOOK=1 checks all in all.
# The fourth, "not now", is looked at in test_scanners.py: nothing was delivered in this world yet.
LINKS = ("note", "outcome", "booking", "offer")
IN_FULL = {"home", "today", "interview-closing", "slot-list", *(f"link-{purpose}" for purpose in LINKS)}
EVERY_LOOK = bool(os.environ.get("AFTERWORD_EVERY_LOOK"))
ME, MY_COACH, AN_ADMIN = (f"{role}@demo.example" for role in ("candidate", "coach", "admin"))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The demo world for all tests here: its web address, and a session of each person in it."""
    with django_db_blocker.unblock():
        try:
            with override_settings(DEVELOPMENT=True):
                call_command("seed_demo")
            sessions = {user.email: session_of(user) for user in User.objects.all()}
            with web_site() as url:
                yield url, sessions
        finally:
            call_command("flush", interactive=False)


@pytest.fixture(scope="module")
def visitor(browser, world):
    visitor = Visitor(browser, world[0])
    yield visitor
    visitor.close()


@pytest.fixture
def look_at(visitor, world):
    """Everything that is wrong with a page, in words."""
    _url, sessions = world

    def look(name, address, person):
        # What follows the last page must not ask in the next person's name.
        visitor.page.goto("about:blank")
        visitor.troubles.clear()
        visitor.use(person and sessions[person])
        page, wrong = visitor.page, []
        which = re.sub("[0-9a-f-]{36}", name, address) + person
        for (width, theme), is_checked in looks(name, which).items():
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            assert page.goto(address).url == f"{visitor.url}{address}"
            found = page.evaluate(TOO_WIDE)
            if is_checked:
                page.evaluate(AXE)
                found += page.evaluate(VIOLATIONS)
            wrong += [f"{width} {theme}: {each}" for each in found]
        return wrong + visitor.troubles

    return look


def looks(name, which):
    """Pairs of width and theme, and whether axe looks too: all four, or both widths with always the same one checked."""
    if EVERY_LOOK or name in IN_FULL:
        return dict.fromkeys(product(WIDTHS, THEMES), True)
    number = crc32(which.encode())
    themes = THEMES if number & 1 else THEMES[::-1]
    return {pair: bool(number & 2) == (pair[0] == WIDTHS[0]) for pair in zip(WIDTHS, themes, strict=True)}


PLAIN = [
    ("", "home", ""),
    ("", "help", ""),
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


@pytest.mark.parametrize(("person", "name", "query"), PLAIN)
def test_pages_of_a_role(look_at, person, name, query):
    assert look_at(name, reverse(name) + query, person) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_guides(look_at, guide):
    assert look_at("help-guide", reverse("help-guide", args=[guide]), "") == []


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


@pytest.mark.parametrize(("name", "model", "which", "query"), OWNED)
def test_pages_of_a_candidates_own_things(look_at, name, model, which, query):
    record = model.objects.filter(**which).order_by("pk").first()
    owner = getattr(record, "interview", record).candidate
    assert look_at(name, reverse(name, args=[record.public_id]) + query, owner.email) == []


@pytest.mark.parametrize("action", TriageDecision.Action.values)
def test_the_card_of_each_answer(look_at, action):
    decision = TriageDecision.objects.current().filter(action=action).order_by("mistake__status", "pk").first()
    mistake = decision.mistake
    page = reverse("mistake-detail", args=[mistake.public_id])
    assert look_at("mistake-detail", page, mistake.interview.candidate.email) == []


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


@pytest.mark.parametrize(("person", "name", "which"), STAFF)
def test_pages_of_one_thing_as_others_see_it(look_at, person, name, which):
    assert look_at(name, reverse(name, args=[which().public_id]), person) == []


def record_of(purpose):
    """Something of the demo world that such a link can be about."""
    if purpose == "offer":
        return Booking.objects.offers().first()
    if purpose == "booking":
        return Booking.objects.filter(status="booked", confirmed_at=None, starts_at__gt=timezone.now()).first()
    return Interview.objects.filter(status="held", outcome="none", thank_you_notes__status="draft").first()


@pytest.mark.parametrize("purpose", LINKS)
def test_pages_that_mails_lead_to(look_at, purpose):
    record = record_of(purpose)
    url = links.url(purpose, record.candidate, record.public_id, ends_at=timezone.now() + timedelta(days=1))
    assert look_at(f"link-{purpose}", urlsplit(url).path, "") == []
