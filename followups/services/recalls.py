"""After an interview: did what she practised hold? At most three are asked; held twice closes one."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Refused, move
from followups import practice
from followups.models import Lesson, LessonResult, Recall
from interviews.models import Interview

Status = Lesson.Status


class Asked(NamedTuple):
    """A lesson asked about, and her answer, "" where none is given yet."""

    lesson: Lesson
    answer: str = ""


def asked_after(interview):
    """The lessons asked about after this interview, those answered first."""
    if interview.status != Interview.Status.HELD:
        return []
    given = list(
        Recall.objects.filter(interview=interview, lesson__candidate=interview.candidate_id)
        .select_related("lesson__mistake__interview", "lesson__mistake__requirement")
        .order_by("id")
    )
    pairs = [Asked(recall.lesson, recall.answer) for recall in given]
    there = Lesson.objects.filter(candidate=interview.candidate_id, created_at__lt=interview.ends_at).open()
    open_ones = {
        lesson.pk: lesson for lesson in there.exclude(pk__in=[lesson.pk for lesson, _answer in pairs]).for_list()[:200]
    }
    near = _near(interview) if open_ones else None
    able = [_practised(lesson, interview, near) for lesson in open_ones.values()]
    chosen = practice.choose_to_ask(able, ended_at=interview.ends_at, answered=len(pairs))
    return pairs + [Asked(open_ones[pk]) for pk in chosen]


def questions_left(interview):
    """Whether something she practised has not been asked about yet."""
    return any(not answer for _lesson, answer in asked_after(interview))


@transaction.atomic
def answer_recall(lesson, interview, *, by, answer, now=None):
    """It held, it came back, or it didn't come up. Held twice since it last came back: closed. She may answer otherwise later."""
    if answer not in Recall.Answer.values:
        raise Refused(_("Choose one of the answers."), field="answer")
    lesson = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    if lesson.pk not in {asked.pk for asked, _answer in asked_after(interview)}:
        raise Refused(_("This is not asked about after that interview."), field="lesson")
    recall, _created = Recall.objects.update_or_create(
        lesson=lesson, interview=interview, defaults={"answer": answer, "answered_at": now or timezone.now()}
    )
    _follow(lesson, by)
    return recall


@transaction.atomic
def keep_results(results, *, subject_id, at, by, now):
    """What came of lessons in a session that ended `at`: {lesson: result}. *Held* counts as after an interview."""
    given = {lesson.pk: result for lesson, result in results.items()}
    for lesson in Lesson.objects.select_for_update(of=("self",)).filter(pk__in=given).order_by("pk"):
        LessonResult.objects.update_or_create(
            lesson=lesson,
            subject_id=subject_id,
            defaults={"result": given[lesson.pk], "at": at, "answered_at": now},
        )
        _follow(lesson, by)


def last_results(lessons):
    """{lesson's id: its result in the latest session}, of those that have one."""
    rows = LessonResult.objects.filter(lesson__in=[lesson.pk for lesson in lessons]).order_by("at", "id")
    return {row.lesson_id: row for row in rows}


def _follow(lesson, by):
    """Close what has held, open what has not, after all."""
    opened = lesson.events.filter(new=Status.OPEN).exclude(reason="came_back").order_by("-id").first()
    since = {"answered_at__gte": opened.at} if opened else {}
    answers = [
        *lesson.recalls.filter(**since).values_list("interview__ends_at", "id", "answer"),
        *lesson.results.filter(**since).values_list("at", "id", "result"),
    ]
    held = practice.has_held([answer for _at, _id, answer in sorted(answers)])
    if held and lesson.status == Status.OPEN:
        move(lesson, Status.CLOSED, by=by, reason="held_twice")
    elif not held and lesson.status == Status.CLOSED:
        move(lesson, Status.OPEN, by=by, reason="came_back")


def _near(interview):
    """What makes a lesson near to this interview: the employer, and the words of its must-haves."""
    return interview.company.casefold(), {each.text.casefold() for each in interview.requirements.all()}


def _practised(lesson, interview, near):
    company, must_haves = near
    sources = [each.mistake for each in (lesson, *lesson.parts.all()) if each.mistake]
    return practice.Practised(
        id=lesson.pk,
        taken_at=lesson.created_at,
        is_near=any(
            source.interview.company.casefold() == company
            or (source.requirement and source.requirement.text.casefold() in must_haves)
            for source in sources
        ),
        is_from_here=any(source.interview_id == interview.pk for source in sources),
    )
