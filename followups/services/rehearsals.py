"""Practising a lesson alone: the question, her notes for an answer in four parts, and each time she said it aloud."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused
from followups import practice
from followups.models import Attempt, Lesson, Rehearsal
from followups.services.lessons import source_of

NOTES = ("question", "situation", "task", "action", "result")


class Overtaken(Conflict):
    """The notes were changed in another window since this page showed them. Nothing typed is thrown away."""

    def __init__(self):
        super().__init__(_("This was changed in another window meanwhile. What you typed here is not lost."))


def rehearsal_of(lesson):
    """What she practises it with; not saved yet where she has written nothing."""
    return Rehearsal.objects.filter(lesson=lesson).first() or Rehearsal(lesson=lesson)


def question_of(rehearsal):
    """Hers, else the one that follows from what it is about."""
    return rehearsal.question.strip() or practice.question_for(source_of(rehearsal.lesson), gettext=_)


def version_of(rehearsal):
    """Names exactly what she has written so far, for a page to bring back."""
    texts = [getattr(rehearsal, name) for name in NOTES]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=True).encode()).hexdigest()[:24]


@transaction.atomic
def keep_rehearsal(lesson, *, by, version=None, **notes):
    """Keep her question and her notes. With the `version` she has seen, Overtaken if another window changed them since."""
    unknown = set(notes) - set(NOTES)
    if unknown:
        raise TypeError(f"practice has no {', '.join(sorted(unknown))} to keep")
    Lesson.objects.select_for_update().get(pk=lesson.pk)
    rehearsal = rehearsal_of(lesson)
    changed = {name: text for name, text in notes.items() if getattr(rehearsal, name) != text}
    if not changed:
        return rehearsal
    if version is not None and version != version_of(rehearsal):
        raise Overtaken
    for name, text in changed.items():
        setattr(rehearsal, name, text)
    try:
        rehearsal.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None
    rehearsal.save()
    return rehearsal


@transaction.atomic
def record_attempt(lesson, *, by, result):
    """She said it aloud once: better, or again."""
    if result not in Attempt.Result.values:
        raise Refused(_("Choose one of the answers."), field="result")
    lesson = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if lesson.status != Lesson.Status.OPEN:
        raise Conflict(_("This is not being practised at the moment. Take it up again first."))
    return Attempt.objects.create(lesson=lesson, result=result)
