"""How an interview ended: the closing page, the answer from the employer, the next round, and three kind lines after a no."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import when
from accounts.records import Conflict, Refused
from followups.forms.interview import NextRoundForm
from followups.services import outcomes, recalls
from followups.services.story import tell
from followups.views.interviews import editable
from interviews.models import Interview


def interview_closing(request, public_id):
    """That was the interview at K.: what was done, what was left behind, and that nothing else is due. For her alone."""
    interview = editable(request, public_id)
    told = tell(interview, request.user)
    closed_on = interview.closed_at and when.to_wall(interview.closed_at, request.user.zone).date()
    context = {
        "interview": interview,
        "told": told,
        "came_back_on": when.print_date(closed_on, translate=_, year=False) if told.came_back else "",
        "has_next_round": outcomes.next_round_of(interview) is not None,
        "asked": recalls.asked_after(interview),
        "nav_active": "interviews",
    }
    return render(request, "followups/interview_closing.html", context)


def interview_outcome(request, public_id):
    """Have you heard from them? One tap; said, the page is the answer to it. A second window is told what the first has said."""
    interview = editable(request, public_id)
    problem, status = "", 200
    if request.method == "POST":
        try:
            outcomes.say(interview, request.POST.get("outcome", ""), by=request.user, seen=request.POST.get("seen"))
        except Conflict as error:
            problem, status = str(error), 409
            interview.refresh_from_db()
        except Refused as error:
            problem, status = str(error), 422
        else:
            return redirect("interview-outcome", public_id)
    return _outcome_page(request, interview, NextRoundForm(), problem=problem, status=status)


def _outcome_page(request, interview, form, *, problem="", status=200):
    context = {
        "interview": interview,
        "answers": outcomes.ANSWERS,
        "problem": problem,
        "round_form": form,
        "city": when.zone_label(interview.zone, interview.ends_at),
        "next_round": outcomes.next_round_of(interview),
        "to_thank": outcomes.referees_to_thank(interview),
        "is_held": interview.status == Interview.Status.HELD,
        "nav_active": "interviews",
    }
    return render(request, "followups/interview_outcome.html", context, status=status)


@require_POST
def next_round_new(request, public_id):
    """The date of the next round: an interview of its own, joined to this one."""
    interview = editable(request, public_id)
    form = NextRoundForm(request.POST)
    if form.is_valid():
        try:
            following = outcomes.plan_next_round(interview, by=request.user, **form.times())
        except Refused as problem:
            form.add_error("starts_wall", str(problem))
        else:
            messages.success(request, _("Noted. We get you ready the day before."))
            return redirect("interview-detail", following.public_id)
    return _outcome_page(request, interview, form, status=422)


def gracious_reply(request, public_id):
    """Three kind lines after a no: an option, in her own mailbox, kept nowhere."""
    interview = editable(request, public_id)
    try:
        reply = outcomes.gracious_reply(interview)
    except Refused as problem:
        messages.info(request, str(problem))
        return redirect("interview-outcome", public_id)
    context = {
        "interview": interview,
        "reply": reply,
        "mailto": outcomes.mailto_of(interview, reply),
        "nav_active": "interviews",
    }
    return render(request, "followups/gracious_reply.html", context)
