"""What time alone makes impossible is decided anew, once."""

from datetime import timedelta

from django.utils import timezone

from accounts.when import to_wall
from followups.models import Referee
from followups.services import decisions
from followups.services.sweep import sweep
from tests.factories import InterviewFactory, MistakeFactory


def noted(candidate, **fields):
    mistake = MistakeFactory(interview=InterviewFactory(candidate=candidate, **fields))
    decisions.decide(mistake)
    return mistake


def deciding_in(hours):
    wall = to_wall(timezone.now() + timedelta(hours=hours), "Africa/Nairobi")
    return {"decision_on": wall.date(), "decision_time": wall.time()}


def test_a_week_later_the_note_is_too_late(candidate):
    mistake, fresh = noted(candidate, decision_on=None), noted(candidate, decision_on=None)
    type(fresh.interview).objects.filter(pk=fresh.interview.pk).update(ends_at=timezone.now() + timedelta(hours=1))
    later = timezone.now() + timedelta(hours=167)
    assert sweep(later) == 1
    assert decisions.current_decision(mistake).reasons[0]["code"] == "too_late"
    assert decisions.current_decision(fresh).action == "thank_you_note"
    assert sweep(later) == 0


def test_half_an_hour_before_the_decision_it_is_too(candidate):
    mistake = noted(candidate, **deciding_in(2))
    assert sweep() == 0
    assert sweep(timezone.now() + timedelta(minutes=100)) == 1
    assert decisions.current_decision(mistake).action == "practice"


def test_a_decision_day_that_has_passed_is_no_hurry(candidate):
    noted(candidate, **deciding_in(2))
    assert sweep(timezone.now() + timedelta(hours=3)) == 0


def test_a_referee_needs_half_a_day(candidate):
    Referee.objects.create(candidate=candidate, name="Peter Mwangi", agreed_at=timezone.now())
    interview = InterviewFactory(candidate=candidate, **deciding_in(26))
    mistake = MistakeFactory(interview=interview, correction="One. Two. Three.")
    assert decisions.decide(mistake).action == "referee"
    assert sweep(timezone.now() + timedelta(hours=13)) == 0
    assert sweep(timezone.now() + timedelta(hours=15)) == 1
    assert decisions.current_decision(mistake).action == "practice"


def test_beside_her_word_it_is_an_opinion_given_once(candidate):
    mistake = MistakeFactory(interview=InterviewFactory(candidate=candidate, decision_on=None))
    interview = mistake.interview
    decisions.decide(mistake)
    decisions.decide_otherwise(mistake, "correct_now", by=candidate)
    decisions.decide_otherwise(mistake, "thank_you_note", by=candidate)
    later = interview.ends_at + timedelta(hours=169)
    assert [sweep(later), sweep(later)] == [1, 0]
    current = decisions.current_decision(mistake)
    assert (current.made, decisions.opinion_of(current).action) == ("candidate", "practice")


def test_what_slipped_through_is_found_the_next_day(candidate):
    """As after two things that happened at the same moment: written when its time was over, and none of the passes saw it."""
    now = timezone.now()
    assert sweep(now) == 0
    mistake = noted(candidate, decision_on=None)
    type(mistake.interview).objects.filter(pk=mistake.interview_id).update(ends_at=now - timedelta(hours=200))
    assert [sweep(now + timedelta(hours=hours)) for hours in (1, 23, 25)] == [0, 0, 1]


def test_after_an_outage_of_some_hours_nothing_is_passed_over(candidate):
    now = timezone.now()
    assert sweep(now) == 0
    mistake = noted(candidate, decision_on=None)
    type(mistake.interview).objects.filter(pk=mistake.interview_id).update(ends_at=now - timedelta(hours=165))
    assert [sweep(now + timedelta(hours=hours)) for hours in (1, 10)] == [0, 1]


def test_more_than_fit_into_a_pass_are_found_by_the_next(candidate, monkeypatch):
    monkeypatch.setattr("followups.services.sweep.A_PASS", 2)
    for _number in range(5):
        noted(candidate, decision_on=None)
    later = timezone.now() + timedelta(hours=169)
    assert [sweep(later) for _pass in range(4)] == [2, 2, 1, 0]
