"""No page of her evening ends in "and now?": after each thing the next one, and the closing page when nothing is left."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from followups.services import decisions
from followups.views.onward import after_all, after_one_thing
from interviews.models import Mistake
from tests.factories import InterviewerFactory, InterviewFactory, LessonFactory, MistakeFactory, ThankYouNoteFactory

pytestmark = pytest.mark.django_db


def at(name, record):
    return reverse(name, args=[record.public_id])


def small(interview, **fields):
    """Decided: to be let go, and waiting for her word."""
    return decisions.decide(MistakeFactory(interview=interview, touches_must_have=False, **fields))


def test_first_what_has_no_answer_yet_then_what_waits_for_her_word(candidate, interview):
    decision = small(interview)
    begun = MistakeFactory(interview=interview)
    assert after_one_thing(interview) == at("mistake-questions", begun)
    begun.delete()
    assert after_one_thing(interview) == at("mistake-detail", decision.mistake)
    decisions.accept(decision, by=candidate)
    assert after_one_thing(interview) == at("mistake-new", interview)


@pytest.mark.parametrize("word", ["not so sure", "not now"])
def test_what_she_has_left_for_another_day_does_not_come_back_tonight(client_of, candidate, interview, word):
    claim = MistakeFactory(interview=interview, kind="misleading_claim", relied_on="yes")
    decision = decisions.decide(claim)
    if word == "not so sure":
        decisions.dispute(decision, by=candidate)
        assert after_one_thing(interview) == at("mistake-new", interview)
    else:
        left = client_of(candidate).post(at("mistake-put-right", claim), {"go": "later"})
        assert left.url == at("mistake-new", interview)


@pytest.mark.parametrize("why", ["another evening", "the note is begun"])
def test_anything_else_is_asked_only_while_she_is_at_it(interview, why):
    small(interview)
    decisions.accept(decisions.current_decision(interview.mistakes.get()), by=interview.candidate)
    if why == "another evening":
        Mistake.objects.update(created_at=timezone.now() - timedelta(hours=7))
        assert after_one_thing(interview) == at("note-new", interview)
    else:
        note = ThankYouNoteFactory(interview=interview)
        assert after_one_thing(interview) == at("note-detail", note)


def test_that_was_all_leads_to_what_is_next(client_of, candidate, interview):
    lines = at("mistake-new", interview)
    client = client_of(candidate)
    assert "Nothing I can name, just nerves" in client.get(lines).text
    decisions.accept(small(interview), by=candidate)
    page = client.get(lines).text
    assert "Anything else on your mind?" in page
    assert f'href="{at("note-new", interview)}">That was all' in page


def test_with_nothing_left_it_is_the_closing_page(client_of, candidate):
    interview = InterviewFactory(candidate=candidate, contact_prohibited=True)
    decisions.accept(small(interview), by=candidate)
    assert f'href="{at("interview-closing", interview)}">That was all' in (
        client_of(candidate).get(at("mistake-new", interview)).text
    )


def test_what_she_practised_is_asked_once_on_the_way(client_of, candidate):
    lesson = LessonFactory(candidate=candidate)
    type(lesson).objects.update(created_at=timezone.now() - timedelta(days=9))
    interview = InterviewFactory(candidate=candidate)
    assert after_all(interview) == at("interview-recall", interview)
    skipped = client_of(candidate).get(at("interview-recall", interview))
    assert skipped.context["onward"] == at("note-new", interview)


# Letters ---------------------------------------------------------------------


def test_a_note_that_went_leads_to_the_closing_page(client_of, candidate, interview):
    note = ThankYouNoteFactory(interview=interview)
    answer = client_of(candidate).post(at("note-sent", note), {"at": ""})
    assert answer.url == at("interview-closing", interview)


def test_who_has_met_two_is_offered_the_second_note(client_of, candidate, interview):
    note = ThankYouNoteFactory(interview=interview)
    other = InterviewerFactory(interview=interview, name="Daniel Mutua")
    client = client_of(candidate)
    page = client.post(at("note-sent", note), {"at": ""}, follow=True)
    assert page.redirect_chain[-1][0] == at("note-detail", note)
    assert "A note to Daniel Mutua, too" in page.text
    ThankYouNoteFactory(interview=interview, interviewer=other, status="skipped")
    assert "A note to Daniel Mutua, too" not in client.get(at("note-detail", note)).text


@pytest.mark.parametrize(
    ("status", "leads"), [("scheduled", True), ("sent", True), ("skipped", True), ("draft", False), ("unknown", False)]
)
def test_only_a_letter_that_needs_nothing_leads_on(client_of, candidate, coach, interview, status, leads):
    now = timezone.now()
    note = ThankYouNoteFactory(
        interview=interview, status=status, sent_at=now, send_at=now + timedelta(hours=9), approved_hash="x"
    )
    way = f'href="{at("interview-closing", interview)}"'
    assert (way in client_of(candidate).get(at("note-detail", note)).text) is leads
    assert way not in client_of(coach).get(at("note-detail", note)).text
