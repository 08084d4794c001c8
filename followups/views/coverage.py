"""What they heard of the must-haves, and the one thing that is worth adding, where there is one."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.records import Overtaken, Refused
from followups.forms.coverage import CoverageForm
from followups.services import coverage as services
from followups.views.debrief import held
from followups.views.interviews import coach_of
from followups.views.onward import after_all
from followups.views.overtaken import overtake, seen_on
from interviews.models import Requirement
from interviews.permissions import can_edit_interview


def coverage(request, public_id):
    """One line each: they heard it, partly, never, don't know; and what shows it."""
    interview = held(request, public_id)
    coach, status = coach_of(interview), 200
    form = CoverageForm(request.POST if request.method == "POST" else None, interview=interview, coach=coach)
    if request.method == "POST" and form.is_valid():
        data = {"rows": form.rows(), "new": form.cleaned_data["new"], "seen": request.POST.get("seen", "")}
        try:
            services.record_coverage(interview, by=request.user, **data)
        except Refused as problem:
            form.add_error("new" if problem.field == "text" else None, str(problem))
        except Overtaken:
            form, status = overtake(form, CoverageForm(interview=interview, coach=coach)), 409
        else:
            more = data["new"] or services.suggestion_for(interview)
            return redirect(reverse("coverage", args=[public_id]) if more else after_all(interview))
    context = {
        "interview": interview,
        "form": form,
        "suggestion": services.suggestion_for(interview) if request.method == "GET" else None,
        "seen": seen_on(form, services.version_of_coverage(interview), request.POST),
        "onward": after_all(interview),
        "nav_active": "interviews",
    }
    return render(request, "followups/coverage.html", context, status=status)


@require_POST
def suggestion_take(request, public_id):
    """On to its questions, with what is known filled in."""
    mistake = services.take_suggestion(_offered(request, public_id), by=request.user)
    return redirect("mistake-questions", mistake.public_id)


@require_POST
def suggestion_decline(request, public_id):
    requirement = _offered(request, public_id)
    services.decline_suggestion(requirement, by=request.user)
    return redirect(after_all(requirement.interview))


def _offered(request, public_id):
    rows = Requirement.objects.visible_to(request.user).select_related("interview__candidate")
    requirement = get_object_or_404(rows, public_id=public_id)
    if not can_edit_interview(request.user, requirement.interview):
        raise PermissionDenied
    return requirement
