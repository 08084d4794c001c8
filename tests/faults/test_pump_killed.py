"""kill -9 of the pump, wherever it stands: nothing is lost, no letter is doubled, and what cannot be known is shown."""

import contextlib
import random
import signal

import pytest
from django.utils import timezone

from followups import outbox
from followups.models import OutboundEmail
from followups.outbox import claims, crash
from tests.eventually import eventually
from tests.factories import UserFactory
from tests.faults.pump_process import pause, pump_for_ever, pump_once
from tests.faults.queueing import queue_many
from tests.faults.sink import HOLD
from tests.mailing import EMPLOYER, later, queue_letter, queue_mail, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

NOT_BEGUN = ("after_claim", "before_handover_commit")
NOT_KNOWN = ("after_handover_commit", "mid_data", "after_250", "before_record")
ACCEPTED = ("after_250", "before_record", "after_record")


def after_the_leases():
    outbox.pump(now=later(minutes=10))


@pytest.mark.parametrize("point", crash.POINTS)
def test_a_letter(candidate, stranger, sink, audit, point):
    letter, behind = queue_letter(candidate), queue_mail(stranger)
    assert pump_once(crash_at=point) == -signal.SIGKILL
    assert len(sink.accepted) == (point in ACCEPTED)
    after_the_leases()
    assert status_of(letter) == ("unknown" if point in NOT_KNOWN else "sent")
    assert len([mail for mail in sink.accepted if mail.to == EMPLOYER]) == (point in ACCEPTED or point in NOT_BEGUN)
    assert (status_of(behind), audit().broken) == ("sent", set())


@pytest.mark.parametrize("point", crash.POINTS)
def test_mail_to_our_own(candidate, sink, audit, point):
    row = queue_mail(candidate)
    assert pump_once(crash_at=point) == -signal.SIGKILL
    after_the_leases()
    assert (status_of(row), audit().broken) == ("sent", set())
    assert len(sink.accepted) == (2 if point in ("after_250", "before_record") else 1)
    assert len(set(sink.message_ids())) == 1


def test_control_a_letter_sent_again_when_in_doubt_is_doubled(candidate, sink, audit, monkeypatch):
    queue_letter(candidate)
    pump_once(crash_at="after_250")
    monkeypatch.setattr(claims, "may_have_gone", lambda row: False)
    after_the_leases()
    assert audit().broken == {"I2 accepted twice"}


def test_control_without_leases_rows_are_stuck(candidate, sink, audit, monkeypatch):
    queue_letter(candidate)
    pump_once(crash_at="after_claim")
    monkeypatch.setattr(claims, "recover", lambda now: None)
    after_the_leases()
    assert audit().broken >= {"I3 stuck"}


def test_control_recorded_before_it_is_sent_is_lost(candidate, sink, audit):
    row = queue_letter(candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(status="sent", sent_at=timezone.now())
    after_the_leases()
    found = audit()
    assert (found.lost, found.broken >= {"I4 sent but not accepted"}) == (1, True)


def kill_again_and_again(sink, audit, *, mails, kills, seed):
    """Kill the pump at random moments of its work; what the audit finds once all is delivered."""
    moments = random.Random(seed)
    people = UserFactory.create_batch(20)
    queue_many(people, letters=mails // 2, own=mails - mails // 2)
    killed = 0
    while killed < kills and OutboundEmail.objects.filter(status="queued").exists():
        accepted = len(sink.accepted)
        with pump_for_ever() as process:
            target = accepted + moments.randrange(2 * mails // kills)
            eventually(
                lambda goal=target: len(sink.accepted) >= goal or not _any_queued(), seconds=120, what="the progress"
            )
            # Somewhere within the mail that follows.
            pause(moments.uniform(0, 0.004))
            process.kill()
        killed += 1
        claims.recover(later(minutes=10))
    while _any_queued():
        outbox.pump(now=later(minutes=10), limit=1000)
    return audit(), killed


def _any_queued():
    return OutboundEmail.objects.filter(status__in=["queued", "claimed", "handing_over"]).exists()


def test_killed_again_and_again_in_the_middle_of_its_work(sink, audit):
    found, killed = kill_again_and_again(sink, audit, mails=60, kills=6, seed=1)
    assert found.broken == set()
    assert (found.sends, found.lost, found.doubled, found.unknown <= killed) == (60, 0, 0, True)


@pytest.mark.long
def test_killed_forty_times_over_a_thousand_sends(sink, audit):
    found, killed = kill_again_and_again(sink, audit, mails=1000, kills=40, seed=2)
    assert found.broken == set()
    assert (found.sends, found.lost, found.doubled, found.unknown <= killed) == (1000, 0, 0, True)


@pytest.mark.long
def test_killed_two_hundred_times_over_ten_thousand_sends(sink, audit):
    sink.keeps_content = False
    found, killed = kill_again_and_again(sink, audit, mails=10_000, kills=200, seed=3)
    assert found.broken == set()
    assert (found.sends, found.lost, found.doubled, killed, found.unknown <= killed) == (10_000, 0, 0, 200, True)
    assert found.accepted >= 10_000 - found.unknown


def test_control_killed_and_sent_again_all_the_same(candidate, sink, audit, monkeypatch):
    """The server holds its answer back, so that the kill falls where nobody can tell."""
    monkeypatch.setattr(claims, "may_have_gone", lambda row: False)
    for number in range(3):
        queue_letter(candidate, to=f"p{number}@company.example")
        sink.script(f"p{number}@company.example", HOLD)
        with pump_for_ever():
            eventually(sink.is_holding.is_set, what="the mail in hand")
        sink.let_go()
        after_the_leases()
    found = audit()
    assert (found.doubled, found.broken) == (3, {"I2 accepted twice"})


def test_sigterm_finishes_the_mail_in_hand_and_frees_the_rest(candidate, sink, audit):
    rows = [queue_mail(candidate) for _ in range(3)]
    sink.script(candidate.email, HOLD)
    process = pump_for_ever()
    eventually(sink.is_holding.is_set, what="the first mail")
    process.send(signal.SIGTERM)
    sink.release.set()
    assert process.wait() == 0
    assert [status_of(row) for row in rows] == ["sent", "queued", "queued"]
    assert (len(sink.accepted), audit(is_over=False).broken) == (1, set())


def stop_again_and_again(sink, audit, *, stops, sabotage=None):
    """As many deploys in the middle of a batch; what the audit finds."""
    people = UserFactory.create_batch(10)
    queue_many(people, letters=10 * stops, own=10 * stops)
    for _ in range(stops):
        accepted = len(sink.accepted)
        process = pump_for_ever(sabotage=sabotage)
        eventually(lambda goal=accepted + 7: len(sink.accepted) >= goal or not _any_queued(), what="a batch")
        process.send(signal.SIGTERM)
        process.wait()
        # The rest is free at once: nobody waits for a lease.
        assert sabotage or not OutboundEmail.objects.filter(status__in=["claimed", "handing_over"]).exists()
        claims.recover(later(minutes=10))
    while _any_queued():
        outbox.pump(now=later(minutes=10), limit=1000)
    return audit()


@pytest.mark.parametrize(
    "stops",
    [
        pytest.param(2, marks=pytest.mark.suite),
        pytest.param(4, marks=pytest.mark.quick),
        pytest.param(50, marks=pytest.mark.long),
    ],
)
def test_stopped_in_the_middle_of_a_batch(sink, audit, stops):
    found = stop_again_and_again(sink, audit, stops=stops)
    assert (found.broken, found.sends) == (set(), 20 * stops)
    assert (found.unknown, found.lost, found.doubled, found.again) == (0, 0, 0, 0)


@contextlib.contextmanager
def without_manners():
    """SIGTERM ends the process where it stands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signal, "signal", lambda *_: None)
        yield


def test_control_stopped_without_manners(candidate, sink, audit):
    letter = queue_letter(candidate)
    sink.script(EMPLOYER, HOLD)
    process = pump_for_ever(sabotage=without_manners)
    eventually(sink.is_holding.is_set, what="the letter")
    process.send(signal.SIGTERM)
    assert process.wait() == -signal.SIGTERM
    sink.let_go()
    after_the_leases()
    assert (status_of(letter), audit().unknown) == ("unknown", 1)
