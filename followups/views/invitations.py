"""Logging from a calendar invitation and from one line, and the question of rounds."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import Engagement
from accounts.records import Conflict, Refused
from followups.forms.interview import only_you
from followups.forms.invitation import InterviewLoggedForm, InvitationCheckForm, InvitationForm, QuickLineForm
from followups.services import interviews as services
from followups.services import invitations
from followups.views.interviews import coach_of, editable, refuse
from interviews import services as facts
from interviews.invitation.lines import decode
from interviews.models import Interview
from interviews.permissions import can_log_interview


def interview_quick(request):
    """One line, stored at once."""
    _may_log(request.user)
    form = QuickLineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            interview, _line = invitations.log_line(form.cleaned_data["line"], candidate=request.user, by=request.user)
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("interview-logged", interview.public_id)
    return render(request, "followups/interview_quick.html", {"quick": form, "nav_active": "interviews"})


def interview_logged(request, public_id):
    """What was understood, to put right; and whether it is a next round."""
    interview = editable(request, public_id)
    rounds = facts.earlier_rounds(candidate=request.user, company=interview.company, but=interview)
    form = InterviewLoggedForm(
        request.POST if request.method == "POST" else None,
        interview=interview,
        rounds=rounds,
        who_reads=only_you(interview, coach_of(interview)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            interview = services.edit_interview(interview, by=request.user, **form.facts())
        except Refused as problem:
            refuse(form, problem)
        else:
            return _go_on(interview)
    context = {"form": form, "interview": interview, "nav_active": "interviews"}
    return render(request, "followups/interview_logged.html", context)


@require_GET
def interview_rounds(request):
    """Asked while the company is typed: her earlier interviews there, to tap on."""
    _may_log(request.user)
    rounds = facts.earlier_rounds(candidate=request.user, company=request.GET.get("company", "")[:200])
    context = {"rounds": rounds, "chosen": request.GET.get("previous", "")}
    return render(request, "followups/interview_rounds.html", context)


def interview_invitation(request):
    """Read an invitation; then show what it says, for checking; then store what she has checked."""
    _may_log(request.user)
    if request.method == "POST" and request.POST.get("step") == "save":
        return _save(request)
    form = InvitationForm(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
    )
    reading = None
    if request.method == "POST" and form.is_valid():
        field, raw = form.source()
        try:
            reading = invitations.read(raw, candidate=request.user, field=field)
        except Refused as problem:
            refuse(form, problem)
        else:
            if chosen := reading.choose(form.cleaned_data["which"]):
                return _check(request, chosen)
    text = ""
    if reading:
        text = raw if isinstance(raw, str) else decode(raw)[0]
    context = {"form": form, "reading": reading, "text": text, "nav_active": "interviews"}
    return render(request, "followups/interview_invitation.html", context)


def _check(request, invitation):
    """One appointment of an invitation, beside what she has stored from it before."""
    interview = facts.interview_of_invitation(candidate=request.user, uid=invitation.uid)
    if invitation.is_cancelled:
        return _page(request, None, invitation, interview)
    initial = {
        name: getattr(invitation, name)
        for name in (
            "company",
            "role_title",
            "starts_wall",
            "ends_wall",
            "zone",
            "invitation_uid",
            "invitation_sequence",
        )
        if hasattr(invitation, name)
    }
    people = [{"name": each.name, "email": each.email, "kind": each.kind} for each in invitation.people]
    notes = invitations.notes_of(invitation)
    if interview:
        met = {person.email.casefold() for person in interview.interviewers.all()}
        names = {person.name.casefold() for person in interview.interviewers.all()}
        people = [
            each for each in people if each["email"].casefold() not in met and each["name"].casefold() not in names
        ]
        is_new = notes and notes not in interview.notes.replace("\r\n", "\n")
        initial |= {
            "company": interview.company,
            "role_title": interview.role_title or invitation.role_title,
            "notes": "\n\n".join(filter(None, [interview.notes, notes if is_new else ""])),
            "interview": interview.public_id,
            "seen": interview.updated_at.isoformat(),
        }
    else:
        initial["notes"] = notes
    initial |= {
        "invitation_uid": interview.invitation_uid if interview else invitation.uid,
        "invitation_sequence": invitation.sequence,
        "offered": people,
        "people": [str(number) for number in range(len(people))],
    }
    form = InvitationCheckForm(initial=initial, who_reads=_readers(request.user, interview))
    return _page(request, form, invitation, interview)


def _page(request, form, invitation=None, interview=None, status=200):
    is_old = bool(interview and invitation and invitation.sequence < interview.invitation_sequence)
    changes = invitations.differences(interview, invitation) if interview and invitation else []
    context = {
        "form": form,
        "invitation": invitation,
        "interview": interview,
        "is_old": is_old,
        "is_off": interview and interview.status == Interview.Status.CANCELLED,
        "changes": changes,
        "remarks": [text for _field, text in invitations.remarks_of(invitation)] if invitation else [],
        "nav_active": "interviews",
    }
    return render(request, "followups/interview_check.html", context, status=status)


def _save(request):
    form = InvitationCheckForm(request.POST, who_reads=_readers(request.user, None))
    interview = None
    if named := request.POST.get("interview"):
        interview = get_object_or_404(Interview.objects.filter(candidate=request.user), public_id=_uuid(form, named))
    if form.is_valid():
        try:
            if interview:
                seen = parse_datetime(form.cleaned_data["seen"]) if form.cleaned_data["seen"] else None
                fields = form.facts()
                fields.pop("invitation_uid")
                saved = invitations.take_over(interview, by=request.user, seen=seen or timezone.now(), **fields)
            else:
                saved = invitations.log_invitation(candidate=request.user, by=request.user, **form.facts())
        except Refused as problem:
            refuse(form, problem)
        except Conflict as problem:
            form.add_error(None, str(problem))
            known = facts.interview_of_invitation(candidate=request.user, uid=form.cleaned_data["invitation_uid"])
            return _page(request, _with_what_stands(form, known), interview=known or interview, status=409)
        else:
            return _go_on(saved)
    return _page(request, form, interview=interview)


def _with_what_stands(form, interview):
    """The same form, which will change the interview as it is now: she has been told, and keeps what she typed."""
    if interview:
        form.data = form.data.copy()
        form.data["interview"], form.data["seen"] = str(interview.public_id), interview.updated_at.isoformat()
    return form


def _uuid(form, named):
    form.is_valid()
    return form.cleaned_data.get("interview")


def _go_on(interview):
    is_held = interview.status == Interview.Status.HELD
    return redirect("debrief" if is_held else "interview-detail", interview.public_id)


def _readers(user, interview):
    if interview:
        return only_you(interview, coach_of(interview))
    shared = (
        Engagement.objects.active().filter(candidate=user, share_new_interviews=True).select_related("coach").first()
    )
    return _("%(coach)s can read this") % {"coach": shared.coach.get_short_name()} if shared else only_you()


def _may_log(user):
    if not can_log_interview(user):
        raise PermissionDenied
