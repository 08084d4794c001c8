"""Pages of the demo only: the inbox and the style guide."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import include, path

from accounts.forms import SignupFields


@login_not_required
def dev_styleguide(request):
    """Every component on one page, for whoever builds the next."""
    return render(request, "styleguide.html", {"form": SignupFields()})


urlpatterns = [
    path("mail/", include("config.mailbox")),
    path("styleguide/", dev_styleguide, name="dev-styleguide"),
]
