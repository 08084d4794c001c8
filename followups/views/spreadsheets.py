"""A list of interviews from elsewhere: chosen, looked at, brought in; and hers given out as a file."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.records import Refused
from followups.models import InterviewImport
from followups.services import spreadsheets as services
from followups.views.interviews import refuse
from interviews import spreadsheet
from interviews.permissions import can_log_interview
from interviews.spreadsheet.columns import WORDS

# Of a long list the page shows so many of each sort; what is wrong comes first.
SHOWN = 60


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The list, as a CSV file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text=gettext_lazy("At most 2 MB and 1,000 interviews. The file itself is not kept."),
    )


class OrderForm(forms.Form):
    order = forms.ChoiceField(
        label=gettext_lazy("In this list, what comes first in a date?"),
        choices=[
            (InterviewImport.Order.DAY, gettext_lazy("The day")),
            (InterviewImport.Order.MONTH, gettext_lazy("The month")),
        ],
        widget=forms.RadioSelect(attrs={"class": "short"}),
    )


def import_new(request):
    """Choose a file. Nothing of it is stored as an interview before she has seen what it would become."""
    if not can_log_interview(request.user):
        raise PermissionDenied
    form = ListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            # One byte too many is enough to know; the rest stays where the server has put it.
            kept = services.read_list(form.cleaned_data["file"].read(spreadsheet.MAX_BYTES + 1), by=request.user)
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("import-detail", kept.public_id)
    context = {"form": form, "header": spreadsheet.HEADER, "nav_active": "interviews"}
    return render(request, "followups/import_new.html", context, status=422 if form.errors else 200)


def import_detail(request, public_id):
    """What the list would become: what cannot be used and why, what she has already, what is ready."""
    kept = _hers(request, public_id)
    return _page(request, kept)


def _page(request, kept, *, order_form=None, status=200):
    found = services.preview(kept)
    context = {
        "kept": kept,
        "columns": [kept.sheet["columns"][name] for name in WORDS if name in kept.sheet["columns"]],
        "unused": kept.sheet["unused"],
        "encoding": kept.sheet["encoding"],
        "unclear": found.unclear,
        "order_form": order_form or OrderForm(initial={"order": kept.order}),
        "groups": [
            ("bad", _("Not as they stand"), found.bad),
            ("known", _("You seem to have these"), found.known),
            ("good", _("Ready"), found.good),
        ],
        "found": found,
        "shown": SHOWN,
        "nav_active": "interviews",
    }
    return render(request, "followups/import_detail.html", context, status=status)


@require_POST
def import_order(request, public_id):
    """Which comes first in its dates."""
    kept, form = _hers(request, public_id), OrderForm(request.POST)
    if not form.is_valid():
        return _page(request, kept, order_form=form, status=422)
    services.choose_order(kept, form.cleaned_data["order"], by=request.user)
    return redirect("import-detail", kept.public_id)


@require_POST
def import_confirm(request, public_id):
    kept = _hers(request, public_id)
    made = services.bring_in(kept, by=request.user, with_known="known" in request.POST)
    messages.success(
        request,
        ngettext("%(number)s interview is in your list.", "%(number)s interviews are in your list.", len(made))
        % {"number": len(made)},
    )
    return redirect("interview-list")


@require_POST
def import_cancel(request, public_id):
    services.put_away(_hers(request, public_id), by=request.user)
    messages.success(request, _("Put away. Nothing of it was kept."))
    return redirect("interview-list")


@require_safe
def interview_export(request):
    """All her interviews as one file, which can be brought in again."""
    if not can_log_interview(request.user):
        raise PermissionDenied
    return csv_of(request.user)


def csv_of(candidate):
    """The answer with the file, sent line by line. Its name says nothing about anybody."""
    answer = StreamingHttpResponse(services.lines_of(candidate), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="interviews.csv"'
    return answer


def _hers(request, public_id):
    if not can_log_interview(request.user):
        raise PermissionDenied
    return get_object_or_404(
        InterviewImport.objects.visible_to(request.user).select_related("candidate"), public_id=public_id
    )
