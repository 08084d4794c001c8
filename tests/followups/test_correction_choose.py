"""One correction a note: which of several, for each of its readers, and what becomes of the others."""

import pytest

from followups.services import corrections, decisions, notes
from interviews.models import Interview
from tests.factories import InterviewerFactory, MistakeFactory


@pytest.fixture
def two(interview):
    """The second was doubted aloud, so it has the better claim."""
    first = MistakeFactory(interview=interview, text="First")
    second = MistakeFactory(interview=interview, text="Second", doubt_voiced=True)
    for mistake in (first, second):
        decisions.decide(mistake)
    return first, second


def url(interview):
    return f"/interviews/{interview.public_id}/correction/"


def actions(*mistakes):
    return [decisions.current_decision(mistake).action for mistake in mistakes]


def test_the_better_claim_is_preselected(interview, two):
    (choice,) = corrections.choices_for(interview)
    assert (choice.winner, [(mistake, decision.action) for mistake, decision in choice.losers]) == (
        two[1],
        [(two[0], "practice")],
    )
    assert corrections.open_choices(interview) == [choice]


def test_choosing_decides_the_other_anew_with_the_reason(interview, candidate, two):
    corrections.choose_for_notes(interview, two[1], by=candidate)
    assert actions(*two) == ["practice", "thank_you_note"]
    assert decisions.current_decision(two[0]).reasons[0]["code"] == "one_addition"
    assert corrections.open_choices(interview) == []
    assert corrections.choice_for(interview).winner == two[1]


def test_she_may_swap_and_swap_back(interview, candidate, two):
    for winner, loser in ((two[0], two[1]), (two[1], two[0]), (two[0], two[1])):
        corrections.choose_for_notes(interview, winner, by=candidate)
        assert actions(winner, loser) == ["thank_you_note", "practice"]
        assert corrections.choice_for(interview).winner == winner


def test_what_gave_way_is_not_reconsidered(interview, candidate, two):
    corrections.choose_for_notes(interview, two[1], by=candidate)
    assert decisions.reconsider(two[0]) is None


def test_what_she_chose_for_the_note_is_carried_whatever_the_policy_says(interview, candidate):
    mistake = MistakeFactory(interview=interview, kind="weak_answer", touches_must_have=False)
    assert decisions.decide(mistake).action == "let_go"
    decisions.decide_otherwise(mistake, "thank_you_note", by=candidate)
    assert corrections.choice_for(interview).winner == mistake
    better = MistakeFactory(interview=interview, doubt_voiced=True)
    decisions.decide(better)
    (choice,) = corrections.open_choices(interview)
    assert (choice.winner, [loser for loser, _decision in choice.losers]) == (mistake, [better])


def test_each_reader_gets_what_they_heard(interview, two):
    grace, peter = InterviewerFactory(interview=interview), InterviewerFactory(interview=interview)
    two[0].heard_by.set([grace])
    two[1].heard_by.set([peter])
    choices = {choice.interviewer: choice.winner for choice in corrections.choices_for(interview)}
    assert choices == {grace: two[0], peter: two[1]}
    assert corrections.open_choices(interview) == []


def test_one_note_to_the_panel_carries_one_thing(interview, two):
    two[0].heard_by.set([InterviewerFactory(interview=interview)])
    two[1].heard_by.set([InterviewerFactory(interview=interview)])
    Interview.objects.update(one_note_to_panel=True)
    interview.refresh_from_db()
    assert [choice.interviewer for choice in corrections.open_choices(interview)] == [None]


def test_the_recruiter_gets_what_a_note_would_carry(interview, two):
    recruiter = InterviewerFactory(interview=interview, kind="recruiter")
    assert corrections.choice_for(interview, recruiter).winner == two[1]


def test_the_page_asks_and_keeps(client_of, candidate, interview, two):
    client = client_of(candidate)
    page = client.get(url(interview)).content.decode()
    assert (
        "Your note has room for one thing. Which?" in page
        and "Then “During my internship I wrote three posts a week.”: yours to practise." in page
    )
    assert f'value="{two[1].public_id}" checked' in page
    assert client.post(url(interview), {"mistake": str(two[0].public_id)}).url == f"/mistakes/{two[0].public_id}/"
    assert actions(*two) == ["thank_you_note", "practice"]


@pytest.mark.parametrize("chosen", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_choice_that_is_none_changes_nothing(client_of, candidate, interview, two, chosen):
    assert client_of(candidate).post(url(interview), {"mistake": chosen}).status_code == 200
    assert actions(*two) == ["thank_you_note", "thank_you_note"]


def test_somebody_elses_mistake_is_no_choice(client_of, candidate, interview, two):
    foreign = MistakeFactory()
    decisions.decide(foreign)
    assert client_of(candidate).post(url(interview), {"mistake": str(foreign.public_id)}).status_code == 200


def test_only_the_owner_chooses(client_of, coach, other_coach, admin, stranger, interview, two):
    people = (coach, other_coach, admin, stranger)
    assert [client_of(user).post(url(interview)).status_code for user in people] == [403, 404, 404, 404]


def test_with_nothing_to_choose_there_is_no_question(client_of, candidate, interview):
    assert client_of(candidate).get(url(interview)).url == f"/interviews/{interview.public_id}/"


def test_choosing_costs_the_same_for_any_number(interview, django_assert_num_queries):
    for _ in range(5):
        decisions.decide(MistakeFactory(interview=interview))
    with django_assert_num_queries(7):
        corrections.choices_for(interview)


@pytest.fixture
def false_statement(interview):
    """Something untrue that they may check: it is put right whatever else the note carries."""
    mistake = MistakeFactory(interview=interview, kind="misleading_claim", text="A certificate", relied_on="yes")
    decisions.decide(mistake)
    return mistake


def test_her_word_stands_against_a_false_statement_too(interview, candidate, false_statement):
    omission = MistakeFactory(interview=interview, text="First")
    decisions.decide(omission)
    assert corrections.choice_for(interview).winner == false_statement
    corrections.choose_for_notes(interview, omission, by=candidate)
    assert corrections.choice_for(interview).winner == omission
    assert corrections.open_choices(interview) == []
    assert actions(omission, false_statement) == ["thank_you_note", "correct_now"]


def test_a_false_statement_that_comes_later_asks_again(interview, candidate):
    omission = MistakeFactory(interview=interview, text="First")
    decisions.decide(omission)
    decisions.decide_otherwise(omission, "thank_you_note", by=candidate)
    later = MistakeFactory(interview=interview, kind="misleading_claim", text="A certificate", relied_on="yes")
    decisions.decide(later)
    assert len(corrections.open_choices(interview)) == 1
    corrections.choose_for_notes(interview, omission, by=candidate)
    assert corrections.open_choices(interview) == []


def test_a_letter_begun_for_it_leaves_the_note_to_something_else(interview, candidate, false_statement):
    omission = MistakeFactory(interview=interview, text="First")
    decisions.decide(omission)
    notes.draft_note(interview, kind="correction", by=candidate)
    assert corrections.choice_for(interview).winner == omission
    assert corrections.open_choices(interview) == []
