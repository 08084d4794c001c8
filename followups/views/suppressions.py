"""Addresses that are not written to: put on the list, looked up, taken off. The list itself knows no addresses."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.fields import validate_clean_line, validate_one_address
from accounts.pages import keyset_page
from followups import outbox
from followups.models import Suppression
from followups.views.mails import admins_only


class AddressForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        validators=[validate_one_address],
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("It is not kept: only a fingerprint of it is, by which it is found again."),
    )


class LiftForm(AddressForm):
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=120,
        validators=[validate_clean_line],
        help_text=gettext_lazy("One line that names nobody; it is kept with your name."),
    )


def suppression_list(request):
    admins_only(request)
    return _page(request, AddressForm())


@require_POST
def suppression_find(request):
    """By POST, so that the address stands in no log of addresses."""
    admins_only(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _found(request, form.cleaned_data["address"])


@require_POST
def suppression_new(request):
    admins_only(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if outbox.suppress(form.cleaned_data["address"], reason=Suppression.Source.ADMIN, by=request.user):
        messages.success(request, _("From now on nothing from here goes to this address."))
    else:
        messages.info(request, _("This address is on the list already."))
    return redirect("suppression-list")


@require_POST
def suppression_lift(request):
    admins_only(request)
    form = LiftForm(request.POST)
    if not form.is_valid():
        if "address" in form.errors:
            return _page(request, form, status=422)
        return _found(request, form.cleaned_data["address"], lift_form=form, status=422)
    outbox.lift_suppression(form.cleaned_data["address"], why=form.cleaned_data["why"], by=request.user)
    messages.success(request, _("This address takes mail from here again."))
    return redirect("suppression-list")


def _found(request, address, *, lift_form=None, status=200):
    context = {
        "address": address,
        "entry": outbox.suppression_of(address),
        "changes": outbox.changes_of(address),
        "lift_form": lift_form or LiftForm(initial={"address": address}),
    }
    return _page(request, AddressForm(initial={"address": address}), status=status, **context)


def _page(request, form, *, status=200, **context):
    page = keyset_page(Suppression.objects.visible_to(request.user).for_list(), request, key="created_at")
    context = {"page": page, "form": form, "nav_active": "mail", **context}
    return render(request, "followups/suppression_list.html", context, status=status)
