"""Not so sure: what else she could do about a mistake, and what a shorter correction would change."""

from django.utils import timezone
from django.utils.translation import gettext as _

from followups import triage
from followups.models import TriageDecision
from followups.services.facts import facts_for
from followups.triage.facts import FALSE_STATEMENTS
from followups.triage.reasons import sides
from interviews.models import Mistake

Action = TriageDecision.Action
_ways_to_ask = []


def register_way_to_ask(way):
    """Let an upper app offer somebody to ask: `way(interview)` gives {"label", "url"}, or None where nobody is there to ask."""
    _ways_to_ask.append(way)


def ways_to_ask(interview):
    """Who can be asked about a decision of this interview: only those who could answer, so that no button leads nowhere."""
    return [found for way in _ways_to_ask if (found := way(interview))]


def others(decision, now=None):
    """What else she may choose instead of `decision`, each with what speaks for and against it; nothing once it is behind her."""
    if decision is None or decision.mistake.status not in Mistake.LIVE:
        return []
    known = facts_for(decision.mistake, now or timezone.now())
    found = []
    for action in Action:
        if action == decision.action or triage.still_possible(triage.Action(action), known) is not None:
            continue
        if action == Action.CORRECT_NOW and known.kind not in FALSE_STATEMENTS and not known.hurt_someone:
            # Nothing was said that was not so, and nobody is owed a sentence: there is nothing to put right.
            continue
        reasons = sides(triage.Action(action), known)
        found.append(
            {
                "action": action,
                "for": [_(reason.text) for reason in reasons if reason.stance == "for"],
                "against": [_(reason.text) for reason in reasons if reason.stance == "against"],
            }
        )
    return found


def trimming(mistake, now=None):
    """Both outcomes of a correction that is too long, where cutting it to two sentences would make a difference; else None."""
    if mistake.status not in Mistake.LIVE:
        return None
    found = triage.outcome_of_trimming(facts_for(mistake, now or timezone.now()))
    if found is None or found.now.action == found.trimmed.action:
        return None
    return {"now": Action(found.now.action), "trimmed": Action(found.trimmed.action)}
