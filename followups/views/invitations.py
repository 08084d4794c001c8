"""Logging from a calendar invitation and from one line, and the question of rounds."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.records import Conflict, Refused
from accounts.services import draft_of, forget_draft
from followups.forms.interview import only_you
from followups.forms.invitation import InterviewLoggedForm, InvitationCheckForm, InvitationForm, QuickLineForm
from followups.readers import readers_of_new
from followups.services import interviews as services
from followups.services import invitations
from followups.views.interviews import coach_of, editable, refuse
from interviews import services as facts
from interviews.invitation.lines import decode
from interviews.invitation.sample import sample
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
    """Read an invitation; then show what it says, for checking. What was being checked before waits to be gone on with."""
    _may_log(request.user)
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
    context = {
        "form": form,
        "reading": reading,
        "text": text,
        # For whoever looks around in the demo and has none at hand.
        "sample": sample(timezone.localdate()) if settings.AFTERWORD_DEMO and not reading else "",
        "begun": None if reading else invitations.being_checked(request.user),
        "nav_active": "interviews",
    }
    return render(request, "followups/interview_invitation.html", context)


def interview_check(request):
    """What a new invitation says, as she left it, and its saving."""
    _may_log(request.user)
    return _checked(request, None)


def interview_update(request, public_id):
    """The same for an invitation of which she has an interview already."""
    return _checked(request, editable(request, public_id))


def _checked(request, interview):
    if "leave" in request.POST:
        forget_draft(request.user, paths={request.path})
        return redirect("interview-invitation")
    if request.method == "POST":
        return _save(request, interview)
    draft = draft_of(request.user, path=request.path)
    if not draft:
        return redirect("interview-invitation")
    return _page(request, _form(request.user, interview, initial=InvitationCheckForm.begun(draft)), None, interview)


def _form(user, interview, data=None, initial=None):
    company = (initial if data is None else data).get("company", "")
    return InvitationCheckForm(
        data,
        initial=initial,
        rounds=facts.rounds_to_choose(candidate=user, company=company, but=interview),
        who_reads=_readers(user, interview),
    )


def _check(request, invitation):
    """One appointment of an invitation, beside what she has stored from it before."""
    interview = facts.interview_of_invitation(candidate=request.user, uid=invitation.uid)
    if invitation.is_cancelled:
        return _page(request, None, invitation, interview)
    told = ("company", "role_title", "starts_wall", "ends_wall", "zone", "country")
    initial = {name: getattr(invitation, name) for name in told}
    people = invitations.people_of(invitation)
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
            "country": interview.country or invitation.country,
            "previous": str(interview.previous.public_id) if interview.previous else "",
            "notes": "\n\n".join(filter(None, [interview.notes, notes if is_new else ""])),
            "seen": interview.updated_at.isoformat(),
        }
    else:
        initial["notes"] = notes
    initial |= {
        "invitation_uid": interview.invitation_uid if interview else invitation.uid,
        "invitation_sequence": invitation.sequence,
        **InvitationCheckForm.carry(people, invitations.remarks_of(invitation)),
    }
    return _page(request, _form(request.user, interview, initial=initial), invitation, interview)


def _page(request, form, invitation=None, interview=None, status=200):
    is_old = bool(interview and invitation and invitation.sequence < interview.invitation_sequence)
    changes = invitations.differences(interview, invitation) if interview and invitation else []
    context = {
        "form": form,
        "place": invitations.place_of_check(interview),
        "is_begun": not invitation and not (form and form.is_bound),
        "invitation": invitation,
        "interview": interview,
        "is_old": is_old,
        "is_off": interview and interview.status == Interview.Status.CANCELLED,
        "changes": changes,
        "nav_active": "interviews",
    }
    return render(request, "followups/interview_check.html", context, status=status)


def _save(request, interview):
    form = _form(request.user, interview, data=request.POST)
    if form.is_valid():
        try:
            if interview:
                fields = form.facts()
                fields.pop("invitation_uid")
                seen = form.cleaned_data["seen"] or timezone.now()
                saved = invitations.take_over(interview, by=request.user, seen=seen, **fields)
            else:
                saved = invitations.log_invitation(candidate=request.user, by=request.user, **form.facts())
        except Refused as problem:
            refuse(form, problem)
        except Conflict as problem:
            form.add_error(None, str(problem))
            known = facts.interview_of_invitation(candidate=request.user, uid=form.cleaned_data["invitation_uid"])
            return _page(request, _with_what_stands(form, known), interview=known or interview, status=409)
        else:
            invitations.forget_check(saved)
            return _go_on(saved)
    return _page(request, form, interview=interview)


def _with_what_stands(form, interview):
    """The same form, which will change the interview as it is now: she has been told, and keeps what she typed."""
    if interview:
        form.data = form.data.copy()
        form.data["seen"] = interview.updated_at.isoformat()
    return form


def _go_on(interview):
    is_held = interview.status == Interview.Status.HELD
    return redirect("debrief" if is_held else "interview-detail", interview.public_id)


def _readers(user, interview):
    if interview:
        return only_you(interview, coach_of(interview))
    readers = readers_of_new(user)
    return _("%(coach)s can read this") % {"coach": readers.get_short_name()} if readers else only_you()


def _may_log(user):
    if not can_log_interview(user):
        raise PermissionDenied
