"""One's own data, to take along."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import live, services
from accounts.export_download import export_file
from accounts.models import Export
from accounts.sign_in import confirm_first, has_confirmed


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
