"""Mails about a session are written when they go, and say what was so when they were caused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import User
from coaching.models import Booking, MockSlot
from coaching.services import bookings, session_mail
from followups import outbox
from followups.models import OutboundEmail
from followups.outbox import crypto
from tests.factories import SlotFactory
from tests.mailing import history_of, message_of, text_of

pytestmark = pytest.mark.django_db


def mail_to(person):
    return OutboundEmail.objects.filter(kind="session", recipient=person).latest("pk")


def words_of(person):
    """Text and calendar file, but for the hour at which links end being part of them."""
    row = mail_to(person)
    (file,) = message_of(row).iter_attachments()
    return text_of(row), file.get_content()


def test_what_changes_meanwhile_changes_nothing_in_it(candidate, coach):
    slot = SlotFactory(coach=coach, place="Room 2", link="https://call.example/1")
    booking = bookings.book(slot, candidate=candidate, by=candidate)
    before = [words_of(person) for person in (candidate, coach)]
    later = timezone.now() + timedelta(days=9)

    Booking.objects.filter(pk=booking.pk).update(
        starts_at=later, ends_at=later + timedelta(minutes=30), status="cancelled", sequence=7, confirmed_at=None
    )
    MockSlot.objects.filter(pk=slot.pk).update(place="Room 3", link="", zone="Europe/London")
    User.objects.filter(pk__in=[candidate.pk, coach.pk]).update(name="Somebody else")

    assert [words_of(person) for person in (candidate, coach)] == before
    assert "Room 2" in before[0][0]
    assert "SEQUENCE:1" in before[0][1]


def test_a_move_is_told_as_it_was_meant(candidate, coach):
    booking = bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate)
    moved = bookings.move_booking(booking, slot=SlotFactory(coach=coach), by=coach, reason="The room is taken")
    before = [words_of(person) for person in (candidate, coach)]
    bookings.cancel(moved, by=candidate)
    moves = [
        OutboundEmail.objects.filter(kind="session", recipient=person).order_by("pk")[1]
        for person in (candidate, coach)
    ]
    assert [text_of(row) for row in moves] == [text for text, _file in before]
    assert "The reason given: The room is taken" in before[0][0]
    assert "It was:" in before[0][0]


def test_it_reaches_both_as_a_whole_mail(candidate, coach, sink):
    bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate)
    OutboundEmail.objects.update(ignores_quiet_hours=True, next_try_at=timezone.now())
    written = {str(message_of(row)["Message-ID"]) for row in OutboundEmail.objects.all()}
    assert outbox.pump() == 2
    assert {mail.to for mail in sink.accepted} == {candidate.email, coach.email}
    assert {mail.message_id for mail in sink.accepted} == written


def test_one_that_cannot_be_written_fails_alone(candidate, coach, sink, monkeypatch):
    bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate)
    OutboundEmail.objects.update(ignores_quiet_hours=True, next_try_at=timezone.now())
    monkeypatch.setitem(outbox.later._writers, "session", _only_to(candidate))
    assert outbox.pump() == 1
    assert (mail_to(coach).error, history_of(mail_to(coach))) == ("LookupError", ["queued", "claimed", "failed"])


def _only_to(person):
    def write(facts, reader):
        if reader != person:
            raise LookupError
        return session_mail.write(facts, reader)

    return write


def test_what_is_to_be_told_is_sealed(candidate, coach):
    bookings.book(SlotFactory(coach=coach, place="Room 2"), candidate=candidate, by=candidate)
    row = mail_to(coach)
    kept = bytes(row.message_encrypted)
    assert all(word.encode() not in kept for word in ("Room 2", candidate.name, candidate.email))
    assert candidate.name.encode() in crypto.unseal(kept)


def test_facts_about_somebody_who_is_erased_go_with_her(candidate, coach):
    bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate)
    told = mail_to(coach)
    OutboundEmail.objects.filter(pk=told.pk).update(status="sent", sent_at=timezone.now(), code=250)
    services.ask_erasure(candidate)
    services.carry_out_due(timezone.now() + timedelta(days=400))
    told = OutboundEmail.objects.get(pk=told.pk)
    assert (told.status, told.message_encrypted) == ("sent", None)
