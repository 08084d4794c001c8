"""A row that cannot be sent holds up nobody, and what is urgent does not wait behind what is not."""

import time
from types import SimpleNamespace

import pytest

from followups import outbox
from followups.models import OutboundEmail
from followups.outbox import claims, guards, together
from followups.outbox.crypto import seal
from tests.factories import UserFactory
from tests.faults.queueing import queue_many
from tests.mailing import queue_mail, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
Urgency = OutboundEmail.Urgency
POISON = {
    "a seal that does not open": {"message_encrypted": b"rubbish"},
    "an address that breaks the line": {"to_address_encrypted": seal(b"a@b.example>\r\nRCPT TO:<c@d.example")},
    "an address outside ASCII": {"to_address_encrypted": seal("grüße@straße.example".encode())},
}


def poisoned(people, kind, urgency=Urgency.ACCOUNT):
    """A poisoned row that comes first, and the rows behind it."""
    row = queue_mail(people[0], urgency=urgency)
    if kind in POISON:
        OutboundEmail.objects.filter(pk=row.pk).update(**POISON[kind])
    else:
        large = b"Subject: Large\r\n\r\n" + (b"x" * 76 + b"\r\n") * 270_000
        OutboundEmail.objects.filter(pk=row.pk).update(message_encrypted=seal(large))
    return row, queue_many(people, letters=5, own=20)


@pytest.fixture
def people():
    return UserFactory.create_batch(5)


@pytest.mark.parametrize("kind", [*POISON, pytest.param("twenty megabytes", marks=pytest.mark.quick)])
def test_a_row_that_cannot_be_sent(people, sink, audit, kind):
    sink.size_limit = 10_000_000
    row, behind = poisoned(people, kind)
    assert outbox.pump() == len(behind)
    row.refresh_from_db()
    assert (row.status, row.error != "" or row.code == 552) == ("failed", True)
    assert {status_of(one) for one in behind} == {"sent"}
    assert {mail.to for mail in sink.accepted} == {f"p{n}@company.example" for n in range(5)} | {
        p.email for p in people
    }
    assert audit().broken == set()


@pytest.mark.quick
@pytest.mark.parametrize("kind", [*POISON, "twenty megabytes"])
def test_the_others_wait_no_second_for_it(people, sink, kind):
    """Counted in seconds of the pump's own processor time, for the machine may be busy with other things."""
    sink.size_limit = 10_000_000
    spent = []
    for is_poisoned in (False, True):
        if is_poisoned:
            poisoned(people, kind)
        else:
            queue_many(people, letters=5, own=20)
        begun = time.thread_time()
        assert outbox.pump() == 25
        spent.append(time.thread_time() - begun)
    assert spent[1] - spent[0] < 1


def test_a_source_and_a_guard_that_break(people, sink, audit, monkeypatch):
    monkeypatch.setattr(guards, "_sources", [("broken", lambda now: 1 / 0)])
    monkeypatch.setitem(guards._guards, "broken", lambda row: 1 / 0)
    row = queue_mail(people[0], kind="broken", urgency=Urgency.ACCOUNT)
    behind = queue_many(people, letters=5, own=20)
    assert outbox.pump() == len(behind)
    assert (status_of(row), audit().broken) == ("failed", set())


def test_control_not_kept_apart_it_holds_up_everybody(people, sink, audit, monkeypatch):
    """The whole group is given up when one of it cannot be read."""
    real = together.begin
    monkeypatch.setattr(together.Pace, "size", 50)
    monkeypatch.setattr(together, "unreadable", lambda row, error, now: None)
    monkeypatch.setattr(together, "begin", lambda rows, now: [] if len(found := real(rows, now)) < len(rows) else found)
    poisoned(people, "a seal that does not open", Urgency.ROUTINE)
    outbox.pump()
    found = audit()
    assert (found.accepted, "I3 stuck" in found.broken) == (5, True)


def queue_upside_down(people):
    """What is least urgent was queued first."""
    for urgency in (Urgency.ROUTINE, Urgency.DEADLINE, Urgency.ACCOUNT):
        queue_many(people, own=60, urgency=urgency)
    queue_many(people, letters=10)


def order_of_arrival(sink):
    urgency_of = {
        f"<{public_id}@": urgency for public_id, urgency in OutboundEmail.objects.values_list("public_id", "urgency")
    }
    return [urgency_of[mail.message_id[:38]] for mail in sink.accepted]


def test_the_urgent_before_the_rest(people, sink, audit):
    queue_upside_down(people)
    assert outbox.pump(limit=1000) == 190
    arrived = order_of_arrival(sink)
    assert (arrived == sorted(arrived), audit().broken) == (True, set())


def test_control_as_they_come(people, sink, monkeypatch):
    queue_upside_down(people)
    monkeypatch.setattr(claims, "Urgency", SimpleNamespace(values=[3, 2, 1, 0]))
    outbox.pump(limit=1000)
    arrived = order_of_arrival(sink)
    assert arrived != sorted(arrived)
