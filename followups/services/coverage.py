"""What they heard of the must-haves, and at most one thing worth adding."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict, Overtaken, Refused, version_of
from followups import coverage, triage
from followups.services import debrief
from followups.services import interviews as services
from followups.services.facts import surroundings_of
from interviews import services as facts
from interviews.models import OPEN_MISTAKES, Interview, Mistake, Requirement
from interviews.services.interviews import locked


def version_of_coverage(interview):
    """Names what is said of all must-haves, for a page to bring back."""
    return version_of(list(interview.requirements.values_list("pk", "coverage", "evidence")))


@transaction.atomic
def record_coverage(interview, *, by, rows, new="", seen="", now=None):
    """Keep what they heard and what shows it: `rows` are (requirement, fields); `new` names another must-have.

    Raises Overtaken if another window has changed them since the page that had `seen` on it.
    """
    interview = locked(interview)
    stood = version_of_coverage(interview)
    for requirement, fields in rows:
        if requirement.interview_id != interview.pk:
            raise Refused(_("Choose a must-have of this interview."))
        facts.edit_requirement(requirement, by=by, **fields)
    if seen and seen != stood != version_of_coverage(interview):
        raise Overtaken
    if new.strip():
        facts.add_requirement(interview, by=by, text=new)
    return services.interview_changed(interview, by=by, now=now)


def can_carry_more(interview, *, now=None):
    """Whether something that matters, new and short, could still go into a note: asked of the policy itself."""
    if interview.status != Interview.Status.HELD or interview.mistakes.live().count() >= OPEN_MISTAKES:
        return False
    around = surroundings_of(interview, now)
    known = triage.TriageFacts(
        kind=triage.Kind.OMITTED_INFORMATION,
        touches_must_have=True,
        has_new_information=True,
        note_sent=bool(around.notes) and all(note.status in note.GONE for note in around.notes),
        **around.shared,
    )
    return triage.triage(known).action is triage.Action.THANK_YOU_NOTE


def asks_heard(interview, *, now=None):
    """Whether it is worth asking what they heard: a must-have of which nothing is said yet, and a note that could carry it."""
    unsaid = interview.requirements.filter(coverage=Requirement.Coverage.UNKNOWN, mistakes=None)
    return unsaid.exists() and can_carry_more(interview, now=now)


def suggestion_for(interview, *, now=None):
    """The must-have they did not hear of and still could; None in most interviews."""
    rows = list(interview.requirements.all())
    named = set(Mistake.objects.filter(requirement__in=rows).values_list("requirement_id", flat=True))
    chosen = coverage.suggestion(
        coverage.MustHave(
            key=row.pk,
            heard=coverage.Heard(row.coverage),
            evidence=row.evidence,
            named=row.pk in named,
            answered=bool(row.suggestion),
        )
        for row in rows
    )
    if chosen is None or not can_carry_more(interview, now=now):
        return None
    return next(row for row in rows if row.pk == chosen.key)


@transaction.atomic
def take_suggestion(requirement, *, by, now=None):
    """She wants them to hear it: it becomes something she left out, with what is known about it filled in."""
    interview = _offered(requirement, now)
    Requirement.objects.filter(pk=requirement.pk).update(suggestion=Requirement.Suggestion.TAKEN)
    return debrief.log_mistake(
        interview,
        by=by,
        now=now,
        kind=Mistake.Kind.OMITTED_INFORMATION,
        text=requirement.evidence,
        requirement=requirement,
        touches_must_have=True,
        settled_in_the_room="no",
        has_new_information=True,
    )


@transaction.atomic
def decline_suggestion(requirement, *, by, now=None):
    """She leaves it as it is; nothing is offered again for this interview."""
    _offered(requirement, now)
    Requirement.objects.filter(pk=requirement.pk).update(suggestion=Requirement.Suggestion.DECLINED)


def _offered(requirement, now):
    """The interview, held, if this is what is offered now."""
    interview = locked(requirement.interview)
    if suggestion_for(interview, now=now) != requirement:
        raise Conflict(_("This is not offered any more. Nothing needs to be added."))
    return interview
