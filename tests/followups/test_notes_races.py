"""Two at once: whoever comes first, what goes is what was approved, and nothing goes that was taken back."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.records import Conflict
from followups import outbox
from followups.models import OutboundEmail, ThankYouNote
from followups.services import decisions, interviews, notes, put_right
from interviews import services as facts
from interviews.models import Interview, Mistake
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.parametrize("round_", range(5))]
BODY = "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\nAchieng\n"


@pytest.fixture
def note(candidate):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()
    interview = factories.InterviewFactory(candidate=candidate)
    person = factories.InterviewerFactory(interview=interview, name="Grace Wanjiru")
    return factories.ThankYouNoteFactory(interview=interview, interviewer=person, body=BODY)


def together(*acts):
    """Run all at the same moment, each on a connection of its own; what became of each, in order."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait()
            act()
            results[place] = "done"
        except Conflict:
            results[place] = "conflict"
        except Exception as error:
            results[place] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def own(note):
    return ThankYouNote.objects.get(pk=note.pk)


def letter_states(note):
    rows = OutboundEmail.objects.filter(kind="note", subject_id=note.public_id)
    return sorted(rows.values_list("status", flat=True))


def test_approval_and_edit(note, round_):
    seen, by = notes.text_hash(note), note.candidate
    results = together(
        lambda: notes.send_now(own(note), by=by, seen_hash=seen),
        lambda: notes.edit_note(own(note), by=by, body="Other words."),
    )
    note.refresh_from_db()
    assert sorted(results) == ["conflict", "done"]
    if note.status == "scheduled":
        row = OutboundEmail.objects.get(kind="note")
        assert row.content_hash == note.approved_hash == notes.text_hash(note) == seen
    else:
        assert (note.body, letter_states(note)) == ("Other words.\n", [])


def test_two_approvals(note, round_):
    by = note.candidate
    results = together(*[lambda: notes.send_now(own(note), by=by) for _ in range(4)])
    assert sorted(results) == ["conflict", "conflict", "conflict", "done"]
    assert letter_states(note) == ["queued"]


def test_two_beginnings(note, round_):
    interview = factories.InterviewFactory(candidate=note.candidate)
    person = factories.InterviewerFactory(interview=interview)
    results = together(*[lambda: notes.draft_note(interview, person, by=note.candidate) for _ in range(4)])
    assert (results, interview.thank_you_notes.count()) == (["done"] * 4, 1)


def test_the_pump_and_taking_back(note, round_):
    by, later = note.candidate, timezone.now() + timedelta(minutes=2)
    notes.send_now(note, by=by)
    sent, taken = together(lambda: outbox.pump(now=later), lambda: notes.unschedule_note(own(note), by=by))
    note.refresh_from_db()
    assert sent == "done"
    ends = {"conflict": ("sent", ["sent"]), "done": ("draft", ["cancelled"])}
    assert (note.status, letter_states(note)) == ends[taken]


def test_the_pump_and_a_cancelled_interview(note, round_):
    by, later = note.candidate, timezone.now() + timedelta(minutes=2)
    notes.send_now(note, by=by)

    def cancel():
        interviews.move_interview(Interview.objects.get(pk=note.interview_id), facts.cancel_interview, by=by)

    sent, cancelled = together(lambda: outbox.pump(now=later), cancel)
    note.refresh_from_db()
    assert (sent, cancelled) == ("done", "done")
    assert (note.status, letter_states(note)) in [("sent", ["sent"]), ("skipped", ["cancelled"])]


def test_two_notes_to_one_address_at_once_are_one(note, round_):
    other = factories.InterviewerFactory(interview=note.interview, name="Peter Otieno", email=note.to_email)
    second = factories.ThankYouNoteFactory(interview=note.interview, interviewer=other, body=BODY)
    by = note.candidate
    together(
        lambda: notes.send_now(own(note), by=by, despite_findings=True),
        lambda: notes.send_now(own(second), by=by, despite_findings=True),
    )
    assert OutboundEmail.objects.filter(kind="note").count() == 1
    assert sorted(ThankYouNote.objects.values_list("status", flat=True)) == ["draft", "scheduled"]


def test_a_correction_begun_two_ways_at_once_is_one_letter(note, round_):
    interview, by = note.interview, note.candidate
    claim = factories.MistakeFactory(
        interview=interview, kind="misleading_claim", relied_on="yes", topic="accounting", correction=""
    )
    decisions.decide(claim)
    office = factories.InterviewerFactory(interview=interview, name="Mercy Auma", kind="hr")
    ways = [note.interviewer, office]

    def begin(person):
        put_right.begin(Mistake.objects.get(pk=claim.pk), by=by, sentence="The exam is in March.", person=person)

    done = together(*[lambda person=person: begin(person) for person in ways])
    live = ThankYouNote.objects.filter(kind="correction").exclude(status="skipped")
    assert (live.count(), done.count("done") >= 1, set(done) <= {"done", "conflict"}) == (1, True, True), done
