"""No relay for spam: limits are exact however many ask at once, the breaker and the pause hold, and she knows beforehand."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.records import Conflict, Refused
from followups import outbox
from followups.models import LetterPause, OutboundEmail
from followups.outbox import limits
from followups.outbox.life import life_of
from followups.services import notes
from tests import factories
from tests.mailing import EMPLOYER, history_of, queue_letter, queue_mail, status_of, trust

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 24


def letters_at_once(write):
    """How many of AT_ONCE letters, all written at the same moment, were taken; and how many were refused."""
    barrier, taken, refused = threading.Barrier(AT_ONCE), [], []

    def run(number):
        try:
            barrier.wait()
            taken.append(write(number))
        except Refused as reason:
            refused.append(reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(taken), len(refused)


def test_of_one_person_exactly_as_many_as_the_limit(candidate, settings):
    settings.LETTERS_PER_SENDER_A_DAY = 7
    trust(candidate)
    counts = letters_at_once(lambda number: queue_letter(candidate, to=f"p{number}@company.example"))
    assert (counts, OutboundEmail.objects.count()) == ((7, AT_ONCE - 7), 7)


def test_to_one_reader_exactly_as_many_as_the_limit(settings):
    settings.LETTERS_PER_RECIPIENT_A_DAY = 7
    people = [trust(person) for person in factories.UserFactory.create_batch(AT_ONCE)]
    counts = letters_at_once(lambda number: queue_letter(people[number]))
    assert (counts, OutboundEmail.objects.count()) == ((7, AT_ONCE - 7), 7)


def test_of_all_together_exactly_as_many_as_the_breaker_lets_through(settings):
    settings.LETTERS_AN_HOUR = 7
    people = [trust(person) for person in factories.UserFactory.create_batch(AT_ONCE)]
    counts = letters_at_once(lambda number: queue_letter(people[number], to=f"p{number}@company.example"))
    assert (counts, OutboundEmail.objects.count()) == ((7, AT_ONCE - 7), 7)


def test_without_the_line_in_which_they_stand_more_get_through(candidate, settings, monkeypatch):
    """The control: what makes the limits exact is that letters are counted one after the other."""
    settings.LETTERS_PER_SENDER_A_DAY = 7
    trust(candidate)
    everybody_has_counted = threading.Barrier(AT_ONCE)

    def count_only(sender, address, now):
        reason = limits.against_letters(sender, now)
        everybody_has_counted.wait()
        if reason:
            raise Refused(reason)

    monkeypatch.setattr(limits, "check_letter", count_only)
    taken, _refused = letters_at_once(lambda number: queue_letter(candidate, to=f"p{number}@company.example"))
    assert taken == AT_ONCE


def test_the_refusal_is_known_beforehand(candidate, settings, client_of):
    settings.LETTERS_PER_SENDER_A_DAY = 1
    queue_letter(candidate, to="other@company.example")
    note = factories.ThankYouNoteFactory(interview__candidate=candidate, interviewer__email=EMPLOYER)
    words = "That would be more than 1 letters in one day"
    assert notes.why_not_by_afterword(note).startswith(words)
    page = client_of(candidate).get(reverse("note-detail", args=[note.public_id])).content.decode()
    assert words in page
    assert notes.why_not_by_afterword(note, timezone.now() + timedelta(days=1, minutes=1)) == ""


def test_a_pause_refuses_and_holds_and_lets_go(candidate, admin, sink):
    waiting = queue_letter(candidate)
    mine = queue_mail(candidate)
    outbox.pause_letters(by=admin)
    with pytest.raises(Conflict):
        outbox.pause_letters(by=admin)
    with pytest.raises(Refused, match="paused"):
        queue_letter(candidate, to="other@company.example")
    outbox.pump()
    assert (status_of(waiting), status_of(mine)) == ("queued", "sent")
    outbox.resume_letters(by=admin)
    outbox.pump()
    assert status_of(waiting) == "sent"
    assert [mail.to for mail in sink.accepted].count(EMPLOYER) == 1
    with pytest.raises(Conflict):
        outbox.resume_letters(by=admin)
    pause = LetterPause.objects.get()
    assert (pause.by, pause.ended_by, pause.ended_at is not None) == (admin, admin, True)


def test_whoever_has_a_letter_that_is_held_is_told_once(candidate, admin, sink):
    row = queue_letter(candidate)
    outbox.pause_letters(by=admin)
    for _ in range(2):
        outbox.pump()
        OutboundEmail.objects.filter(pk=row.pk).update(next_try_at=timezone.now())
    told = OutboundEmail.objects.get(kind="letter_held")
    assert (told.recipient, history_of(row)) == (candidate, ["queued", *["claimed", "queued"] * 2])
    words = life_of(OutboundEmail.objects.get(pk=row.pk))[-1]["words"]
    assert words == "Put back for a moment: letters from here are paused; it goes as soon as they are not"


def test_two_admins_pausing_at_once_make_one_pause(admin):
    results = []

    def run(number):
        try:
            return outbox.pause_letters(by=admin)
        except Conflict as reason:
            results.append(reason)
            raise Refused(str(reason)) from None

    assert letters_at_once(run) == (1, AT_ONCE - 1)
    assert LetterPause.objects.count() == 1


def test_the_switch_on_the_page_and_in_the_api(admin, client_of):
    client = client_of(admin)
    assert client.post(reverse("letters-pause")).status_code == 302
    assert "Let letters go again" in client.get(reverse("mail-list")).content.decode()
    assert client.post("/api/v1/mails/pause-letters/").status_code == 409
    assert client.post("/api/v1/mails/resume-letters/").json() == {"is_paused": False}
    assert client.post("/api/v1/mails/pause-letters/").json() == {"is_paused": True}
    assert client.post(reverse("letters-resume")).status_code == 302
    assert outbox.is_paused() is False
