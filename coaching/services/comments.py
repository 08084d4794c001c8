"""Comments: who may write which to whom, who hears of it, and when those nobody may read any more are erased."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Engagement
from accounts.records import Refused
from coaching.models import Comment
from followups import reminders
from interviews.models import Interview

Visibility = Comment.Visibility
ERASED_AFTER = timedelta(days=90)
KEPT_FROM_HER = (Visibility.PRIVATE, Visibility.COACHES)


@transaction.atomic
def write_comment(*, by, candidate, text, visibility=Visibility.SHARED, interview=None, decision=None, now=None):
    """Say something about a client, one of her interviews, or a decision in it; she herself answers what is shared.

    Raises Refused, naming the field, where it could not be read by whom it is meant for.
    """
    now = now or timezone.now()
    if decision is not None:
        interview = decision.mistake.interview
    _check_circle(by, candidate, interview, visibility)
    comment = Comment(candidate=candidate, author=by, interview=interview, decision=decision, visibility=visibility)
    _save(comment, text)
    _tell_about(candidate, now)
    return comment


@transaction.atomic
def edit_comment(comment, *, by, text=None, visibility=None, now=None):
    """Other words, or another circle. Whoever has read the old ones has read them."""
    now = now or timezone.now()
    comment = Comment.objects.select_for_update(of=("self",)).select_related("candidate").get(pk=comment.pk)
    if visibility is not None and visibility != comment.visibility:
        _check_circle(by, comment.candidate, comment.interview, visibility)
        comment.visibility = visibility
    comment.edited_at = now
    _save(comment, comment.text if text is None else text)
    _tell_about(comment.candidate, now)
    return comment


@transaction.atomic
def remove_comment(comment, *, by, now=None):
    """Gone for good: by its writer, or by her whom it is about."""
    candidate = comment.candidate
    comment.delete()
    _tell_about(candidate, now)


def keep_or_erase(*, author, candidate=None, now):
    """Called when two begin or end to work together: what the writer kept from her waits for its end, or does no longer."""
    kept = Comment.objects.filter(author=author, visibility__in=KEPT_FROM_HER)
    if candidate is not None:
        kept = kept.filter(candidate=candidate)
    together = Engagement.objects.clients_of(author)
    kept.filter(candidate__in=together).update(erase_at=None)
    kept.exclude(candidate__in=together).filter(erase_at=None).update(erase_at=now + ERASED_AFTER)


def erase_due(now, *, limit):
    """The sweep's part; the number erased."""
    ids = list(Comment.objects.to_erase(now).values_list("pk", flat=True)[:limit])
    return Comment.objects.filter(pk__in=ids).delete()[0] if ids else 0


def can_write_back(candidate, interview=None):
    """Whether a word of hers would be read by anybody: by a coach she has, who can read what it is about."""
    return Engagement.objects.active().filter(candidate=candidate).exists() and (
        interview is None or interview.shared_with_coach
    )


def _check_circle(by, candidate, interview, visibility):
    if visibility not in Visibility.values:
        raise Refused(_("Choose who can read it."), field="visibility")
    if interview is not None and interview.candidate_id != candidate.pk:
        raise Refused(_("This interview is somebody else's."), field="interview")
    if by == candidate:
        if visibility != Visibility.SHARED:
            raise Refused(_("What you write here is read by your coach."), field="visibility")
        if not can_write_back(candidate, interview):
            raise Refused(_("Nobody could read it: you have no coach, or this interview is yours alone."))
        return
    if not Engagement.objects.active().filter(coach=by, candidate=candidate).exists():
        raise Refused(_("You can write about clients you work with now."), field="candidate")
    if interview is not None and not Interview.objects.visible_to(by).filter(pk=interview.pk).exists():
        raise Refused(_("This interview is not shared with you."), field="interview")


def _save(comment, text):
    comment.text = text.strip()
    try:
        comment.full_clean(validate_constraints=False, exclude={"candidate", "author", "interview", "decision"})
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None
    comment.save()


def _tell_about(candidate, now):
    """Everybody who works with her may have something new to read, or no longer."""
    for engagement in Engagement.objects.filter(candidate=candidate, status=Engagement.Status.ACTIVE):
        reminders.refresh(engagement, now=now)
