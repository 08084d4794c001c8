"""The rules, first match decides, and the decision they yield.

They follow published advice of career services and recruiters. Letting go is the default; honesty comes before
everything else; words in writing are for what is new and short.
"""

from collections.abc import Callable
from dataclasses import dataclass

from followups.clock import ACCEPTABLE_HOURS, due_after_end
from followups.triage import reasons as why
from followups.triage.facts import (
    BEHAVIOUR,
    FALSE_STATEMENTS,
    Action,
    Kind,
    Known,
    Noticed,
    Outcome,
    TriageFacts,
    has_something_new,
    matters,
)
from followups.triage.policy import DEFAULT, Policy
from followups.triage.reasons import Reason, sides

ANSWERS = frozenset({Kind.WEAK_ANSWER, Kind.TECHNICAL_ERROR})


def _settled(facts: TriageFacts) -> bool:
    return facts.settled_in_the_room is Known.YES


def _relied_upon(facts: TriageFacts) -> bool:
    """Whether they build on a false statement: on a must-have always, whatever she hopes; else by her answer.

    Where she does not know, a misleading claim is presumed to be, and a wrong fact if they asked for it or doubted it.
    """
    if facts.touches_must_have or facts.relied_on is Known.YES:
        return True
    presumed = facts.kind is Kind.MISLEADING_CLAIM or facts.asked_for or facts.doubt_voiced
    return presumed and facts.relied_on is Known.UNKNOWN


def _must_be_put_right(facts: TriageFacts, policy: Policy) -> bool:
    return (
        facts.kind in FALSE_STATEMENTS
        and _relied_upon(facts)
        and not facts.private_matter
        and not _settled(facts)
        and facts.outcome not in (Outcome.REJECTED, Outcome.WITHDRAWN)
    )


def _private(facts: TriageFacts) -> bool:
    return facts.private_matter and facts.kind in FALSE_STATEMENTS


def _at_rest(facts: TriageFacts) -> bool:
    """Nothing that would have to be said again: settled, private, or a fib nobody builds on."""
    if facts.kind in FALSE_STATEMENTS and not matters(facts) and not _relied_upon(facts):
        return True
    return _settled(facts) or _private(facts)


def _small(facts: TriageFacts) -> bool:
    """A remark or mishap that nobody reacted to and that touches nothing."""
    around = facts.kind in BEHAVIOUR or facts.kind is Kind.LOGISTICS
    return around and facts.noticed is not Noticed.YES and not facts.hurt_someone and not matters(facts)


def _meets_next_round(facts: TriageFacts, policy: Policy) -> bool:
    return facts.outcome is Outcome.NEXT_ROUND and not _at_rest(facts) and not _small(facts)


def _is_over(facts: TriageFacts, policy: Policy) -> bool:
    return facts.outcome in (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.CLOSED) and not _at_rest(facts)


def _hurt_somebody(facts: TriageFacts, policy: Policy) -> bool:
    return facts.hurt_someone and (facts.kind in BEHAVIOUR or facts.kind is Kind.LOGISTICS) and not _settled(facts)


def _seen_and_open(facts: TriageFacts, policy: Policy) -> bool:
    if facts.kind not in BEHAVIOUR or facts.noticed is not Noticed.YES:
        return False
    return facts.settled_in_the_room is Known.NO or (facts.touches_must_have and not _settled(facts))


def _nothing_new(facts: TriageFacts, policy: Policy) -> bool:
    return facts.kind is Kind.OMITTED_INFORMATION and not has_something_new(facts) and not facts.doubt_voiced


def _unnoticed_answer(facts: TriageFacts, policy: Policy) -> bool:
    quiet = facts.noticed is Noticed.NO and not facts.doubt_voiced and not facts.asked_for
    return facts.kind in ANSWERS and quiet


def note_obstacle(facts: TriageFacts, policy: Policy) -> Reason | None:
    """Why no thank-you note can carry anything now; None if one can."""
    if facts.contact_prohibited:
        return why.CONTACT_PROHIBITED
    if facts.note_sent:
        return why.NOTE_GONE
    until = facts.hours_until_decision
    if facts.hours_since_interview > policy.note_usable_hours or (
        until is not None and until < policy.note_decision_hours
    ):
        return why.TOO_LATE
    return None


def _note_carries_it(facts: TriageFacts, policy: Policy) -> bool:
    if facts.repair_sentences is not None and not 1 <= facts.repair_sentences <= policy.note_sentences:
        return False
    return has_something_new(facts) and note_obstacle(facts, policy) is None


def _referee_helps(facts: TriageFacts, policy: Policy) -> bool:
    """Whether a referee can vouch in time; never for a false statement, and for no mishap around the interview."""
    if facts.kind in FALSE_STATEMENTS or facts.kind is Kind.LOGISTICS or not facts.referee_can_vouch:
        return False
    return facts.hours_until_decision is None or facts.hours_until_decision >= policy.referee_decision_hours


def _note_also(facts: TriageFacts, policy: Policy) -> tuple[Action, ...]:
    also = []
    if facts.doubt_voiced and _referee_helps(facts, policy):
        also.append(Action.REFEREE)
    if facts.kind in ANSWERS:
        also.append(Action.PRACTICE)
    return tuple(also)


def _sentence_may_be_owed(facts: TriageFacts, policy: Policy) -> bool:
    """Something can still be sent. A note that is out does not end it: what is owed to a person may go alone."""
    return not facts.contact_prohibited and facts.hours_since_interview <= policy.note_usable_hours


def _why_correct(facts: TriageFacts) -> tuple[Reason, ...]:
    reasons = [why.PUT_RIGHT]
    if facts.contact_prohibited:
        reasons.append(why.TO_HR)
    if facts.referee_can_vouch:
        reasons.append(why.NOT_THROUGH_A_REFEREE)
    return tuple(reasons)


def _why_next_round(facts: TriageFacts) -> tuple[Reason, ...]:
    behaviour = facts.kind in BEHAVIOUR or facts.kind is Kind.LOGISTICS
    return (why.BE_READY_THERE if behaviour and not matters(facts) else why.SAY_IT_THERE,)


def _why_let_go(facts: TriageFacts) -> tuple[Reason, ...]:
    return (why.PRIVATE if _private(facts) else why.WILL_NOT_DECIDE,)


def _why_referee(facts: TriageFacts) -> tuple[Reason, ...]:
    reasons = (why.REFEREE_CARRIES_IT,)
    return (*reasons, why.ONLY_IF_THEY_CALL) if facts.contact_prohibited else reasons


def _nothing_else(facts: TriageFacts, policy: Policy) -> tuple[Action, ...]:
    return ()


def _also_practice(facts: TriageFacts, policy: Policy) -> tuple[Action, ...]:
    return (Action.PRACTICE,)


def _never(facts: TriageFacts, policy: Policy) -> bool:
    return False


def _says(*reasons: Reason) -> Callable[[TriageFacts], tuple[Reason, ...]]:
    return lambda facts: reasons


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the policy: when it applies, what to do, what else, and the sentences that say why."""

    number: int
    when: Callable[[TriageFacts, Policy], bool]
    action: Action
    why: Callable[[TriageFacts], tuple[Reason, ...]]
    also: Callable[[TriageFacts, Policy], tuple[Action, ...]] = _nothing_else
    needs_coach: Callable[[TriageFacts, Policy], bool] = _never


RULES = (
    Rule(1, _must_be_put_right, Action.CORRECT_NOW, _why_correct, also=_also_practice),
    Rule(2, lambda f, p: f.outcome is Outcome.OFFER, Action.LET_GO, _says(why.THEY_CHOSE_YOU)),
    Rule(3, _meets_next_round, Action.PRACTICE, _why_next_round),
    Rule(4, _is_over, Action.PRACTICE, _says(why.NEXT_INTERVIEW)),
    Rule(5, _hurt_somebody, Action.PRACTICE, _says(why.WORDS_RARELY_UNDO), needs_coach=_sentence_may_be_owed),
    Rule(6, _seen_and_open, Action.PRACTICE, _says(why.NOT_IN_WRITING)),
    Rule(7, lambda f, p: f.kind in BEHAVIOUR, Action.LET_GO, _says(why.SMALL_OR_SETTLED)),
    Rule(8, lambda f, p: _settled(f), Action.LET_GO, _says(why.SETTLED)),
    Rule(9, lambda f, p: not matters(f) or _private(f), Action.LET_GO, _why_let_go),
    Rule(10, _nothing_new, Action.LET_GO, _says(why.KNOWN_ALREADY)),
    Rule(11, _unnoticed_answer, Action.PRACTICE, _says(why.NOBODY_REACTED)),
    Rule(12, _note_carries_it, Action.THANK_YOU_NOTE, _says(why.NOTE_CARRIES_IT), also=_note_also),
    Rule(13, lambda f, p: f.meets_again_in_hours is not None, Action.PRACTICE, _says(why.SAY_IT_THERE)),
    Rule(14, _referee_helps, Action.REFEREE, _why_referee, also=_also_practice),
    Rule(15, lambda f, p: True, Action.PRACTICE, _says(why.TAKE_IT_TO_A_MOCK)),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about one mistake. `act_within_hours` counts from now and is None where nothing waits.

    `provisional`: it holds only if the correction, not drafted yet, turns out short enough.
    """

    action: Action
    also: tuple[Action, ...]
    reasons: tuple[Reason, ...]
    needs_coach: bool
    provisional: bool
    act_within_hours: float | None
    policy_version: int
    rule: int


def matching_rule(facts: TriageFacts, policy: Policy) -> Rule:
    """The first rule that applies; the last one always does."""
    return next(rule for rule in RULES if rule.when(facts, policy))


def triage(facts: TriageFacts, policy: Policy = DEFAULT) -> Decision:
    """What to do about one perceived mistake, and why. Total and deterministic: the same facts, the same decision."""
    rule = matching_rule(facts, policy)
    needs_coach = rule.needs_coach(facts, policy)
    owed = (why.ONE_SENTENCE_OWED,) if needs_coach else ()
    return Decision(
        action=rule.action,
        also=rule.also(facts, policy),
        reasons=(*rule.why(facts), *owed, *sides(rule.action, facts)),
        needs_coach=needs_coach,
        provisional=rule.action is Action.THANK_YOU_NOTE and facts.repair_sentences is None,
        act_within_hours=act_within_hours(rule.action, facts, policy),
        policy_version=policy.version,
        rule=rule.number,
    )


def act_within_hours(action: Action, facts: TriageFacts, policy: Policy = DEFAULT) -> float | None:
    """Hours from now within which to act; None for letting go and practising.

    A note: until it is due, or the next later limit, and never beyond the decision. Otherwise half of the time to
    the decision, at most the policy's hours.
    """
    half = None if facts.hours_until_decision is None else facts.hours_until_decision / 2
    if action is Action.THANK_YOU_NOTE:
        return _note_within_hours(facts, policy)
    if action is Action.REFEREE:
        return policy.referee_act_hours if half is None else min(policy.referee_act_hours, half)
    if action is Action.CORRECT_NOW:
        within = policy.correct_act_hours if half is None else min(policy.correct_act_hours, half)
        return max(policy.correct_act_floor_hours, within)
    return None


def _note_within_hours(facts: TriageFacts, policy: Policy) -> float:
    since, until = facts.hours_since_interview, facts.hours_until_decision
    limits = (due_after_end(None if until is None else since + until), ACCEPTABLE_HOURS, policy.note_usable_hours)
    left = next((limit - since for limit in limits if limit > since), 0.0)
    return round(left if until is None else min(left, until), 4)


def still_possible(action: Action, facts: TriageFacts, policy: Policy = DEFAULT) -> Reason | None:
    """Why a decision taken earlier can no longer be carried out, given the facts of now; None if it still can.

    A referee was promised half of the time to the decision, so only the other half is too late for asking.
    """
    known = facts.outcome is not Outcome.NONE
    if action is Action.THANK_YOU_NOTE:
        return why.OUTCOME_KNOWN if known else note_obstacle(facts, policy)
    if action is Action.REFEREE:
        if known:
            return why.OUTCOME_KNOWN
        if facts.kind in FALSE_STATEMENTS:
            return why.NOT_THROUGH_A_REFEREE
        if not facts.referee_can_vouch:
            return why.NO_REFEREE
        until = facts.hours_until_decision
        return why.TOO_LATE if until is not None and until < policy.referee_decision_hours / 2 else None
    if action is Action.CORRECT_NOW and facts.outcome in (Outcome.REJECTED, Outcome.WITHDRAWN):
        return why.OUTCOME_KNOWN
    return None
