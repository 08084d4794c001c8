"""Decisions that time alone makes impossible: looked for by the pump, decided anew."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from followups import clock, triage
from followups.models import TriageDecision
from followups.services.decisions import reconsider
from followups.services.facts import decision_instant
from interviews.models import Mistake

A_PASS = 500


def sweep(now=None):
    """Reconsider what the last pass still found possible; the number decided anew. Safe to run at any time, any number of times."""
    now = now or timezone.now()
    return sum(
        reconsider(decision.mistake, now=now) is not None for decision in _running_out(now) if _is_out(decision, now)
    )


def _running_out(now):
    """Standing decisions that wait for something, where the week after the interview is over or the decision is near.

    Those that have an engine's later opinion beside them have been looked at.
    """
    policy = triage.DEFAULT
    action = TriageDecision.Action
    near = [(now + timedelta(days=days)).date() for days in (-1, 0, 1)]
    later = TriageDecision.objects.filter(mistake=OuterRef("mistake"), pk__gt=OuterRef("pk"))
    return (
        TriageDecision.objects.current()
        .filter(~Exists(later), mistake__status=Mistake.Status.DECIDED)
        .filter(
            Q(
                action=action.THANK_YOU_NOTE,
                mistake__interview__ends_at__lt=now - timedelta(hours=policy.note_usable_hours),
            )
            | Q(action__in=[action.THANK_YOU_NOTE, action.REFEREE], mistake__interview__decision_on__in=near)
        )
        .select_related("mistake__interview")
        .order_by("pk")[:A_PASS]
    )


def _is_out(decision, now):
    """The same bounds as `triage.still_possible`, without a query."""
    policy, interview = triage.DEFAULT, decision.mistake.interview
    is_note = decision.action == TriageDecision.Action.THANK_YOU_NOTE
    if is_note and clock.hours_between(interview.ends_at, now) > policy.note_usable_hours:
        return True
    until = clock.decision_for_triage(interview.decision_on, decision_instant(interview), interview.zone, now=now)
    least = policy.note_decision_hours if is_note else policy.referee_decision_hours / 2
    return until is not None and clock.hours_between(now, until) < least
