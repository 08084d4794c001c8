"""What holds for every kind of reminder: it moves and ends with its subject, and knows outages, quiet hours, roles and choices."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import User
from accounts.services import audit
from accounts.services.engagements import ASKED_IN_VAIN
from accounts.when import is_quiet, to_wall
from coaching.models import MockSlot, Review, WaitlistEntry
from coaching.reminders import DESK, FEW_SLOTS, refresh_review
from coaching.room_reminders import NO_ROOM
from coaching.waitlist import KEPT
from followups import reminders
from followups.models import Alert, OutboundEmail, Reminder
from followups.reminders import kind_named
from followups.reminders.registry import _kinds
from tests import factories

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = datetime(2027, 3, 3, 9, tzinfo=UTC)  # a Wednesday, noon in Nairobi
ZONE = "Africa/Nairobi"


@dataclass
class Case:
    """A subject of which a reminder is wanted after NOON; `move` changes its time, `end` makes it unwanted."""

    subject: Any
    person: Any
    move: Any
    end: Any

    def refresh(self, now=NOON):
        refresh = refresh_review if isinstance(self.subject, Review) else reminders.refresh
        refresh(self.subject, now=now)


def change(record, **fields):
    type(record).objects.filter(pk=record.pk).update(**fields)
    record.refresh_from_db()


def interview(ends_at=NOON, *, logged=NOON - 3 * DAY, **fields):
    record = factories.InterviewFactory(ends_at=ends_at, ends_wall=to_wall(ends_at, ZONE), decision_on=None)
    change(record, created_at=logged, **fields)
    return record


def debrief(person):
    record = interview(candidate=person)
    return Case(record, person, lambda: change(record, ends_at=NOON + HOUR), lambda: change(record, went_well="Well."))


def thank_you(person):
    record = interview(candidate=person, went_well="Well.")
    return Case(
        record, person, lambda: change(record, ends_at=NOON + HOUR), lambda: change(record, contact_prohibited=True)
    )


def note_out(person):
    note = factories.ThankYouNoteFactory(interview=interview(candidate=person), status="sent", sent_at=NOON, round=1)
    event = note.events.create(old="sending", new="sent")
    type(event).objects.filter(pk=event.pk).update(at=NOON + HOUR)
    return Case(note, person, None, lambda: change(note, status="draft"))


def closing(person):
    record = interview(candidate=person, closed_at=NOON + HOUR)
    return Case(
        record, person, lambda: change(record, closed_at=NOON + 2 * HOUR), lambda: change(record, closed_at=None)
    )


def prep(person):
    start = NOON + 2 * DAY
    record = interview(start + HOUR, candidate=person, status="planned", starts_at=start)
    return Case(
        record, person, lambda: change(record, starts_at=start + DAY), lambda: change(record, status="cancelled")
    )


def outcome(person):
    day = NOON.date() + DAY  # a Thursday: asked on Monday
    record = interview(candidate=person, went_well="Well.", contact_prohibited=True, decision_on=day)
    return Case(
        record, person, lambda: change(record, decision_on=day + DAY), lambda: change(record, ask_outcome=False)
    )


def mock_session(person):
    start = NOON + 2 * DAY
    slot = factories.SlotFactory(starts_at=start, starts_wall=to_wall(start, ZONE))
    booking = factories.BookingFactory(slot=slot, candidate=person)
    return Case(
        booking,
        person,
        lambda: change(booking, starts_at=start + DAY, ends_at=start + DAY + HOUR),
        lambda: change(booking, status="cancelled"),
    )


def slot_offered(person):
    start = NOON + 2 * DAY
    entry = place_in_line(person)
    slot = factories.SlotFactory(starts_at=start, starts_wall=to_wall(start, ZONE))
    kept = {"status": "held", "hold_until": NOON + HOUR + KEPT, "waitlist_entry": entry, "confirmed_at": None}
    booking = factories.BookingFactory(slot=slot, candidate=person, **kept)
    return Case(
        booking,
        person,
        lambda: change(booking, hold_until=NOON + 2 * HOUR + KEPT),
        lambda: change(booking, status="booked", hold_until=None),
    )


def place_in_line(person, **fields):
    days = {"first_on": NOON, "last_on": NOON, "opens_at": NOON, "closes_at": NOON + 9 * DAY}
    entry = WaitlistEntry.objects.create(candidate=person, zone=ZONE, answered_at=NOON, **days)
    change(entry, updated_at=NOON + HOUR, **fields)
    return entry


def waiting_list(person):
    entry = place_in_line(person, status="resting")
    return Case(
        entry, person, lambda: change(entry, updated_at=NOON + 2 * HOUR), lambda: change(entry, status="waiting")
    )


def report_due(coach):
    slot = factories.SlotFactory(coach=coach, starts_at=NOON - HOUR, starts_wall=to_wall(NOON - HOUR, ZONE))
    booking = factories.BookingFactory(slot=slot)
    return Case(
        booking,
        coach,
        lambda: change(booking, starts_at=NOON + 2 * DAY, ends_at=NOON + 2 * DAY + HOUR),
        lambda: change(booking, status="cancelled"),
    )


def review(coach):
    record = interview(candidate=factories.UserFactory(zone=ZONE), went_well="Well.", shared_with_coach=True)
    factories.EngagementFactory(candidate=record.candidate, coach=coach)
    asked = Review.objects.create(interview=record, candidate=record.candidate, coach=coach, answer_by=NOON + 30 * HOUR)
    change(asked, created_at=NOON)
    return asked


def review_urgent(coach):
    asked = review(coach)
    return Case(
        asked,
        coach,
        lambda: change(asked, answer_by=NOON + 31 * HOUR),
        lambda: change(asked, status="answered", answered_at=NOON),
    )


def reviews_waiting(coach):
    asked = review(coach)
    return Case(
        coach,
        coach,
        lambda: change(coach, zone="Asia/Tokyo"),
        lambda: change(asked, status="answered", answered_at=NOON),
    )


def at_desk(candidate):
    record = interview(candidate=candidate, went_well="Well.")
    asked = Review.objects.create(
        interview=record, candidate=candidate, coach=None, on_desk=True, answer_by=NOON + 30 * HOUR
    )
    change(asked, created_at=NOON)
    return asked


def desk(coach):
    asked = at_desk(factories.UserFactory(zone=ZONE))
    return Case(
        DESK,
        coach,
        lambda: change(asked, created_at=NOON + HOUR),
        lambda: change(asked, coach=factories.CoachFactory()),
    )


def desk_untaken(candidate):
    asked = at_desk(candidate)
    return Case(
        asked,
        candidate,
        lambda: change(asked, answer_by=NOON + 31 * HOUR),
        lambda: change(asked, coach=factories.CoachFactory()),
    )


def comment(candidate):
    engagement = factories.EngagementFactory(candidate=candidate)
    words = factories.CommentFactory(candidate=candidate, author=engagement.coach)
    change(words, created_at=NOON)
    return Case(engagement, candidate, lambda: change(words, created_at=NOON + HOUR), words.delete)


def few_slots(admin):
    factories.SlotFactory(starts_at=NOON + 3 * DAY)
    return Case(
        FEW_SLOTS,
        admin,
        lambda: change(admin, zone="Asia/Tokyo"),
        lambda: [factories.SlotFactory(starts_at=NOON + n * DAY) for n in (4, 5, 6)],
    )


def brief_out(person):
    brief = factories.RefereeBriefFactory(
        interview=interview(candidate=person), status="sent", sent_at=NOON, send_zone=ZONE, round=1
    )
    event = brief.events.create(old="sending", new="sent")
    type(event).objects.filter(pk=event.pk).update(at=NOON + HOUR)
    return Case(brief, person, None, lambda: change(brief, status="draft"))


def referee_answer(person):
    brief = factories.RefereeBriefFactory(
        interview=interview(candidate=person), status="sent", sent_at=NOON, token_hash=person.public_id.hex,
        answer="not_this_one", answered_at=NOON + HOUR,
    )  # fmt: skip
    return Case(
        brief,
        person,
        lambda: change(brief, answered_at=NOON + 2 * HOUR),
        lambda: change(brief, answer="", answered_at=None),
    )


def addresses(person):
    record = interview(candidate=person, addresses_forget_at=NOON + HOUR + 14 * DAY)
    factories.InterviewerFactory(interview=record)
    return Case(
        person,
        person,
        lambda: change(record, addresses_forget_at=NOON + 2 * HOUR + 14 * DAY),
        lambda: change(record, addresses_forget_at=None),
    )


def no_room(admin):
    candidate = factories.UserFactory()
    with time_machine.travel(NOON + HOUR, tick=False):
        audit(ASKED_IN_VAIN, candidate, by=None)

    def find_one():
        change(factories.EngagementFactory(candidate=candidate, status="invited"), created_at=NOON + 2 * HOUR)

    return Case(NO_ROOM, admin, None, find_one)


def mail_alert(admin):
    alert, _is_new = Alert.objects.get_or_create(
        cause="unreachable", closed_at=None, defaults={"opened_at": NOON + HOUR, "seen_at": NOON + HOUR}
    )
    return Case(
        alert, admin, lambda: change(alert, opened_at=NOON + 2 * HOUR), lambda: change(alert, closed_at=NOON + 2 * HOUR)
    )


def invitation_over(coach):
    invitation = factories.InvitationFactory(invited_by=coach, expires_at=NOON + HOUR)
    return Case(
        invitation,
        coach,
        lambda: change(invitation, expires_at=NOON + 2 * HOUR),
        lambda: change(invitation, accepted_at=NOON),
    )


CASES = {
    "debrief": ("candidate", debrief),
    "thank-you": ("candidate", thank_you),
    "note-out": ("candidate", note_out),
    "closing": ("candidate", closing),
    "prep": ("candidate", prep),
    "outcome": ("candidate", outcome),
    "brief-out": ("candidate", brief_out),
    "referee-answer": ("candidate", referee_answer),
    "addresses": ("candidate", addresses),
    "mock-session": ("candidate", mock_session),
    "slot-offered": ("candidate", slot_offered),
    "waiting-list": ("candidate", waiting_list),
    "report-due": ("coach", report_due),
    "reviews-waiting": ("coach", reviews_waiting),
    "review-urgent": ("coach", review_urgent),
    "desk": ("coach", desk),
    "desk-untaken": ("candidate", desk_untaken),
    "comment": ("candidate", comment),
    "invitation-over": ("coach", invitation_over),
    "few-slots": ("admin", few_slots),
    "no-room": ("admin", no_room),
    "mail-alert": ("admin", mail_alert),
}
every_kind = pytest.mark.parametrize("name", CASES)


@pytest.fixture
def make():
    """A case of this kind, its person awake day and night."""
    people = {"candidate": factories.UserFactory, "coach": factories.CoachFactory, "admin": factories.AdminFactory}

    def make(name, **fields):
        role, of = CASES[name]
        return of(people[role](zone=ZONE, **{"quiet_from": time(0), "quiet_until": time(0), **fields}))

    return make


def waiting(name, case):
    return list(rows(name, case).filter(status="waiting").order_by("due_at"))


def rows(name, case):
    return Reminder.objects.filter(kind=name, subject_id=case.subject.public_id, recipient=case.person)


def last(name, case):
    """The latest reminder of this kind about the case, alone: the others are put out of the way."""
    row = rows(name, case).order_by("due_at").last()
    Reminder.objects.exclude(pk=row.pk).delete()
    return row


def test_every_kind_has_a_case():
    assert sorted(CASES) == sorted(_kinds)


@every_kind
def test_it_is_wanted_and_deriving_it_again_changes_nothing(make, name):
    case = make(name)
    case.refresh()
    before = list(rows(name, case).values())
    assert before and {row["status"] for row in before} == {"waiting"}
    case.refresh()
    assert list(rows(name, case).values()) == before


@every_kind
def test_it_moves_with_its_subject(make, name):
    case = make(name)
    if case.move is None:
        return  # what has happened does not move
    case.refresh()
    before = {row.due_at for row in waiting(name, case)}
    case.move()
    case.refresh()
    after = {row.due_at for row in waiting(name, case)}
    assert after and not before & after


@every_kind
def test_it_ends_with_its_subject(make, name):
    case = make(name)
    case.refresh()
    case.end()
    case.refresh()
    assert {row.status for row in rows(name, case)} == {"cancelled"}


@every_kind
def test_one_whose_mail_waits_is_taken_back_with_its_mail(make, name):
    case = make(name)
    case.refresh()
    row = last(name, case)
    assert reminders.deliver_due(row.deliver_at) == 1
    case.end()
    case.refresh(row.deliver_at)
    assert OutboundEmail.objects.get(kind="reminder").status == "cancelled"


@every_kind
def test_after_an_outage_one_mail(make, name):
    case = make(name)
    case.refresh()
    back = max(row.deliver_at for row in waiting(name, case)) + HOUR / 3
    assert [reminders.deliver_due(back), reminders.deliver_due(back)] == [
        len({row.recipient_id for row in Reminder.objects.filter(subject_id=case.subject.public_id)}),
        0,
    ]
    assert rows(name, case).filter(status="sent").count() == 1


@every_kind
def test_after_a_long_outage_nothing_that_is_of_no_use(make, name):
    case = make(name)
    case.refresh()
    assert reminders.deliver_due(NOON + 60 * DAY) == 0
    assert {row.status for row in rows(name, case)} & {"sent"} == set()


@every_kind
def test_quiet_hours_hold_the_delivery_not_the_reckoning(make, name):
    case = make(name)
    case.refresh()
    awake = last(name, case)
    wall = to_wall(awake.due_at, ZONE)
    change(case.person, quiet_from=(wall - HOUR).time(), quiet_until=(wall + 2 * HOUR).time())
    reminders.replan(case.person, now=NOON)
    row = rows(name, case).get(pk=awake.pk)
    assert row.due_at == awake.due_at
    ignores = kind_named(name).ignores_quiet_hours
    assert is_quiet(row.deliver_at, ZONE, case.person.quiet) == ignores
    limit = kind_named(name).wanted(case.subject, NOON)[-1].limit(NOON)
    expected = wall + 2 * HOUR if limit - row.due_at > 2 * HOUR else wall - HOUR - timedelta(minutes=1)
    assert to_wall(row.deliver_at, ZONE) == (wall if ignores else expected)


@every_kind
def test_quiet_hours_are_looked_at_again_when_it_goes(make, name):
    """The pump comes back in the night: what can wait waits for the morning, and is not lost."""
    case = make(name)
    case.refresh()
    row = last(name, case)
    wall = to_wall(row.due_at, ZONE)
    change(case.person, quiet_from=(wall - HOUR).time(), quiet_until=(wall + HOUR / 2).time())
    limit = kind_named(name).wanted(case.subject, NOON)[-1].limit(NOON)
    waits = not kind_named(name).ignores_quiet_hours and limit - row.due_at > HOUR / 2
    assert reminders.deliver_due(row.due_at) == (0 if waits else 1)
    row.refresh_from_db()
    assert (row.status, row.deliver_at) == (("waiting", row.due_at + HOUR / 2) if waits else ("sent", row.due_at))
    assert reminders.deliver_due(row.due_at + HOUR / 2) == (1 if waits else 0)


@every_kind
def test_only_people_with_the_role_are_reminded(make, name):
    case = make(name)
    case.refresh()
    row = last(name, case)
    other = next(role for role in ("admin", "coach", "candidate") if role not in kind_named(name).roles)
    change(case.person, **{f"is_{role}": role == other for role in ("candidate", "coach", "admin")})
    assert reminders.deliver_due(row.due_at) == 0
    row.refresh_from_db()
    assert row.status == "cancelled"
    case.subject = kind_named(name).find([case.subject.public_id])[case.subject.public_id]
    case.refresh()
    assert waiting(name, case) == []


@every_kind
def test_nobody_who_turned_it_off_or_closed_the_account(make, name):
    for fields, result in (
        ({"muted_reminders": [name]}, ("skipped", "muted")),
        ({"is_active": False}, ("cancelled", "not_wanted")),
    ):
        case = make(name)
        case.refresh()
        row = last(name, case)
        change(case.person, **fields)
        assert reminders.deliver_due(row.due_at) == 0
        row.refresh_from_db()
        assert (row.status, row.events.last().reason) == result
        User.objects.filter(pk=case.person.pk).update(is_active=False)
        MockSlot.objects.all().update(starts_at=NOON - 90 * DAY)


@every_kind
def test_the_mail_goes_through_the_outbox_and_honours_its_time(make, name):
    case = make(name)
    case.refresh()
    row = last(name, case)
    reminders.deliver_due(row.deliver_at)
    mail = OutboundEmail.objects.get(kind="reminder")
    assert (mail.due_at, mail.next_try_at, mail.recipient) == (row.deliver_at, row.deliver_at, case.person)
    assert mail.dedupe_key == f"reminder:{row.public_id}"
