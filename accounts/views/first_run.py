"""The first admin comes in."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render

from accounts import services
from accounts.forms import FirstRunForm
from accounts.links import untold
from accounts.records import Conflict, Refused
from accounts.sign_in import enter


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
