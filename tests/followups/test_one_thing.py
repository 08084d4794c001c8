"""One thing on your mind, the pure part: every path ends in an answer, in three taps nearly always, and none is idle."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followups import one_thing
from followups.one_thing import AFTERWARDS, BEGINNINGS, NOTHING, look, next_steps, questions_of
from followups.triage import ASKED, Action, Kind, TriageFacts, questions_for, triage

FIRSTS = [kinds[0] for kinds in BEGINNINGS]


def ends(answers):
    """All answers that can be reached from here."""
    here = look(answers)
    if here.question is None:
        yield here
        return
    for option in here.question.options:
        yield from ends({**here.answers, here.question.name: option.word})


ENDS = [end for kind in Kind for end in ends({"kind": kind})]


def test_every_path_leads_to_an_answer_in_three_taps_nearly_always(capsys):
    taps = Counter(len(end.answers) for kind in FIRSTS for end in ends({"kind": kind}))
    with capsys.disabled():
        print(f"\none thing: taps to an answer over all paths: {dict(sorted(taps.items()))}")

    assert taps == {2: 23, 3: 44, 4: 3}


def test_each_answer_is_that_of_the_policy():
    assert [end for end in ENDS if end.decision != triage(TriageFacts.from_json(end.facts))] == []


def test_nothing_is_left_to_ask_that_could_change_the_answer():
    assert {questions_for(end.facts) for end in ENDS} == {()}


def test_no_question_is_idle():
    """Each one asked leads to different answers, at once or after the next."""
    idle = []

    def visit(answers):
        here = look(answers)
        if here.question is None:
            return
        branches = [{**here.answers, here.question.name: option.word} for option in here.question.options]
        if len({tuple(sorted({end.decision.action for end in ends(branch)})) for branch in branches}) == 1:
            idle.append(here.answers)
        for branch in branches:
            visit(branch)

    for kind in Kind:
        visit({"kind": kind})
    assert idle == []


def test_kinds_behind_one_button_are_decided_alike():
    """What the rules never tell apart is not asked apart; the others have buttons of their own."""

    def told(kind):
        return {
            tuple(word for name, word in end.answers.items() if name != "kind"): end.decision.action
            for end in ends({"kind": kind})
        }

    assert [kinds for kinds in BEGINNINGS if any(told(kind) != told(kinds[0]) for kind in kinds)] == []
    assert sorted(kind for kinds in BEGINNINGS for kind in kinds) == sorted(Kind)
    assert told(Kind.WRONG_FACT) != told(Kind.MISLEADING_CLAIM)


def test_not_sure_leads_to_letting_go_honesty_aside():
    unsure = {kind: dict.fromkeys(("around", "relied_on", "has_new_information", "noticed"), "unsure") for kind in Kind}
    actions = {kind: look({"kind": kind, **answers}).decision.action for kind, answers in unsure.items()}
    assert actions == {
        **dict.fromkeys(Kind, Action.LET_GO),
        # A claim that sounded like more than it is, and may be relied on: the policy's own exception.
        Kind.MISLEADING_CLAIM: Action.CORRECT_NOW,
    }


def test_what_was_put_right_in_the_room_is_let_go():
    assert {look({"kind": kind, "around": "settled"}).decision.action for kind in Kind} == {Action.LET_GO}


def test_nothing_that_can_be_named_is_nothing_to_decide():
    here = look({"kind": NOTHING, "around": "asked"})
    assert (here.nothing_named, here.question, here.decision, here.answers) == (True, None, None, {"kind": NOTHING})


LEFT_OUT = {"kind": "omitted_information", "around": "must_have", "has_new_information": "yes"}


@pytest.mark.parametrize(
    ("more", "action"),
    [
        ({}, Action.THANK_YOU_NOTE),
        ({"when": "recent"}, Action.THANK_YOU_NOTE),
        ({"when": "week"}, Action.THANK_YOU_NOTE),
        ({"when": "longer"}, Action.PRACTICE),
        ({"when": "refused"}, Action.PRACTICE),
        ({"writing": "no"}, Action.PRACTICE),
        ({"writing": "no", "referee": "yes"}, Action.REFEREE),
        ({"when": "longer", "referee": "yes"}, Action.REFEREE),
        ({"referee": "yes"}, Action.THANK_YOU_NOTE),
    ],
)
def test_the_answer_follows_when_it_was_and_who_may_be_written_to(more, action):
    assert look(LEFT_OUT | more).decision.action == action


def test_time_is_asked_only_where_it_matters():
    asked = {
        end.decision.action: {question.name for question in end.could_change}
        for end in ENDS
        if end.decision.action is not Action.PRACTICE
    }
    assert asked == {
        Action.LET_GO: set(),
        Action.THANK_YOU_NOTE: {"when", "writing"},
        Action.CORRECT_NOW: {"when", "writing"},
    }


def test_each_question_asked_afterwards_changes_the_answer():
    idle = []
    for end, extra in product(ENDS, product(*(question.options for question in AFTERWARDS))):
        chosen = {question.name: option.word for question, option in zip(AFTERWARDS, extra, strict=True)}
        here = look({**end.answers, **chosen})
        for question in here.could_change:
            said = {
                tuple(
                    reason.code
                    for reason in look({**end.answers, **chosen, question.name: option.word}).decision.reasons
                )
                for option in question.options
            }
            if len(said) == 1:
                idle.append(here.answers)
    assert idle == []


def test_every_answer_has_reasons_on_both_sides_and_something_to_do():
    for end in ENDS:
        assert {reason.stance for reason in end.decision.reasons} == {"rule", "for", "against"}
        assert len(next_steps(end.decision, end.kind)) >= 2


WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*Kind, NOTHING, "settled", "must_have", "none", "yes", "no", "unsure", "longer", "refused"]),
    st.none(),
    st.integers(),
)
NAMES = st.sampled_from(["kind", "around", *ASKED, *(question.name for question in AFTERWARDS), "back"])


@given(st.dictionaries(NAMES, WORDS))
def test_it_takes_anything_and_says_again_what_it_took(answers):
    here = look(answers)

    assert look(here.answers) == here
    assert [here.nothing_named, bool(here.question), bool(here.decision), not here.answers].count(True) == 1


def test_what_is_asked_no_more_does_not_count():
    answers = {"kind": "weak_answer", "around": "settled", "has_new_information": "yes", "noticed": "yes"}
    assert look(answers).answers == {"kind": "weak_answer", "around": "settled"}


def test_the_presumptions_are_those_the_page_shows():
    presumed = {question.options[0].word for question in AFTERWARDS}
    assert presumed == {"recent", "yes", "no"}
    assert look(LEFT_OUT) == look(LEFT_OUT | {"referee": "no"})
    assert one_thing.OUTSIDE["repair_sentences"] is None


def test_every_question_takes_not_sure():
    wordings = [question for kind in Kind for question in questions_of(kind)]
    assert [question.name for question in wordings if question.option("unsure") is None] == []
