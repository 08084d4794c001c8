"""Lessons: an offer to practise that she took."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.fields import validate_clean_line
from accounts.records import move, start
from followups.models import Lesson

MAX_TITLE = 80


@transaction.atomic
def take_lesson(mistake, *, by, title=""):
    """Take it up; one that was left behind or held opens again."""
    lesson = Lesson.objects.filter(mistake=mistake).first()
    if lesson is None:
        lesson = Lesson(candidate=mistake.interview.candidate, mistake=mistake, title=title or _title_of(mistake))
        return start(lesson, by=by)
    if lesson.status != Lesson.Status.OPEN:
        move(lesson, Lesson.Status.OPEN, by=by)
    return lesson


def _title_of(mistake):
    """What they talked about, else the beginning of her words, else the kind of thing."""
    words = mistake.text.split()
    while len(" ".join(words)) > MAX_TITLE:
        words.pop()
    for title in (mistake.topic, " ".join(words)):
        try:
            validate_clean_line(title)
        except ValidationError:
            continue
        if title:
            return title
    return str(mistake.get_kind_display())
