"""Pages of briefs: choosing a referee, writing, telling them, thanking."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Conflict, Refused
from followups.forms.referee import BriefForm, BriefNewForm, BriefSendForm, RefereeForm, ToldForm
from followups.models import Referee, RefereeBrief
from followups.permissions import can_edit_brief
from followups.services import briefs, referees
from followups.views import letters
from followups.views.brief_page import page_of, reading_of
from followups.views.interviews import editable, refuse
from interviews import services as facts


def brief_new(request, public_id):
    """Which referee shall mention it; somebody new is added on the same page."""
    interview = editable(request, public_id)
    mistake = _mistake(request, interview)
    people = Referee.objects.visible_to(request.user).filter(refused_at=None, agreed_at__isnull=False)
    form = BriefNewForm(request.POST if "referee" in request.POST else None, people=people)
    person_form = RefereeForm(request.POST if "name" in request.POST else None)
    problem = ""
    if request.method == "POST":
        if not (form.is_bound or person_form.is_bound):
            form = BriefNewForm(request.POST, people=people)
        try:
            brief = _begun(request, interview, mistake, form, person_form)
        except Refused as refused:
            brief, problem = None, str(refused)
        if brief:
            return redirect("brief-detail", brief.public_id)
    context = {
        "interview": interview,
        "mistake": mistake,
        "form": form,
        "person_form": person_form,
        "people": people,
        "problem": problem,
        "nav_active": "referees",
    }
    return render(request, "followups/brief_new.html", context, status=422 if problem else 200)


@transaction.atomic
def _begun(request, interview, mistake, form, person_form):
    if person_form.is_bound:
        if not person_form.is_valid():
            return None
        try:
            referee = referees.add_referee(candidate=request.user, by=request.user, **person_form.cleaned_data)
        except Refused as problem:
            refuse(person_form, problem)
            return None
        if not referee.has_agreed:
            messages.info(request, _("Ask them first. When they agree, tick it here, and the brief can be written."))
    elif form.is_valid():
        referee = form.cleaned_data["referee"]
    else:
        return None
    return briefs.draft_brief(interview, referee, mistake=mistake, by=request.user)


def _mistake(request, interview):
    wanted = request.GET.get("mistake", "")
    if not wanted:
        return None
    mistake = next((each for each in interview.mistakes.all() if str(each.public_id) == wanted), None)
    if mistake is None:
        raise Http404
    return mistake


def brief_detail(request, public_id):
    """The composer; a coach, and everybody once it is under way, sees the text and its life."""
    brief = readable(request, public_id)
    facts.record_read(brief.interview, by=request.user)
    return render(request, "followups/brief_detail.html", page_of(request, brief))


@require_POST
def brief_edit(request, public_id):
    """Keep what she typed, and say so."""
    brief = writable(request, public_id)
    form = _kept(request, brief)
    if form.errors:
        return render(request, "followups/brief_detail.html", page_of(request, brief, form=form), status=422)
    messages.success(request, _("Saved."))
    return _to(brief)


@require_POST
def brief_check(request, public_id):
    """While she types: keep the draft, and show what would arrive. Without JavaScript a button does the same."""
    brief = writable(request, public_id)
    if not request.htmx:
        form = _kept(request, brief)
        if form.errors:
            return render(request, "followups/brief_detail.html", page_of(request, brief, form=form), status=422)
        return _to(brief, "#reading")
    try:
        form, problem = _kept(request, brief), ""
    except Conflict as conflict:
        form, problem = BriefForm(instance=brief), str(conflict)
    context = {
        "brief": brief,
        "referee": brief.referee,
        "form": form,
        "problem": problem,
        "is_mine": True,
        "is_thanks": brief.kind == RefereeBrief.Kind.THANKS,
        "can_write": True,
        **reading_of(brief, True),
    }
    return render(request, "followups/brief_detail.html#reading", context)


@require_POST
def brief_schedule(request, public_id):
    """Approve exactly what stands in the form, for a time. A finding is asked about once."""
    brief = writable(request, public_id)
    form, send_form = _kept(request, brief), BriefSendForm(request.POST)
    done, asked = letters.approved(briefs.LIFE, brief, form, send_form, by=request.user)
    if done:
        return _to(brief)
    context = page_of(request, brief, form=form, send_form=send_form, asked=asked)
    return render(request, "followups/brief_detail.html", context, status=422)


@require_POST
def brief_unschedule(request, public_id):
    brief = writable(request, public_id)
    briefs.unschedule_brief(brief, by=request.user)
    messages.success(request, _("Taken back. It is a draft again."))
    return _to(brief)


@require_POST
@transaction.atomic
def brief_told(request, public_id):
    """Did it go? From her own phone, with the time."""
    brief = writable(request, public_id)
    form = ToldForm(request.POST)
    if letters.told_by_self(briefs.LIFE, brief, form, by=request.user):
        messages.success(request, _("Well done. They know what to say, should somebody ring."))
        return _to(brief)
    return render(request, "followups/brief_detail.html", page_of(request, brief, told_form=form), status=422)


@require_POST
def brief_skip(request, public_id):
    brief = writable(request, public_id)
    briefs.skip_brief(brief, by=request.user)
    messages.info(request, _("Left. You can take it up again."))
    return _to(brief)


@require_POST
def brief_reopen(request, public_id):
    brief = writable(request, public_id)
    briefs.reopen_brief(brief, by=request.user)
    return _to(brief)


@require_POST
def brief_resolve(request, public_id):
    """We can't see whether it arrived: leave it, told by herself, or send again."""
    brief = writable(request, public_id)
    briefs.resolve_unknown(brief, request.POST.get("choice", ""), by=request.user)
    return _to(brief)


@require_POST
def brief_called(request, public_id):
    """They have rung."""
    brief = writable(request, public_id)
    briefs.mark_called(brief, by=request.user)
    messages.success(request, _("Good news. A word of thanks is next, whenever it suits you."))
    return _to(brief)


@require_POST
def brief_thank(request, public_id):
    """Begin two lines of thanks."""
    thanks = briefs.draft_thanks(writable(request, public_id), by=request.user)
    return _to(thanks)


def readable(request, public_id):
    rows = RefereeBrief.objects.visible_to(request.user).select_related("interview__candidate", "referee", "mistake")
    return get_object_or_404(rows, public_id=public_id)


def writable(request, public_id):
    brief = readable(request, public_id)
    if not can_edit_brief(request.user, brief):
        raise PermissionDenied
    return brief


def _kept(request, brief):
    return letters.kept(BriefForm(request.POST, instance=brief), partial(briefs.edit_brief, brief, by=request.user))


def _to(brief, place=""):
    return redirect(reverse("brief-detail", args=[brief.public_id]) + place)
