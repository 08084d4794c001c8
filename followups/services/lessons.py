"""Lessons: an offer to practise that she took; joined where two are alike."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.fields import validate_clean_line
from accounts.records import Conflict, Refused, move, start
from followups import practice
from followups.models import Lesson

MAX_TITLE = 80
SHOWN = 100
Status = Lesson.Status


@transaction.atomic
def take_lesson(mistake, *, by, title=""):
    """Take it up; one that was left behind or held opens again. What was joined goes on in its whole."""
    lesson = Lesson.objects.filter(mistake=mistake).first()
    if lesson is None:
        lesson = Lesson(candidate=mistake.interview.candidate, mistake=mistake, title=title or _title_of(mistake))
        return start(lesson, by=by)
    return take_again(lesson, by=by)


@transaction.atomic
def take_again(lesson, *, by):
    """Practise it once more."""
    lesson = lesson.joined_into or lesson
    if lesson.status != Status.OPEN:
        move(lesson, Status.OPEN, by=by)
    return lesson


def decline_lesson(lesson, *, by):
    """Leave it behind, with whatever was joined to it."""
    return move(lesson, Status.DECLINED, by=by)


@transaction.atomic
def rename_lesson(lesson, *, by, title):
    """What to practise, in her words; a coach who sees the lesson reads this line."""
    lesson = _locked(lesson)
    lesson.title = title
    try:
        lesson.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refused(next(iter(error.message_dict.values()))[0], field="title") from None
    lesson.save(update_fields=["title", "updated_at"])
    return lesson


@transaction.atomic
def join_lessons(lesson, other, *, by):
    """Practise both as one: the older goes on, the other waits under it, and either source stays. Returns the one that goes on."""
    if lesson.pk == other.pk:
        raise Refused(_("Choose another one to join it with."), field="other")
    whole, part = _both(lesson, other)
    for each in (whole, part):
        if each.status != Status.OPEN:
            raise Conflict(_("One of them is no longer to practise. Look again before you go on."))
    for below in part.parts.all():
        Lesson.objects.filter(pk=below.pk).update(joined_into=whole)
    move(part, Status.JOINED, by=by, joined_into=whole)
    return whole


@transaction.atomic
def separate_lesson(lesson, *, by):
    """Practise it on its own again; joining the two is not offered any more."""
    lesson = _locked(lesson)
    if lesson.status != Status.JOINED:
        raise Conflict(_("This is practised on its own already."))
    lesson.kept_apart.add(lesson.joined_into)
    return move(lesson, Status.OPEN, by=by, joined_into=None)


@transaction.atomic
def keep_apart(lesson, other, *, by):
    """They are not the same thing: joining them is not offered again."""
    if lesson.pk == other.pk:
        raise Refused(_("Choose another one."), field="other")
    lesson, other = _both(lesson, other)
    lesson.kept_apart.add(other)
    return lesson


@transaction.atomic
def forget_lessons(lessons, *, by=None):
    """Delete them for good, with what she wrote to practise them. What was joined to one goes on by itself."""
    rows = {lesson.pk: lesson for lesson in lessons}
    for part in Lesson.objects.filter(joined_into__in=rows).exclude(pk__in=rows):
        move(part, rows[part.joined_into_id].status, by=by, reason="whole_deleted", joined_into=None)
    Lesson.objects.filter(pk__in=rows).delete()


def source_of(lesson):
    """What is known of where it came from, for questions and lines about it."""
    mistake = lesson.mistake
    if mistake is None:
        return practice.Source(title=lesson.title)
    requirement = mistake.requirement.text if mistake.requirement else ""
    return practice.Source(kind=mistake.kind, requirement=requirement, topic=mistake.topic, title=lesson.title)


def to_do_of(lesson):
    return practice.to_do(source_of(lesson), gettext=_)


def pair_to_join(lessons):
    """The two of these open lessons that are most alike and were not kept apart, or None."""
    by_id = {lesson.pk: lesson for lesson in lessons}
    rows = Lesson.kept_apart.through.objects.filter(from_lesson__in=by_id)
    apart = {frozenset(pair) for pair in rows.values_list("from_lesson_id", "to_lesson_id")}
    pairs = practice.pairs_to_join([(pk, source_of(lesson)) for pk, lesson in by_id.items()], apart=apart)
    return tuple(by_id[pk] for pk in pairs[0]) if pairs else None


def as_practised_each(groups, *, reader):
    """{key: lessons}, each as it is practised now: a joined one is its whole, where `reader` may read that or it is in the group."""
    wholes = {lesson.joined_into_id for group in groups.values() for lesson in group} - {None}
    seen = set()
    if wholes:
        seen = set(Lesson.objects.visible_to(reader).filter(pk__in=wholes).values_list("pk", flat=True))
    return {key: _as_practised(group, seen) for key, group in groups.items()}


def _as_practised(lessons, seen):
    there = seen | {lesson.pk for lesson in lessons}
    shown = [lesson.joined_into if lesson.joined_into_id in there else lesson for lesson in lessons]
    return list({lesson.pk: lesson for lesson in shown}.values())


def _locked(lesson):
    return Lesson.objects.select_for_update().get(pk=lesson.pk)


def _both(lesson, other):
    """Both rows, locked, the older first. Refused for two people's."""
    rows = list(Lesson.objects.select_for_update().filter(pk__in=[lesson.pk, other.pk]).order_by("pk"))
    if len(rows) != 2:
        raise Conflict(_("One of them is gone. Look again before you go on."))
    if rows[0].candidate_id != rows[1].candidate_id:
        raise Refused(_("Choose one of your own."), field="other")
    return rows


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
