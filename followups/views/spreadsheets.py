"""A list of interviews from elsewhere: chosen, looked at, brought in; and hers given out as a file."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.records import Refused
from followups.models import InterviewImport
from followups.services import spreadsheets as services
from followups.views.interviews import refuse
from interviews import spreadsheet
from interviews.permissions import can_log_interview

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


class ColumnsForm(forms.Form):
    """What each column of the list means; its names are those of the file."""

    def __init__(self, sheet, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        choices = [("", _("left aside")), *((name, _(label)) for name, label in spreadsheet.MEANINGS.items())]
        columns = zip(sheet.names, sheet.meanings, sheet.examples, strict=True)
        for place, (name, meaning, example) in enumerate(columns):
            # What stands in the file is no markup here.
            said = format_html(_("such as “{}”"), Truncator(example).chars(60)) if example else ""
            field = forms.ChoiceField(label=name, choices=choices, initial=meaning, required=False, help_text=said)
            field.asked = True
            self.fields[f"column-{place}"] = field

    def meanings(self):
        return [self.cleaned_data.get(name, "") for name in self.fields]

    def clean(self):
        super().clean()
        if self.errors:
            return
        for place, problem in spreadsheet.problems_of(self.meanings(), self.sheet.header).items():
            self.add_error(f"column-{place}", problem.words(_))
        if not self.errors and (missing := spreadsheet.missing_of(self.meanings())):
            self.add_error(None, _(missing))


class SeenForm(forms.Form):
    """Which reading of the list she said yes to."""

    seen = forms.CharField(required=False, max_length=40)

    def clean_seen(self):
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None


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


def _page(request, kept, *, order_form=None, columns_form=None, status=200):
    found = services.preview(kept)
    context = {
        "kept": kept,
        "sheet": found.sheet,
        "missing": found.missing,
        "unclear": found.unclear,
        # Then its columns are what to look at first.
        "is_useless": not (found.good or found.known),
        "columns_form": columns_form or ColumnsForm(found.sheet),
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
def import_columns(request, public_id):
    """What its columns mean; then the same page, read anew."""
    kept = _hers(request, public_id)
    form = ColumnsForm(spreadsheet.Sheet.from_json(kept.sheet), request.POST)
    if not form.is_valid():
        return _page(request, kept, columns_form=form, status=422)
    services.choose_columns(kept, form.meanings(), by=request.user)
    return redirect("import-detail", kept.public_id)


@require_POST
def import_confirm(request, public_id):
    kept, form = _hers(request, public_id), SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    made = services.bring_in(kept, by=request.user, with_known="known" in request.POST, seen=seen)
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
