"""Who was there, and what the job needs: small forms beside an interview."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.records import Refused
from followups.forms.interview import InterviewerForm, RequirementForm
from followups.services.interviews import interview_changed
from followups.views.interviews import editable, refuse
from interviews import services
from interviews.models import Interviewer, Requirement
from interviews.permissions import can_edit_interview


def interviewer_new(request, public_id):
    interview = editable(request, public_id)
    form = InterviewerForm(request.POST if request.method == "POST" else None)
    if _saved(request, form, interview, lambda data: services.add_interviewer(interview, by=request.user, **data)):
        return redirect("interview-detail", interview.public_id)
    return _page(request, "followups/interviewer_new.html", form, interview)


def interviewer_edit(request, public_id):
    person = _editable(request, Interviewer, public_id)
    form = InterviewerForm(request.POST if request.method == "POST" else None, instance=person)
    if _saved(request, form, person.interview, lambda data: services.edit_interviewer(person, by=request.user, **data)):
        return redirect("interview-detail", person.interview.public_id)
    return _page(request, "followups/interviewer_edit.html", form, person.interview, interviewer=person)


@require_POST
def interviewer_remove(request, public_id):
    return _remove(request, Interviewer, public_id, services.remove_interviewer)


def requirement_new(request, public_id):
    interview = editable(request, public_id)
    form = RequirementForm(request.POST if request.method == "POST" else None)
    if _saved(request, form, interview, lambda data: services.add_requirement(interview, by=request.user, **data)):
        return redirect("interview-detail", interview.public_id)
    return _page(request, "followups/requirement_new.html", form, interview)


def requirement_edit(request, public_id):
    requirement = _editable(request, Requirement, public_id)
    form = RequirementForm(request.POST if request.method == "POST" else None, instance=requirement)
    interview = requirement.interview
    if _saved(request, form, interview, lambda data: services.edit_requirement(requirement, by=request.user, **data)):
        return redirect("interview-detail", interview.public_id)
    return _page(request, "followups/requirement_edit.html", form, interview, requirement=requirement)


@require_POST
def requirement_remove(request, public_id):
    return _remove(request, Requirement, public_id, services.remove_requirement)


def _editable(request, model, public_id):
    rows = model.objects.visible_to(request.user).select_related("interview__candidate")
    record = get_object_or_404(rows, public_id=public_id)
    if not can_edit_interview(request.user, record.interview):
        raise PermissionDenied
    return record


def _saved(request, form, interview, save):
    """Whether the form was sent and its change is made, with what follows from it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save(form.cleaned_data)
    except Refused as problem:
        refuse(form, problem)
        return False
    interview_changed(interview, by=request.user)
    return True


def _remove(request, model, public_id, remove):
    record = _editable(request, model, public_id)
    interview = record.interview
    remove(record, by=request.user)
    interview_changed(interview, by=request.user)
    return redirect("interview-detail", interview.public_id)


def _page(request, template, form, interview, **more):
    return render(request, template, {"form": form, "interview": interview, "nav_active": "interviews", **more})
