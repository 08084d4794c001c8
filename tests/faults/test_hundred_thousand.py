"""100,000 reminders due in one minute: all go, the oldest first, what is urgent goes before them, and the memory stays flat."""

import os
import statistics
import uuid
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from followups import outbox
from followups.models import OutboundEmail, Reminder, ReminderEvent
from interviews.models import Interview, InterviewEvent
from tests.eventually import eventually
from tests.factories import UserFactory
from tests.faults.pump_process import pause, pump_for_ever
from tests.faults.queueing import queue_many

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.long]
MINUTES = 60


def due_within_a_minute(people, number):
    """Reminders to write an interview down, each about one of its own, spread over a minute that ends now."""
    now = timezone.now()
    for first in range(0, number, 5000):
        interviews = Interview.objects.bulk_create(
            Interview(
                candidate=people[n % len(people)],
                company="Many",
                zone="UTC",
                ends_wall=now.replace(tzinfo=None),
                ends_at=now,
            )
            for n in range(first, min(first + 5000, number))
        )
        InterviewEvent.objects.bulk_create(InterviewEvent(subject=one, new=one.status) for one in interviews)
        rows = Reminder.objects.bulk_create(
            Reminder(
                kind="debrief",
                subject_type="interviews.interview",
                subject_id=interview.public_id,
                recipient=interview.candidate,
                occurrence="1",
                due_at=due,
                deliver_at=due,
                useless_after=now + timedelta(days=1),
            )
            for place, interview in enumerate(interviews)
            for due in [now - timedelta(seconds=60 * (1 - (first + place) / number))]
        )
        ReminderEvent.objects.bulk_create(ReminderEvent(subject=row, new=row.status) for row in rows)


def memory_of(pid):
    """Megabytes of it in memory now."""
    fields = Path(f"/proc/{pid}/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def seconds_of_a_page(client):
    begun = timezone.now()
    assert client.get("/settings/").status_code in (200, 302, 404)
    return (timezone.now() - begun).total_seconds()


def test_all_go_and_what_is_urgent_does_not_wait(sink, audit):
    number = int(os.environ.get("AFTERWORD_MANY", "100000"))
    sink.keeps_content = False
    people = UserFactory.create_batch(200, quiet_from=time(0), quiet_until=time(0))
    due_within_a_minute(people, number)
    client, pages, memory, urgent = Client(), [], [], []
    client.force_login(people[0])
    begun = timezone.now()
    with pump_for_ever() as process, pump_for_ever() as other:
        while len(sink.accepted) < number:
            assert timezone.now() - begun < timedelta(minutes=MINUTES)
            urgent += queue_many(people[:2], letters=1, kind=f"urgent-{uuid.uuid4()}"[:40])
            pause(2)
            pages.append(seconds_of_a_page(client))
            memory += [memory_of(process.pid), memory_of(other.pid)]
        # In this order: what waits becomes a mail, in one transaction, which could fall between the two looks.
        eventually(
            lambda: not _any_waiting() and not OutboundEmail.objects.exclude(status="sent").exists(),
            seconds=300,
            what="the rest",
        )
    seconds = (max(mail.at for mail in sink.accepted) - begun).total_seconds()
    waited = [
        (row.sent_at - row.created_at).total_seconds() for row in OutboundEmail.objects.filter(to_third_party=True)
    ]
    arrived = oldest_first(sink)
    print(
        f"\n{number} reminders in {seconds:.0f} s: {number / seconds:.0f} mails/s by two pumps; a letter meanwhile"
        f" p50 {statistics.median(waited):.1f} s, worst {max(waited):.1f} s; a page p50 {statistics.median(pages):.3f} s,"
        f" worst {max(pages):.3f} s; memory {min(memory):.0f} to {max(memory):.0f} MB"
    )
    found = audit()
    assert (found.broken, found.sends, found.accepted) == (set(), number + len(urgent), number + len(urgent))
    # Two pumps work on two batches at once, so neighbours may change places; nobody is left behind.
    assert max(abs(place - rank) for place, rank in arrived) <= 2000
    assert max(waited) < 60
    assert max(memory) < 300


def _any_waiting():
    return Reminder.objects.filter(status="waiting", deliver_at__lte=timezone.now()).exists()


def oldest_first(sink):
    """Each reminder's place in the order of arrival and in that of due times."""
    due = {
        f"<{public_id}@": due_at
        for public_id, due_at in OutboundEmail.objects.filter(kind="reminder").values_list("public_id", "due_at")
    }
    arrived = [name for mail in sink.accepted if (name := mail.message_id[:38]) in due]
    rank = {name: place for place, name in enumerate(sorted(arrived, key=due.__getitem__))}
    return [(place, rank[name]) for place, name in enumerate(arrived)]


def test_control_nothing_limits_a_pass(sink, monkeypatch):
    """One pass that takes everything before it looks again keeps a letter waiting for all of it."""
    people = UserFactory.create_batch(2)
    rows = queue_many(people, own=300)
    monkeypatch.setattr("followups.outbox.claims.BATCH", 10_000)
    real, late = outbox.pump, []

    def then_a_letter(*args, **kwargs):
        late.extend(queue_many(people, letters=1))

    monkeypatch.setattr("followups.outbox.passes.together.begin", _after_the_first(then_a_letter))
    real(limit=10_000)
    arrived = [mail.to for mail in sink.accepted]
    letter = arrived.index("p0@company.example") if "p0@company.example" in arrived else len(rows)
    assert letter >= 250


def _after_the_first(act):
    from followups.outbox import together  # noqa: PLC0415

    real, done = together.begin, []

    def begin(rows, now):
        if not done:
            done.append(1)
            act()
        return real(rows, now)

    return begin
