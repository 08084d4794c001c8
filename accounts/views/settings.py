"""One's own settings."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.http import require_http_methods

from accounts import languages, preferences
from accounts.forms import SettingsForm
from accounts.models import User


def settings_edit(request):
    form = SettingsForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        languages.use(request, form.save().language)
        messages.success(request, _("Saved."))
        return redirect("settings-edit")
    return render(request, "accounts/settings_edit.html", {"form": form, "nav_active": "settings"})


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def set_language(request):
    """For this browser, and for good where somebody is signed in. The foot of each page leads here.

    A page of its own, because a form needs a cookie, and pages for people without an account set none.
    """
    if request.method != "POST":
        came_from = urlsplit(request.headers.get("Referer", ""))
        is_ours = came_from.netloc == request.get_host()
        back = came_from._replace(scheme="", netloc="", fragment="").geturl() if is_ours else reverse("home")
        return render(request, "accounts/language.html", {"back": back, "languages": languages.offered()})
    user, code = request.user, request.POST.get("language", "")
    if user.is_authenticated and languages.is_offered(code):
        preferences.choose(user, language=code)
    return i18n.set_language(request)
