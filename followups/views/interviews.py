"""Pages of interviews: the list, a new one, and one with everything about it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import FETCH_RAISE
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from accounts import when
from accounts.models import User
from accounts.pages import WrittenList, keyset_page
from accounts.records import Overtaken, Refused
from followups import asides, steps
from followups.forms.interview import InterviewEditForm, InterviewNewForm, only_you
from followups.forms.invitation import QuickLineForm
from followups.readers import readers_of, readers_of_new
from followups.services import closing, corrections, coverage, outcomes, recalls
from followups.services import interviews as services
from followups.services.outcomes import ANSWERS
from followups.views.one_thing import kept_context
from followups.views.overtaken import overtake, seen_on
from interviews import services as facts
from interviews.models import Interview, Mistake
from interviews.permissions import can_edit_interview, can_log_interview


def interview_list(request):
    """Hers with their next steps; a coach's: what her clients share. For anybody else there is no such page."""
    if not (request.user.is_candidate or request.user.is_coach):
        raise Http404
    now = timezone.now()
    # NUL is in no text of a database, and would be an error there.
    asked, show = (request.GET.get(name, "").replace("\x00", "").strip() for name in ("search", "show"))
    page = _interviews_asked_for(request, asked, show, now)
    # A coach is shown no steps: they are her client's.
    told = steps.told_of(page.rows) if request.user.is_candidate else {}
    context = {
        "page": page,
        "rows": [
            (interview, steps.step_of_interview(interview, now, told[interview.pk]) if told else None)
            for interview in page.rows
        ],
        "asked": asked[:200],
        "show": show if show in Interview.Show.values else "",
        "chips": _chips(asked),
        "can_log": can_log_interview(request.user),
        "quick": QuickLineForm(),
        "nav_active": "interviews",
    }
    return render(request, "followups/interview_list.html", context)


def _interviews_asked_for(request, asked, show, now):
    user = request.user
    if not asked and not show:
        page = LISTED.page(request, user.is_coach, descending=True, user=user.pk, now=now)
    else:
        found = Interview.objects.visible_to(user, now).search(asked, by=user).showing(show, now=now, zone=user.zone)
        page = keyset_page(_for_list(found, user.is_coach), request, key="ends_at")
    if not user.is_coach:
        for interview in page.rows:
            interview.candidate = user
    return page


def _for_list(interviews, is_coach):
    """Whose each is, is asked where there is more than one person."""
    return (interviews.select_related("candidate") if is_coach else interviews).fetch_mode(FETCH_RAISE)


LISTED = WrittenList(
    lambda is_coach, *, user, now: _for_list(
        Interview.objects.visible_to(User(pk=user, is_coach=is_coach), now), is_coach
    ),
    key="ends_at",
)


def _chips(asked):
    """What the list can be narrowed to, each with an address that keeps the words asked for."""
    words = {"search": asked} if asked else {}
    every = [("", pgettext("interviews", "All")), *Interview.Show.choices]
    return [(name, label, "?" + urlencode(words | ({"show": name} if name else {}))) for name, label in every]


def interview_new(request):
    if not can_log_interview(request.user):
        raise PermissionDenied
    form = InterviewNewForm(request.POST if request.method == "POST" else None, candidate=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            interview = services.log_interview(candidate=request.user, by=request.user, **form.facts())
        except Refused as problem:
            refuse(form, problem)
        else:
            if not (interview.previous or form.cleaned_data["previous"]) and facts.earlier_rounds(
                candidate=request.user, company=interview.company, but=interview
            ):
                # Without scripts nobody has asked her yet whether it is a next round.
                return redirect("interview-logged", interview.public_id)
            name = "interview-detail" if interview.status == Interview.Status.PLANNED else "debrief"
            return redirect(name, interview.public_id)
    typed = form.data.get("company", "") if form.is_bound else ""
    context = {
        "form": form,
        "rounds": facts.earlier_rounds(candidate=request.user, company=typed) if typed else [],
        "chosen": form.data.get("previous", "") if form.is_bound else "",
        "reader": readers_of_new(request.user),
        "nav_active": "interviews",
    }
    return render(request, "followups/interview_new.html", context | kept_context(request.user))


def interview_detail(request, public_id):
    """Everything about one interview; a coach reads it only."""
    interview = get_object_or_404(
        steps.with_steps(
            Interview.objects.visible_to(request.user)
            .select_related("candidate", "previous")
            .prefetch_related("interviewers", "requirements")
        ),
        public_id=public_id,
    )
    facts.record_read(interview, by=request.user)
    now = timezone.now()
    is_mine = can_edit_interview(request.user, interview)
    live, behind = [], []
    for mistake in interview.mistakes.all():
        (live if mistake.status in Mistake.LIVE else behind).append(mistake)
    coach = coach_of(interview)
    context = {
        "interview": interview,
        "step": steps.step_of_interview(interview, now),
        "live": live,
        "behind": behind,
        # Hers to know: a coach is told what she has decided, not that it waits.
        "put_off": [m for m in live if is_mine and closing.is_put_off(m, interview.thank_you_notes.all())],
        "choices": corrections.open_choices(interview, now=now) if is_mine and len(live) > 1 else [],
        "suggestion": coverage.suggestion_for(interview, now=now) if is_mine and interview.requirements.all() else None,
        "is_mine": is_mine,
        "coach": coach,
        "who_reads": only_you(interview, coach),
        "has_thanks": closing.has_thanks(interview.thank_you_notes.all()),
        "note_due_at": closing.note_times_of(interview, now).due_at if closing.note_is_owed(interview, now) else None,
        "is_over": interview.ends_at <= now,
        "decision_day": when.print_date(interview.decision_on, translate=_) if interview.decision_on else "",
        "asked": recalls.asked_after(interview) if is_mine else [],
        "answers": ANSWERS,
        "next_round": outcomes.next_round_of(interview) if is_mine else None,
        "asides": asides.beside(request, interview),
        "nav_active": "interviews",
    }
    return render(request, "followups/interview_detail.html", context)


def interview_edit(request, public_id):
    interview = editable(request, public_id)
    form, status = _edit_form(interview, request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_interview(interview, by=request.user, seen=request.POST.get("seen", ""), **form.facts())
        except Refused as problem:
            refuse(form, problem)
        except Overtaken:
            form, status = overtake(form, _edit_form(interview)), 409
        else:
            messages.success(request, _("Saved."))
            return redirect("interview-detail", public_id)
    seen = seen_on(form, facts.version_of_interview(interview, form.Meta.fields), request.POST)
    context = {"form": form, "interview": interview, "seen": seen, "nav_active": "interviews"}
    return render(request, "followups/interview_edit.html", context, status=status)


def _edit_form(interview, data=None):
    return InterviewEditForm(data, instance=interview, coach=coach_of(interview), initial=_initial(interview))


def _initial(interview):
    return {"previous": interview.previous.public_id if interview.previous else None}


@require_POST
def interview_hold(request, public_id):
    interview = services.move_interview(editable(request, public_id), facts.hold_interview, by=request.user)
    return redirect("debrief", interview.public_id)


@require_POST
def interview_cancel(request, public_id):
    return _move(request, public_id, facts.cancel_interview)


@require_POST
def interview_miss(request, public_id):
    return _move(request, public_id, facts.miss_interview)


@require_POST
def interview_plan(request, public_id):
    """It has a new appointment: say when."""
    services.move_interview(editable(request, public_id), facts.plan_again, by=request.user)
    return redirect("interview-edit", public_id)


def _move(request, public_id, verb):
    services.move_interview(editable(request, public_id), verb, by=request.user)
    return redirect("interview-detail", public_id)


@require_POST
def interview_share(request, public_id):
    interview = editable(request, public_id)
    facts.share(interview, by=request.user)
    messages.success(request, _("Your coach can read this interview now."))
    return redirect("interview-detail", public_id)


@require_POST
def interview_unshare(request, public_id):
    interview = editable(request, public_id)
    facts.unshare(interview, by=request.user)
    messages.success(request, _("Only you can read this interview now."))
    return redirect("interview-detail", public_id)


@require_POST
def interview_delete(request, public_id):
    services.delete_interview(editable(request, public_id), by=request.user)
    messages.success(request, _("Deleted, with everything in it."))
    return redirect("interview-list")


def editable(request, public_id):
    """An interview this person may change: 404 for whoever must not know of it, 403 for whoever may only read."""
    interview = get_object_or_404(
        Interview.objects.visible_to(request.user).select_related("candidate"), public_id=public_id
    )
    if not can_edit_interview(request.user, interview):
        raise PermissionDenied
    return interview


def coach_of(interview):
    """Whoever reads what this candidate shares, or was brought this interview: named as one (`Readers`)."""
    return readers_of(interview)


def refuse(form, problem):
    """Put a service's refusal where it was made."""
    form.add_error(problem.field if problem.field in form.fields else None, str(problem))
