"""The debrief: what went well, what did not in plain words, and only the questions that can change the answer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Conflict, Overtaken, Refused
from followups import triage
from followups.forms.debrief import LINE_BY_KIND, LINE_BY_SLUG, LINES, MistakeForm, QuestionForm, WentWellForm
from followups.note_check import NoteContext, check_note, count_sentences
from followups.services import closing, coverage, kept, recalls
from followups.services import interviews as interview_services
from followups.services.debrief import answer, log_mistake, questions_left
from followups.views.interviews import coach_of, editable, refuse
from followups.views.one_thing import kept_context
from followups.views.onward import after_all
from followups.views.overtaken import overtake, seen_on
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
    coach, status = coach_of(interview), 200
    form = WentWellForm(request.POST if request.method == "POST" else None, instance=interview, coach=coach)
    if request.method == "POST" and form.is_valid():
        went_well, seen = form.cleaned_data["went_well"], request.POST.get("seen", "")
        try:
            interview_services.edit_interview(interview, by=request.user, seen=seen, went_well=went_well)
        except Refused as problem:
            refuse(form, problem)
        except Overtaken:
            form, status = overtake(form, WentWellForm(instance=interview, coach=coach)), 409
        else:
            return redirect("mistake-new", public_id)
    seen = seen_on(form, services.version_of_interview(interview, form.Meta.fields), request.POST)
    context = {"form": form, "interview": interview, "seen": seen, "nav_active": "interviews"}
    return render(request, "followups/debrief.html", context, status=status)


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
    context = {
        "interview": interview,
        "lines": LINES,
        "line": line,
        # Her browser's way back leads here: what she has just said stands above, so that she goes on with it.
        "begun": interview.mistakes.filter(status=Mistake.Status.OPEN, answered=[]).last(),
        "nav_active": "interviews",
    }
    if line is None:
        context["onward"] = _onward(interview) if interview.mistakes.exists() else ""
        context |= kept_context(request.user)
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
            return redirect(_next(mistake, -1, only_open=True))
        form = _asking_what_to_drop(form, line, interview)
    return render(request, "followups/mistake_new.html", {**context, "form": form})


def _onward(interview):
    """What follows when that was all: what they heard of the must-haves, where it is worth asking, then the interview's next step."""
    if coverage.asks_heard(interview):
        return reverse("coverage", args=[interview.public_id])
    return after_all(interview)


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
    """Write it down; the same words sent twice are one thing."""
    data = form.cleaned_data
    there = interview.mistakes.filter(status=Mistake.Status.OPEN, kind=data["kind"], text=data["text"]).first()
    if there:
        return there
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
    form, status = _words_form(mistake, line, request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        seen = {"seen": request.POST.get("seen", ""), "shown": services.WORDS}
        try:
            mistake = answer(mistake, by=request.user, **seen, **form.cleaned_data)
        except Refused as problem:
            refuse(form, problem)
        except Overtaken:
            mistake = answerable(request, public_id)
            form, status = overtake(form, _words_form(mistake, line)), 409
        else:
            return redirect(_next(mistake, -1))
    context = {
        "form": form,
        "mistake": mistake,
        "interview": mistake.interview,
        "line": line,
        "lines": LINES,
        "seen": seen_on(form, services.version_of_answers(mistake, services.WORDS), request.POST),
        "nav_active": "interviews",
    }
    return render(request, "followups/mistake_edit.html", context, status=status)


def _words_form(mistake, line, data=None):
    initial = {"kind": mistake.kind, "text": mistake.text, "topic": mistake.topic}
    if mistake.kind not in dict(line.kinds):
        del initial["kind"]
    interview = mistake.interview
    return MistakeForm(data, line=line, interview=interview, coach=coach_of(interview), initial=initial)


def mistake_questions(request, public_id):
    """One screen of questions; answers are kept as they are given, and going back shows them."""
    mistake = answerable(request, public_id)
    screen = _screen(request)
    if screen is None:
        # An address for each screen: her browser's way back leads through them.
        return redirect(_next(mistake, -1, only_open=True))
    names = _names_on(screen, mistake)
    if not names:
        if request.method == "POST":
            raise Conflict(_("This was answered in another window meanwhile, and is not asked any more."))
        return redirect("mistake-detail", public_id)
    coach = coach_of(mistake.interview)
    sent = request.POST if request.method == "POST" else None
    form, status = QuestionForm(sent, names=names, mistake=mistake, coach=coach), 200
    # Without scripts the sentences are counted on a button, and nothing is kept yet.
    if sent is not None and "count" not in sent and form.is_valid():
        try:
            mistake = _keep(form, mistake, request.user, request.POST.get("seen", ""))
        except Refused as problem:
            refuse(form, problem)
        except Overtaken:
            mistake = answerable(request, public_id)
            form, status = overtake(form, QuestionForm(names=names, mistake=mistake, coach=coach)), 409
        else:
            return redirect(_next(mistake, screen))
    context = {
        "form": form,
        "mistake": mistake,
        "interview": mistake.interview,
        "screen": screen,
        "seen": seen_on(form, services.version_of_answers(mistake, names), request.POST),
        "back_url": _back(mistake, screen),
        "step": 3 if "repair_sentences" in names else 2,
        "asks_for_text": "repair_sentences" in names,
        "count": _count(mistake.topic, form["correction"].value()) if "correction" in form.fields else None,
        "must_haves": mistake.interview.requirements.all() if "touches_must_have" in names else [],
        "nav_active": "interviews",
    }
    return render(request, "followups/mistake_questions.html", context, status=status)


@transaction.atomic
def _keep(form, mistake, by, seen):
    answers = form.answers()
    text = form.cleaned_data.get("must_have", "").strip()
    if "must_have" in form.fields:
        touches = answers["touches_must_have"] or bool(text)
        answers["touches_must_have"] = touches
        answers["requirement"] = services.add_requirement(mistake.interview, by=by, text=text) if text else None
    return answer(mistake, by=by, seen=seen, shown=form.names, **answers)


def _screen(request):
    """The number of the screen asked for; None for none of ours."""
    wanted = request.GET.get("screen", "")
    return int(wanted) if wanted in map(str, range(len(triage.SCREENS))) else None


def _names_on(screen, mistake):
    """What this screen asks: what is open, and what she has answered there."""
    shown = {*questions_left(mistake), *mistake.answered}
    return tuple(name for name in triage.SCREENS[screen] if name in shown)


def _next(mistake, screen, *, only_open=False):
    """The next screen that has something to show, or something unanswered; else the decision."""
    left = set(questions_left(mistake))
    shown = left if only_open else {*left, *mistake.answered}
    later = [n for n, names in enumerate(triage.SCREENS) if n > screen and set(names) & shown]
    # What an answer has opened on an earlier screen is asked too.
    opened = [n for n, names in enumerate(triage.SCREENS) if set(names) & left]
    number = next(iter(later or opened), None)
    if number is None:
        return reverse("mistake-detail", args=[mistake.public_id])
    return reverse("mistake-questions", args=[mistake.public_id]) + f"?screen={number}"


def _back(mistake, screen):
    for number in range(screen - 1, -1, -1):
        if set(triage.SCREENS[number]) & set(mistake.answered):
            return reverse("mistake-questions", args=[mistake.public_id]) + f"?screen={number}"
    return reverse("mistake-edit", args=[mistake.public_id])


@require_POST
def mistake_count(request, public_id):
    """How many sentences the correction has so far, while it is typed."""
    mistake = answerable(request, public_id)
    context = _count(mistake.topic, request.POST.get("correction", "")[:4000])
    return render(request, "followups/mistake_count.html", context)


def _count(topic, text):
    """What can be said of a correction so far: its sentences, and what the note's check would mark in it."""
    text = text or ""
    about = NoteContext(kind="correction", topics=(topic,) if topic else ())
    findings = [finding for finding in check_note(text, about) if finding.code in HINTS]
    number = count_sentences(text)
    return {"number": number, "spare": number - triage.DEFAULT.note_sentences, "findings": findings}


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
