"""Pages about people: the front door, settings, invitations."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import installation, links, live, roster_reading, services
from accounts.forms import (
    AccessTokenForm,
    FirstRunForm,
    InstallationForm,
    InvitationAcceptForm,
    InvitationForm,
    RosterForm,
    SettingsForm,
)
from accounts.links import untold
from accounts.models import (
    SECOND_STEPS,
    AccessToken,
    AuditEntry,
    Engagement,
    Export,
    Invitation,
    Roster,
    StepRemoval,
    User,
    hash_token,
)
from accounts.pages import keyset_page
from accounts.permissions import (
    can_change_installation,
    can_invite,
    can_manage_people,
    can_remove_step,
    can_set_admin,
    can_stop_step_removal,
    can_withdraw_step_removal,
)
from accounts.records import Conflict, Overtaken, Refused
from accounts.sign_in import confirm_first, enter, has_confirmed

DEMO_USERS = {role: f"{role}@demo.example" for role in ("candidate", "coach", "admin")}


@login_not_required
def home(request):
    """The landing page; whoever is signed in goes on to Today."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "accounts/home.html")


@login_not_required
def help_page(request):
    """What Afterword advises and why, who reads what, and its limits; other pages link to the anchors."""
    return render(request, "accounts/help.html")


@login_not_required
def first_run(request, token):
    """Where the link that the server prints leads, until there is an admin: GET shows, POST makes the account."""
    if not services.is_first_run(token):
        return untold(render(request, "accounts/first_run_over.html", status=410))
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in form.fields}
        try:
            user = services.make_first_admin(token, **data)
        except (Refused, Conflict) as problem:
            form.add_error(getattr(problem, "field", None), str(problem))
        else:
            enter(request, user)
            return redirect("installation-edit")
    return untold(render(request, "accounts/first_run.html", {"form": form}), referrer="same-origin")


@login_not_required
@require_POST
def demo_enter(request, role):
    """The demo's "enter as …" buttons: three known people and nobody else."""
    if not settings.AFTERWORD_DEMO or role not in DEMO_USERS:
        raise Http404
    user = get_object_or_404(User, email=DEMO_USERS[role])
    enter(request, user)
    return redirect("today")


def settings_edit(request):
    form = SettingsForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings-edit")
    return render(request, "accounts/settings_edit.html", {"form": form, "nav_active": "settings"})


@require_safe
def session_list(request):
    """Each browser in which she is signed in."""
    context = {"sessions": services.sessions_of(request.user), "nav_active": "settings"}
    return render(request, "accounts/session_list.html", context)


@require_POST
@reauthentication_required
def session_end_others(request):
    services.end_sessions(request.user, but=request.session.session_key)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("session-list")


@require_POST
@reauthentication_required
def session_end(request, pk):
    get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk).end()
    messages.success(request, _("That browser is signed out."))
    return redirect("session-list")


def second_step_done(request):
    """After setting one up: to where she was headed when it was asked for."""
    return redirect(request.session.pop("second_step_next", None) or "mfa_index")


@require_POST
def step_removal_stop(request, public_id):
    """It was not she who asked for it, or the phone is found."""
    removal = get_object_or_404(StepRemoval.objects.visible_to(request.user), public_id=public_id)
    if not can_stop_step_removal(request.user, removal):
        raise PermissionDenied
    services.stop_step_removal(removal, by=request.user)
    messages.success(request, _("Your second step stays."))
    return redirect("mfa_index")


@links.one_purpose("second-step")
def link_second_step(request, link):
    """The mail about it leads here: one press, and everything stays as it is."""
    removal = get_object_or_404(StepRemoval.objects.for_list(), person=link.person, public_id=link.public_id)
    if request.method == "POST":
        if removal.status == StepRemoval.Status.WAITING:
            services.stop_step_removal(removal, by=link.person)
        return redirect(request.path)
    return links.show(request, link, "accounts/link_second_step.html", {"removal": removal})


def person_second_step(request, public_id):
    """Admins: take away somebody's second step, because the phone is lost; it waits, and can be taken back here."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    person = get_object_or_404(User, public_id=public_id)
    if not can_remove_step(request.user, person):
        return redirect("mfa_index")
    if request.method == "POST":
        return _remove_step(request, person)
    context = {
        "person": person,
        "has_step": Authenticator.objects.filter(user=person, type__in=SECOND_STEPS).exists(),
        "removal": StepRemoval.objects.waiting().for_list().filter(person=person).first(),
        "hours": settings.AFTERWORD_STEP_REMOVAL_HOURS,
        "nav_active": "people",
    }
    return render(request, "accounts/person_second_step.html", context)


@reauthentication_required
def _remove_step(request, person):
    services.ask_step_removal(person, by=request.user)
    messages.success(request, _("%(name)s is told by mail just now.") % {"name": person.get_full_name()})
    return redirect("person-second-step", person.public_id)


@require_POST
def step_removal_withdraw(request, public_id):
    removal = get_object_or_404(StepRemoval.objects.visible_to(request.user), public_id=public_id)
    if not can_withdraw_step_removal(request.user, removal):
        raise PermissionDenied
    services.withdraw_step_removal(removal, by=request.user)
    messages.success(request, _("It is taken back: the second step stays."))
    return redirect("person-second-step", removal.person.public_id)


def people_list(request):
    """Admins: everybody with their roles, and the invitations that wait."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    cohort = request.GET.get("cohort", "").strip()
    people = User.objects.for_people().with_second_step().in_cohort(cohort)
    page = keyset_page(people, request, key="joined_at")
    waiting = Invitation.objects.visible_to(request.user).open().for_list()[:25]
    ran_out = Invitation.objects.visible_to(request.user).ran_out(timezone.now()).for_list()[:25]
    return render(
        request,
        "accounts/people_list.html",
        {
            "page": page,
            "cohort": cohort,
            "invitations": waiting,
            "ran_out": ran_out,
            "now": timezone.now(),
            "nav_active": "people",
        },
    )


def roster_new(request):
    """Choose a file with many people. Nobody is invited before an admin has seen what it would do."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    form = RosterForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            # One byte too many is enough to know.
            data = form.cleaned_data["file"].read(roster_reading.MAX_BYTES + 1)
            roster = services.read_roster(data, by=request.user)
        except Refused as problem:
            form.add_error(problem.field, str(problem))
        else:
            return redirect("roster-detail", roster.public_id)
    context = {"form": form, "meanings": roster_reading.MEANINGS.values(), "nav_active": "people"}
    return render(request, "accounts/roster_new.html", context, status=422 if form.errors else 200)


def roster_detail(request, public_id):
    """Who of the list can be invited, who is here already, and what is wrong with the others, line by line."""
    roster = _roster(request, public_id)
    context = {"roster": roster, "found": services.preview_roster(roster), "shown": 100, "nav_active": "people"}
    return render(request, "accounts/roster_detail.html", context)


@require_POST
def roster_invite(request, public_id):
    made = services.invite_roster(_roster(request, public_id), by=request.user)
    messages.success(
        request,
        ngettext(
            "%(number)s person is invited; the mail leaves in a moment.",
            "%(number)s people are invited; their mails leave one after the other.",
            len(made),
        )
        % {"number": len(made)},
    )
    return redirect("people-list")


@require_POST
def roster_cancel(request, public_id):
    services.put_roster_away(_roster(request, public_id), by=request.user)
    messages.success(request, _("Put away. Nothing of it was kept."))
    return redirect("people-list")


def _roster(request, public_id):
    if not can_manage_people(request.user):
        raise PermissionDenied
    return get_object_or_404(Roster.objects.visible_to(request.user), public_id=public_id)


def audit_list(request):
    """Admins: what was done to accounts and engagements, by whom and when; no content."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    page = keyset_page(AuditEntry.objects.visible_to(request.user).for_list(), request, key="at")
    rows = [(entry, services.in_words(entry)) for entry in page]
    return render(request, "accounts/audit_list.html", {"page": page, "rows": rows, "nav_active": "people"})


def installation_edit(request):
    """Admins: its name, the sender of its mails, who may join, and what the DNS of the sender should say."""
    if not can_change_installation(request.user):
        raise PermissionDenied
    now = installation.current(fresh=True)
    form = InstallationForm(request.POST or None, instance=now)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_installation(by=request.user, seen=form.cleaned_data["seen"], **form.chosen)
        except Overtaken as problem:
            form.add_error(None, _("%(what)s Below is what you typed; saving again keeps it.") % {"what": problem})
            form.data = form.data.copy()
            form.data["seen"] = services.version_of_installation(installation.current(fresh=True))
        except Refused as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("installation-edit")
    context = {
        "form": form,
        "now": now,
        "sender": installation.sender(),
        "sender_address": installation.sender_address(),
        "records": services.mail_records_now(),
        "nav_active": "people",
    }
    return render(request, "accounts/installation_edit.html", context)


@require_POST
def installation_test_mail(request):
    if not can_change_installation(request.user):
        raise PermissionDenied
    services.send_test_mail(by=request.user)
    messages.success(request, _("A mail to %(email)s is on its way.") % {"email": request.user.email})
    return redirect("installation-edit")


@require_POST
def person_activate(request, public_id):
    return _change_person(request, public_id, services.activate)


@require_POST
def person_deactivate(request, public_id):
    return _change_person(request, public_id, services.deactivate)


def _change_person(request, public_id, change):
    if not can_manage_people(request.user):
        raise PermissionDenied
    change(get_object_or_404(User, public_id=public_id), by=request.user)
    return redirect("people-list")


@require_POST
def person_admin(request, public_id):
    """Let a coach be an admin too, or no more."""
    if not can_manage_people(request.user):
        raise PermissionDenied
    person = get_object_or_404(User, public_id=public_id)
    if not can_set_admin(request.user, person):
        raise PermissionDenied
    return _set_admin(request, person)


@reauthentication_required
def _set_admin(request, person):
    is_admin = request.POST.get("answer") == "admin"
    services.set_admin(person, is_admin, by=request.user)
    words = _("%(name)s is an admin too.") if is_admin else _("%(name)s is no longer an admin.")
    messages.success(request, words % {"name": person.get_full_name()})
    return redirect("people-list")


def invitation_new(request):
    if not can_invite(request.user):
        raise PermissionDenied
    return _invite(request)


def invitation_again(request, public_id):
    """Where the mail about one that ran out leads: the same form, filled in, and nothing goes before it is sent."""
    former = get_object_or_404(Invitation.objects.visible_to(request.user).select_related("coach"), public_id=public_id)
    if not can_invite(request.user):
        raise PermissionDenied
    if not Invitation.objects.unanswered().filter(pk=former.pk).exists():
        messages.info(request, _("They are here already, or were invited again since."))
        return redirect(_after_inviting(request.user))
    return _invite(request, former)


def _invite(request, former=None):
    initial = {}
    if former is not None:
        coach = former.coach and former.coach.public_id
        initial = {"email": former.email, "name": former.name, "role": former.role, "coach": coach}
    form = InvitationForm(request.POST or None, by=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.invite(
                email=data["email"],
                name=data["name"],
                role=data.get("role", Invitation.Role.CANDIDATE),
                coach=data["coach"] if request.user.is_admin else request.user,
                by=request.user,
            )
        except (Refused, Conflict) as problem:
            form.add_error(getattr(problem, "field", None), str(problem))
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": data["email"]})
            return redirect(_after_inviting(request.user))
    context = {"form": form, "former": former, "now": timezone.now(), "nav_active": place_of_engagements(request.user)}
    return render(request, "accounts/invitation_new.html", context)


@require_POST
def invitation_cancel(request, public_id):
    """Take one back that was not answered yet."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), public_id=public_id)
    if not can_invite(request.user):
        raise PermissionDenied
    services.cancel_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation of %(email)s is taken back.") % {"email": invitation.email})
    return redirect(_after_inviting(request.user))


def _after_inviting(user):
    return "people-list" if user.is_admin else "engagement-list"


@login_not_required
def invitation_accept(request, token):
    """The page behind the mail: GET shows, POST makes the account."""
    invitation = (
        Invitation.objects.filter(token_hash=hash_token(token)).open().select_related("invited_by", "coach").first()
    )
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=410)
    form = InvitationAcceptForm(
        request.POST or None,
        initial={"name": invitation.name, **({"zone": invitation.zone} if invitation.zone else {})},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = services.accept_invitation(
                invitation, password=data["password"], name=data["name"], zone=data["zone"]
            )
        except Conflict as problem:
            form.add_error(None, str(problem))
        else:
            enter(request, user)
            engagement = Engagement.objects.visible_to(user).filter(status=Engagement.Status.INVITED).first()
            return redirect("engagement-detail", engagement.public_id) if engagement else redirect("today")
    return render(request, "accounts/invitation_accept.html", {"form": form, "invitation": invitation})


def place_of_engagements(user):
    """The entry of the navigation under which these pages lie."""
    return "people" if user.is_admin else "clients" if user.is_coach else "engagements"


def form_draft(request):
    """What she typed into the form of a page: GET gives it back, POST keeps it (static/js/afterword.js)."""
    if request.method == "POST":
        fields = {name: value for name, value in request.POST.items() if name not in ("path", "csrfmiddlewaretoken")}
        services.keep_draft(request.user, path=request.POST.get("path", ""), fields=fields)
        return HttpResponse(status=204)
    return JsonResponse({"fields": services.draft_of(request.user, path=request.GET.get("path", ""))})


def access_token_list(request):
    """One's own keys to the API; never what they are."""
    return _token_page(request, AccessTokenForm())


@require_POST
@reauthentication_required
def access_token_new(request):
    """The password first; then a key, shown in this answer and nowhere else."""
    form = AccessTokenForm(request.POST)
    if form.is_valid():
        try:
            token, key = services.make_token(request.user, **form.cleaned_data)
        except (Refused, Conflict) as problem:
            form.add_error(getattr(problem, "field", None), str(problem))
        else:
            return _token_page(request, AccessTokenForm(), made=token, key=key)
    return _token_page(request, form, status=422)


@require_POST
def access_token_revoke(request, public_id):
    token = get_object_or_404(AccessToken.objects.visible_to(request.user), public_id=public_id)
    services.revoke_token(token, by=request.user)
    messages.success(request, _("That key opens nothing any more."))
    return redirect("access-token-list")


def _token_page(request, form, *, status=200, **more):
    tokens = AccessToken.objects.visible_to(request.user).for_list()[: 2 * AccessToken.MOST]
    context = {"form": form, "tokens": tokens, "now": timezone.now(), "nav_active": "settings", **more}
    return render(request, "accounts/access_token_list.html", context, status=status)


@require_safe
def export_list(request):
    """One's own data: ask for it, see how far it is, fetch it. While it is put together this part is asked for anew."""
    export = Export.objects.visible_to(request.user).for_list().first()
    now = timezone.now()
    state = () if export is None else (export.public_id, export.status, export.done, export.is_over(now))
    part = live.Part(reverse("export-list"), state)
    context = {
        "export": export,
        "is_open": export is not None and export.is_open(now),
        "is_over": export is not None and export.is_over(now),
        "has_confirmed": has_confirmed(request),
        "part": part,
        "most_a_day": Export.MOST_A_DAY,
        "nav_active": "settings",
    }
    if request.headers.get("HX-Request"):
        return live.answer(request, part, "accounts/export_state.html", context)
    return render(request, "accounts/export_list.html", context)


@require_POST
def export_new(request):
    services.ask_for_export(request.user)
    return redirect("export-list")


@require_safe
def export_download(request, public_id):
    """The ZIP, for whoever gave the password a moment ago."""
    export = get_object_or_404(Export.objects.visible_to(request.user), public_id=public_id)
    if export.is_over(timezone.now()):
        return render(request, "accounts/export_gone.html", {"nav_active": "settings"}, status=410)
    if not export.is_open(timezone.now()):
        return redirect("export-list")
    confirm_first(request)
    return export_file(export, by=request.user)


def export_file(export, *, by):
    """The answer with the ZIP in it, piece by piece; that it was fetched is noted."""
    services.note_download(export, by=by)
    day = export.ready_at.date().isoformat()
    headers = {
        "Content-Disposition": f'attachment; filename="your-data-{day}.zip"',
        "Content-Length": str(export.size),
        "X-Robots-Tag": "noindex",
    }
    return StreamingHttpResponse(services.chunks_of(export), content_type="application/zip", headers=headers)


def account_delete(request):
    """What deleting one's account means, and afterwards when it will be and the one button that undoes it."""
    erasure = services.erasure_of(request.user)
    if erasure is not None:
        return render(request, "accounts/account_leaving.html", {"erasure": erasure})
    if request.method == "POST":
        return _account_delete(request)
    context = {"days": settings.AFTERWORD_ERASE_AFTER_DAYS, "nav_active": "settings"}
    return render(request, "accounts/account_delete.html", context)


@reauthentication_required
def _account_delete(request):
    """The password first."""
    services.ask_erasure(request.user, keep_session=request.session.session_key)
    return redirect("account-delete")


@require_POST
def account_keep(request):
    services.undo_erasure(request.user)
    messages.success(request, _("You keep your account. What was called off meanwhile has to be booked or sent anew."))
    return redirect("today")
