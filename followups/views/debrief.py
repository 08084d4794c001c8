"""The debrief: what went well, what did not in plain words, and only the questions that can change the answer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Conflict, Refused
from followups import triage
from followups.forms.debrief import LINE_BY_KIND, LINE_BY_SLUG, LINES, MistakeForm, QuestionForm, WentWellForm
from followups.note_check import NoteContext, check_note, count_sentences
from followups.services import closing, kept, recalls
from followups.services import interviews as interview_services
from followups.services.debrief import answer, log_mistake, questions_left
from followups.views.interviews import coach_of, editable, refuse
from followups.views.one_thing import kept_context
from interviews import services
from interviews.models import OPEN_MISTAKES, Interview, Mistake
from interviews.permissions import can_edit_mistake

# What may be said of a correction while it is typed; the note is checked as a whole later.
HINTS = {"apology", "self_deprecation", "dwelling"}


def held(request, public_id):
    """An interview to look back on; a planned one whose time has passed is asked about first."""
    interview = editable(request, public_id)
    if interview.status != Interview.Status.HELD:
        raise Conflict(_("This interview has not taken place yet."))
    return interview


def debrief(request, public_id):
    """Step one: what went well."""
    interview = held(request, public_id)
    form = WentWellForm(
        request.POST if request.method == "POST" else None, instance=interview, coach=coach_of(interview)
    )
    if request.method == "POST" and form.is_valid():
        went_well = form.cleaned_data["went_well"]
        try:
            interview_services.edit_interview(interview, by=request.user, went_well=went_well)
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("mistake-new", public_id)
    return render(request, "followups/debrief.html", {"form": form, "interview": interview, "nav_active": "interviews"})


def debrief_nothing(request, public_id):
    """Nerves, a short talk, a wording: nothing that can be named, so nothing to decide."""
    interview = held(request, public_id)
    if request.method == "POST":
        closing.close_if_done(interview)
        name = "interview-recall" if recalls.questions_left(interview) else "interview-closing"
        return redirect(name, public_id)
    context = {"interview": interview, "owed": _note_is_owed(interview), "nav_active": "interviews"}
    return render(request, "followups/debrief_nothing.html", context)


def _note_is_owed(interview):
    return not closing.has_thanks(interview.thank_you_notes.all()) and closing.note_is_owed(interview, timezone.now())


def mistake_new(request, public_id):
    """First the line that fits, then her words. The sixth one asks which to drop."""
    interview = held(request, public_id)
    line = LINE_BY_SLUG.get(request.GET.get("line", ""))
    context = {"interview": interview, "lines": LINES, "line": line, "nav_active": "interviews"}
    if line is None:
        context |= {"live": interview.mistakes.live()} | kept_context(request.user)
        return render(request, "followups/mistake_new.html", context)
    form = MistakeForm(
        request.POST if request.method == "POST" else None,
        line=line,
        interview=interview,
        coach=coach_of(interview),
        ask_drop=_is_full(interview),
        initial=_brought(request, line, context),
    )
    if request.method == "POST" and form.is_valid():
        mistake = _log(form, interview, request.user, context.get("kept"))
        if mistake:
            return redirect("mistake-questions", mistake.public_id)
        form = _asking_what_to_drop(form, line, interview)
    return render(request, "followups/mistake_new.html", {**context, "form": form})


def _brought(request, line, context):
    """What she answered before she came in, where she takes it up under this line: only her words are missing."""
    if "kept" not in request.GET:
        return {}
    about = kept_context(request.user)
    if about.get("kept_line") is not line:
        return {}
    context |= about
    return {"kind": about["kept"].kind}


def _is_full(interview):
    return interview.mistakes.live().count() >= OPEN_MISTAKES


def _log(form, interview, by, look=None):
    answers = kept.answers_in(look) if look else {}
    try:
        with transaction.atomic():
            if look:
                kept.taken_up(look, interview, by=by)
            return log_mistake(interview, by=by, **form.cleaned_data, **answers)
    except (Refused, Conflict) as problem:
        form.problem = problem
        refuse(form, problem) if isinstance(problem, Refused) else form.add_error(None, str(problem))
        return None


def _asking_what_to_drop(form, line, interview):
    """From another tab it became five meanwhile: the same form, nothing lost, with the question which to drop."""
    problem = form.problem
    if getattr(problem, "field", None) != "drop" or "drop" in form.fields:
        return form
    asking = MistakeForm(form.data, line=line, interview=interview, coach=coach_of(interview), ask_drop=True)
    asking.is_valid()
    asking.add_error("drop", str(problem))
    return asking


def mistake_edit(request, public_id):
    """Her words and the kind; another kind asks its own questions."""
    mistake = answerable(request, public_id)
    line = LINE_BY_SLUG.get(request.GET.get("line", "")) or LINE_BY_KIND[mistake.kind]
    initial = {"kind": mistake.kind, "text": mistake.text, "topic": mistake.topic}
    if mistake.kind not in dict(line.kinds):
        del initial["kind"]
    form = MistakeForm(
        request.POST if request.method == "POST" else None,
        line=line,
        interview=mistake.interview,
        coach=coach_of(mistake.interview),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            mistake = answer(mistake, by=request.user, **form.cleaned_data)
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect(_next(mistake, -1))
    context = {"form": form, "mistake": mistake, "interview": mistake.interview, "line": line, "lines": LINES}
    return render(request, "followups/mistake_edit.html", {**context, "nav_active": "interviews"})


def mistake_questions(request, public_id):
    """One screen of questions; answers are kept as they are given, and going back shows them."""
    mistake = answerable(request, public_id)
    screen = _screen(request, mistake)
    names = _names_on(screen, mistake) if screen is not None else ()
    if not names:
        return redirect("mistake-detail", public_id)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        names=names,
        mistake=mistake,
        coach=coach_of(mistake.interview),
    )
    if request.method == "POST" and form.is_valid():
        try:
            mistake = _keep(form, mistake, request.user)
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect(_next(mistake, screen))
    context = {
        "form": form,
        "mistake": mistake,
        "interview": mistake.interview,
        "screen": screen,
        "back_url": _back(mistake, screen),
        "step": 3 if "repair_sentences" in names else 2,
        "asks_for_text": "repair_sentences" in names,
        "must_haves": mistake.interview.requirements.all() if "touches_must_have" in names else [],
        "nav_active": "interviews",
    }
    return render(request, "followups/mistake_questions.html", context)


def _keep(form, mistake, by):
    answers = form.answers()
    text = form.cleaned_data.get("must_have", "").strip()
    if "must_have" in form.fields:
        touches = answers["touches_must_have"] or bool(text)
        answers["touches_must_have"] = touches
        answers["requirement"] = services.add_requirement(mistake.interview, by=by, text=text) if text else None
    return answer(mistake, by=by, **answers)


def _screen(request, mistake):
    """The screen asked for by number, else the first with an open question."""
    wanted = request.GET.get("screen", "")
    if wanted.isascii() and wanted.isdecimal() and int(wanted) < len(triage.SCREENS):
        return int(wanted)
    left = questions_left(mistake)
    return next((n for n, screen in enumerate(triage.SCREENS) if set(screen) & set(left)), None)


def _names_on(screen, mistake):
    """What this screen asks: what is open, and what she has answered there."""
    shown = {*questions_left(mistake), *mistake.answered}
    return tuple(name for name in triage.SCREENS[screen] if name in shown)


def _next(mistake, screen):
    """The next screen that has something to show; else the decision."""
    for number in range(screen + 1, len(triage.SCREENS)):
        if _names_on(number, mistake):
            return reverse("mistake-questions", args=[mistake.public_id]) + f"?screen={number}"
    if questions_left(mistake) and mistake.status == Mistake.Status.OPEN:
        return reverse("mistake-questions", args=[mistake.public_id])
    return reverse("mistake-detail", args=[mistake.public_id])


def _back(mistake, screen):
    for number in range(screen - 1, -1, -1):
        if set(triage.SCREENS[number]) & set(mistake.answered):
            return reverse("mistake-questions", args=[mistake.public_id]) + f"?screen={number}"
    return reverse("mistake-edit", args=[mistake.public_id])


@require_POST
def mistake_count(request, public_id):
    """How many sentences the correction has so far, while it is typed."""
    mistake = answerable(request, public_id)
    text = request.POST.get("correction", "")[:4000]
    about = NoteContext(kind="correction", topics=(mistake.topic,) if mistake.topic else ())
    findings = [finding for finding in check_note(text, about) if finding.code in HINTS]
    number = count_sentences(text)
    context = {"number": number, "spare": number - triage.DEFAULT.note_sentences, "findings": findings}
    return render(request, "followups/mistake_count.html", context)


def answerable(request, public_id):
    """A mistake whose answers this person may give."""
    rows = Mistake.objects.visible_to(request.user).select_related("interview__candidate", "requirement")
    mistake = get_object_or_404(rows, public_id=public_id)
    if not can_edit_mistake(request.user, mistake):
        raise PermissionDenied
    if mistake.status not in Mistake.LIVE:
        if request.method == "POST":
            raise Conflict(_("This is behind you. Open it again if you remember something new."))
        raise Http404
    return mistake
