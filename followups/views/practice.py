"""Practising alone: what she took up, one thing at a time, and joining what is alike."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import when
from accounts.records import Conflict, Refused
from followups import practice
from followups.forms.practice import LessonForm, RehearsalForm
from followups.models import Attempt, Lesson
from followups.permissions import can_practise, can_practise_lesson
from followups.services import lessons, recalls, rehearsals
from followups.views.interviews import refuse


def lesson_list(request):
    """What she took up: to practise now, and folded what held or was left behind."""
    if not can_practise(request.user):
        raise PermissionDenied
    mine = Lesson.objects.filter(candidate=request.user).for_list()
    there = list(mine.open()[: lessons.SHOWN])
    results = recalls.last_results(there)
    there = [_told(lesson, results) for lesson in there]
    behind = list(
        mine.filter(status__in=[Lesson.Status.CLOSED, Lesson.Status.DECLINED]).order_by("-updated_at")[: lessons.SHOWN]
    )
    context = {
        "lessons": there,
        "behind": [_told(lesson) for lesson in behind],
        "pair": lessons.pair_to_join(there),
        "nav_active": "practice",
    }
    return render(request, "followups/lesson_list.html", context)


def _told(lesson, results=None):
    """A lesson with what its row says: what to do next time, and where it came from."""
    # Under its name a line that begins with it would say it twice.
    lesson.to_do = capfirst(lessons.to_do_of(lesson).removeprefix(f"{lesson.title}: "))
    lesson.last_result = (results or {}).get(lesson.pk)
    lesson.sources = [_source(each) for each in (lesson, *lesson.parts.all()) if each.mistake]
    return lesson


def _source(lesson):
    interview = lesson.mistake.interview
    return {"lesson": lesson, "interview": interview, "day": when.print_date(interview.ends_wall.date(), translate=_)}


def lesson_detail(request, public_id):
    return _page(request, _mine(request, public_id))


def _page(request, lesson, *, form=None, name_form=None, status=200, **more):
    rehearsal = rehearsals.rehearsal_of(lesson)
    last = lesson.attempts.last()
    context = {
        "lesson": _told(lesson, recalls.last_results([lesson])),
        "question": rehearsals.question_of(rehearsal),
        "form": form or RehearsalForm(instance=rehearsal),
        "name_form": name_form or LessonForm(instance=lesson),
        "version": rehearsals.version_of(rehearsal),
        "seconds": practice.SECONDS,
        "last": last,
        "last_day": last and when.print_date(when.to_wall(last.created_at, request.user.zone).date(), translate=_),
        "nav_active": "practice",
        **more,
    }
    return render(request, "followups/lesson_detail.html", context, status=status)


@require_POST
def lesson_notes(request, public_id):
    """Her question and notes, kept while she types; what another window changed meanwhile is shown, and hers stays."""
    lesson = _mine(request, public_id)
    form = RehearsalForm(request.POST)
    notes, problem, overtaken, status = form.usable(), "", None, 200
    try:
        rehearsal = rehearsals.keep_rehearsal(lesson, by=request.user, version=request.POST.get("version", ""), **notes)
    except rehearsals.Overtaken as conflict:
        rehearsal, problem, overtaken, status = rehearsals.rehearsal_of(lesson), str(conflict), form, 409
    except Refused as refused:
        rehearsal, problem, status = rehearsals.rehearsal_of(lesson), str(refused), 422
    if form.errors and not problem:
        problem, status = next(iter(form.errors.values()))[0], 422
    context = {
        "problem": problem,
        "others": _others(rehearsal, form) if overtaken else [],
        # Until she has chosen, what she types stays beside what stands there.
        "version": request.POST.get("version", "") if overtaken else rehearsals.version_of(rehearsal),
        "newest": rehearsals.version_of(rehearsal),
    }
    if request.htmx:
        context |= {"lesson": lesson, "question": rehearsals.question_of(rehearsal), "is_kept": not problem}
        return render(request, "followups/lesson_detail.html#kept", context, status=status)
    if problem:
        return _page(request, lesson, form=form, status=status, **context)
    messages.success(request, _("Kept."))
    return redirect("lesson-detail", public_id)


def _others(rehearsal, form):
    """What stands in the other window where it differs: label and text."""
    return [
        (form.fields[name].label, getattr(rehearsal, name))
        for name in rehearsals.NOTES
        if getattr(rehearsal, name) != form.data.get(name, "")
    ]


@require_POST
def lesson_attempt(request, public_id):
    """She said it aloud once."""
    attempt = rehearsals.record_attempt(
        _mine(request, public_id), by=request.user, result=request.POST.get("result", "")
    )
    if attempt.result == Attempt.Result.BETTER:
        messages.success(request, _("Good. That is enough for tonight, unless you enjoy it."))
    else:
        messages.info(request, _("Then once more, now or tomorrow. A second time is mostly shorter."))
    return redirect("lesson-detail", public_id)


@require_POST
def lesson_rename(request, public_id):
    lesson = _mine(request, public_id)
    form = LessonForm(request.POST, instance=lesson)
    if form.is_valid():
        try:
            lessons.rename_lesson(lesson, by=request.user, title=form.cleaned_data["title"])
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("lesson-detail", public_id)
    return _page(request, _mine(request, public_id), name_form=form, status=422)


@require_POST
def lesson_decline(request, public_id):
    lessons.decline_lesson(_mine(request, public_id), by=request.user)
    messages.success(request, _("Left behind. It stays here, should you want it back."))
    return redirect("lesson-list")


@require_POST
def lesson_take(request, public_id):
    lesson = lessons.take_again(_mine(request, public_id), by=request.user)
    return redirect("lesson-detail", lesson.public_id)


@require_POST
def lesson_join(request, public_id):
    """Practise these as one."""
    whole = lessons.join_lessons(_mine(request, public_id), _other(request), by=request.user)
    messages.success(request, _("One thing to practise now. You can take them apart on its page."))
    return redirect("lesson-detail", whole.public_id)


@require_POST
def lesson_apart(request, public_id):
    """Two things, after all: not offered again."""
    lessons.keep_apart(_mine(request, public_id), _other(request), by=request.user)
    return redirect("lesson-list")


@require_POST
def lesson_separate(request, public_id):
    """What was joined is practised on its own again."""
    lessons.separate_lesson(_mine(request, public_id), by=request.user)
    messages.success(request, _("Two things again."))
    return redirect("lesson-list")


def _mine(request, public_id):
    """A lesson this person practises: 404 for whoever must not know of it, 403 for whoever may only read its name."""
    lesson = get_object_or_404(Lesson.objects.visible_to(request.user).for_list(), public_id=public_id)
    if not can_practise_lesson(request.user, lesson):
        raise PermissionDenied
    return lesson


def _other(request):
    try:
        return Lesson.objects.filter(candidate=request.user).get(public_id=request.POST.get("other", ""))
    except (Lesson.DoesNotExist, ValidationError):
        raise Conflict(_("One of them is gone. Look again before you go on.")) from None
