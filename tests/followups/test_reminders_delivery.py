"""Delivering reminders: the latest, not the backlog; to nobody who does not want them; each once."""

import email
import threading
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.utils import timezone

from accounts.models import User
from followups import outbox, reminders
from followups.models import OutboundEmail, Reminder, ReminderEvent
from followups.outbox.crypto import unseal
from followups.reminders import registry, unsubscribe
from followups.reminders.registry import Kind, Wanted
from interviews.models import Interview
from tests.factories import BookingFactory, InterviewFactory, MistakeFactory, ThankYouNoteFactory
from tests.mailing import status_of

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _awake(candidate):
    User.objects.update(quiet_from="00:00", quiet_until="00:00")
    candidate.refresh_from_db()


def planned(subject, **due):
    """Derive, and let the reminders be due at these times (by kind and occurrence), the others never."""
    reminders.refresh(subject, now=timezone.now() - timedelta(days=3))
    for row in Reminder.objects.filter(subject_id=subject.public_id):
        at = due.get(row.kind.replace("-", "_")) or due.get(row.occurrence)
        Reminder.objects.filter(pk=row.pk).update(
            deliver_at=at or timezone.now() + timedelta(days=90),
            due_at=at or row.due_at,
            useless_after=timezone.now() + timedelta(days=1),
        )


def result_of(subject, kind, occurrence="1"):
    row = Reminder.objects.get(subject_id=subject.public_id, kind=kind, occurrence=occurrence)
    return row.status, row.events.order_by("id").last().reason


def mails():
    rows = OutboundEmail.objects.filter(kind="reminder").order_by("id")
    return [email.message_from_bytes(unseal(row.message_encrypted), policy=email.policy.default) for row in rows]


def test_what_is_due_is_queued_and_marked_in_one_go(candidate):
    now = timezone.now()
    interview = InterviewFactory(candidate=candidate, company="Kijani Foods")
    planned(interview, debrief=now - HOUR)
    assert reminders.deliver_due(now) == 1
    row = Reminder.objects.get(kind="debrief")
    mail = OutboundEmail.objects.get()
    assert (row.status, row.sent_at) == ("sent", now)
    assert (mail.dedupe_key, mail.recipient, mail.due_at) == (f"reminder:{row.public_id}", candidate, row.deliver_at)
    assert reminders.deliver_due(now) == 0
    [message] = mails()
    assert message["Subject"] == "While it is fresh"
    assert "Kijani" not in str(message["Subject"])
    assert f"/interviews/{interview.public_id}/debrief/" in message.get_body(("plain",)).get_content()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_after_an_outage_the_latest_not_the_backlog(candidate):
    now = timezone.now()
    interview = InterviewFactory(candidate=candidate, ended_hours_ago=22)
    planned(interview, debrief=now - 9 * HOUR, first=now - 5 * HOUR, last=now - HOUR)
    assert reminders.deliver_due(now) == 1
    assert [message["Subject"] for message in mails()] == ["Your thank-you note, best in the next two hours"]
    assert result_of(interview, "debrief") == ("skipped", "coalesced")
    assert result_of(interview, "thank-you", "first") == ("skipped", "coalesced")


def test_things_about_different_interviews_do_not_swallow_each_other(candidate):
    now = timezone.now()
    for _ in range(2):
        planned(InterviewFactory(candidate=candidate), debrief=now - HOUR)
    assert reminders.deliver_due(now) == 2


def test_both_people_of_a_session_get_theirs():
    now = timezone.now()
    booking = BookingFactory()
    User.objects.update(quiet_from="00:00", quiet_until="00:00")
    planned(booking, mock_session=now - HOUR)
    assert reminders.deliver_due(now) == 2
    assert set(OutboundEmail.objects.values_list("recipient", flat=True)) == {booking.candidate_id, booking.coach_id}


def test_a_kind_that_is_turned_off_is_not_sent(candidate):
    now = timezone.now()
    interview = InterviewFactory(candidate=candidate)
    planned(interview, debrief=now - HOUR)
    candidate.muted_reminders = ["debrief"]
    candidate.save()
    assert reminders.deliver_due(now) == 0
    assert result_of(interview, "debrief") == ("skipped", "muted")


def test_what_is_useless_by_now_is_not_sent(candidate):
    now = timezone.now()
    interview = InterviewFactory(candidate=candidate)
    planned(interview, debrief=now - HOUR)
    assert reminders.deliver_due(now + timedelta(days=2)) == 0
    assert result_of(interview, "debrief") == ("skipped", "too_late")


def test_a_change_without_a_refresh_is_seen_all_the_same(candidate):
    now = timezone.now()
    interview = InterviewFactory(candidate=candidate)
    planned(interview, debrief=now - HOUR)
    MistakeFactory(interview=interview)
    assert reminders.deliver_due(now) == 0
    assert result_of(interview, "debrief") == ("cancelled", "not_wanted")


def test_nothing_to_a_closed_account_or_about_what_is_gone(candidate, stranger):
    now = timezone.now()
    hers, gone = InterviewFactory(candidate=candidate), InterviewFactory(candidate=stranger)
    planned(hers, debrief=now - HOUR)
    planned(gone, debrief=now - HOUR)
    Interview.objects.filter(pk=gone.pk).delete()
    User.objects.filter(pk=candidate.pk).update(is_active=False)
    assert reminders.deliver_due(now) == 0
    assert set(Reminder.objects.filter(kind="debrief").values_list("status", flat=True)) == {"cancelled"}


def test_one_that_cannot_be_written_holds_up_nobody(candidate, stranger, monkeypatch):
    now = timezone.now()
    broken, fine = InterviewFactory(candidate=candidate), InterviewFactory(candidate=stranger)
    User.objects.update(quiet_from="00:00", quiet_until="00:00")
    planned(broken, debrief=now - 2 * HOUR)
    planned(fine, debrief=now - HOUR)
    kind = registry.kind_named("debrief")

    def context(interview, reminder):
        return {"boom": 1 / 0} if interview == broken else kind.context(interview, reminder)

    replaced = Kind(**{name: getattr(kind, name) for name in kind.__dataclass_fields__} | {"context": context})
    monkeypatch.setitem(registry._kinds, "debrief", replaced)
    assert reminders.deliver_due(now) == 1
    assert (result_of(broken, "debrief"), result_of(fine, "debrief")[0]) == (("skipped", "broken"), "sent")


@pytest.mark.parametrize(
    "status, subject",
    [
        ("sent", "Your note went out"),
        ("failed", "Your note did not go out"),
        ("unknown", "Your note: we can't see whether it arrived"),
    ],
)
def test_whether_a_note_went_out(candidate, status, subject):
    note = ThankYouNoteFactory(
        interview__candidate=candidate, status=status, sent_at=timezone.now() if status == "sent" else None
    )
    note.events.create(old="sending", new=status)
    reminders.refresh(note)
    assert reminders.deliver_due(timezone.now()) == 1
    [message] = mails()
    assert message["Subject"] == subject
    assert note.to_name in message.get_body(("plain",)).get_content()


def test_every_kind_has_a_mail_that_can_be_written(candidate, coach, interview):
    from coaching.models import Review  # noqa: PLC0415

    now = timezone.now()
    Interview.objects.filter(pk=interview.pk).update(closed_at=now - HOUR)
    interview.refresh_from_db()
    review = Review.objects.create(interview=interview, candidate=candidate, coach=coach, answer_by=now + HOUR)
    other = InterviewFactory(candidate=candidate)
    for subject, due in (
        (interview, {"closing": now - HOUR}),
        (review, {"review_urgent": now - HOUR}),
        (other, {"debrief": now - HOUR}),
        (InterviewFactory(candidate=candidate), {"first": now - HOUR}),
        (BookingFactory(candidate=candidate), {"mock_session": now - HOUR}),
    ):
        planned(subject, **due)
    # Also of those whom the factories made on the way.
    User.objects.update(quiet_from="00:00", quiet_until="00:00")
    reminders.deliver_due(now)
    assert not ReminderEvent.objects.filter(reason="broken").exists()
    assert len(mails()) == 6
    for message in mails():
        text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
        assert "http" in text and "href" in html
        assert "None" not in text + html


def test_two_pumps_deliver_each_once(candidate):
    now = timezone.now()
    for _ in range(10):
        planned(InterviewFactory(candidate=candidate), debrief=now - HOUR)
    barrier, counts = threading.Barrier(3), []

    def run():
        barrier.wait()
        try:
            counts.append(reminders.deliver_due(now))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(counts), OutboundEmail.objects.count()) == (10, 10)


def test_the_pump_delivers_and_sends_in_one_pass(candidate, sink):
    planned(InterviewFactory(candidate=candidate), debrief=timezone.now() - HOUR)
    assert outbox.pump() == 1
    [mail] = sink.accepted
    assert mail.to == candidate.email
    assert status_of(OutboundEmail.objects.get()) == "sent"


def test_a_kind_may_be_registered_once():
    with pytest.raises(ValueError, match="debrief"):
        registry.register(registry.kind_named("debrief"))
    assert Wanted(None, "1", timezone.now()).useless_after is None


def test_the_unsubscribe_token_names_one_person_and_one_kind(candidate):
    token = unsubscribe.url(candidate, "debrief").rstrip("/").rsplit("/", 1)[1]
    assert unsubscribe.read(token) == (candidate, "debrief")
    with pytest.raises(signing.BadSignature):
        unsubscribe.read(token.replace("debrief", "closing"))
