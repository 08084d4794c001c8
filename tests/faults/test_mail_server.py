"""The mail server says no, cuts the line, is slow or silent: what is to go goes once, what must not is not tried, nobody waits."""

import threading

import pytest
from django.db import connection

from followups import outbox
from followups.models import OutboundEmail
from followups.outbox import answers, claims, smtp
from tests.eventually import eventually
from tests.faults.queueing import queue_many
from tests.faults.sink import CUT_AFTER_DOT, CUT_BEFORE_DOT, LOSE_AFTER_DOT, SILENT, Say
from tests.mailing import EMPLOYER, later, queue_letter, queue_mail, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

STAGES = ("mail", "rcpt", "dot")
LATER = (421, 450, 452)
NEVER = (550, 552, 554)


@pytest.fixture(params=[False, True], ids=["", "pipelining"])
def pipelining(sink, request):
    sink.takes_pipelining = request.param


@pytest.fixture
def letter_and_mail(candidate, stranger):
    return queue_letter(candidate), queue_mail(stranger)


def once(sink, address, stage, code):
    """Say this once; at the stage of MAIL nobody knows to whom it is, so there it is said to everybody until it is taken back."""
    if stage == "mail":
        sink.default = Say(stage, code)
    else:
        sink.script(address, Say(stage, code))


@pytest.mark.parametrize("code", LATER)
@pytest.mark.parametrize("stage", STAGES)
def test_a_temporary_no(letter_and_mail, sink, audit, pipelining, stage, code):
    letter, mail = letter_and_mail
    for address in (EMPLOYER, mail.recipient.email):
        once(sink, address, stage, code)
    outbox.pump()
    assert (status_of(letter), status_of(mail), len(sink.accepted)) == ("queued", "queued", 0)
    sink.default = "accept"
    outbox.pump(now=later(minutes=5))
    found = audit()
    assert (found.broken, found.accepted, found.lost, found.doubled, found.again) == (set(), 2, 0, 0, 0)


@pytest.mark.parametrize("code", NEVER)
@pytest.mark.parametrize("stage", STAGES)
def test_a_final_no(letter_and_mail, sink, audit, pipelining, stage, code):
    letter, mail = letter_and_mail
    once(sink, EMPLOYER, stage, code)
    outbox.pump()
    sink.default = "accept"
    letter.refresh_from_db()
    assert (letter.status, letter.stage, letter.code) == ("failed", stage, code)
    assert status_of(mail) == ("failed" if stage == "mail" else "sent")
    outbox.pump(now=later(hours=5))
    assert (sink.tries[EMPLOYER] <= 1, audit().broken) == (True, set())


@pytest.mark.parametrize("step", [CUT_BEFORE_DOT, CUT_AFTER_DOT, LOSE_AFTER_DOT])
def test_a_cut_line(letter_and_mail, sink, audit, pipelining, step):
    letter, mail = letter_and_mail
    sink.script(EMPLOYER, step)
    sink.script(mail.recipient.email, step)
    outbox.pump()
    outbox.pump(now=later(minutes=5))
    found = audit()
    is_seen = step == CUT_BEFORE_DOT
    assert (found.broken, status_of(letter)) == (set(), "sent" if is_seen else "unknown")
    assert (status_of(mail), found.again) == ("sent", int(step == CUT_AFTER_DOT))


def test_slow_answers(candidate, sink, audit):
    queue_many([candidate], letters=5, own=10)
    sink.delay = 0.05
    assert outbox.pump() == 15
    assert audit().broken == set()


def test_a_group_that_takes_long_is_looked_at_again(candidate, sink, audit, monkeypatch):
    """What was found about a mail grows old while the server is slow: then it is looked at once more, and goes in this pass."""
    monkeypatch.setattr("followups.outbox.together.FRESH", 0.2)
    monkeypatch.setattr("followups.outbox.together.Pace.size", 8)
    rows = queue_many([candidate], own=8)
    sink.delay = 0.1
    assert outbox.pump() == 8
    marked = [row.events.filter(new="handing_over").count() for row in OutboundEmail.objects.order_by("pk")]
    assert (len(rows), max(marked) > 1, audit().broken) == (8, True, set())


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(smtp, "PATIENCE", smtp.PATIENCE | {"dot": 2})


def test_never_an_answer(letter_and_mail, stranger, sink, audit, impatient):
    letter, mail = letter_and_mail
    behind = queue_mail(stranger)
    sink.script(EMPLOYER, SILENT)
    sink.script(stranger.email, SILENT)
    outbox.pump()
    assert (status_of(letter), status_of(mail), status_of(behind)) == ("unknown", "queued", "sent")
    outbox.pump(now=later(minutes=5))
    assert (status_of(mail), audit().broken) == ("sent", set())


def test_no_server_for_two_hours(candidate, sink, audit):
    rows = queue_many([candidate], letters=5, own=40)
    sink.stop()
    for minute in range(0, 120, 10):
        assert outbox.pump(now=later(minutes=minute)) == 0
    assert set(OutboundEmail.objects.values_list("status", "attempts")) == {("queued", 0)}
    sink.start()
    assert outbox.pump(now=later(hours=2)) == len(rows)
    assert audit().broken == set()


# The controls: the same faults with a protection switched off.


def test_control_lost_after_the_dot_taken_for_not_accepted(letter_and_mail, sink, audit, monkeypatch):
    real = smtp.Channel._try
    monkeypatch.setattr(
        smtp.Channel,
        "_try",
        lambda *args: smtp.Outcome("later", "dot") if (found := real(*args)).verdict == "lost" else found,
    )
    sink.script(EMPLOYER, CUT_AFTER_DOT)
    outbox.pump()
    outbox.pump(now=later(minutes=5))
    found = audit()
    assert (found.doubled, found.broken) == (1, {"I2 accepted twice"})


def test_control_a_temporary_no_taken_for_a_final_one(letter_and_mail, sink, audit, monkeypatch):
    real = smtp.Channel._try
    monkeypatch.setattr(
        smtp.Channel,
        "_try",
        lambda *args: smtp.Outcome("refused", "rcpt", 450) if (found := real(*args)).verdict == "later" else found,
    )
    sink.script(EMPLOYER, Say("rcpt", 450))
    outbox.pump()
    outbox.pump(now=later(minutes=5))
    assert (status_of(letter_and_mail[0]), audit().accepted) == ("failed", 1)


def test_control_a_final_no_tried_again(letter_and_mail, sink, monkeypatch):
    monkeypatch.setattr(
        answers,
        "record",
        lambda row, outcome, now: claims.release(row, now, next_try_at=now + answers._wait(0)),
    )
    sink.script(EMPLOYER, *[Say("rcpt", 550)] * 3)
    for minute in range(0, 15, 5):
        outbox.pump(now=later(minutes=minute))
    assert sink.tries[EMPLOYER] == 3


def test_control_patience_without_end_holds_up_everybody(candidate, stranger, sink, monkeypatch):
    monkeypatch.setattr(smtp, "PATIENCE", dict.fromkeys(smtp.PATIENCE, 60))
    queue_letter(candidate)
    behind = queue_mail(stranger)
    sink.script(EMPLOYER, SILENT)

    def run():
        try:
            outbox.pump()
        finally:
            connection.close()

    pump = threading.Thread(target=run)
    pump.start()
    eventually(sink.is_holding.is_set, what="the silence")
    assert (pump.is_alive(), status_of(behind)) == (True, "claimed")
    sink.stop()
    pump.join()
