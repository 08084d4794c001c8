"""PostgreSQL ends as in a crash (`pg_ctl stop -m immediate`) while mails go out, and comes back: all that was committed is
there, no letter is doubled, and what the mail server had said meanwhile is written down."""

import contextlib
import signal

import pytest
from django.core.management import call_command
from django.db import connection

from config.embedded.postgres import Postgres
from config.embedded.processes import LOOPBACK
from config.embedded.testing import throwaway_folder
from followups import outbox
from followups.models import OutboundEmail
from followups.outbox import claims, passes
from tests.eventually import eventually
from tests.factories import UserFactory
from tests.faults.pump_process import pump_for_ever
from tests.faults.queueing import queue_many
from tests.faults.sink import HOLD
from tests.mailing import EMPLOYER, history_of, later, queue_letter, status_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.quick]


@contextlib.contextmanager
def going_to(server):
    """Our connections go there, for as long as the block runs."""
    there, before = connection.settings_dict, dict(connection.settings_dict)
    connection.close()
    there.update(HOST=LOOPBACK, PORT=server.port, NAME="postgres", USER="postgres", PASSWORD="")
    try:
        yield
    finally:
        connection.close()
        there.update(before)


@pytest.fixture(scope="module")
def durable_server(django_db_setup, django_db_blocker):
    with throwaway_folder() as folder, Postgres(folder / "pg", durable=True) as server:
        with django_db_blocker.unblock(), going_to(server):
            call_command("migrate", verbosity=0)
        yield server


@pytest.fixture
def postgres(transactional_db, durable_server, sink):
    """A durable server of our own, without rows; the test's connections go there."""
    with going_to(durable_server):
        call_command("flush", interactive=False, verbosity=0)
        yield durable_server


def crash(server):
    connection.close()
    server.kill()


def test_a_letter_whose_answer_came_while_the_database_was_away(postgres, sink, audit):
    """The pump lives on and knows the answer: it is written down as soon as there is somewhere to write."""
    letter = queue_letter(UserFactory())
    sink.script(EMPLOYER, HOLD)
    with pump_for_ever() as process:
        eventually(sink.is_holding.is_set, what="the letter in hand")
        crash(postgres)
        sink.release.set()
        postgres.start()
        eventually(lambda: status_of(letter) == "sent", seconds=60, what="the record")
        process.send(signal.SIGTERM)
        assert process.wait() == 0
    assert history_of(letter) == ["queued", "claimed", "handing_over", "sent"]
    assert (audit().broken, len(sink.accepted)) == (set(), 1)


@pytest.mark.parametrize("crashes", [2, pytest.param(20, marks=pytest.mark.long)])
def test_crashes_under_load(postgres, sink, audit, crashes):
    people = UserFactory.create_batch(10)
    rows = queue_many(people, letters=60 * crashes, own=60 * crashes)
    with pump_for_ever() as process:
        for number in range(crashes):
            goal = (number + 1) * 60
            eventually(lambda goal=goal: len(sink.accepted) >= goal, seconds=120, what="the pump's progress")
            crash(postgres)
            postgres.start()
        # What it had in hand when the database went away, fifty at the most, stays its own for as long as its lease.
        waiting = OutboundEmail.objects.filter(status="queued")
        eventually(lambda: not waiting.exists(), seconds=120, what="the rest")
        process.send(signal.SIGTERM)
        assert process.wait() == 0
    claims.recover(later(minutes=10))
    while outbox.pump(now=later(minutes=10), limit=1000):
        pass
    found = audit()
    assert (found.broken, found.sends) == (set(), len(rows))
    assert (found.lost, found.doubled, found.unknown <= crashes) == (0, 0, True)


@contextlib.contextmanager
def marked_afterwards():
    """The hand-over is not on the disk when it begins."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            passes, "_mark_or_suppress", lambda row, address, now: setattr(row, "handed_over_at", now) or True
        )
        yield


def test_control_handed_over_before_it_is_marked(postgres, sink, audit):
    queue_letter(UserFactory())
    sink.script(EMPLOYER, HOLD)
    with pump_for_ever(sabotage=marked_afterwards) as process:
        eventually(sink.is_holding.is_set, what="the letter in hand")
        crash(postgres)
        process.kill()
    postgres.start()
    sink.let_go()
    outbox.pump(now=later(minutes=10))
    found = audit()
    assert (found.doubled, found.broken, OutboundEmail.objects.count()) == (1, {"I2 accepted twice"}, 1)
