"""kill -9 of the pump, wherever it stands: nothing is lost, no letter is doubled, and what cannot be known is shown."""

import signal

import pytest
from django.utils import timezone

from followups import outbox
from followups.models import OutboundEmail
from followups.outbox import claims, crash
from tests.eventually import eventually
from tests.factories import UserFactory
from tests.faults.pump_process import pump_for_ever, pump_once
from tests.faults.sink import HOLD
from tests.mailing import later, queue_letter, queue_mail, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

NOT_BEGUN = ("after_claim", "before_handover_commit")
NOT_KNOWN = ("after_handover_commit", "mid_data", "after_250", "before_record")
ACCEPTED = ("after_250", "before_record", "after_record")


def after_the_leases():
    outbox.pump(now=later(minutes=10))


@pytest.mark.parametrize("point", crash.POINTS)
def test_a_letter(candidate, stranger, sink, audit, point):
    letter, behind = queue_letter(candidate), queue_mail(stranger)
    assert pump_once(sink, AFTERWORD_CRASH_AT=point) == -signal.SIGKILL
    assert len(sink.accepted) == (point in ACCEPTED)
    after_the_leases()
    assert status_of(letter) == ("unknown" if point in NOT_KNOWN else "sent")
    assert len([mail for mail in sink.accepted if mail.to == "grace@company.example"]) == (
        point in ACCEPTED or point in NOT_BEGUN
    )
    assert (status_of(behind), audit().broken) == ("sent", set())


@pytest.mark.parametrize("point", crash.POINTS)
def test_mail_to_our_own(candidate, sink, audit, point):
    row = queue_mail(candidate)
    assert pump_once(sink, AFTERWORD_CRASH_AT=point) == -signal.SIGKILL
    after_the_leases()
    assert (status_of(row), audit().broken) == ("sent", set())
    assert len(sink.accepted) == (2 if point in ("after_250", "before_record") else 1)
    assert len(set(sink.message_ids())) == 1


def test_control_a_letter_sent_again_when_in_doubt_is_doubled(candidate, sink, audit, monkeypatch):
    queue_letter(candidate)
    pump_once(sink, AFTERWORD_CRASH_AT="after_250")
    monkeypatch.setattr(claims, "may_have_gone", lambda row: False)
    after_the_leases()
    assert audit().broken == {"I2 accepted twice"}


def test_control_without_leases_rows_are_stuck(candidate, sink, audit, monkeypatch):
    queue_letter(candidate)
    pump_once(sink, AFTERWORD_CRASH_AT="after_claim")
    monkeypatch.setattr(claims, "recover", lambda now: None)
    after_the_leases()
    assert audit().broken >= {"I3 stuck"}


def test_control_recorded_before_it_is_sent_is_lost(candidate, sink, audit):
    row = queue_letter(candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(status="sent", sent_at=timezone.now())
    after_the_leases()
    assert audit().broken >= {"I4 sent but not accepted"}


def test_killed_again_and_again_in_the_middle_of_its_work(sink, audit):
    people = UserFactory.create_batch(20)
    for number, person in enumerate(people):
        queue_letter(person, to=f"p{number}@company.example")
        queue_mail(person)
    for accepted in (3, 9, 15, 22, 30):
        process = pump_for_ever(sink)
        eventually(lambda target=accepted: len(sink.accepted) >= target, what="the pump's progress")
        process.kill()
        process.wait()
        claims.recover(later(minutes=10))
    after_the_leases()
    unknown = OutboundEmail.objects.filter(status="unknown").count()
    assert (audit().broken, unknown <= 5) == (set(), True)
    assert OutboundEmail.objects.filter(status="sent").count() == 40 - unknown


def test_sigterm_finishes_the_mail_in_hand_and_frees_the_rest(candidate, sink):
    rows = [queue_mail(candidate) for _ in range(3)]
    sink.script(candidate.email, HOLD)
    process = pump_for_ever(sink)
    eventually(sink.is_holding.is_set, what="the first mail")
    process.terminate()
    sink.release.set()
    assert process.wait(20) == 0
    assert [status_of(row) for row in rows] == ["sent", "queued", "queued"]
    assert len(sink.accepted) == 1
