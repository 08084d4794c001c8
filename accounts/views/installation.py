"""What admins choose for all."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import installation, services
from accounts.forms import InstallationForm
from accounts.permissions import can_change_installation
from accounts.records import Overtaken, Refused


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
