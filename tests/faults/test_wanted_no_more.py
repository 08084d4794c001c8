"""A person leaves, an address is closed, a text is changed after its approval, while the mail is queued or picked up."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.records import Conflict
from followups import outbox
from followups.models import OutboundEmail, ThankYouNote
from followups.outbox import claims, guards, passes, smtp, together
from followups.services import notes
from tests import factories
from tests.faults.queueing import queue_many, with_history
from tests.mailing import EMPLOYER, later, queue_letter, queue_mail, status_of, trust

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
BODY = "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\nAchieng\n"


def deactivate(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def suppress(person):
    outbox.suppress(EMPLOYER, reason="asked")
    outbox.suppress(person.email, reason="asked")


@pytest.fixture
def nothing_is_asked(monkeypatch):
    """The statement that marks a row as being handed over looks at nothing else."""
    monkeypatch.setattr(guards, "NOTHING_AGAINST_IT", "")
    monkeypatch.setattr(guards, "hashes_by_row", lambda hashes: ())


@pytest.mark.parametrize("change", [deactivate, suppress])
def test_while_it_is_queued(candidate, sink, audit, change):
    rows = [queue_letter(candidate), queue_mail(candidate)]
    change(candidate)
    outbox.pump()
    assert ([status_of(row) for row in rows], sink.accepted) == (["suppressed"] * 2, [])
    assert audit().broken == set()


@pytest.mark.parametrize("change", [deactivate, suppress])
def test_while_it_is_picked_up(candidate, sink, audit, change):
    rows = [queue_letter(candidate), queue_mail(candidate)]
    claimed = claims.claim(10, timezone.now())
    change(candidate)
    with smtp.Channel() as channel:
        passes._hand_over(claimed, channel, timezone.now, together.Pace(), lambda: False)
    assert ([status_of(row) for row in rows], sink.accepted) == (["suppressed"] * 2, [])
    assert audit().broken == set()


def test_control_nothing_is_asked_and_it_goes_all_the_same(candidate, sink, audit, nothing_is_asked):
    rows = [queue_letter(candidate), queue_mail(candidate)]
    suppress(candidate)
    outbox.pump()
    assert ([status_of(row) for row in rows], audit().broken) == (["sent"] * 2, {"I5"})


def test_erased_with_letters_in_the_queue(candidate, stranger, sink, audit):
    letters = queue_many([candidate], letters=3)
    behind = queue_mail(stranger)
    candidate.delete()
    outbox.pump()
    assert {status_of(row) for row in letters} == {"suppressed"}
    assert (status_of(behind), len(sink.accepted), audit().broken) == ("sent", 1, set())


# Edit after approval.


@pytest.fixture
def note(candidate):
    return new_note(candidate)


def new_note(candidate):
    interview = with_history(factories.InterviewFactory(candidate=trust(candidate)))
    person = factories.InterviewerFactory(interview=interview, name="Grace Wanjiru")
    return with_history(factories.ThankYouNoteFactory(interview=interview, interviewer=person, body=BODY))


def together_now(*acts):
    barrier = threading.Barrier(len(acts))

    def run(act):
        barrier.wait()
        try:
            act()
        except Conflict:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(
    "rounds",
    [
        pytest.param(3, marks=pytest.mark.suite),
        pytest.param(8, marks=pytest.mark.quick),
        pytest.param(300, marks=pytest.mark.long),
    ],
)
def test_an_edit_after_the_approval_races_with_the_claim(candidate, note, sink, audit, rounds, settings):
    settings.LETTERS_PER_SENDER_A_DAY = 10_000
    ends = set()
    for number in range(rounds):
        if number:
            note = new_note(factories.UserFactory())
        by, pk = note.candidate, note.pk
        notes.send_now(note, by=by)

        def take_back_and_edit(pk=pk, by=by):
            notes.unschedule_note(ThankYouNote.objects.get(pk=pk), by=by)
            notes.edit_note(ThankYouNote.objects.get(pk=pk), by=by, body="Other words.\n")

        together_now(lambda: outbox.pump(now=later(minutes=2)), take_back_and_edit)
        note = ThankYouNote.objects.get(pk=pk)
        ends.add((note.status, note.body == "Other words.\n"))
    # Either the approved words went, or she took them back in time and nothing did.
    assert ends <= {("sent", False), ("draft", True)}
    assert not [mail for mail in sink.accepted if b"Other words" in mail.content]
    found = audit()
    assert (found.broken, found.accepted) == (set(), ThankYouNote.objects.filter(status="sent").count())


def change_behind_its_back(note):
    ThankYouNote.objects.filter(pk=note.pk).update(body="Other words.\n", approved_hash="0" * 64)


def test_a_text_that_is_not_the_approved_one_stays(note, sink, audit):
    notes.send_now(note, by=note.candidate)
    change_behind_its_back(note)
    outbox.pump(now=later(minutes=2))
    assert (OutboundEmail.objects.get(kind="note").status, sink.accepted, audit().broken) == ("suppressed", [], set())


def test_control_without_its_guard_it_goes(note, sink, audit, monkeypatch):
    monkeypatch.setitem(guards._guards, "note", lambda row: "")
    notes.send_now(note, by=note.candidate)
    change_behind_its_back(note)
    outbox.pump(now=later(minutes=2))
    assert (OutboundEmail.objects.get(kind="note").status, audit().broken) == ("sent", {"I5"})
