"""What follows from a coach's change, as the table of the design says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.consequences import TAKEN_OUT, WORDS, WRITTEN, Effect, Letter, Stage, of_change, of_letter
from followups.models import TriageDecision

DRAFT, SCHEDULED, GONE = (Letter(stage) for stage in Stage)
ALONE = Letter(Stage.DRAFT, is_only_that=True)
ACTIONS = st.sampled_from(TriageDecision.Action.values)
LETTERS = st.lists(st.builds(Letter, st.sampled_from(Stage), st.booleans()), max_size=4)


@pytest.mark.parametrize(
    ("action", "letters", "stop", "effects"),
    [
        ("let_go", [], False, [Effect.LEFT_BEHIND]),
        ("let_go", [DRAFT], False, [Effect.COMES_OUT, Effect.LEFT_BEHIND]),
        ("practice", [SCHEDULED], False, [Effect.ASKED, Effect.TO_PRACTISE]),
        ("practice", [SCHEDULED], True, [Effect.GOES_WITHOUT, Effect.TO_PRACTISE]),
        ("referee", [ALONE], False, [Effect.PUT_AWAY, Effect.TO_REFEREE]),
        ("let_go", [Letter(Stage.SCHEDULED, is_only_that=True)], True, [Effect.PUT_AWAY, Effect.LEFT_BEHIND]),
        ("let_go", [DRAFT, GONE], True, [Effect.NEXT_TIME]),
        ("thank_you_note", [GONE], False, [Effect.NEXT_TIME]),
        ("correct_now", [DRAFT, SCHEDULED], False, [Effect.TO_PUT_RIGHT]),
        ("thank_you_note", [], False, [Effect.TO_WRITE]),
    ],
)
def test_what_follows(action, letters, stop, effects):
    assert of_change(action, letters, stop=stop) == effects


def test_what_is_behind_them_is_for_next_time():
    assert of_change("let_go", [DRAFT], is_behind=True) == [Effect.NEXT_TIME]


def test_every_effect_has_words():
    assert set(WORDS) == set(Effect)


@given(ACTIONS, LETTERS, st.booleans(), st.booleans())
def test_an_approval_falls_only_by_a_stop_and_what_has_gone_stays(action, letters, is_behind, stop):
    effects = of_change(action, letters, is_behind=is_behind, stop=stop)
    assert effects and len(effects) == len(set(effects))
    for letter in letters:
        effect = of_letter(action, letter, stop=stop)
        if letter.stage == Stage.GONE:
            assert effect == Effect.NEXT_TIME and effects == [Effect.NEXT_TIME]
        if action in WRITTEN:
            assert effect not in TAKEN_OUT
        if letter.stage == Stage.SCHEDULED and not stop:
            assert effect not in TAKEN_OUT
