"""Rounds with one employer: which earlier interview a new one may follow, and which one an invitation is about."""

from interviews.invitation.companies import same_company
from interviews.models import Interview

# Her latest ones; nobody goes on with an employer after so many others.
LOOKED_AT = 300
OFFERED = 3


def earlier_rounds(*, candidate, company, but=None):
    """Her interviews with an employer of this name, the latest first: one of them may be the round before."""
    return rounds_to_choose(candidate=candidate, company=company, but=but)[0][:OFFERED]


def rounds_to_choose(*, candidate, company="", but=None):
    """Her latest interviews, any of which may be the round before: those with an employer of this name, and the others."""
    held = Interview.objects.filter(candidate=candidate).exclude(status=Interview.Status.CANCELLED)
    latest = held.exclude(pk=but.pk if but else None).order_by("-ends_at", "-id")
    same, others = [], []
    for interview in latest.defer("notes", "went_well", "found_by")[:LOOKED_AT]:
        (same if company and same_company(interview.company, company) else others).append(interview)
    return same, others


def interview_of_invitation(*, candidate, uid):
    """The one she stored from this invitation, or None. The cancellation of a whole series is about its only day she stored."""
    if not uid:
        return None
    mine = Interview.objects.filter(candidate=candidate)
    if found := mine.filter(invitation_uid=uid).first():
        return found
    of_series = list(mine.filter(invitation_uid__startswith=f"{uid}/", status=Interview.Status.PLANNED)[:2])
    return of_series[0] if len(of_series) == 1 else None
