"""One's own settings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms import SettingsForm
from accounts.models import User


def settings_edit(request):
    form = SettingsForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings-edit")
    return render(request, "accounts/settings_edit.html", {"form": form, "nav_active": "settings"})
