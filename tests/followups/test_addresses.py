"""Addresses of people without an account are forgotten in time, and she is told two weeks before."""

import email
import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from followups import outbox, reminders
from followups.models import OutboundEmail, Referee, RefereeBrief, Reminder, ThankYouNote
from followups.outbox.crypto import unseal
from followups.services import addresses, notes, referees
from followups.services import interviews as interview_services
from interviews.models import Interview, Interviewer
from tests.factories import (
    InterviewerFactory,
    InterviewFactory,
    RefereeBriefFactory,
    RefereeFactory,
    ThankYouNoteFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
A_LITTLE = timedelta(minutes=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def hers(candidate, now):
    """Ended 200 days ago, an offer a day later, with two people and a note to one of them."""
    User.objects.update(quiet_from="00:00", quiet_until="00:00")
    interview = InterviewFactory(
        candidate=candidate, company="Savanna Books", ends_at=now - 200 * DAY, decision_on=None,
        outcome="offer", outcome_at=now - 199 * DAY,
    )  # fmt: skip
    grace = InterviewerFactory(interview=interview, name="Grace", email="grace@savanna.example")
    InterviewerFactory(interview=interview, name="Peter", email="peter@savanna.example")
    ThankYouNoteFactory(
        interview=interview, interviewer=grace, to_email="GRACE@savanna.example", status="sent", sent_at=now - 199 * DAY
    )
    return interview


def with_outcome(interview, days_ago, now, outcome="offer"):
    Interview.objects.filter(pk=interview.pk).update(outcome=outcome, outcome_at=now - days_ago * DAY)


def left(interview):
    people = Interviewer.objects.filter(interview=interview).values_list("email", flat=True)
    letters = ThankYouNote.objects.filter(interview=interview).values_list("to_email", flat=True)
    return sorted(address for address in (*people, *letters) if address)


def pass_at(moment):
    """What the pump's sources do at a moment."""
    addresses.forget_due(moment)
    reminders.deliver_due(moment)


def state_of(record):
    record.refresh_from_db()
    return record.addresses_forget_at, record.addresses_forgotten_at is not None


def test_it_is_announced_two_weeks_before_and_then_forgotten(hers, now):
    with_outcome(hers, 0, now)
    pass_at(now + 75 * DAY)
    assert (state_of(hers), len(left(hers))) == ((None, False), 3)
    pass_at(now + 76 * DAY + A_LITTLE)
    assert state_of(hers) == (now + 90 * DAY + A_LITTLE, False)
    pass_at(now + 90 * DAY)
    assert len(left(hers)) == 3
    pass_at(now + 90 * DAY + 2 * A_LITTLE)
    assert (left(hers), state_of(hers)) == ([], (None, True))
    assert list(hers.interviewers.values_list("name", flat=True)) == ["Grace", "Peter"]


@pytest.mark.parametrize("outcome", ["none", "next_round"])
@pytest.mark.parametrize(("decision_in", "days"), [(None, 180), (10, 190)])
def test_without_an_end_it_takes_twice_as_long_from_the_decision_or_the_end(candidate, now, outcome, decision_in, days):
    end = now - 2 * timedelta(hours=1)
    interview = InterviewFactory(
        candidate=candidate, ends_at=end, outcome=outcome, outcome_at=None if outcome == "none" else now,
        decision_on=(now + decision_in * DAY).date() if decision_in else None,
    )  # fmt: skip
    InterviewerFactory(interview=interview)
    for day in range(0, days - 17, 10):
        pass_at(now + day * DAY)
    pass_at(now + (days - 16) * DAY)
    assert state_of(interview) == (None, False)
    pass_at(now + (days - 13) * DAY)
    assert state_of(interview)[0] is not None


def test_an_outcome_recorded_late_is_not_overlooked(candidate, now):
    interview = InterviewFactory(candidate=candidate, decision_on=None)
    InterviewerFactory(interview=interview)
    pass_at(now + 77 * DAY)
    interview_services.record_outcome(interview, "rejected", by=candidate, now=now + 78 * DAY)
    pass_at(now + (78 + 77) * DAY)
    assert state_of(interview)[0] is not None
    assert state_of(interview)[0] >= now + (78 + 90) * DAY


def test_she_is_told_how_many_once_by_mail_and_in_the_app(hers, now, candidate):
    pass_at(now)
    pass_at(now + DAY)
    told = Reminder.objects.get(kind="addresses")
    mail = OutboundEmail.objects.get(kind="reminder", subject_id=told.public_id)
    message = email.message_from_bytes(unseal(mail.message_encrypted), policy=email.policy.default)
    text = message.get_body(preferencelist=("plain",)).get_content()
    assert (told.status, told.recipient, mail.recipient) == ("sent", candidate, candidate)
    assert "forgets 2 e-mail addresses" in text
    assert reverse("address-list") in text
    assert ("Savanna" in text, "grace" in text) == (False, False)


def test_nothing_is_forgotten_before_the_notice_has_left(hers, now):
    """The pump was away for a month after it had announced: the two weeks begin when the mail goes."""
    addresses.forget_due(now)
    pass_at(now + 30 * DAY)
    assert len(left(hers)) == 3
    pass_at(now + 30 * DAY + A_LITTLE)
    assert Reminder.objects.filter(kind="addresses", status="sent").count() == 1
    pass_at(now + 44 * DAY + 2 * A_LITTLE)
    assert left(hers) == []


@pytest.mark.parametrize("person", [{"muted_reminders": ["addresses"]}, {"is_active": False}])
def test_who_wants_or_gets_no_notice_keeps_nothing_longer(hers, now, person):
    User.objects.update(**person)
    pass_at(now)
    pass_at(now + 14 * DAY + A_LITTLE)
    assert left(hers) == []


def test_she_may_keep_them_as_long_again(hers, now, candidate):
    pass_at(now)
    announced = state_of(hers)[0]
    assert addresses.keep(candidate, by=candidate, now=now + DAY) == 1
    pass_at(now + 15 * DAY)
    assert (len(left(hers)), state_of(hers)) == (3, (None, False))
    pass_at(announced + 76 * DAY + A_LITTLE)
    assert state_of(hers)[0] is not None
    pass_at(announced + 90 * DAY + 2 * A_LITTLE)
    assert left(hers) == []


def test_an_outcome_taken_back_takes_the_announcement_back(hers, now):
    pass_at(now)
    Interview.objects.update(outcome="none", outcome_at=None, decision_on=(now + 30 * DAY).date())
    pass_at(now + 14 * DAY + A_LITTLE)
    assert (len(left(hers)), state_of(hers)) == (3, (None, False))


def test_only_what_is_old_goes(hers, now, candidate):
    young = InterviewFactory(candidate=candidate)
    person = InterviewerFactory(interview=young, email="ann@other.example")
    pass_at(now)
    pass_at(now + 14 * DAY + A_LITTLE)
    person.refresh_from_db()
    assert (left(hers), person.email) == ([], "ann@other.example")


def test_a_letter_that_waits_keeps_its_address(hers, now):
    ThankYouNote.objects.update(status="scheduled", send_at=now + 30 * DAY, approved_hash="x")
    pass_at(now)
    pass_at(now + 14 * DAY + A_LITTLE)
    assert left(hers) == ["GRACE@savanna.example"]


def test_mails_that_are_over_are_scrubbed_too(hers, now):
    note = hers.thank_you_notes.get()
    row = {
        "kind": "note", "subject_type": "followups.thankyounote", "subject_id": note.public_id, "due_at": now,
        "next_try_at": now, "to_address_encrypted": b"x", "message_encrypted": b"x",
    }  # fmt: skip
    over = OutboundEmail.objects.create(status="sent", sent_at=now, **row)
    waiting = OutboundEmail.objects.create(status="queued", **row)
    pass_at(now)
    pass_at(now + 14 * DAY + A_LITTLE)
    over.refresh_from_db()
    waiting.refresh_from_db()
    assert (over.to_address_encrypted, over.message_encrypted, over.scrubbed_at is None) == (None, None, False)
    assert bytes(waiting.to_address_encrypted) == b"x"


def test_an_interview_without_addresses_is_settled_without_a_word(candidate, now):
    interview = InterviewFactory(candidate=candidate, ends_at=now - 300 * DAY, decision_on=None)
    pass_at(now)
    assert state_of(interview) == (None, True)
    assert not Reminder.objects.filter(kind="addresses").exists()


def test_an_address_written_down_again_counts_from_then(hers, now, candidate):
    pass_at(now)
    pass_at(now + 14 * DAY + A_LITTLE)
    later = now + 20 * DAY
    Interviewer.objects.filter(interview=hers, name="Peter").update(email="peter@savanna.example")
    interview_services.interview_changed(Interview.objects.get(pk=hers.pk), by=candidate, now=later)
    pass_at(later + 75 * DAY)
    assert left(hers) == ["peter@savanna.example"]
    pass_at(later + 77 * DAY)
    pass_at(later + 92 * DAY)
    assert left(hers) == []


def test_an_address_typed_into_a_note_counts_too(candidate, now):
    interview = InterviewFactory(candidate=candidate, addresses_forgotten_at=now, addresses_look_at=now)
    note = notes.draft_note(interview, None, by=candidate)
    notes.edit_note(note, by=candidate, to_email="hr@savanna.example", now=now)
    interview.refresh_from_db()
    assert (interview.addresses_forgotten_at, interview.addresses_kept_until) == (None, now + 90 * DAY)


# Referees


@pytest.fixture
def referee(candidate, now):
    referee = RefereeFactory(candidate=candidate, email="lydia@friends.example")
    Referee.objects.update(created_at=now - 200 * DAY)
    return referee


def email_of(referee):
    return Referee.objects.values_list("email", flat=True).get(pk=referee.pk)


def test_a_referees_address_goes_with_the_last_interview_that_used_it(hers, referee, now, candidate):
    young = InterviewFactory(candidate=candidate, decision_on=None)
    for interview in (hers, young):
        RefereeBriefFactory(
            interview=interview, referee=referee, status="sent", sent_at=now, sent_to="lydia@friends.example"
        )
    pass_at(now)
    pass_at(now + 15 * DAY)
    assert (left(hers), email_of(referee)) == ([], "lydia@friends.example")
    with_outcome(young, 0, now)
    pass_at(now + 77 * DAY)
    pass_at(now + 92 * DAY)
    assert email_of(referee) == ""
    assert list(RefereeBrief.objects.values_list("sent_to", flat=True)) == ["", ""]
    assert Referee.objects.get().name == "Lydia Were"


def test_one_that_nobody_used_goes_after_the_same_time(referee, now):
    User.objects.update(quiet_from="00:00", quiet_until="00:00")
    pass_at(now)
    assert email_of(referee) == "lydia@friends.example"
    pass_at(now + 14 * DAY + A_LITTLE)
    assert email_of(referee) == ""


def test_a_new_address_of_a_referee_counts_from_then(referee, now, candidate):
    User.objects.update(quiet_from="00:00", quiet_until="00:00")
    pass_at(now)
    pass_at(now + 14 * DAY + A_LITTLE)
    again = Referee.objects.get()
    referees.edit_referee(again, by=candidate, email="lydia@new.example", now=now + 20 * DAY)
    pass_at(now + (20 + 75) * DAY)
    assert (email_of(again), state_of(again)) == ("lydia@new.example", (None, False))
    pass_at(now + (20 + 77) * DAY)
    pass_at(now + (20 + 92) * DAY)
    assert email_of(again) == ""


# By the pump and by hand


def test_the_pump_does_it(hers, now, sink):
    outbox.pump(now=now)
    outbox.pump(now=now + 14 * DAY + A_LITTLE)
    assert left(hers) == []


def test_a_command_does_it(hers, capsys):
    call_command("forget_addresses")
    assert (capsys.readouterr().out, state_of(hers)[0] is None) == ("looked at 1\n", False)


def test_another_setting_is_reckoned_with_by_the_command(hers, now, settings, capsys):
    with_outcome(hers, 10, now)
    pass_at(now)
    settings.AFTERWORD_FORGET_ADDRESSES_DAYS = 20
    call_command("forget_addresses")
    assert state_of(hers) == (None, False)
    call_command("forget_addresses", "--reckon-again")
    assert state_of(hers)[0] is not None


def test_no_address_or_name_reaches_a_log(hers, now, caplog):
    with caplog.at_level(logging.INFO):
        pass_at(now)
        pass_at(now + 14 * DAY + A_LITTLE)
    assert "addresses_forgotten of=interview number=2" in caplog.text
    assert ("grace" in caplog.text.lower(), "Savanna" in caplog.text) == (False, False)


def test_a_pass_that_finds_nothing_costs_five_queries(candidate, now, django_assert_max_num_queries):
    InterviewerFactory(interview=InterviewFactory(candidate=candidate))
    with django_assert_max_num_queries(4):
        addresses.forget_due(now)


# The page


def test_the_page_says_what_goes_and_keeps_it(hers, client_of, candidate, now):
    pass_at(now)
    client, url = client_of(candidate), reverse("address-list")
    page = client.get(url)
    assert [(each.interview.company, each.number) for each in page.context["announced"]] == [("Savanna Books", 2)]
    assert client.post(reverse("address-keep")).url == url
    assert client.get(url).context["announced"] == []


def test_nobody_sees_or_keeps_those_of_others(hers, client_of, stranger, now):
    pass_at(now)
    client = client_of(stranger)
    assert client.get(reverse("address-list")).context["announced"] == []
    client.post(reverse("address-keep"))
    assert state_of(hers)[0] is not None
