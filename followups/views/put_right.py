"""Putting a statement right, gently: what is so, then the sentence and the way, today or not now. For her alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.records import Refused
from followups.forms.interview import InterviewerForm
from followups.forms.put_right import AnswersForm, WayForm
from followups.permissions import can_decide_mistake
from followups.services import put_right
from followups.services.interviews import interview_changed
from followups.views.interviews import coach_of, refuse
from followups.views.onward import after_one_thing
from interviews import services as facts
from interviews.models import Interviewer, Mistake


def mistake_put_right(request, public_id):
    """Asks first; offers the sentence, the person and the time once she has said what is true."""
    mistake = _hers(request, public_id)
    if request.method == "POST":
        acts = {"answers": _answers, "begin": _begin, "person": _person, "later": _later}
        act = acts.get(request.POST.get("go", ""))
        if act is None:
            raise Http404
        return act(request, mistake)
    if not put_right.is_asked(mistake):
        return redirect("mistake-detail", public_id)
    return _page(request, mistake)


def _answers(request, mistake):
    form = AnswersForm(request.POST, instance=put_right.plan_of(mistake))
    if not form.is_valid():
        return _page(request, mistake, answers=form, status=422)
    put_right.keep_answers(mistake, by=request.user, **form.cleaned_data)
    return _back(mistake)


def _begin(request, mistake):
    form = WayForm(request.POST, ways=put_right.ways_of(mistake, put_right.plan_of(mistake)), reader=_reader(mistake))
    if form.is_valid():
        try:
            note = put_right.begin(mistake, by=request.user, **form.chosen())
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("note-detail", note.public_id)
    return _page(request, mistake, way=form, status=422)


@transaction.atomic
def _person(request, mistake):
    """HR or the recruiter, where nobody is noted down who may be written to."""
    form = InterviewerForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                facts.add_interviewer(mistake.interview, by=request.user, **form.cleaned_data)
        except Refused as problem:
            refuse(form, problem)
        else:
            interview_changed(mistake.interview, by=request.user)
            return _back(mistake)
    return _page(request, mistake, person=form, status=422)


def _later(request, mistake):
    put_right.put_off(mistake, by=request.user)
    messages.info(request, _("Not now, then. Nobody was told, and your answers are kept for you alone."))
    return redirect(after_one_thing(mistake.interview))


def _page(request, mistake, *, answers=None, way=None, person=None, status=200):
    plan = put_right.plan_of(mistake)
    ways = put_right.ways_of(mistake, plan)
    asks = bool(answers) or not plan.is_answered or "answers" in request.GET
    sentence, reader = put_right.sentence_of(mistake, plan), _reader(mistake)
    context = {
        "mistake": mistake,
        "interview": mistake.interview,
        "plan": plan,
        "asks": asks and not (way or person),
        "answers": answers or AnswersForm(instance=plan),
        "way": way or WayForm(ways=ways, reader=reader, initial={"sentence": sentence}),
        "reader": reader,
        "ways": ways,
        "person": person or InterviewerForm(initial={"kind": Interviewer.Kind.HR}),
        "letter": put_right.letter_for(mistake),
        "due_at": put_right.due_of(mistake),
        "nav_active": "interviews",
    }
    return render(request, "followups/mistake_put_right.html", context, status=status)


def _reader(mistake):
    """The coach who can read the interview, and so the letter once it is begun; None for nobody."""
    return coach_of(mistake.interview).reading(mistake.interview)


def _back(mistake):
    return redirect(reverse("mistake-put-right", args=[mistake.public_id]))


def _hers(request, public_id):
    rows = Mistake.objects.visible_to(request.user).select_related("interview__candidate", "requirement")
    mistake = get_object_or_404(rows, public_id=public_id)
    if not can_decide_mistake(request.user, mistake):
        raise PermissionDenied
    return mistake
