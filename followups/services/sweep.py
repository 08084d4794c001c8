"""Decisions that time alone makes impossible: looked for by the pump, decided anew."""

from datetime import timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from followups import clock, outbox, triage
from followups.models import Heartbeat, TriageDecision
from followups.services.decisions import reconsider
from followups.services.facts import decision_instant
from interviews.models import Mistake

A_PASS = 500
A_DAY = timedelta(days=1)
# Written while the last pass was looking, or by a clock that is slow.
ONCE_MORE = timedelta(hours=1)
Action = TriageDecision.Action


def sweep(now=None):
    """Reconsider what the last pass still found possible; the number decided anew. Safe to run at any time, any number of times.

    Looked at is what has become too late since the last pass that left nothing, and once a day everything: most of what
    waits in interviews nobody ever closed became too late long ago.
    """
    now = now or timezone.now()
    since = None
    if outbox.ran_since("all-decisions", now - A_DAY):
        since = Heartbeat.objects.filter(name="decisions").values_list("at", flat=True).first()
    found = [*_too_late(now, since)[:A_PASS], *_nearly_decided(now)[:A_PASS]]
    decided = sum(reconsider(decision.mistake, now=now) is not None for decision in found if _is_out(decision, now))
    if len(found) < A_PASS:
        for name in ("decisions",) if since else ("decisions", "all-decisions"):
            outbox.beat(name, now)
    return decided


def _standing():
    """Decisions that wait for something. Those that have an engine's later opinion beside them have been looked at."""
    later = TriageDecision.objects.filter(mistake=OuterRef("mistake"), pk__gt=OuterRef("pk"))
    waiting = TriageDecision.objects.current().filter(~Exists(later), mistake__status=Mistake.Status.DECIDED)
    return waiting.select_related("mistake__interview")


def _too_late(now, since):
    """To be said in a note, where the week after the interview is over: became so after `since`, or at any time."""
    usable = timedelta(hours=triage.DEFAULT.note_usable_hours)
    found = _standing().filter(action=Action.THANK_YOU_NOTE, mistake__interview__ends_at__lt=now - usable)
    return found.filter(mistake__interview__ends_at__gt=min(since, now) - usable - ONCE_MORE) if since else found


def _nearly_decided(now):
    """For a note or a referee, where the employer's decision is so near that it may be too near."""
    at = F("mistake__interview__decision_on") + Coalesce(
        "mistake__interview__decision_time", Value(clock.DECISION_FOR_TRIAGE)
    )
    there = Func(F("mistake__interview__zone"), at, function="TIMEZONE", output_field=DateTimeField())
    at = ExpressionWrapper(there, DateTimeField())
    policy = triage.DEFAULT
    note_until = now + timedelta(hours=policy.note_decision_hours)
    referee_until = now + timedelta(hours=policy.referee_decision_hours / 2)
    # For the index: wherever it is, that instant is on one of these days.
    near = [(now + timedelta(days=days)).date() for days in (-1, 0, 1)]
    return (
        _standing()
        .filter(mistake__interview__decision_on__in=near)
        .alias(decided_at=at)
        .filter(
            Q(action=Action.THANK_YOU_NOTE, decided_at__range=(now, note_until))
            | Q(action=Action.REFEREE, decided_at__range=(now, referee_until))
        )
    )


def _is_out(decision, now):
    """The same bounds as `triage.still_possible`, without a query."""
    policy, interview = triage.DEFAULT, decision.mistake.interview
    is_note = decision.action == Action.THANK_YOU_NOTE
    if is_note and clock.hours_between(interview.ends_at, now) > policy.note_usable_hours:
        return True
    until = clock.decision_for_triage(interview.decision_on, decision_instant(interview), interview.zone, now=now)
    least = policy.note_decision_hours if is_note else policy.referee_decision_hours / 2
    return until is not None and clock.hours_between(now, until) < least
