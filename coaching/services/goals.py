"""Goals of a candidate and her coach: written, changed, reached, taken away by either of the two."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Engagement
from accounts.records import Conflict, Refused
from coaching.models import Goal

MAX_GOALS = 12
LONGEST = 200


@transaction.atomic
def add_goal(engagement, *, by, text):
    """One more line. Raises Conflict once the two no longer work together."""
    engagement = _together(engagement)
    if engagement.goals.filter(reached_at=None).count() >= MAX_GOALS:
        raise Refused(_("Twelve at once are more than anybody keeps in mind. Reach one first, or take one away."))
    return Goal.objects.create(engagement=engagement, written_by=by, text=_checked(text))


@transaction.atomic
def edit_goal(goal, *, by, text=None, is_reached=None, now=None):
    """Other words, or: it is reached, or not yet after all."""
    _together(goal.engagement)
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    if text is not None:
        goal.text = _checked(text)
    if is_reached is not None and is_reached != (goal.reached_at is not None):
        goal.reached_at = (now or timezone.now()) if is_reached else None
    goal.save()
    return goal


def remove_goal(goal, *, by):
    """For good. Hers to do also when the work together has ended."""
    if by.pk != goal.engagement.candidate_id:
        _together(goal.engagement)
    goal.delete()


def _together(engagement):
    """Held until the transaction ends, so that nothing is written into what ends at the same moment."""
    row = Engagement.objects.active().filter(pk=engagement.pk).select_for_update(no_key=True, of=("self",)).first()
    if row is None:
        raise Conflict(_("You no longer work together."))
    return row


def _checked(text):
    text = " ".join(text.split())
    if not text:
        raise Refused(_("Write it in a line."), field="text")
    if len(text) > LONGEST:
        raise Refused(_("One line of at most %(most)s characters, please.") % {"most": LONGEST}, field="text")
    return text
