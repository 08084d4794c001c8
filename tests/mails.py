"""Every mail this product writes, from rows as people make them: `every_mail()` acts the evenings out."""

import html
import re
from contextlib import contextmanager
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.test import Client, RequestFactory
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone

from accounts import services as accounts
from accounts.when import to_wall
from coaching.models import Booking
from coaching.services import absences, bookings, changes, proposed, reviews, session_reports, slots, sweep
from followups import outbox, reminders
from followups.models import OutboundEmail, Reminder, ThankYouNote
from followups.outbox import letters, notices
from followups.outbox.crypto import seal
from followups.outbox.rows import cancel_one
from followups.services import decisions, notes
from tests import factories, test_reminder_kinds
from tests.coaching.places import booked, slot_of
from tests.mailing import html_of, message_of, queue_letter, text_of

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "emails"
URL = re.compile(r"https?://[^\s<>\"]+")
# The second is what the test client calls itself: mails of the library name the host that was asked.
OUR_HOSTS = (urlsplit(settings.BASE_URL).netloc, "testserver")
HOUR = timedelta(hours=1)
A_NOTE = (
    "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\n"
    "Kind regards,\nAchieng"
)


# What the library tells after something about an account was changed.
NOTICES = sorted(
    str(path.relative_to(TEMPLATES.parent)).removesuffix("_message.txt")
    for path in TEMPLATES.parent.glob("*/email/*_message.txt")
    if "base_notification" in path.read_text()
)


def templates():
    """The names of all mails: those that are whole, not parts of others."""
    return {path.stem for path in TEMPLATES.glob("*.txt") if "Subject:" in path.read_text()}


@contextmanager
def rendered():
    """The names of the mails rendered meanwhile."""
    names = set()

    def note(sender, template, **kwargs):
        if template.name and template.name.startswith("emails/") and template.name.endswith(".txt"):
            names.add(Path(template.name).stem)

    template_rendered.connect(note)
    try:
        yield names
    finally:
        template_rendered.disconnect(note)


def every_mail():
    """All mails as rows of the outbox, after an evening of everything."""
    candidate = factories.UserFactory(name="Achieng Otieno", vouched_at=timezone.now())
    coach = factories.CoachFactory(name="Tom Barasa")
    admin = factories.AdminFactory(name="Mary Wafula")
    factories.EngagementFactory(candidate=candidate, coach=coach)
    _reminders()
    _sessions(candidate, coach, admin)
    _offers(admin)
    _reviews(candidate, coach)
    _a_coach_away(admin)
    _a_note_taken_back(candidate, admin)
    _letters(candidate)
    _people(candidate, coach, admin)
    accounts.ask_for_export(candidate)
    accounts.build_exports(timezone.now())
    _a_lost_phone(admin)
    _accounts()
    rows = list(OutboundEmail.objects.filter(to_third_party=False).select_related("recipient").order_by("pk"))
    for row in rows:
        # As they go: those that are written only then need the database, of which nothing is left to whoever reads them.
        row.message_encrypted = seal(outbox.finished(row))
    return rows


def _reminders():
    people = {"candidate": factories.UserFactory, "coach": factories.CoachFactory, "admin": factories.AdminFactory}
    for role, of in test_reminder_kinds.CASES.values():
        case = of(people[role]())
        case.refresh()
    for status in ("failed", "unknown"):
        note = factories.ThankYouNoteFactory(status=status)
        note.events.create(old="sending", new=status)
        row = queue_letter(note.candidate, kind="note", subject=note, dedupe_key=f"note:{note.public_id}:{note.round}")
        OutboundEmail.objects.filter(pk=row.pk).update(status=status)
        reminders.refresh(note)
        brief = factories.RefereeBriefFactory(status=status)
        brief.events.create(old="sending", new=status)
        reminders.refresh(brief)
    for row in Reminder.objects.filter(status="waiting").order_by("deliver_at"):
        # Each at its own moment, so that none swallows another.
        reminders.deliver_due(row.deliver_at)


def _sessions(candidate, coach, admin):
    def slot(hours):
        begins = (timezone.now() + timedelta(days=5, hours=hours)).replace(minute=0, second=0, microsecond=0)
        return slots.create_slot(
            coach=coach, zone="Europe/London", starts_wall=to_wall(begins, "Europe/London"), by=admin,
            place="Room 4", link="https://call.example/4",
        )  # fmt: skip

    mine = bookings.book(slot(0), candidate=candidate, by=candidate)
    slots.edit_slot(mine.slot, by=admin, place="Room 5")
    moved = bookings.move_booking(mine, slot=slot(3), by=candidate)
    asked = bookings.book(slot(6), candidate=candidate, by=coach)
    bookings.confirm(asked, by=candidate)
    bookings.cancel(moved, by=candidate)
    slots.edit_slot(asked.slot, by=admin, starts_wall=asked.slot.starts_wall + timedelta(minutes=30), move_booked=True)
    Booking.objects.filter(pk=asked.pk).update(confirm_by=timezone.now() - HOUR)
    sweep.run(timezone.now())
    bookings.book(slot(12), candidate=candidate, by=coach)
    held = bookings.book(slot(18), candidate=candidate, by=candidate, now=timezone.now())
    session_reports.send_report(
        held, by=coach, worked="You stopped in time.", change="Say the figure first.", results={}, now=held.ends_at
    )


def _offers(admin):
    # Of a coach of their own: the factory's hours are nobody's, and would meet those above at some hours of the day.
    coach = factories.CoachFactory(name="Helen Marsh")
    offered = factories.SlotFactory.create_batch(3, coach=coach, status="proposed", zone="Europe/London")
    proposed.accept(slots=offered[:2], by=admin)
    proposed.decline(slots=offered[2:], by=admin, word="The room is taken that day")


def _scheduled(candidate, **interview):
    record = factories.InterviewFactory(candidate=candidate, shared_with_coach=True, **interview)
    note = factories.ThankYouNoteFactory(interview=record, body=A_NOTE)
    zone = record.zone
    wall = to_wall(timezone.now() + 6 * HOUR, zone).replace(second=0, microsecond=0)
    return notes.schedule_note(note, send_wall=wall, send_zone=zone, by=candidate, despite_findings=True)


def _reviews(candidate, coach):
    for answered in (True, False):
        note = _scheduled(candidate)
        review = reviews.ask_review(note.interview, coach=coach, by=candidate, note=note)
        if answered:
            reviews.answer_review(review, by=coach, answers={}, suggestion=A_NOTE + " (your candidate)")
        else:
            reviews.go_without(review, now=timezone.now())


def _a_coach_away(admin):
    """Two sessions of one person, one of another; a review that somebody else can answer."""
    away, stands_in = factories.CoachFactory(name="Tom Barasa"), factories.CoachFactory(name="Ruth Njeri")
    first, second = factories.UserFactory(name="Wanjiku Mwangi"), factories.UserFactory(name="Joel Wekesa")
    for candidate in (first, second):
        candidate.quiet_from = candidate.quiet_until = time(0)
        candidate.save()
    for coach in (away, stands_in):
        factories.EngagementFactory(candidate=first, coach=coach)
    for hours, candidate in ((48, first), (52, first), (60, second)):
        booked(away, candidate, hours)
    slot_of(stands_in, 48), slot_of(stands_in, 60)
    interview = factories.InterviewFactory(candidate=first, shared_with_coach=True)
    decision = decisions.decide(factories.MistakeFactory(interview=interview))
    reviews.ask_review(interview, coach=away, by=first, decisions=[decision])
    wall = to_wall(timezone.now(), away.zone)
    absence = absences.plan(away, zone=away.zone, from_wall=wall, until_wall=wall + timedelta(days=5), by=admin)
    changes.send_now(absence.change, by=admin)


def _a_note_taken_back(candidate, admin):
    note = _scheduled(candidate)
    cancel_one(OutboundEmail.objects.get(kind="note", subject_id=note.public_id), by=admin)
    assert ThankYouNote.objects.get(pk=note.pk).status == "draft"


def _letters(candidate):
    """What happens to a letter of no kind with a page of its own."""
    row = queue_letter(candidate, "grace@elsewhere.example")
    notices.tell_it_waits(row)
    OutboundEmail.objects.filter(pk=row.pk).update(status="sent", sent_at=timezone.now())
    row.refresh_from_db()
    row.bounce_code = "5.1.1"
    letters.came_back(row)


def _people(candidate, coach, admin):
    newcomer = factories.UserFactory(name="Brian Kip")
    engagement = accounts.propose_engagement(candidate=newcomer, coach=coach, by=coach)
    accounts.agree_to_engagement(engagement, by=newcomer)
    engagement.refresh_from_db()
    accounts.end_engagement(engagement, by=coach)
    for answer in (accounts.decline_engagement, accounts.end_engagement):
        # Said no by the one who was asked, and taken back by the one who had.
        asked = accounts.propose_engagement(candidate=newcomer, coach=coach, by=coach)
        answer(asked, by=newcomer if answer is accounts.decline_engagement else coach)
        asked = accounts.propose_engagement(candidate=newcomer, coach=coach, by=newcomer)
        answer(asked, by=coach if answer is accounts.decline_engagement else newcomer)
    asked = accounts.propose_engagement(candidate=newcomer, coach=coach, by=newcomer)
    accounts.expire_engagement(asked, now=timezone.now())
    accounts.ask_erasure(factories.UserFactory())
    accounts.send_test_mail(by=admin)
    accounts.invite(email="zawadi@people.example", name="Zawadi Kimani", role="candidate", by=coach, coach=coach)


def _a_lost_phone(admin):
    person = factories.UserFactory(name="Njeri Mwangi")
    person.authenticator_set.create(type="totp", data={})
    removal = accounts.ask_step_removal(person, by=admin)
    accounts.carry_out_step_removal(removal, now=removal.due_at)


def _accounts():
    """Mails of the library that signs people in."""
    client = Client()
    person = {"name": "Naliaka Wekesa", "zone": "Africa/Nairobi", "password1": "a-quiet-evening"}
    client.post(reverse("account_signup"), {**person, "email": "naliaka@people.example"})
    known = factories.UserFactory().email
    for address in (known, "nobody@people.example"):
        Client().post(reverse("account_reset_password"), {"email": address})
    Client().post(reverse("account_signup"), {**person, "email": known})
    owner = factories.UserFactory(name="Wambui Otieno")
    facts = {"from_email": "w@people.example", "to_email": owner.email, "deleted_email": "w@people.example"}
    with request_context(RequestFactory().get("/", headers={"User-Agent": "Firefox"})):
        for prefix in NOTICES:
            get_adapter().send_notification_mail(prefix, owner, {**facts, "provider": "the library"})


def addresses_in(row):
    """Every address in a mail: of its text, its HTML, and its headers."""
    message = message_of(row)
    found = set(URL.findall(text_of(row)))
    if message.get_body(("html",)):
        found |= set(re.findall(r"(?:href|src|action)=\"([^\"]+)\"", html.unescape(html_of(row))))
    header = message["List-Unsubscribe"]
    return found | ({str(header).strip("<>")} if header else set())


def own_paths(rows):
    """The addresses of this installation in these mails, without its host."""
    found = {urlsplit(address) for row in rows for address in addresses_in(row)}
    return sorted(url.path for url in found if url.netloc in OUR_HOSTS)


def words_of_text(row):
    return re.findall(r"[\w’'@.]+", URL.sub(" ", text_of(row)).replace("--\n", " "))


def words_of_html(row):
    body = re.search(r'<p class="name">.*?</p>(.*)</div>', html_of(row), re.DOTALL).group(1)
    return re.findall(r"[\w’'@.]+", html.unescape(re.sub(r"<[^>]+>", " ", body)))
