"""One mistake with its decision: what to do about it, why, and her word on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Conflict, Refused
from followups import asides, steps
from followups.forms.debrief import ChooseForm, ReopenForm
from followups.models import RefereeBrief, ThankYouNote, TriageDecision
from followups.permissions import can_decide_mistake
from followups.services import corrections, debrief, decisions, deletion, second_look
from followups.views.interviews import coach_of, editable, only_you, refuse
from followups.views.onward import after_one_thing
from interviews import services as facts
from interviews.models import Mistake

Action = TriageDecision.Action


def mistake_detail(request, public_id):
    """Her words and the card. What is behind her says so, and why."""
    mistake = _visible(request, public_id)
    facts.record_read(mistake.interview, by=request.user)
    return render(request, "followups/mistake_detail.html", _page(request, mistake, ReopenForm()))


def _page(request, mistake, reopen_form):
    now = timezone.now()
    decision = decisions.current_decision(mistake)
    is_mine = can_decide_mistake(request.user, mistake)
    coach = coach_of(mistake.interview)
    context = {
        "mistake": mistake,
        "interview": mistake.interview,
        "decision": decision,
        "is_mine": is_mine,
        "is_live": mistake.status in Mistake.LIVE,
        "coach": coach,
        "who_reads": only_you(mistake.interview, coach),
        "reopen_form": reopen_form,
        "asides": asides.beside(request, mistake.interview, mistake),
        "briefs": RefereeBrief.objects.for_list().filter(mistake=mistake).exclude(status__in=["skipped", "expired"]),
        "nav_active": "interviews",
    }
    if decision is None:
        return context
    decision.mistake = mistake
    decision.next_step = steps.step_of_decision(decision, now)
    note = _note_of(mistake)
    decision.act_by = note.due_at if note and decision.action == Action.THANK_YOU_NOTE else steps.act_by(decision)
    if not context["is_live"]:
        decision.act_by = decision.next_step = None
    asks = is_mine and context["is_live"]
    choices = corrections.open_choices(mistake.interview, now=now) if asks else []
    return context | {
        "note": note,
        "opinion": decisions.opinion_of(decision),
        "trimming": second_look.trimming(mistake, now),
        "others": second_look.others(decision, now) if asks else [],
        "ways_to_ask": second_look.ways_to_ask(mistake.interview) if asks and decision.disputed_at else [],
        "choices": [choice for choice in choices if mistake in choice.mistakes],
    }


def _note_of(mistake):
    """The note that carries it, else the one it would go into."""
    notes = ThankYouNote.objects.filter(interview=mistake.interview).exclude(status__in=["skipped", "expired"])
    return notes.filter(carries=mistake).first() or notes.filter(status__in=ThankYouNote.EDITABLE).first()


@require_POST
def mistake_drop(request, public_id):
    mistake = _decidable(request, public_id)
    debrief.drop_mistake(mistake, by=request.user)
    return redirect(after_one_thing(mistake.interview))


@require_POST
def mistake_reopen(request, public_id):
    mistake = _decidable(request, public_id)
    if mistake.status in Mistake.LIVE:
        raise Conflict(_("This is open already."))
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            debrief.reopen_mistake(mistake, by=request.user, new_fact=form.cleaned_data["new_fact"])
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("mistake-questions", public_id)
    return render(request, "followups/mistake_detail.html", _page(request, mistake, form), status=422)


def mistake_delete(request, public_id):
    """What would go with it and what would stay is said first."""
    mistake = _decidable(request, public_id)
    if request.method == "POST":
        deletion.delete_mistake(mistake, by=request.user)
        messages.success(request, _("Deleted, with everything that came of it."))
        return redirect("interview-detail", mistake.interview.public_id)
    waiting = mistake.carried_by.filter(status=ThankYouNote.Status.SCHEDULED).select_related("carries")
    context = {
        "mistake": mistake,
        "interview": mistake.interview,
        "goes": deletion.what_goes(mistake),
        "stays": deletion.what_stays(mistake),
        "letters": [(note, text) for note in waiting if (text := deletion.text_without(note)) is not None],
        "nav_active": "interviews",
    }
    return render(request, "followups/mistake_delete.html", context)


@require_POST
def decision_accept(request, public_id):
    """Done with it."""
    decision = _decision(request, public_id)
    decision = decisions.accept(decision, by=request.user, take_lesson=request.POST.get("lesson") == "take")
    if request.POST.get("go") == "brief":
        return redirect(_brief_about(decision.mistake))
    return redirect(after_one_thing(decision.mistake.interview))


def _brief_about(mistake):
    """Where a referee is told about it."""
    return reverse("brief-new", args=[mistake.interview.public_id]) + f"?mistake={mistake.public_id}"


@require_POST
def decision_dispute(request, public_id):
    """Not so sure: the other ways are shown, and the coach, if there is one."""
    decision = decisions.dispute(_decision(request, public_id), by=request.user)
    return redirect("mistake-detail", decision.mistake.public_id)


@require_POST
def mistake_decide(request, public_id):
    """She decides otherwise."""
    mistake = _decidable(request, public_id)
    decisions.decide_otherwise(mistake, request.POST.get("action", ""), by=request.user)
    return redirect(after_one_thing(mistake.interview))


def correction_choose(request, public_id):
    """Your note has room for one thing. Which?"""
    interview = editable(request, public_id)
    if request.method == "POST":
        form = ChooseForm(request.POST, interview=interview)
        if form.is_valid():
            corrections.choose_for_notes(interview, form.cleaned_data["mistake"], by=request.user)
            messages.success(request, _("That one goes into your note."))
            return redirect(after_one_thing(interview))
    choices = [choice for choice in corrections.choices_for(interview) if len(choice.mistakes) > 1]
    if not choices:
        return redirect("interview-detail", public_id)
    choices = [(choice, corrections.outcomes_of(choice, interview)) for choice in choices]
    context = {"interview": interview, "choices": choices, "nav_active": "interviews"}
    return render(request, "followups/correction_choose.html", context)


def _visible(request, public_id):
    rows = Mistake.objects.visible_to(request.user).select_related("interview__candidate", "requirement")
    return get_object_or_404(rows, public_id=public_id)


def _decidable(request, public_id):
    mistake = _visible(request, public_id)
    if not can_decide_mistake(request.user, mistake):
        raise PermissionDenied
    return mistake


def _decision(request, public_id):
    rows = TriageDecision.objects.visible_to(request.user).select_related("mistake__interview__candidate")
    decision = get_object_or_404(rows, public_id=public_id)
    if not can_decide_mistake(request.user, decision.mistake):
        raise PermissionDenied
    return decision
