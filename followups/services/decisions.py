"""Decisions about mistakes: rows are added, never changed; one of them stands."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused
from followups import triage as policy
from followups.models import TriageDecision
from followups.services import closing, lessons
from followups.services.facts import facts_for
from followups.triage.reasons import sides
from interviews import services as interviews
from interviews.models import Interview, Mistake

__all__ = [
    "accept",
    "current_decision",
    "decide",
    "decide_otherwise",
    "dispute",
    "facts_for",
    "opinion_of",
    "reconsider",
    "referee_declined",
    "stopped_by_coach",
]

Action = TriageDecision.Action
Made = TriageDecision.Made
# What goes out in her name.
WRITTEN = (Action.THANK_YOU_NOTE, Action.CORRECT_NOW)
# Facts that are her answers: only when one of these changes does the engine decide again by itself.
ANSWERED = ("kind", *policy.ASKED)


def current_decision(mistake):
    """The decision that stands, or None."""
    return mistake.decisions.current().first()


def opinion_of(decision):
    """The engine's later result beside a person's decision, where it says something else; None otherwise."""
    if decision is None or decision.made == Made.ENGINE:
        return None
    later = decision.mistake.decisions.filter(made=Made.ENGINE, pk__gt=decision.pk).last()
    return later if later and later.action != decision.action else None


@transaction.atomic
def decide(mistake, *, by=None, now=None):
    """Let the policy decide from the answers. Once a person has decided, its result is kept as an opinion."""
    mistake = locked(mistake)
    facts = facts_for(mistake, now)
    return _engine_decides(mistake, facts, policy.triage(facts), by=by)


@transaction.atomic
def reconsider(mistake, *, now=None):
    """Decide again if an answer has changed or the decision can no longer be carried out; the new row, or None."""
    mistake = locked(mistake)
    current = current_decision(mistake)
    if current is None or mistake.status != Mistake.Status.DECIDED:
        return None
    facts = facts_for(mistake, now)
    obstacle = policy.still_possible(policy.Action(current.action), facts)
    latest = mistake.decisions.filter(made=Made.ENGINE).last()
    changed = latest is not None and _answers(latest.facts) != _answers(facts.to_json())
    if not changed and (obstacle is None or _said_already(latest, current, facts)):
        return None
    return _engine_decides(mistake, facts, policy.triage(facts), first_reason=obstacle)


@transaction.atomic
def referee_declined(mistake, *, now=None):
    """Nobody will mention it as decided: decide again, and ask her again even if she was done with it. The row, or None.

    Where another referee can vouch the decision stays, but waits for her word anew. Once the outcome is known, or five
    others are open, what is behind her stays there.
    """
    mistake = locked(mistake)
    current = current_decision(mistake)
    if current is None or current.action != Action.REFEREE:
        return None
    if mistake.status == Mistake.Status.DECIDED:
        return reconsider(mistake, now=now)
    if mistake.status != Mistake.Status.DONE or mistake.interview.outcome != Interview.Outcome.NONE:
        return None
    try:
        mistake = interviews.bring_back_mistake(mistake, reason="referee_declined")
    except Refused:
        return None
    facts = facts_for(mistake, now)
    obstacle = policy.still_possible(policy.Action.REFEREE, facts)
    row = _engine_decides(mistake, facts, policy.triage(facts), first_reason=obstacle)
    TriageDecision.objects.filter(pk=row.pk).update(accepted_at=None)
    return row


@transaction.atomic
def accept(decision, *, by, take_lesson=False, now=None):
    """Done with it: she agrees. Practising is an offer: without `take_lesson` it is left behind.

    What goes out in her name stays decided until it is out.
    """
    mistake, decision = _standing(decision)
    TriageDecision.objects.filter(pk=decision.pk).update(accepted_at=now or timezone.now(), disputed_at=None)
    decision.refresh_from_db()
    if take_lesson:
        lessons.take_lesson(mistake, by=by)
    if decision.action == Action.LET_GO or (decision.action == Action.PRACTICE and not take_lesson):
        interviews.settle_mistake(mistake, Mistake.Status.LET_GO, by=by)
    elif decision.action not in WRITTEN:
        interviews.settle_mistake(mistake, Mistake.Status.DONE, by=by)
    closing.close_if_done(mistake.interview, now=now)
    return decision


@transaction.atomic
def dispute(decision, *, by, now=None):
    """Not so sure: it stays as it is, and is marked as a question, for a coach or for a second look."""
    _mistake, decision = _standing(decision)
    TriageDecision.objects.filter(pk=decision.pk).update(disputed_at=now or timezone.now(), accepted_at=None)
    decision.refresh_from_db()
    return decision


@transaction.atomic
def decide_otherwise(mistake, action, *, by, message="", made="candidate", now=None):
    """A person decides. The candidate's word stands over the coach's, the coach's over the engine's.

    What a coach has stopped because it hurt somebody goes out only by a coach's decision. The candidate's choice is
    carried through at once; a coach's waits for her.
    """
    if action not in Action.values:
        raise Refused(_("Choose one of the answers."), field="action")
    mistake = locked(mistake)
    current = current_decision(mistake)
    if mistake.status not in Mistake.LIVE and made == Made.CANDIDATE:
        raise Conflict(_("This is behind you. Open it again if you remember something new."))
    if current is None:
        raise Refused(_("Answer the questions first."))
    if made == Made.CANDIDATE and action in WRITTEN and stopped_by_coach(mistake):
        raise Refused(
            _("Your coach advised against writing about this. Please talk to each other first."), field="action"
        )
    facts = facts_for(mistake, now)
    obstacle = policy.still_possible(policy.Action(action), facts)
    if made == Made.CANDIDATE and obstacle is not None:
        raise Refused(_(obstacle.text), field="action")
    engine = policy.triage(facts)
    row = TriageDecision(
        mistake=mistake,
        action=action,
        facts=facts.to_json(),
        reasons=[asdict(reason) for reason in sides(policy.Action(action), facts)],
        needs_coach=engine.needs_coach,
        act_within_hours=policy.act_within_hours(policy.Action(action), facts),
        policy_version=engine.policy_version,
        made=made,
        by=by,
        message=message,
    )
    _add(row, current, stands=_stands(row, current, mistake))
    if made == Made.CANDIDATE:
        return accept(row, by=by, take_lesson=action == Action.PRACTICE, now=now)
    return row


def give_way(mistake, decision, *, now=None):
    """Another mistake has the one place in the note: `decision` (the policy's, see choose_correction) stands instead."""
    mistake = locked(mistake)
    return _engine_decides(mistake, facts_for(mistake, now), decision, overrule=True)


def locked(mistake):
    """Decisions about one mistake are made one after the other."""
    return Mistake.objects.select_for_update(of=("self",)).select_related("interview__candidate").get(pk=mistake.pk)


def _standing(decision):
    mistake = locked(decision.mistake)
    decision = TriageDecision.objects.get(pk=decision.pk)
    if not decision.is_current or mistake.status != Mistake.Status.DECIDED:
        raise Conflict(_("This has been decided anew in the meantime. Look again before you go on."))
    return mistake, decision


def _answers(facts):
    return {name: facts.get(name) for name in ANSWERED}


def _said_already(latest, current, facts):
    """The engine has given its opinion on this obstacle beside a person's decision."""
    return latest is not None and latest.pk > current.pk and latest.action == policy.triage(facts).action


def _engine_decides(mistake, facts, result, *, by=None, first_reason=None, overrule=False):
    current = current_decision(mistake)
    reasons = [reason for reason in (first_reason, *result.reasons) if reason]
    row = TriageDecision(
        mistake=mistake,
        action=result.action,
        also=list(result.also),
        facts=facts.to_json(),
        reasons=[asdict(reason) for reason in reasons],
        rule=result.rule,
        needs_coach=result.needs_coach,
        provisional=result.provisional,
        act_within_hours=result.act_within_hours,
        policy_version=result.policy_version,
        by=by,
    )
    if current and current.made == Made.ENGINE and _same(row, current):
        row = current
    else:
        _add(row, current, stands=overrule or _stands(row, current, mistake))
    if mistake.status == Mistake.Status.OPEN:
        interviews.settle_mistake(mistake, Mistake.Status.DECIDED, by=by)
    return row


def _same(row, current):
    fields = ("action", "also", "needs_coach", "provisional", "rule", "reasons")
    return all(getattr(row, name) == getattr(current, name) for name in fields) and _answers(row.facts) == _answers(
        current.facts
    )


def _stands(row, current, mistake):
    """Whether `row` takes over from `current`. A mistake opened again starts afresh."""
    if current is None or mistake.status == Mistake.Status.OPEN or row.made == Made.CANDIDATE:
        return True
    if mistake.status not in Mistake.LIVE:
        return False
    if row.made == Made.COACH:
        stops = row.needs_coach and row.action not in WRITTEN
        return current.made != Made.CANDIDATE or stops
    return current.made == Made.ENGINE


def stopped_by_coach(mistake):
    """A coach has advised against sending anything about it; only a coach's later word opens that again."""
    last = mistake.decisions.filter(made=Made.COACH).last()
    return last is not None and last.needs_coach and last.action not in WRITTEN


def _add(row, current, *, stands):
    row.is_current = stands
    if current and stands:
        TriageDecision.objects.filter(pk=current.pk).update(is_current=False)
    row.save(force_insert=True)
