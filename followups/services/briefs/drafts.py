"""Writing what a referee is told, from what she has said already."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused, start
from followups import briefing, reminders
from followups.models import RefereeBrief
from followups.services import closing, letters
from followups.services.briefs.asking import check_about
from followups.services.briefs.sending import locked, move_brief

Kind, Status = RefereeBrief.Kind, RefereeBrief.Status
FIELDS = frozenset({"skill", "project", "words", "job", "who_may_ring", "mistake"})


@transaction.atomic
def draft_brief(interview, referee, *, by, mistake=None, now=None):
    """Begin the brief of one referee for one interview, from her own words; one that is there already is returned.

    Raises Refused for a referee who has not agreed or wants no more mail, and for what must not go through a referee.
    """
    now = now or timezone.now()
    if referee.candidate_id != interview.candidate_id:
        raise Refused(_("Choose one of your referees."), field="referee")
    if mistake is not None and mistake.interview_id != interview.pk:
        raise Refused(_("Choose one of this interview."), field="mistake")
    check_about(interview, referee, mistake)
    there = interview.referee_briefs.filter(referee=referee, kind=Kind.BRIEF).exclude(
        status__in=[Status.SKIPPED, Status.EXPIRED]
    )
    if brief := there.first():
        return brief
    brief = RefereeBrief(
        interview=interview,
        referee=referee,
        mistake=mistake,
        language=settings.LANGUAGE_CODE,
        job=_job(interview),
        skill=_skill(mistake),
        words=briefing.first_sentences(mistake.correction) if mistake else "",
        who_may_ring=_who(interview),
    )
    return _begin(brief, by, now)


@transaction.atomic
def draft_thanks(brief, *, by, now=None):
    """Begin two lines of thanks to a referee who was told what to mention; one that is there already is returned."""
    now = now or timezone.now()
    brief = locked(brief)
    if not closing.wants_thanks(brief):
        raise Refused(_("Thanks come when they have rung, or when you know how it ended."))
    interview = brief.interview
    there = interview.referee_briefs.filter(referee=brief.referee, kind=Kind.THANKS).exclude(
        status__in=[Status.SKIPPED, Status.EXPIRED]
    )
    if thanks := there.first():
        return thanks
    words = briefing.thanks_words(
        job=_job(interview), was_called=brief.called_at is not None, outcome=interview.outcome
    )
    thanks = RefereeBrief(
        interview=interview,
        referee=brief.referee,
        kind=Kind.THANKS,
        language=settings.LANGUAGE_CODE,
        words=words,
        job=_job(interview),
    )
    return _begin(thanks, by, now)


@transaction.atomic
def edit_brief(brief, *, by, now=None, **fields):
    """Change what stands in it. Raises Conflict once it is on its way or has gone."""
    unknown = set(fields) - FIELDS
    if unknown:
        raise TypeError(f"a brief has no {', '.join(sorted(unknown))} to edit")
    brief = locked(brief)
    if brief.status not in RefereeBrief.EDITABLE:
        raise letters.moved_on(brief)
    if mistake := fields.get("mistake"):
        if mistake.interview_id != brief.interview_id:
            raise Refused(_("Choose one of this interview."), field="mistake")
        check_about(brief.interview, brief.referee, mistake)
    for name, value in fields.items():
        setattr(brief, name, value)
    try:
        brief.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None
    brief.save()
    if brief.status == Status.FAILED:
        move_brief(brief, Status.DRAFT, by=by, reason="changed", now=now, failure="")
    return brief


def _begin(brief, by, now):
    try:
        with transaction.atomic():
            start(brief, by=by)
    except IntegrityError:
        raise Conflict(_("There is something for this referee and this interview already.")) from None
    reminders.refresh(brief, now=now)
    closing.close_if_done(brief.interview, now=now)
    return brief


def _job(interview):
    """The job as one says it in the letter: the role at the company."""
    if interview.role_title:
        return f"the {interview.role_title} role at {interview.company}"
    return f"a job at {interview.company}"


def _skill(mistake):
    """The must-have it touches, else what they were talking about."""
    if mistake is None:
        return ""
    text = mistake.requirement.text if mistake.requirement else mistake.topic
    return text[:80]


def _who(interview):
    """Somebody of theirs whose name is known, HR first: they do the ringing."""
    people = sorted(interview.interviewers.all(), key=lambda person: (person.kind != "hr", person.pk))
    if not people or people[0].kind == "panel":
        return f"somebody from {interview.company}"
    return f"{people[0].name} of {interview.company}"
