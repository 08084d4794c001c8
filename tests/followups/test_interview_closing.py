"""The closing page: when an interview is done, and what it then says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.mail import compose
from accounts.when import print_date, print_instant, to_wall
from followups.models import Reminder
from followups.reminders import kind_named
from followups.services import closing, decisions, outcomes, story
from followups.services.consequences import note_moved
from interviews import services as interviews
from tests.factories import InterviewFactory, LessonFactory, MistakeFactory, RefereeBriefFactory, ThankYouNoteFactory


def url(interview):
    return f"/interviews/{interview.public_id}/closing/"


def let_go(interview):
    mistake = MistakeFactory(interview=interview, kind="weak_answer", touches_must_have=False, correction="")
    return decisions.accept(decisions.decide(mistake), by=interview.candidate).mistake


def gone(interview, **fields):
    return ThankYouNoteFactory(interview=interview, status="sent", sent_at=timezone.now(), **fields)


def test_that_was_the_interview(client_of, candidate, interview):
    note = gone(interview)
    let_go(interview)
    let_go(interview)
    interview.refresh_from_db()
    when = print_instant(note.sent_at, reader_zone=candidate.zone, event_zone=interview.zone)
    moment, _company = story.next_moment(interview, timezone.now())
    day = print_date(to_wall(moment, candidate.zone).date(), year=False)
    assert list(client_of(candidate).get(url(interview)).context["told"].story.sentences) == [
        f"That was the interview at {interview.company}.",
        f"One note, gone {when}.",
        "Two things left behind.",
        f"Nothing needs you before {day}.",
    ]


def test_the_reasons_are_there_for_whoever_comes_back(client_of, candidate, interview):
    let_go(interview)
    assert "It will not decide this job." in client_of(candidate).get(url(interview)).content.decode()


def test_what_was_said_practised_and_passed_on_is_counted_once(candidate, interview):
    carried = MistakeFactory(interview=interview, kind="weak_answer")
    decisions.accept(decisions.decide(carried), by=candidate, take_lesson=True)
    note_moved(gone(interview, carries=carried))
    practised = MistakeFactory(interview=interview, kind="weak_answer", noticed="no")
    decisions.accept(decisions.decide(practised), by=candidate, take_lesson=True)
    words = story.closing_of(interview, candidate)
    assert (words.said, words.to_practise, words.left_behind, words.open) == (True, 1, 0, 0)


def test_it_closes_with_the_last_thing_and_tells_once(candidate, interview):
    gone(interview)
    mistake = MistakeFactory(interview=interview, touches_must_have=False)
    decision = decisions.decide(mistake)
    assert not closing.close_if_done(interview)
    decisions.accept(decision, by=candidate)
    interview.refresh_from_db()
    assert interview.closed_at is not None
    assert Reminder.objects.filter(kind="closing", recipient=candidate, status="waiting").count() == 1


@pytest.mark.parametrize("status", ["draft", "scheduled", "sending", "failed", "unknown"])
def test_a_note_under_way_keeps_it_open(interview, status):
    ThankYouNoteFactory(interview=interview, status=status, send_at=timezone.now(), approved_hash="x")
    assert not closing.close_if_done(interview)


@pytest.mark.parametrize("status", ["skipped", "expired"])
def test_a_note_given_up_does_not(interview, status):
    ThankYouNoteFactory(interview=interview, status=status)
    assert closing.close_if_done(interview)


def test_a_note_that_is_owed_keeps_it_open_until_it_is_too_late(interview):
    assert not closing.close_if_done(interview)
    assert closing.close_if_done(interview, now=interview.ends_at + timedelta(days=7))


def test_where_writing_is_unwelcome_none_is_owed(interview):
    type(interview).objects.update(contact_prohibited=True)
    assert closing.close_if_done(interview)


def test_a_planned_one_never_closes(candidate):
    assert not closing.close_if_done(InterviewFactory(candidate=candidate, status="planned"))


def test_something_new_opens_it_again(candidate, interview):
    gone(interview)
    mistake = let_go(interview)
    interview.refresh_from_db()
    assert interview.closed_at
    mistake.refresh_from_db()
    interviews.reopen_mistake(mistake, by=candidate, new_fact="They asked for it.")
    interview.refresh_from_db()
    assert interview.closed_at is None


def test_another_interview_that_needs_her_is_not_denied(candidate, interview):
    gone(interview)
    assert not story.closing_of(interview, candidate).elsewhere
    MistakeFactory(interview=InterviewFactory(candidate=candidate, contact_prohibited=True))
    assert story.closing_of(interview, candidate).elsewhere


def test_a_note_that_another_interview_still_wants_is_not_denied(candidate, interview):
    """As Today says: by its next step, not only by what is written down."""
    gone(interview)
    other = InterviewFactory(candidate=candidate)
    assert story.closing_of(interview, candidate).elsewhere
    gone(other)
    assert not story.closing_of(interview, candidate).elsewhere


@pytest.mark.parametrize(
    ("status", "fields", "says"),
    [
        ("scheduled", {"approved_hash": "x"}, "One note goes by itself"),
        ("sending", {}, "One note is on its way."),
        ("failed", {}, "One note did not go out."),
        ("failed", {"failure": "bounced"}, "One note came back."),
        ("unknown", {}, "We can't see whether one note arrived."),
        ("draft", {}, "One note is still to be sent."),
        ("skipped", {}, "No note this time, and that is fine."),
    ],
)
def test_the_truth_about_a_letter(client_of, candidate, interview, status, fields, says):
    ThankYouNoteFactory(interview=interview, status=status, send_at=timezone.now() + timedelta(hours=3), **fields)
    told = client_of(candidate).get(url(interview)).context["told"]
    assert told.story.letters.startswith(says)
    needs_her = status in ("failed", "unknown", "draft")
    assert (told.closing.needs_her, bool(told.step)) == (needs_her, needs_her)
    assert ("Nothing needs you" in told.story.next) == (not needs_her)


def test_a_note_that_is_owed_is_not_called_fine(candidate, interview):
    assert story.closing_text(interview, candidate)[1:] == [
        "One note is still to be sent.",
        "One thing here still waits for you.",
    ]


def test_a_brief_that_did_not_go_out_waits_for_her(candidate, interview):
    gone(interview)
    RefereeBriefFactory(interview=interview, status="failed")
    assert story.closing_text(interview, candidate)[-1] == "One thing here still waits for you."


def test_the_next_day_is_her_next_interview_or_the_question_how_it_ended(candidate, interview):
    now = timezone.now()

    def next_day():
        moment, company = story.next_moment(interview, now)
        return (moment and to_wall(moment, candidate.zone).date()), company

    working = [interview.decision_on + timedelta(days=days) for days in range(1, 6)]
    assert next_day() == ([day for day in working if day.weekday() < 5][1], "")
    following = InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-50, company="Lake View")
    assert next_day() == (following.ends_wall.date(), "Lake View")
    interviews.record_outcome(interview, "rejected", by=candidate)
    following.delete()
    assert next_day() == (None, "")


def test_the_question_of_another_interview_comes_first_if_it_does(candidate, interview):
    other = InterviewFactory(candidate=candidate, decision_on=interview.decision_on - timedelta(days=4))
    own, _company = story.next_moment(other, timezone.now())
    assert story.next_moment(interview, timezone.now()) == (own, "")
    other.delete()
    assert story.next_moment(interview, timezone.now())[0] > own


def test_once_it_is_time_to_ask_the_last_sentence_is_the_question(candidate, interview):
    gone(interview)
    asked_at, _company = story.next_moment(interview, timezone.now())
    asks = "Only one question is left: have you heard from them?"
    assert story.closing_text(interview, candidate, now=asked_at)[-1] == asks
    outcomes.say(interview, "offer", by=candidate)
    assert asks not in story.closing_text(interview, candidate, now=asked_at)


def test_coming_back_nothing_has_changed_and_the_reasons_are_open(client_of, candidate, interview):
    gone(interview)
    let_go(interview)
    interview.refresh_from_db()
    later = interview.closed_at + timedelta(hours=7)
    assert not story.tell(interview, candidate).came_back
    assert story.tell(interview, candidate, now=later).came_back
    interviews.record_outcome(interview, "rejected", by=candidate)
    assert not story.tell(interview, candidate, now=later).came_back
    type(interview).objects.update(outcome="none", outcome_at=None, closed_at=interview.closed_at - timedelta(hours=7))
    interview.refresh_from_db()
    closed_on = print_date(to_wall(interview.closed_at, candidate.zone).date(), year=False)
    page = client_of(candidate).get(url(interview)).text
    assert f"Done since {closed_on}. Nothing has changed since then, and the reasons below still hold." in page
    assert page.count(f'href="/interviews/{interview.public_id}/mistakes/new/"') == 1
    assert (
        f'href="/interviews/{interview.public_id}/mistakes/new/">If you remember something new, write it here.' in page
    )


@pytest.mark.parametrize(("status", "is_offered"), [("held", True), ("planned", False), ("cancelled", False)])
def test_something_new_has_its_place_wherever_it_can_be_written(client_of, candidate, interview, status, is_offered):
    gone(interview)
    type(interview).objects.update(status=status)
    assert ("Something new came to mind" in client_of(candidate).get(url(interview)).text) is is_offered


def test_what_she_practised_is_asked_here_until_it_is_answered(client_of, candidate, interview):
    lesson = LessonFactory(candidate=candidate)
    type(lesson).objects.update(created_at=interview.ends_at - timedelta(days=1))
    client, asks = client_of(candidate), f'href="/interviews/{interview.public_id}/recall/">Say it in three taps.'
    before = client.get(url(interview)).text
    client.post(f"/interviews/{interview.public_id}/recall/", {str(lesson.public_id): "held"})
    after = client.get(url(interview)).text
    assert (asks in before, asks in after, "what you said about it" in after) == (True, False, True)


def test_whom_to_thank_is_offered_beside_the_story(client_of, candidate, interview):
    gone(interview)
    brief = RefereeBriefFactory(interview=interview, status="shared_by_self", sent_at=timezone.now())
    outcomes.say(interview, "offer", by=candidate)
    page = client_of(candidate).get(url(interview))
    assert f"{brief.referee.name} stood ready to speak for you." in page.text
    assert (
        page.context["told"].story.what == f"That was the interview at {interview.company}, and they made you an offer."
    )


def test_the_same_words_come_by_mail(candidate, interview):
    type(interview).objects.update(went_well="I explained the move without a note.")
    gone(interview)
    let_go(interview)
    interview.refresh_from_db()
    reminder = Reminder.objects.get(kind="closing")
    context = kind_named("closing").context(interview, reminder)
    message = compose("reminder_closing", to=candidate, context={**context, "path": url(interview)})
    text = message.body.replace("\n", " ")
    assert " ".join(story.closing_text(interview, candidate)) in text
    assert "I explained the move without a note." in text
    assert interview.company not in message.subject


def test_the_api_tells_the_same(client_of, candidate, coach, interview):
    gone(interview)
    mistake = let_go(interview)
    address = f"/api/v1/interviews/{interview.public_id}/closing/"
    answer = client_of(candidate).get(address).json()
    interview.refresh_from_db()
    assert answer["sentences"] == story.closing_text(interview, candidate)
    assert (answer["needs_her"], answer["nothing_has_changed"]) == (False, False)
    assert [behind["mistake"] for behind in answer["left_behind"]] == [str(mistake.public_id)]
    assert client_of(coach).get(address).status_code == 403


def test_who_may_open_it(client_of, candidate, coach, other_coach, admin, stranger, interview):
    people = (candidate, coach, other_coach, admin, stranger)
    assert [client_of(user).get(url(interview)).status_code for user in people] == [200, 403, 404, 404, 404]
