"""Around the next interview: the sheet before it, and afterwards whether what she practised held. For her alone."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.records import Conflict
from followups.forms.practice import RecallForm
from followups.models import Recall
from followups.services import preps, recalls
from followups.views.interviews import editable
from followups.views.onward import after_all
from interviews.models import Interview


def prep_sheet(request, public_id):
    """One printed page."""
    interview = editable(request, public_id)
    context = {"interview": interview, "sheet": preps.sheet_of(interview), "nav_active": "interviews"}
    return render(request, "followups/prep_sheet.html", context)


def interview_recall(request, public_id):
    """At most three questions: it held, it came back, or it didn't come up."""
    interview = editable(request, public_id)
    if interview.status != Interview.Status.HELD:
        raise Conflict(_("This interview has not taken place yet."))
    asked = recalls.asked_after(interview)
    form = RecallForm(request.POST if request.method == "POST" else None, asked=asked)
    if request.method == "POST" and form.is_valid():
        given = form.answers()
        for lesson, answer in given:
            recalls.answer_recall(lesson, interview, by=request.user, answer=answer)
        _say(request, given)
        return redirect(after_all(interview, recall=False))
    onward = after_all(interview, recall=False)
    context = {"interview": interview, "asked": asked, "form": form, "onward": onward, "nav_active": "interviews"}
    return render(request, "followups/interview_recall.html", context, status=422 if form.errors else 200)


def _say(request, given):
    held = [lesson for lesson, answer in given if answer == Recall.Answer.HELD]
    for lesson in held:
        lesson.refresh_from_db()
    if any(lesson.status == "closed" for lesson in held):
        messages.success(request, _("It held twice. It is yours now, and off your list."))
    elif given:
        messages.success(request, _("Noted. What came back stays to practise; that is all."))
