"""Where her evening goes on, so that no page of it ends in "and now?": after one thing, and once she has said that was all."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from followups import steps
from followups.services import closing, recalls
from interviews.models import Interview, Mistake

# Whoever wrote the last one down within these hours is still looking back.
AT_IT = timedelta(hours=6)


def after_one_thing(interview):
    """The next that has no answer yet, then whether there is anything else, while she is at it; else what `after_all` says."""
    waiting = interview.mistakes.live().exclude(closing.PUT_OFF)
    if unanswered := waiting.filter(status=Mistake.Status.OPEN).order_by("id").first():
        return reverse("mistake-questions", args=[unanswered.public_id])
    asked = waiting.filter(decisions__is_current=True, decisions__accepted_at=None, decisions__disputed_at=None)
    if undecided := asked.order_by("id").first():
        return reverse("mistake-detail", args=[undecided.public_id])
    if _is_at_it(interview):
        return reverse("mistake-new", args=[interview.public_id])
    return after_all(interview)


def after_all(interview, *, recall=True):
    """Whether what she practised held, then the next step of the interview, else its closing page, which says that nothing is left."""
    if recall and recalls.questions_left(interview):
        return reverse("interview-recall", args=[interview.public_id])
    step = step_of(interview)
    return step.url if step.label else reverse("interview-closing", args=[interview.public_id])


def step_of(interview):
    """Its next step, read afresh."""
    return steps.step_of_interview(steps.with_steps(Interview.objects.filter(pk=interview.pk)).get(), timezone.now())


def _is_at_it(interview):
    last = interview.mistakes.order_by("-created_at").first()
    is_fresh = last is not None and timezone.now() - last.created_at < AT_IT
    return is_fresh and not closing.has_thanks(interview.thank_you_notes.all())
