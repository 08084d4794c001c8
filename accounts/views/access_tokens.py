"""One's own keys to the API."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.forms import AccessTokenForm
from accounts.models import AccessToken
from accounts.records import Conflict, Refused


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
