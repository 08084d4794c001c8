"""Nothing ran for an hour: then each person hears once about each thing, not of the backlog."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from followups import outbox, reminders
from followups.models import OutboundEmail, Reminder
from followups.reminders import delivery
from tests.factories import InterviewFactory, UserFactory
from tests.faults.queueing import with_history

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
PEOPLE = 4
KINDS = ("debrief", "thank-you")


@pytest.fixture
def backlog():
    """At least two reminders about each interview became due within the hour in which nothing ran; the number of all."""
    now = timezone.now()
    people = UserFactory.create_batch(PEOPLE, quiet_from=time(0), quiet_until=time(0))
    for person in people:
        person.refresh_from_db()
        interview = with_history(InterviewFactory(candidate=person))
        reminders.refresh(interview, now=now - timedelta(days=3))
        rows = Reminder.objects.filter(subject_id=interview.public_id, kind__in=KINDS).order_by("pk")
        assert len(rows) >= 2
        for number, row in enumerate(rows):
            due = now - timedelta(minutes=50 - 15 * number)
            Reminder.objects.filter(pk=row.pk).update(
                due_at=due, deliver_at=due, useless_after=now + timedelta(hours=5)
            )
    return Reminder.objects.filter(kind__in=KINDS).count()


def test_one_reminder_for_each_subject(backlog, sink, audit):
    for _ in range(3):
        outbox.pump()
    assert len(sink.accepted) == PEOPLE
    assert sorted(mail.to for mail in sink.accepted) == sorted(User.objects.values_list("email", flat=True))
    ends = Reminder.objects.filter(kind__in=KINDS).values_list("status", flat=True)
    assert sorted(ends) == ["sent"] * PEOPLE + ["skipped"] * (backlog - PEOPLE)
    assert audit().broken == set()


def test_control_each_for_itself_is_a_burst(backlog, sink, monkeypatch):
    monkeypatch.setattr(delivery, "_group_of", lambda row: row.pk)
    monkeypatch.setattr(
        delivery,
        "_waiting",
        lambda groups, now: list(Reminder.objects.filter(status="waiting", deliver_at__lte=now).select_for_update()),
    )
    outbox.pump()
    assert len(sink.accepted) == OutboundEmail.objects.count() == backlog
