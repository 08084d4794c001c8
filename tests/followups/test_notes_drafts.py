"""Beginning and writing notes: readers, the one addition, edits, and the method's own two examples."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import when
from accounts.records import Conflict, Refused
from followups import outbox
from followups.models import OutboundEmail, ThankYouNote
from followups.services import corrections, debrief, decisions, interviews, letters, notes
from interviews import services as facts
from tests import factories

pytestmark = pytest.mark.django_db
ANSWERS = {
    "touches_must_have": True,
    "asked_for": True,
    "doubt_voiced": False,
    "noticed": "unsure",
    "settled_in_the_room": "unknown",
    "hurt_someone": False,
    "relied_on": "unknown",
    "private_matter": False,
    "has_new_information": True,
}


@pytest.fixture
def writer(candidate):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()
    return candidate


@pytest.fixture
def talk(writer):
    return factories.InterviewFactory(candidate=writer, role_title="content manager", decision_on=None)


@pytest.fixture
def grace(talk):
    return factories.InterviewerFactory(interview=talk, name="Grace Wanjiru", email="grace@company.example")


def omission(talk, correction, **more):
    fields = {"kind": "omitted_information", "text": "I left it out.", "topic": "writing", **ANSWERS, **more}
    mistake = debrief.log_mistake(talk, by=talk.candidate, correction=correction, **fields)
    if decisions.current_decision(mistake) is None:
        decisions.decide(mistake, by=talk.candidate)
    mistake.refresh_from_db()
    return mistake


def test_the_methods_first_example_from_omission_to_letter(talk, grace):
    mistake = omission(talk, "During my internship at ABC I wrote three blog posts a week.")
    assert decisions.current_decision(mistake).action == "thank_you_note"
    note = notes.draft_note(talk, grace, by=talk.candidate)
    notes.edit_note(note, by=talk.candidate, stayed_with_me="Your plan for a second newsletter stayed with me.")
    notes.put_together(note, by=talk.candidate)
    assert (
        "When we spoke about writing, one thing I would add: during my internship at ABC I wrote three blog posts a week."
        in note.body
    )
    assert notes.findings_of(note) == []
    notes.send_now(note, by=talk.candidate)
    outbox.pump(now=note.send_at + timedelta(seconds=1))
    note.refresh_from_db()
    mistake.refresh_from_db()
    assert (note.status, mistake.status) == ("sent", "done")


def test_the_methods_second_example_is_stopped_and_mended(talk, grace):
    omission(talk, "I would now begin with the readers.", kind="weak_answer", topic="the campaign")
    note = notes.draft_note(talk, grace, by=talk.candidate)
    regret = "I can't believe I didn't answer that question very well, I was a little nervous."
    body = f"Dear Grace Wanjiru,\n\nThank you for the talk about your newsletter. {regret}\n\nKind regards,\nAchieng Otieno\n"
    notes.edit_note(note, by=talk.candidate, body=body)
    with pytest.raises(letters.BetterChanged) as asked:
        notes.send_now(note, by=talk.candidate)
    finding = next(found for found in asked.value.findings if found.mend)
    assert finding.code == "self_deprecation"
    assert finding.quote == regret
    neutral = "When we spoke about the campaign, one thing I would add: I would now begin with the readers."
    assert finding.mend.text == neutral
    notes.edit_note(note, by=talk.candidate, body=notes.mended(note, finding.key))
    assert note.body == body.replace(regret, neutral)
    notes.send_now(note, by=talk.candidate)
    assert note.status == "scheduled"


def test_one_note_to_each(talk, grace, writer):
    peter = factories.InterviewerFactory(interview=talk)
    factories.InterviewerFactory(interview=talk, kind="hr")
    assert notes.readers_of(talk) == [grace, peter]
    first = notes.draft_note(talk, by=writer)
    second = notes.draft_note(talk, by=writer)
    assert [first.interviewer, second.interviewer] == [grace, peter]
    assert notes.draft_note(talk, grace, by=writer) == first


@pytest.mark.parametrize(("met", "custom"), [(4, False), (2, True)])
def test_one_note_to_a_panel(talk, writer, met, custom):
    talk.one_note_to_panel = custom
    talk.save()
    people = factories.InterviewerFactory.create_batch(met, interview=talk)
    note = notes.draft_note(talk, by=writer)
    assert (note.interviewer.kind, note.to_email) == ("panel", people[0].email)
    assert note.body.startswith("Dear " + people[0].name)
    assert notes.draft_note(talk, by=writer) == note
    assert talk.interviewers.filter(kind="panel").count() == 1


def test_hr_passes_it_on(talk, writer):
    factories.InterviewerFactory(interview=talk, kind="hr", name="Ms Njeri")
    note = notes.draft_note(talk, by=writer)
    assert "Please pass this on to the people who interviewed me." in note.body


def test_nobody_to_write_to_still_has_a_note(talk, writer):
    note = notes.draft_note(talk, by=writer)
    assert (note.interviewer, note.to_email, note.body[:6]) == (None, "", "Hello,")
    assert notes.draft_note(talk, by=writer) == note


def test_no_note_for_what_did_not_take_place(talk, writer):
    talk.status = "cancelled"
    talk.save()
    with pytest.raises(Refused):
        notes.draft_note(talk, by=writer)


def test_a_reader_of_another_interview_is_refused(talk, writer):
    with pytest.raises(Refused):
        notes.draft_note(talk, factories.InterviewerFactory(), by=writer)


def test_room_for_one_thing(talk, grace, writer):
    first = omission(talk, "During my internship I wrote weekly.")
    second = omission(talk, "I can also edit video.", asked_for=False)
    note = notes.draft_note(talk, grace, by=writer)
    assert note.carries == first
    assert notes.choice_of(note).mistakes == [first, second]
    notes.carry(note, second, by=writer)
    assert (note.carries, "edit video" in note.body, "internship" in note.body) == (second, True, False)
    assert corrections.choice_for(talk, grace).winner == second
    notes.carry(note, None, by=writer)
    assert (note.carries, "edit video" in note.body) == (None, False)


def test_a_letter_that_puts_a_fact_right(talk, writer):
    factories.InterviewerFactory(interview=talk, kind="hr", name="Ms Njeri")
    wrong = omission(talk, "My diploma is from 2021.", kind="misleading_claim", topic="my diploma", relied_on="yes")
    assert decisions.current_decision(wrong).action == "correct_now"
    note = notes.draft_note(talk, kind="correction", by=writer)
    assert note.carries == wrong
    assert "the fact I would like you to have is this: my diploma is from 2021." in note.body
    assert notes.findings_of(note) == []
    assert note.due_at > timezone.now() + timedelta(hours=1)


def test_the_correction_is_taken_out_and_the_text_kept(talk, grace, writer, coach):
    omission(talk, "During my internship I wrote weekly.")
    note = notes.draft_note(talk, grace, by=writer)
    before = note.body
    assert notes.take_out_correction(note, by=coach, reason="correction_stopped")
    assert ("internship" in note.body, note.carries, note.earlier_texts.get().body) == (False, None, before)


def test_a_stopped_sentence_does_not_go_and_the_plain_note_does(talk, grace, writer, coach):
    omission(talk, "During my internship I wrote weekly.")
    note = notes.draft_note(talk, grace, by=writer)
    wall = when.to_wall(timezone.now() + timedelta(hours=5), "Africa/Nairobi")
    notes.schedule_note(note, send_wall=wall, send_zone="Africa/Nairobi", by=writer)
    send_at = note.send_at
    notes.stop_correction(note, by=coach)
    assert (note.status, note.send_at, "internship" in note.body) == ("scheduled", send_at, False)
    assert list(OutboundEmail.objects.filter(kind="note").order_by("id").values_list("status", flat=True)) == [
        "cancelled",
        "queued",
    ]


def test_a_review_is_reopened_by_another_correction_only(talk, grace, writer):
    omission(talk, "During my internship I wrote weekly.")
    note = notes.draft_note(talk, grace, by=writer)
    notes.mark_review_asked(note, answer_by=timezone.now() + timedelta(hours=5), if_unreviewed="hold", by=writer)
    notes.edit_note(note, by=writer, body=note.body.replace("Kind regards", "Warm regards"))
    assert note.review_asked_at is not None
    notes.edit_note(note, by=writer, body=note.body.replace("weekly", "daily"))
    assert note.review_asked_at is None


def test_an_edit_clears_the_approval_and_answers_do_not(talk, grace, writer):
    note = notes.draft_note(talk, grace, by=writer)
    ThankYouNote.objects.update(approved_hash="x" * 64, approved_at=timezone.now())
    notes.edit_note(note, by=writer, stayed_with_me="The lake.")
    assert note.approved_hash == "x" * 64
    notes.edit_note(note, by=writer, body="Short.")
    assert (note.approved_hash, note.approved_at) == ("", None)


def test_a_scheduled_note_is_not_edited(talk, grace, writer):
    note = notes.draft_note(talk, grace, by=writer)
    notes.send_now(note, by=writer)
    for change in (
        lambda: notes.edit_note(note, by=writer, body="Other"),
        lambda: notes.put_together(note, by=writer),
        lambda: notes.carry(note, None, by=writer),
    ):
        with pytest.raises(Conflict):
            change()


@pytest.mark.parametrize(("field", "value"), [("to_name", "a\nb"), ("to_email", "nobody"), ("subject", "a\u202eb")])
def test_the_service_refuses_what_the_form_would(talk, writer, field, value):
    note = notes.draft_note(talk, by=writer)
    with pytest.raises(Refused) as refused:
        notes.edit_note(note, by=writer, **{field: value})
    assert refused.value.field == field


def test_a_cancelled_interview_skips_its_notes(talk, grace, writer):
    note = notes.draft_note(talk, grace, by=writer)
    notes.send_now(note, by=writer)
    interviews.move_interview(talk, facts.cancel_interview, by=writer)
    note.refresh_from_db()
    assert (note.status, note.events.last().reason) == ("skipped", "interview_cancelled")
    assert OutboundEmail.objects.get(kind="note").status == "cancelled"


def test_a_time_that_no_longer_fits_is_taken_back_and_told(talk, grace, writer):
    note = notes.draft_note(talk, grace, by=writer)
    wall = when.to_wall(talk.ends_at + timedelta(hours=23), talk.zone)
    notes.schedule_note(note, send_wall=wall, send_zone=talk.zone, by=writer)
    interviews.edit_interview(talk, by=writer, role_title="Editor")
    note.refresh_from_db()
    assert note.status == "scheduled"
    decision = when.to_wall(talk.ends_at + timedelta(hours=20), talk.zone)
    interviews.edit_interview(talk, by=writer, decision_on=decision.date(), decision_time=decision.time())
    note.refresh_from_db()
    assert (note.status, note.due_at) == ("draft", talk.ends_at + timedelta(hours=18))
    assert OutboundEmail.objects.get(kind="note_taken_back").recipient == writer


def test_an_outcome_ends_what_waits(talk, grace, writer):
    note = notes.draft_note(talk, grace, by=writer)
    wall = when.to_wall(timezone.now() + timedelta(hours=5), talk.zone)
    notes.schedule_note(note, send_wall=wall, send_zone=talk.zone, by=writer)
    interviews.record_outcome(talk, "rejected", by=writer)
    note.refresh_from_db()
    assert note.status == "draft"
    assert OutboundEmail.objects.get(kind="note_taken_back").recipient == writer


def test_an_address_learnt_later_reaches_the_draft(talk, writer):
    person = factories.InterviewerFactory(interview=talk, email="")
    note = notes.draft_note(talk, person, by=writer)
    person.email = "grace@company.example"
    person.save()
    interviews.interview_changed(talk, by=writer)
    note.refresh_from_db()
    assert note.to_email == "grace@company.example"


def test_times_follow_the_interview(talk, writer):
    note = notes.draft_note(talk, by=writer)
    assert note.due_at == talk.ends_at + timedelta(hours=24)
    tomorrow = when.to_wall(talk.ends_at, talk.zone).date() + timedelta(days=1)
    interviews.edit_interview(talk, by=writer, decision_on=tomorrow)
    note.refresh_from_db()
    assert note.due_at == notes.times_of(note.interview).due_at
