"""Notes on their way: approval, the outbox, and what becomes of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import when
from accounts.records import Conflict, Refused
from followups import outbox
from followups.models import OutboundEmail, ThankYouNote
from followups.services import letters, notes
from tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=30)


@pytest.fixture
def writer(candidate):
    candidate.joined_at = timezone.now() - LONG_AGO
    candidate.save()
    return candidate


@pytest.fixture
def note(writer):
    interview = factories.InterviewFactory(candidate=writer)
    return factories.ThankYouNoteFactory(
        interview=interview,
        interviewer__name="Grace Wanjiru",
        body="Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\nAchieng\n",
    )


def schedule(note, hours=3, **more):
    at = timezone.now() + timedelta(hours=hours)
    wall = when.to_wall(at, "Africa/Nairobi")
    return notes.schedule_note(note, send_wall=wall, send_zone="Africa/Nairobi", by=note.candidate, **more)


def letter_row(note):
    return OutboundEmail.objects.get(dedupe_key=f"note:{note.public_id}:{note.round}")


def test_a_scheduled_note_is_a_letter_that_waits(note):
    schedule(note)
    row = letter_row(note)
    assert (note.status, row.status, row.due_at) == ("scheduled", "queued", note.send_at)
    assert row.content_hash == note.approved_hash == notes.text_hash(note)
    assert (row.to_third_party, row.kind, row.sender) == (True, "note", note.candidate)


def test_the_pump_sends_it_and_the_note_follows(note):
    schedule(note)
    outbox.pump(now=note.send_at + timedelta(seconds=1))
    note.refresh_from_db()
    row = letter_row(note)
    assert (row.status, note.status) == ("sent", "sent")
    assert note.sent_at == row.sent_at
    assert [(event.old, event.new) for event in note.events.all()] == [
        ("draft", "scheduled"),
        ("scheduled", "sending"),
        ("sending", "sent"),
    ]


def test_now_leaves_time_to_take_it_back(note, settings):
    settings.UNDO_SECONDS = 60
    now = timezone.now()
    notes.send_now(note, by=note.candidate, now=now)
    assert note.send_at == now + timedelta(seconds=60)
    notes.unschedule_note(note, by=note.candidate)
    assert (note.status, letter_row(note).status) == ("draft", "cancelled")
    assert note.events.last().by == note.candidate
    notes.send_now(note, by=note.candidate, now=now)
    assert (note.status, letter_row(note).status, note.round) == ("scheduled", "queued", 2)


def test_what_is_on_its_way_is_not_taken_back(note):
    schedule(note)
    OutboundEmail.objects.update(status="sent", sent_at=timezone.now())
    with pytest.raises(Conflict):
        notes.unschedule_note(note, by=note.candidate)
    with pytest.raises(Conflict):
        notes.mark_sent_by_self(note, by=note.candidate)


def test_an_error_is_asked_about_once(note):
    note.body = note.body.replace("I liked", "I am so sorry that I was nervous. I liked")
    note.save()
    with pytest.raises(letters.BetterChanged) as asked:
        schedule(note)
    assert "apology" in {finding.code for finding in asked.value.findings}
    assert ThankYouNote.objects.get(pk=note.pk).status == "draft"
    schedule(note, despite_findings=True)
    assert (note.status, note.despite_findings) == ("scheduled", True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to_email": ""}, "to_email"),
        ({"subject": ""}, "subject"),
        ({"body": "\n"}, "body"),
    ],
)
def test_a_letter_needs_its_parts(note, change, field):
    ThankYouNote.objects.filter(pk=note.pk).update(**change)
    with pytest.raises(Refused) as refused:
        schedule(note)
    assert refused.value.field == field


@pytest.mark.parametrize("hours", [-1, 167, 200])
def test_a_time_must_be_of_use(note, hours):
    with pytest.raises(Refused) as refused:
        schedule(note, hours=hours)
    assert refused.value.field == "send_wall"


def test_not_within_a_quarter_of_an_hour(note):
    note.interview.ends_at = timezone.now()
    note.interview.save()
    with pytest.raises(Refused):
        schedule(note, hours=0.1)
    notes.send_now(note, by=note.candidate)
    assert note.send_at == note.interview.ends_at + timedelta(minutes=15)


def test_a_new_account_sends_from_its_own_mailbox(note):
    note.candidate.joined_at = timezone.now()
    note.candidate.save()
    assert notes.why_not_by_afterword(note)
    with pytest.raises(Refused):
        schedule(note)
    notes.mark_sent_by_self(note, by=note.candidate)
    assert note.status == "sent_by_self"


@pytest.mark.parametrize(
    "change",
    [{"body": "Other words."}, {"subject": "Other"}, {"to_email": "other@company.example"}, {"to_name": "Peter"}],
)
def test_the_hash_is_of_all_the_reader_receives(note, change):
    before = notes.text_hash(note)
    for name, value in change.items():
        setattr(note, name, value)
    assert notes.text_hash(note) != before


def test_the_hash_is_of_the_sender_too_but_for_the_name_of_the_installation(note, settings):
    before = notes.text_hash(note)
    settings.INSTALLATION_NAME = "Coaching at Kisumu"
    other_installation = notes.text_hash(note)
    note.candidate.name = "Achieng O."
    other_name = notes.text_hash(note)
    settings.DEFAULT_FROM_EMAIL = "other@afterword.example"
    assert (before == other_installation, len({before, other_name, notes.text_hash(note)})) == (True, 3)


def test_seen_and_approved_are_the_same(note):
    seen = notes.text_hash(note)
    notes.edit_note(note, by=note.candidate, body=note.body + "\nMore.")
    with pytest.raises(Conflict):
        schedule(note, seen_hash=seen)


def test_a_text_changed_behind_the_approval_does_not_go(note):
    schedule(note)
    ThankYouNote.objects.filter(pk=note.pk).update(body="Something else.")
    outbox.pump(now=note.send_at + timedelta(seconds=1))
    note.refresh_from_db()
    assert (note.status, note.failure, letter_row(note).status) == ("failed", "changed", "suppressed")


def test_the_guard_asks_about_the_interview_too(note):
    schedule(note)
    row = letter_row(note)
    assert notes.LIFE.still_wanted(row) == ""
    note.interview.contact_prohibited = True
    note.interview.save()
    assert notes.LIFE.still_wanted(row) == "contact_prohibited"
    note.interview.contact_prohibited = False
    note.interview.status = "cancelled"
    note.interview.save()
    assert notes.LIFE.still_wanted(row) == "interview_cancelled"
    note.candidate.is_active = False
    note.candidate.save()
    assert notes.LIFE.still_wanted(row) == "sender_gone"


def test_sent_from_her_own_mailbox_takes_the_waiting_letter_back(note):
    schedule(note)
    at = timezone.now() - timedelta(minutes=5)
    notes.mark_sent_by_self(note, by=note.candidate, at=at)
    assert (note.status, note.sent_at, letter_row(note).status) == ("sent_by_self", at, "cancelled")


def test_the_own_sending_has_a_time_that_can_be(note):
    for hours in (-3, 1):
        with pytest.raises(Refused):
            notes.mark_sent_by_self(note, by=note.candidate, at=timezone.now() + timedelta(hours=hours))


def test_skipped_and_taken_up_again(note):
    schedule(note)
    notes.skip_note(note, by=note.candidate)
    assert (note.status, letter_row(note).status) == ("skipped", "cancelled")
    notes.reopen_note(note, by=note.candidate)
    assert note.status == "draft"


def test_several_people_with_one_address_are_one_reader(note):
    other = factories.InterviewerFactory(interview=note.interview, name="Peter Otieno", email=note.to_email.upper())
    second = factories.ThankYouNoteFactory(interview=note.interview, interviewer=other, body=note.body)
    schedule(note)
    with pytest.raises(Refused, match="One is enough") as refused:
        schedule(second, despite_findings=True)
    second.refresh_from_db()
    assert (refused.value.field, second.status, OutboundEmail.objects.count()) == ("to_email", "draft", 1)
    notes.unschedule_note(note, by=note.candidate)
    assert schedule(second, despite_findings=True).status == "scheduled"


def test_only_one_live_note_to_a_person(note):
    notes.skip_note(note, by=note.candidate)
    other = notes.draft_note(note.interview, note.interviewer, by=note.candidate)
    assert other.pk != note.pk
    with pytest.raises(Conflict):
        notes.reopen_note(note, by=note.candidate)


@pytest.fixture
def unknown(note):
    schedule(note)
    now = timezone.now()
    OutboundEmail.objects.update(status="unknown", handed_over_at=now)
    ThankYouNote.objects.filter(pk=note.pk).update(status="unknown")
    note.refresh_from_db()
    return note


@pytest.mark.parametrize(
    ("choice", "state", "letter"), [("leave", "sent", "sent"), ("own", "sent_by_self", "cancelled")]
)
def test_what_cannot_be_seen_is_settled_by_her(unknown, choice, state, letter):
    notes.resolve_unknown(unknown, choice, by=unknown.candidate)
    assert (unknown.status, letter_row(unknown).status) == (state, letter)
    assert unknown.sent_at is not None


def test_send_again_is_another_letter(unknown):
    first = letter_row(unknown)
    notes.resolve_unknown(unknown, "again", by=unknown.candidate)
    first.refresh_from_db()
    again = letter_row(unknown)
    assert (unknown.status, unknown.round, first.status, again.status) == ("scheduled", 2, "cancelled", "queued")
    assert again.pk != first.pk
    with pytest.raises(Conflict):
        notes.resolve_unknown(unknown, "again", by=unknown.candidate)


def test_a_failed_letter_says_why_and_becomes_a_draft_when_edited(note):
    schedule(note)
    row = letter_row(note)
    OutboundEmail.objects.update(status="failed", error="refused", code=550)
    row.refresh_from_db()
    notes.LIFE.follow(row, "handing_over", "failed")
    note.refresh_from_db()
    assert (note.status, note.failure) == ("failed", "refused")
    notes.edit_note(note, by=note.candidate, to_email="right@company.example")
    assert (note.status, note.failure, note.approved_hash) == ("draft", "", "")


def test_a_retry_shows_as_scheduled_again(note):
    schedule(note)
    row = letter_row(note)
    for old, new in [("queued", "claimed"), ("claimed", "handing_over"), ("handing_over", "queued")]:
        notes.LIFE.follow(row, old, new)
    note.refresh_from_db()
    assert note.status == "scheduled"


def test_news_of_an_old_letter_changes_nothing(note):
    schedule(note)
    old = letter_row(note)
    notes.unschedule_note(note, by=note.candidate)
    schedule(note)
    notes.LIFE.follow(old, "queued", "sent")
    note.refresh_from_db()
    assert note.status == "scheduled"


def test_a_pass_catches_up_with_lost_news(note):
    schedule(note)
    OutboundEmail.objects.update(status="sent", sent_at=note.send_at)
    notes.LIFE.catch_up(note.send_at + timedelta(minutes=3))
    note.refresh_from_db()
    assert (note.status, note.sent_at) == ("sent", note.send_at)


def test_a_pass_puts_old_drafts_away(note):
    ThankYouNote.objects.update(due_at=timezone.now())
    notes.LIFE.catch_up(timezone.now() + timedelta(days=7))
    note.refresh_from_db()
    assert note.status == "draft"
    notes.LIFE.catch_up(timezone.now() + timedelta(days=9))
    note.refresh_from_db()
    assert note.status == "expired"


def test_a_held_review_waits_outside_the_outbox(note):
    schedule(note)
    notes.mark_review_asked(note, answer_by=note.send_at, if_unreviewed="hold", by=note.candidate)
    assert (note.status, letter_row(note).status, note.if_unreviewed) == ("draft", "cancelled", "hold")


def test_taken_back_by_an_admin_she_is_told(note, admin, client_of):
    schedule(note)
    row = OutboundEmail.objects.get(kind="note")

    client_of(admin).post(reverse("mail-cancel", args=[row.public_id]))

    note.refresh_from_db()
    assert note.status == "draft"
    assert OutboundEmail.objects.filter(kind="note_taken_back", recipient=note.candidate).count() == 1


def test_taken_back_by_herself_nobody_writes_to_her(note):
    schedule(note)
    note.refresh_from_db()

    notes.unschedule_note(note, by=note.candidate)

    assert OutboundEmail.objects.filter(kind="note_taken_back").count() == 0
