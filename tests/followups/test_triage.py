import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followups.triage import (
    ASKED,
    BOUNDS,
    DEFAULT,
    RULES,
    SCREENS,
    Action,
    CorrectionCandidate,
    Kind,
    Known,
    Noticed,
    Outcome,
    Policy,
    Stance,
    TriageFacts,
    choose_correction,
    matters,
    next_screen,
    outcome_of_trimming,
    questions_for,
    still_possible,
    triage,
)
from followups.triage.reasons import SIDES

LET_GO, NOTE, REFEREE, PRACTICE, CORRECT = (
    Action.LET_GO,
    Action.THANK_YOU_NOTE,
    Action.REFEREE,
    Action.PRACTICE,
    Action.CORRECT_NOW,
)
FALSE_STATEMENTS = {Kind.WRONG_FACT, Kind.MISLEADING_CLAIM}

# An omission that wants the note, three hours after the interview, a decision in three days.
OMISSION = TriageFacts(
    kind=Kind.OMITTED_INFORMATION,
    touches_must_have=True,
    has_new_information=True,
    repair_sentences=2,
    hours_since_interview=3,
    hours_until_decision=72,
)


def facts(kind=Kind.OMITTED_INFORMATION, **given_facts):
    return replace(OMISSION, kind=Kind(kind), **given_facts)


def decided(facts, policy=DEFAULT):
    decision = triage(facts, policy)
    return decision.rule, decision.action, decision.also


RULE_BY_RULE = [
    # 1: put right at once
    (facts("misleading_claim"), 1, CORRECT, (PRACTICE,)),
    (facts("misleading_claim", touches_must_have=False), 1, CORRECT, (PRACTICE,)),
    (
        facts("misleading_claim", relied_on=Known.NO),
        1,
        CORRECT,
        (PRACTICE,),
    ),  # a must-have is built on, whatever she hopes
    (facts("wrong_fact"), 1, CORRECT, (PRACTICE,)),
    (facts("wrong_fact", touches_must_have=False, relied_on=Known.YES), 1, CORRECT, (PRACTICE,)),
    (facts("wrong_fact", touches_must_have=False, asked_for=True), 1, CORRECT, (PRACTICE,)),
    (facts("misleading_claim", referee_can_vouch=True, doubt_voiced=True), 1, CORRECT, (PRACTICE,)),
    (facts("misleading_claim", note_sent=True, hours_since_interview=400), 1, CORRECT, (PRACTICE,)),
    (facts("misleading_claim", outcome=Outcome.OFFER), 1, CORRECT, (PRACTICE,)),
    (facts("misleading_claim", outcome=Outcome.NEXT_ROUND), 1, CORRECT, (PRACTICE,)),
    (facts("misleading_claim", outcome=Outcome.CLOSED), 1, CORRECT, (PRACTICE,)),
    (facts("misleading_claim", settled_in_the_room=Known.YES), 8, LET_GO, ()),
    (facts("misleading_claim", touches_must_have=False, relied_on=Known.NO), 9, LET_GO, ()),
    (facts("misleading_claim", private_matter=True), 9, LET_GO, ()),
    (facts("wrong_fact", touches_must_have=False), 9, LET_GO, ()),
    (facts("wrong_fact", touches_must_have=False, asked_for=True, relied_on=Known.NO), 12, NOTE, ()),
    # 2 to 4: what they decided
    (facts(outcome=Outcome.OFFER), 2, LET_GO, ()),
    (facts("conduct", hurt_someone=True, outcome=Outcome.OFFER), 2, LET_GO, ()),
    (facts(outcome=Outcome.NEXT_ROUND), 3, PRACTICE, ()),
    (facts("weak_answer", touches_must_have=False, outcome=Outcome.NEXT_ROUND), 3, PRACTICE, ()),
    (facts("conduct", noticed=Noticed.YES, outcome=Outcome.NEXT_ROUND), 3, PRACTICE, ()),
    (facts("regretted_remark", touches_must_have=False, outcome=Outcome.NEXT_ROUND), 7, LET_GO, ()),
    (facts(settled_in_the_room=Known.YES, outcome=Outcome.NEXT_ROUND), 8, LET_GO, ()),
    (facts("wrong_fact", touches_must_have=False, outcome=Outcome.NEXT_ROUND), 9, LET_GO, ()),
    (facts(outcome=Outcome.REJECTED), 4, PRACTICE, ()),
    (facts(outcome=Outcome.WITHDRAWN), 4, PRACTICE, ()),
    (facts(outcome=Outcome.CLOSED), 4, PRACTICE, ()),
    (facts("misleading_claim", outcome=Outcome.REJECTED), 4, PRACTICE, ()),
    (facts("conduct", outcome=Outcome.REJECTED), 4, PRACTICE, ()),
    (facts("misleading_claim", private_matter=True, outcome=Outcome.REJECTED), 9, LET_GO, ()),
    # 5 to 7: remarks and conduct
    (facts("regretted_remark", hurt_someone=True), 5, PRACTICE, ()),
    (facts("conduct", hurt_someone=True), 5, PRACTICE, ()),
    (facts("logistics", hurt_someone=True), 5, PRACTICE, ()),
    (facts("logistics", hurt_someone=True, settled_in_the_room=Known.YES), 8, LET_GO, ()),
    (facts("weak_answer", hurt_someone=True), 12, NOTE, (PRACTICE,)),
    (facts("regretted_remark", noticed=Noticed.YES), 6, PRACTICE, ()),
    (facts("conduct", noticed=Noticed.YES, touches_must_have=False, settled_in_the_room=Known.NO), 6, PRACTICE, ()),
    (facts("conduct", noticed=Noticed.YES, touches_must_have=False), 7, LET_GO, ()),
    (facts("conduct", noticed=Noticed.YES, settled_in_the_room=Known.YES), 7, LET_GO, ()),
    (facts("regretted_remark", noticed=Noticed.UNSURE), 7, LET_GO, ()),
    # 8 to 11: nothing to repair
    (facts(settled_in_the_room=Known.YES), 8, LET_GO, ()),
    (facts(touches_must_have=False), 9, LET_GO, ()),
    (facts("logistics", touches_must_have=False), 9, LET_GO, ()),
    (facts(has_new_information=False), 10, LET_GO, ()),
    (facts(has_new_information=False, asked_for=True), 12, NOTE, ()),  # promised and not given: new by itself
    (facts(has_new_information=False, doubt_voiced=True), 15, PRACTICE, ()),
    (facts("weak_answer", noticed=Noticed.NO), 11, PRACTICE, ()),
    (facts("technical_error", noticed=Noticed.NO), 11, PRACTICE, ()),
    (facts("technical_error", noticed=Noticed.NO, asked_for=True), 12, NOTE, (PRACTICE,)),
    (facts("weak_answer", noticed=Noticed.NO, doubt_voiced=True), 12, NOTE, (PRACTICE,)),
    # 12: the note, and the edges of what it carries
    (facts(), 12, NOTE, ()),
    (facts(noticed=Noticed.NO), 12, NOTE, ()),  # a forgotten skill is by nature unnoticed
    (facts(touches_must_have=False, doubt_voiced=True, referee_can_vouch=True), 12, NOTE, (REFEREE,)),
    (facts(doubt_voiced=True, referee_can_vouch=True, hours_until_decision=23.9), 12, NOTE, ()),
    (facts("weak_answer", doubt_voiced=True, referee_can_vouch=True), 12, NOTE, (REFEREE, PRACTICE)),
    (facts("logistics", doubt_voiced=True, referee_can_vouch=True), 12, NOTE, ()),
    (facts(repair_sentences=None), 12, NOTE, ()),
    (facts(repair_sentences=1), 12, NOTE, ()),
    (facts(repair_sentences=0), 15, PRACTICE, ()),
    (facts(repair_sentences=3), 15, PRACTICE, ()),
    (facts(hours_until_decision=0.5), 12, NOTE, ()),
    (facts(hours_until_decision=0.49), 15, PRACTICE, ()),
    (facts(hours_until_decision=None), 12, NOTE, ()),
    (facts(hours_since_interview=168), 12, NOTE, ()),
    (facts(hours_since_interview=168.1), 15, PRACTICE, ()),
    (facts(note_sent=True), 15, PRACTICE, ()),
    (facts(contact_prohibited=True), 15, PRACTICE, ()),
    (facts(meets_again_in_hours=50), 12, NOTE, ()),
    # 13 to 15: the note cannot
    (facts(note_sent=True, meets_again_in_hours=50, referee_can_vouch=True), 13, PRACTICE, ()),
    (facts(note_sent=True, referee_can_vouch=True), 14, REFEREE, (PRACTICE,)),
    (facts(contact_prohibited=True, referee_can_vouch=True), 14, REFEREE, (PRACTICE,)),
    (facts(repair_sentences=3, referee_can_vouch=True, hours_until_decision=24), 14, REFEREE, (PRACTICE,)),
    (facts(repair_sentences=3, referee_can_vouch=True, hours_until_decision=None), 14, REFEREE, (PRACTICE,)),
    (facts(repair_sentences=3, referee_can_vouch=True, hours_until_decision=23.9), 15, PRACTICE, ()),
    (facts("logistics", note_sent=True, referee_can_vouch=True), 15, PRACTICE, ()),
    (facts("wrong_fact", private_matter=True, note_sent=True, referee_can_vouch=True), 9, LET_GO, ()),
    (facts(note_sent=True), 15, PRACTICE, ()),
]


@pytest.mark.parametrize(("given_facts", "rule", "action", "also"), RULE_BY_RULE)
def test_rule_by_rule(given_facts, rule, action, also):
    assert decided(TriageFacts.from_json(given_facts.to_json())) == (rule, action, also)


def test_every_rule_has_a_row():
    assert {row[1] for row in RULE_BY_RULE} == {rule.number for rule in RULES} == set(range(1, 16))


@pytest.mark.parametrize(
    ("given_facts", "needs_coach"),
    [
        (facts("conduct", hurt_someone=True), True),
        (facts("conduct", hurt_someone=True, note_sent=True), True),
        (facts("conduct", hurt_someone=True, hours_since_interview=168.1), False),
        (facts("conduct", hurt_someone=True, contact_prohibited=True), False),
        (facts("conduct"), False),
    ],
)
def test_a_coach_is_needed_where_a_sentence_may_be_owed(given_facts, needs_coach):
    decision = triage(given_facts)
    assert decision.needs_coach == needs_coach
    assert ("one_sentence_owed" in codes(decision)) == needs_coach


@pytest.mark.parametrize(("sentences", "provisional"), [(None, True), (1, False), (2, False), (3, False)])
def test_a_note_is_provisional_until_its_sentences_are_drafted(sentences, provisional):
    assert triage(facts(repair_sentences=sentences)).provisional == provisional


@pytest.mark.parametrize(
    ("given_facts", "hours"),
    [
        (facts(), 21),  # due a day after the end
        (facts(hours_until_decision=None), 21),
        (facts(hours_until_decision=12), 10),  # two hours before the decision
        (facts(hours_since_interview=1, hours_until_decision=4), 1),  # a quick decision: within two hours of the end
        (facts(hours_since_interview=3, hours_until_decision=1.5), 1.5),  # past due: the decision comes first
        (facts(hours_since_interview=30), 18),
        (facts(hours_since_interview=50, hours_until_decision=None), 118),
        (facts(hours_since_interview=168, hours_until_decision=None), 0),
        (facts(note_sent=True, referee_can_vouch=True), 36),
        (facts(note_sent=True, referee_can_vouch=True, hours_until_decision=200), 48),
        (facts(note_sent=True, referee_can_vouch=True, hours_until_decision=None), 48),
        (facts("wrong_fact"), 12),
        (facts("wrong_fact", hours_until_decision=10), 5),
        (facts("wrong_fact", hours_until_decision=0.1), 0.25),
        (facts("wrong_fact", hours_until_decision=None), 12),
        (facts(touches_must_have=False), None),
        (facts(note_sent=True), None),
    ],
)
def test_act_within_hours(given_facts, hours):
    assert triage(given_facts).act_within_hours == hours


def codes(decision, stance=Stance.RULE):
    return [reason.code for reason in decision.reasons if reason.stance == stance]


def test_reasons_say_why_and_show_both_sides():
    decision = triage(facts("weak_answer", doubt_voiced=True))
    assert codes(decision) == ["note_carries_it"]
    assert codes(decision, Stance.FOR) == ["must_have", "doubt", "note_goes_anyway"]
    assert codes(decision, Stance.AGAINST) == ["interviewers_differ", "not_reopened"]


@pytest.mark.parametrize(
    ("given_facts", "expected"),
    [
        (facts("wrong_fact", contact_prohibited=True), ["put_right", "to_hr"]),
        (facts("wrong_fact", referee_can_vouch=True), ["put_right", "not_through_a_referee"]),
        (facts("wrong_fact", private_matter=True), ["private_matter"]),
        (facts(contact_prohibited=True, referee_can_vouch=True), ["referee_carries_it", "only_if_they_call"]),
        (facts(outcome=Outcome.NEXT_ROUND), ["say_it_there"]),
        (
            facts("conduct", touches_must_have=False, noticed=Noticed.YES, outcome=Outcome.NEXT_ROUND),
            ["be_ready_there"],
        ),
    ],
)
def test_the_reason_fits_the_case(given_facts, expected):
    assert codes(triage(given_facts)) == expected


def test_codes_of_sides_are_distinct():
    seen = {}
    for reasons in SIDES.values():
        for _, reason in reasons:
            assert seen.setdefault(reason.code, reason) == reason


# Facts from outside


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "kind: missing"),
        ({"kind": "sin"}, "kind: one of omitted_information, weak_answer, technical_error, wrong_fact, misleading_claim, "
         "regretted_remark, conduct, logistics was expected"),
        ({"kind": 3}, "kind: one of"),
        ({"kind": "conduct", "mood": "bad"}, "mood: no such fact"),
        ({"kind": "conduct", "asked_for": "yes"}, "asked_for: true or false was expected"),
        ({"kind": "conduct", "asked_for": 1}, "asked_for: true or false was expected"),
        ({"kind": "conduct", "asked_for": None}, "asked_for: true or false was expected"),
        ({"kind": "conduct", "noticed": "unknown"}, "noticed: one of no, unsure, yes was expected"),
        ({"kind": "conduct", "settled_in_the_room": True}, "settled_in_the_room: one of no, yes, unknown was expected"),
        ({"kind": "conduct", "repair_sentences": 1.0}, "repair_sentences: a whole number was expected"),
        ({"kind": "conduct", "repair_sentences": True}, "repair_sentences: a whole number was expected"),
        ({"kind": "conduct", "repair_sentences": -1}, "repair_sentences: a count cannot be negative"),
        ({"kind": "conduct", "hours_since_interview": None}, "hours_since_interview: a number of hours was expected"),
        ({"kind": "conduct", "hours_since_interview": "3"}, "hours_since_interview: a number of hours was expected"),
        ({"kind": "conduct", "hours_since_interview": False}, "hours_since_interview: a number of hours was expected"),
        ({"kind": "conduct", "hours_since_interview": -0.1}, "hours_since_interview: hours cannot be negative"),
        ({"kind": "conduct", "hours_until_decision": float("nan")}, "hours_until_decision: a finite number of hours"),
        ({"kind": "conduct", "hours_until_decision": float("inf")}, "hours_until_decision: a finite number of hours"),
        ({"kind": "conduct", "meets_again_in_hours": 10**400}, "meets_again_in_hours: a finite number of hours"),
    ],
)  # fmt: skip
def test_facts_that_cannot_be_used_are_named(values, message):
    with pytest.raises(ValueError, match="^" + message):
        TriageFacts.from_json(values)


def test_absent_facts_have_their_defaults():
    assert TriageFacts.from_json({"id": "a", "kind": "conduct"}).to_json() == {
        "kind": "conduct",
        "touches_must_have": False,
        "asked_for": False,
        "doubt_voiced": False,
        "noticed": "unsure",
        "settled_in_the_room": "unknown",
        "hurt_someone": False,
        "relied_on": "unknown",
        "private_matter": False,
        "has_new_information": False,
        "repair_sentences": None,
        "hours_since_interview": 0.0,
        "hours_until_decision": None,
        "outcome": "none",
        "meets_again_in_hours": None,
        "note_sent": False,
        "referee_can_vouch": False,
        "contact_prohibited": False,
    }


# Policy


@pytest.mark.parametrize("name", BOUNDS)
def test_the_numbers_have_bounds(name):
    least, greatest = BOUNDS[name]
    assert Policy(**{name: least}) and Policy(**{name: greatest})
    for wrong in (least - 0.1, greatest + 0.1, float("nan")):
        with pytest.raises(ValueError, match=f"^{name}:"):
            Policy(**{name: wrong})


def test_versions_count_from_one():
    with pytest.raises(ValueError, match=r"^version:"):
        Policy(version=0)


def test_other_numbers_decide_otherwise():
    shorter = Policy(version=7, note_sentences=1, note_usable_hours=24)
    decision = triage(facts(repair_sentences=2), shorter)
    assert (decision.action, decision.policy_version) == (PRACTICE, 7)
    assert triage(facts(repair_sentences=1, hours_since_interview=25), shorter).action is PRACTICE


# Anything at all

hours = st.floats(0, 1e308) | st.sampled_from([0.0, 0.25, 0.49, 0.5, 1.0, 23.9, 24.0, 47.0, 48.0, 168.0, 168.1])
anything = st.builds(
    TriageFacts,
    kind=st.sampled_from(Kind),
    touches_must_have=st.booleans(),
    asked_for=st.booleans(),
    doubt_voiced=st.booleans(),
    noticed=st.sampled_from(Noticed),
    settled_in_the_room=st.sampled_from(Known),
    hurt_someone=st.booleans(),
    relied_on=st.sampled_from(Known),
    private_matter=st.booleans(),
    has_new_information=st.booleans(),
    repair_sentences=st.none() | st.integers(0, 4),
    hours_since_interview=hours,
    hours_until_decision=st.none() | hours,
    outcome=st.sampled_from(Outcome),
    meets_again_in_hours=st.none() | hours,
    note_sent=st.booleans(),
    referee_can_vouch=st.booleans(),
    contact_prohibited=st.booleans(),
)


@settings(max_examples=500)
@given(anything)
def test_every_case_has_one_decision_with_both_sides(given_facts):
    decision = triage(given_facts)
    assert decision == triage(given_facts)
    assert codes(decision) and codes(decision, Stance.FOR) and codes(decision, Stance.AGAINST)
    assert len({reason.code for reason in decision.reasons}) == len(decision.reasons)
    assert decision.action not in decision.also
    waits = decision.action in {NOTE, REFEREE, CORRECT}
    assert (decision.act_within_hours is not None) == waits
    if waits:
        assert decision.act_within_hours >= 0


@settings(max_examples=500)
@given(anything)
def test_what_never_happens(given_facts):
    """The harm a wrong answer could do, whatever the other facts are."""
    decision = triage(given_facts)
    proposed = {decision.action, *decision.also}
    if given_facts.contact_prohibited or given_facts.note_sent or given_facts.hours_since_interview > 168:
        assert NOTE not in proposed
    if given_facts.kind in FALSE_STATEMENTS or not given_facts.referee_can_vouch:
        assert REFEREE not in proposed
    if given_facts.outcome is not Outcome.NONE:
        assert not {NOTE, REFEREE} & proposed
    if given_facts.kind not in FALSE_STATEMENTS or given_facts.private_matter:
        assert CORRECT not in proposed
    if given_facts.kind in {Kind.REGRETTED_REMARK, Kind.CONDUCT}:
        assert proposed <= {LET_GO, PRACTICE}
    if not matters(given_facts):
        assert not {NOTE, REFEREE} & proposed
    if given_facts.repair_sentences not in (None, 1, 2):
        assert NOTE not in proposed


@settings(max_examples=300)
@given(anything)
def test_a_false_statement_on_a_must_have_is_never_left_standing(given_facts):
    standing = replace(
        given_facts,
        kind=Kind.MISLEADING_CLAIM,
        touches_must_have=True,
        private_matter=False,
        settled_in_the_room=Known.UNKNOWN,
        outcome=Outcome.NONE,
    )
    assert triage(standing).action is CORRECT


@given(anything)
def test_a_stored_decision_can_be_replayed(given_facts):
    stored = json.loads(json.dumps(given_facts.to_json()))
    assert TriageFacts.from_json(stored) == given_facts
    assert triage(TriageFacts.from_json(stored)) == triage(given_facts)


@given(anything)
def test_a_decision_just_taken_is_possible(given_facts):
    assert still_possible(triage(given_facts).action, given_facts) is None


@pytest.mark.parametrize(
    ("action", "given_facts", "code"),
    [
        (NOTE, facts(note_sent=True), "note_gone"),
        (NOTE, facts(contact_prohibited=True), "contact_prohibited"),
        (NOTE, facts(hours_since_interview=169), "too_late"),
        (NOTE, facts(hours_until_decision=0.4), "too_late"),
        (NOTE, facts(outcome=Outcome.NEXT_ROUND), "outcome_known"),
        (REFEREE, facts(), "no_referee"),
        (REFEREE, facts("wrong_fact", referee_can_vouch=True), "not_through_a_referee"),
        (REFEREE, facts("misleading_claim", referee_can_vouch=True), "not_through_a_referee"),
        (REFEREE, facts(referee_can_vouch=True, hours_until_decision=11), "too_late"),
        (REFEREE, facts(referee_can_vouch=True, hours_until_decision=13), None),
        (REFEREE, facts(referee_can_vouch=True, outcome=Outcome.OFFER), "outcome_known"),
        (CORRECT, facts("wrong_fact", note_sent=True, contact_prohibited=True), None),
        (CORRECT, facts("wrong_fact", outcome=Outcome.REJECTED), "outcome_known"),
        (LET_GO, facts(), None),
        (PRACTICE, facts(outcome=Outcome.OFFER), None),
    ],
)
def test_still_possible(action, given_facts, code):
    reason = still_possible(action, given_facts)
    assert (reason and reason.code) == code


# Questions


def result(values):
    decision = triage(TriageFacts.from_json(values))
    return decision.action, decision.also, decision.needs_coach


def split(given_facts):
    complete = given_facts.to_json()
    return complete, {key: value for key, value in complete.items() if key not in ASKED}


@settings(max_examples=150)
@given(anything)
def test_questions_left_out_change_nothing(given_facts):
    complete, answers = split(given_facts)
    while open_questions := questions_for(answers):
        answers[open_questions[0]] = complete[open_questions[0]]
    assert result(answers) == result(complete)


@settings(max_examples=100)
@given(anything)
def test_three_screens_and_one_text_are_enough(given_facts):
    complete, answers = split(given_facts)
    screens = 0
    while asked := next_screen(answers):
        answers |= {fact: complete[fact] for fact in asked}
        screens += 1
    assert screens <= len(SCREENS) == 4
    assert result(answers) == result(complete)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"kind": "conduct"}, ("touches_must_have", "noticed", "settled_in_the_room", "hurt_someone")),
        ({"kind": "conduct", "hurt_someone": True, "settled_in_the_room": "no"}, ()),
        ({"kind": "conduct", "outcome": "offer"}, ()),
        ({"kind": "omitted_information", "outcome": "rejected", "settled_in_the_room": "no"}, ()),
        (
            {"kind": "omitted_information"},
            ("touches_must_have", "asked_for", "doubt_voiced", "settled_in_the_room", "has_new_information", "repair_sentences"),
        ),
        (
            {"kind": "omitted_information", "touches_must_have": False, "asked_for": False, "doubt_voiced": False},
            (),
        ),
        (
            {"kind": "omitted_information", "touches_must_have": True, "note_sent": True, "settled_in_the_room": "no"},
            ("asked_for", "doubt_voiced", "has_new_information"),  # nothing new would be let go, the rest practised
        ),
        ({"kind": "misleading_claim", "relied_on": "yes", "settled_in_the_room": "no"}, ("private_matter",)),
        (
            {"kind": "weak_answer", "touches_must_have": True, "noticed": "yes", "settled_in_the_room": "no", "note_sent": True},
            (),
        ),
    ],
)  # fmt: skip
def test_only_questions_that_can_change_the_answer(answers, expected):
    assert questions_for(answers) == expected


def test_a_question_left_open_by_the_note_alone_goes_with_it():
    answers = {
        "kind": "omitted_information",
        "touches_must_have": True,
        "settled_in_the_room": "no",
        "asked_for": False,
    }
    assert questions_for(answers) == ("doubt_voiced", "has_new_information", "repair_sentences")


def test_questions_refuse_facts_that_cannot_be_used():
    with pytest.raises(ValueError, match="kind: missing"):
        questions_for({})


# One correction a note

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def candidate(key, given_facts=OMISSION, *, minute=0, **more):
    return CorrectionCandidate(key, given_facts, MONDAY + timedelta(minutes=minute), **more)


def chosen(*candidates, **more):
    choice = choose_correction(candidates, **more)
    return choice.winner and choice.winner.key, [loser.candidate.key for loser in choice.losers]


ORDERED = (
    candidate("false", facts("wrong_fact"), minute=9),
    candidate("doubted", facts("weak_answer", doubt_voiced=True), minute=8),
    candidate("asked", facts("weak_answer", asked_for=True), minute=7),
    candidate("short", facts(repair_sentences=1), minute=6),
    candidate("early", facts(), minute=4),
    candidate("later", facts(), minute=5),
    candidate("not drafted", facts(repair_sentences=None), minute=2),
    candidate("weak", facts("weak_answer", repair_sentences=1)),
    candidate("technical", facts("technical_error", repair_sentences=1)),
    candidate("around", facts("logistics", repair_sentences=1)),
    candidate("partly shown", facts(repair_sentences=1), partly_shown=True),
)


@given(st.permutations(ORDERED))
def test_the_order_of_claims_to_the_note(shuffled):
    assert chosen(*shuffled) == ("false", [each.key for each in ORDERED[1:]])


def test_the_candidate_may_swap():
    assert chosen(*ORDERED[3:6], preferred="later") == ("later", ["short", "early"])
    assert chosen(*ORDERED[3:6], preferred="gone") == ("short", ["early", "later"])


def test_nobody_wants_the_note():
    assert chosen() == (None, [])
    assert chosen(candidate("small", facts(touches_must_have=False))) == (None, [])
    assert chosen(candidate("put right", facts("wrong_fact"), correction_sent=True)) == (None, [])


def test_the_others_go_to_a_referee_or_to_practice():
    choice = choose_correction(
        [
            candidate("first"),
            candidate("vouched", facts(referee_can_vouch=True), minute=1),
            candidate("no time", facts(referee_can_vouch=True, hours_until_decision=20), minute=2),
            candidate("alone", minute=3),
        ]
    )
    assert [loser.decision.action for loser in choice.losers] == [REFEREE, PRACTICE, PRACTICE]
    assert {loser.decision.reasons[0].code for loser in choice.losers} == {"one_addition"}


def test_a_false_statement_is_put_right_even_without_the_note():
    choice = choose_correction(
        [candidate("a", facts("wrong_fact")), candidate("b", facts("misleading_claim"), minute=1)]
    )
    (loser,) = choice.losers
    assert (choice.winner.key, loser.candidate.key, loser.decision.action) == ("a", "b", CORRECT)
    assert loser.decision.reasons[0].code == "a_letter_of_its_own"


@given(st.lists(anything, max_size=6))
def test_choosing_never_fails_and_loses_nothing(many):
    candidates = [candidate(str(number), each) for number, each in enumerate(many)]
    choice = choose_correction(candidates)
    wanting = [each.key for each in candidates if triage(each.facts).action in {NOTE, CORRECT}]
    got = [choice.winner.key] if choice.winner else []
    assert sorted(got + [loser.candidate.key for loser in choice.losers]) == sorted(wanting)
    for loser in choice.losers:
        assert loser.decision.action is not NOTE
        if loser.candidate.facts.kind in FALSE_STATEMENTS:
            assert loser.decision.action is not REFEREE


# Cutting a correction to two sentences


def test_trimming_shows_both_outcomes():
    trimming = outcome_of_trimming(facts(repair_sentences=5, referee_can_vouch=True))
    assert (trimming.now.action, trimming.trimmed.action) == (REFEREE, NOTE)


@pytest.mark.parametrize("sentences", [None, 0, 1, 2])
def test_there_is_nothing_to_trim(sentences):
    assert outcome_of_trimming(facts(repair_sentences=sentences)) is None
