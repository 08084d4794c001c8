"""Decisions: who decides, what stands, and what follows from her word."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.records import Conflict, Refused
from followups.models import Lesson, Referee, TriageDecision
from followups.services import decisions, notes
from followups.services.consequences import note_moved
from interviews import services as interviews
from tests.factories import InterviewerFactory, InterviewFactory, MistakeFactory, ThankYouNoteFactory


@pytest.fixture
def omission(interview):
    """It matters, it is new, two sentences carry it."""
    return MistakeFactory(interview=interview)


def actions(mistake):
    return [(row.action, row.made, row.is_current) for row in mistake.decisions.all()]


def slip(interview):
    """Nothing that matters."""
    return MistakeFactory(
        interview=interview, kind="weak_answer", touches_must_have=False, has_new_information=None, correction=""
    )


def test_the_engine_decides_with_facts_and_reasons(omission):
    decision = decisions.decide(omission)
    omission.refresh_from_db()
    assert (decision.action, decision.rule, decision.made, decision.provisional) == (
        "thank_you_note",
        12,
        "engine",
        False,
    )
    assert decision.facts["repair_sentences"] == 1
    assert decision.why and decision.reasons_for and decision.reasons_against
    assert omission.status == "decided"
    assert [event.new for event in omission.events.all()] == ["decided"]


def test_deciding_twice_on_the_same_answers_writes_one_row(omission):
    assert decisions.decide(omission) == decisions.decide(omission)
    assert omission.decisions.count() == 1


def test_a_changed_answer_is_decided_anew(omission):
    decisions.decide(omission)
    interviews.answer_mistake(omission, by=omission.interview.candidate, has_new_information=False)
    decisions.reconsider(omission)
    assert actions(omission) == [("thank_you_note", "engine", False), ("let_go", "engine", True)]


def test_nothing_changed_nothing_decided(omission):
    decisions.decide(omission)
    assert decisions.reconsider(omission) is None
    assert decisions.reconsider(omission, now=timezone.now() + timedelta(hours=20)) is None
    assert omission.decisions.count() == 1


def obstacles():
    def note_gone(mistake):
        ThankYouNoteFactory(interview=mistake.interview, status="sent", sent_at=timezone.now())

    def contact_prohibited(mistake):
        type(mistake.interview).objects.update(contact_prohibited=True)

    def outcome_known(mistake):
        interviews.record_outcome(mistake.interview, "rejected", by=mistake.interview.candidate)

    return {"note_gone": note_gone, "contact_prohibited": contact_prohibited, "outcome_known": outcome_known}


@pytest.mark.parametrize("reason", obstacles())
def test_what_can_no_longer_be_done_is_decided_anew_once(omission, reason):
    decisions.decide(omission)
    obstacles()[reason](omission)
    decision = decisions.reconsider(omission)
    assert (decision.action, decision.reasons[0]["code"]) == ("practice", reason)
    assert decisions.reconsider(omission) is None
    assert omission.decisions.count() == 2


def test_too_late_is_an_obstacle_of_its_own(omission):
    decisions.decide(omission)
    decision = decisions.reconsider(omission, now=timezone.now() + timedelta(hours=169))
    assert (decision.action, decision.reasons[0]["code"]) == ("practice", "too_late")


def test_a_referee_who_declines_is_one_too(candidate, omission):
    referee = Referee.objects.create(candidate=candidate, name="Peter Mwangi", agreed_at=timezone.now())
    interviews.answer_mistake(omission, by=candidate, correction="One. Two. Three. Four.")
    assert decisions.decide(omission).action == "referee"
    referee.delete()
    decision = decisions.reconsider(omission)
    assert (decision.action, decision.reasons[0]["code"]) == ("practice", "no_referee")


def test_a_persons_decision_stands_and_the_engines_is_an_opinion(omission, candidate):
    decisions.decide(omission)
    decisions.decide_otherwise(omission, "correct_now", by=candidate)
    interviews.answer_mistake(omission, by=candidate, has_new_information=False)
    decisions.reconsider(omission)
    current = decisions.current_decision(omission)
    assert (current.action, current.made, decisions.opinion_of(current).action) == (
        "correct_now",
        "candidate",
        "let_go",
    )
    assert decisions.reconsider(omission) is None
    assert omission.decisions.count() == 3


def test_let_go_is_done_with_one_word(interview, candidate):
    decision = decisions.decide(slip(interview))
    assert decision.action == "let_go"
    decisions.accept(decision, by=candidate)
    assert (decision.mistake.__class__.objects.get().status, Lesson.objects.count()) == ("let_go", 0)


def practised(interview):
    mistake = MistakeFactory(interview=interview, kind="weak_answer", noticed="no")
    decision = decisions.decide(mistake)
    assert decision.action == "practice"
    return mistake, decision


def test_practice_is_an_offer_that_can_be_taken(interview, candidate):
    mistake, decision = practised(interview)
    decisions.accept(decision, by=candidate, take_lesson=True)
    mistake.refresh_from_db()
    lesson = Lesson.objects.get()
    assert (mistake.status, lesson.candidate, lesson.title, lesson.status) == ("done", candidate, "writing", "open")


def test_declining_practice_is_letting_go(interview, candidate):
    mistake, decision = practised(interview)
    decisions.accept(decision, by=candidate)
    mistake.refresh_from_db()
    assert (mistake.status, Lesson.objects.count()) == ("let_go", 0)


@pytest.mark.parametrize("text", ["See https://example.org", "Mail me@example.org", "one\ntwo"])
def test_a_lesson_has_one_clean_line_as_title(interview, candidate, text):
    mistake = MistakeFactory(interview=interview, kind="weak_answer", noticed="no", topic="", text=text)
    decisions.accept(decisions.decide(mistake), by=candidate, take_lesson=True)
    assert Lesson.objects.get().title in ("one two", "I answered badly")


def test_what_goes_into_a_note_waits_until_it_is_out(omission, candidate):
    decision = decisions.decide(omission)
    decisions.accept(decision, by=candidate)
    omission.refresh_from_db()
    assert (omission.status, decision.mistake.interview.closed_at) == ("decided", None)
    note = ThankYouNoteFactory(interview=omission.interview, carries=omission, status="sent", sent_at=timezone.now())
    note_moved(note)
    omission.refresh_from_db()
    omission.interview.refresh_from_db()
    assert omission.status == "done"
    assert omission.interview.closed_at is not None


def test_a_note_that_went_without_it_turns_the_decision(omission, candidate):
    decisions.accept(decisions.decide(omission), by=candidate)
    note_moved(ThankYouNoteFactory(interview=omission.interview, status="sent", sent_at=timezone.now()))
    current = decisions.current_decision(omission)
    assert (current.action, current.accepted_at) == ("practice", None)


def test_a_note_to_somebody_who_did_not_hear_it_changes_nothing(omission):
    hearer, other = InterviewerFactory(interview=omission.interview), InterviewerFactory(interview=omission.interview)
    omission.heard_by.set([hearer])
    decisions.decide(omission)
    note = ThankYouNoteFactory(interview=omission.interview, interviewer=other, status="sent", sent_at=timezone.now())
    note_moved(note)
    assert decisions.current_decision(omission).action == "thank_you_note"


def test_not_so_sure_is_a_mark_not_a_decision(omission, candidate):
    decision = decisions.dispute(decisions.decide(omission), by=candidate)
    assert decision.disputed_at is not None
    decision = decisions.accept(decision, by=candidate)
    assert (decision.disputed_at, decision.accepted_at is not None) == (None, True)


def test_a_decision_that_no_longer_stands_takes_no_word(omission, candidate):
    old = decisions.decide(omission)
    interviews.answer_mistake(omission, by=candidate, has_new_information=False)
    decisions.reconsider(omission)
    for word in (decisions.accept, decisions.dispute):
        with pytest.raises(Conflict):
            word(old, by=candidate)


def test_her_choice_is_carried_through_at_once(omission, candidate):
    decisions.decide(omission)
    decision = decisions.decide_otherwise(omission, "let_go", by=candidate)
    omission.refresh_from_db()
    assert (decision.made, decision.accepted_at is not None, omission.status) == ("candidate", True, "let_go")


def test_what_cannot_be_carried_out_cannot_be_chosen(omission, candidate):
    decisions.decide(omission)
    for action in ("referee", "panic"):
        with pytest.raises(Refused) as refusal:
            decisions.decide_otherwise(omission, action, by=candidate)
        assert refusal.value.field == "action"


def test_a_coachs_word_stands_over_the_engines_and_waits_for_her(omission, coach):
    decisions.decide(omission)
    row = decisions.decide_otherwise(omission, "practice", by=coach, message="Keep it for the mock.", made="coach")
    omission.refresh_from_db()
    assert (row.is_current, row.accepted_at, row.message, omission.status) == (
        True,
        None,
        "Keep it for the mock.",
        "decided",
    )


def test_her_word_stands_over_her_coachs(omission, candidate, coach):
    decisions.decide(omission)
    decisions.decide_otherwise(omission, "correct_now", by=candidate)
    row = decisions.decide_otherwise(omission, "practice", by=coach, made="coach")
    assert (row.is_current, decisions.current_decision(omission).made) == (False, "candidate")


def test_what_a_coach_stopped_goes_out_only_by_a_coachs_word(interview, candidate, coach):
    mistake = MistakeFactory(interview=interview, kind="conduct", hurt_someone=True, correction="")
    assert decisions.decide(mistake).needs_coach
    decisions.decide_otherwise(mistake, "let_go", by=coach, made="coach")
    with pytest.raises(Refused):
        decisions.decide_otherwise(mistake, "thank_you_note", by=candidate)
    assert decisions.decide_otherwise(mistake, "correct_now", by=coach, made="coach").is_current
    assert decisions.decide_otherwise(mistake, "correct_now", by=candidate).made == "candidate"


def test_a_coach_can_stop_what_she_chose_to_write_about_a_hurt(interview, candidate, coach):
    mistake = MistakeFactory(interview=interview, kind="conduct", hurt_someone=True, correction="")
    decisions.decide(mistake)
    decisions.decide_otherwise(mistake, "correct_now", by=candidate)
    assert decisions.decide_otherwise(mistake, "practice", by=coach, made="coach").is_current


def test_a_coachs_late_word_about_something_settled_is_kept_for_next_time(interview, candidate, coach):
    mistake = slip(interview)
    decisions.accept(decisions.decide(mistake), by=candidate)
    row = decisions.decide_otherwise(mistake, "practice", by=coach, made="coach")
    mistake.refresh_from_db()
    assert (row.is_current, mistake.status) == (False, "let_go")


def test_opened_again_it_starts_afresh(interview, candidate):
    mistake = slip(interview)
    decisions.decide(mistake)
    decisions.decide_otherwise(mistake, "let_go", by=candidate)
    mistake.refresh_from_db()
    interviews.reopen_mistake(mistake, by=candidate, new_fact="They asked for it.")
    interviews.answer_mistake(mistake, by=candidate, asked_for=True, has_new_information=True, correction="One fact.")
    assert decisions.decide(mistake).is_current
    assert decisions.current_decision(mistake).action == "thank_you_note"


@pytest.mark.parametrize(
    "column", ["action", "facts", "reasons", "message", "made", "rule", "policy_version", "mistake_id", "created_at"]
)
def test_decisions_are_append_only(omission, column):
    decision = decisions.decide(omission)
    values = {
        "action": "let_go",
        "facts": {},
        "reasons": [],
        "message": "Changed",
        "made": "coach",
        "rule": 1,
        "policy_version": 9,
        "mistake_id": MistakeFactory().pk,
        "created_at": timezone.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        TriageDecision.objects.filter(pk=decision.pk).update(**{column: values[column]})


def test_the_actor_of_a_decision_may_be_forgotten_but_not_replaced(omission, candidate, stranger):
    decision = decisions.decide(omission, by=candidate)
    with pytest.raises(IntegrityError), transaction.atomic():
        TriageDecision.objects.filter(pk=decision.pk).update(by=stranger)
    TriageDecision.objects.filter(pk=decision.pk).update(by=None)


def test_facts_come_from_everything_known(candidate):
    now = timezone.now()
    interview = InterviewFactory(candidate=candidate, ended_hours_ago=3, contact_prohibited=True)
    mistake = MistakeFactory(
        interview=interview, noticed="yes", settled_in_the_room="no", correction="One. Two.", asked_for=None
    )
    InterviewFactory(candidate=candidate, previous=interview, status="planned", ended_hours_ago=-50)
    Referee.objects.create(candidate=candidate, name="Peter Mwangi", agreed_at=timezone.now())
    facts = decisions.facts_for(mistake, now)
    assert (facts.noticed, facts.settled_in_the_room, facts.asked_for, facts.repair_sentences) == (
        "yes",
        "no",
        False,
        2,
    )
    assert 3 <= facts.hours_since_interview < 3.1
    assert 49 <= facts.meets_again_in_hours <= 50
    assert 120 < facts.hours_until_decision < 200
    assert (facts.referee_can_vouch, facts.contact_prohibited, facts.note_sent) == (True, True, False)


def test_a_decision_day_that_has_passed_is_unknown(interview):
    later = timezone.now() + timedelta(days=9)
    assert decisions.facts_for(MistakeFactory(interview=interview), later).hours_until_decision is None


def test_beyond_words_is_nought_sentences(interview):
    mistake = MistakeFactory(interview=interview, beyond_words=True)
    assert decisions.facts_for(mistake).repair_sentences == 0


def test_a_note_without_its_sentence_does_nothing_about_the_mistake(candidate, interview):
    mistake = MistakeFactory(interview=interview)
    decisions.decide(mistake)
    note = ThankYouNoteFactory(interview=interview, carries=mistake)
    type(mistake).objects.filter(pk=mistake.pk).update(correction="")

    notes.mark_sent_by_self(note, by=candidate)

    mistake.refresh_from_db()
    assert mistake.status == "decided"
    assert decisions.current_decision(mistake).action != "thank_you_note"
