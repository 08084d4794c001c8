"""The admin's view of the outbox: what became of each mail, nothing of what it says."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.pages import keyset_page
from followups import outbox
from followups.models import OutboundEmail
from followups.outbox.rows import cancel_one
from followups.permissions import can_manage_mail

# Only what the page prints: content and addresses do not even leave the database.
COLUMNS = (
    "public_id",
    "kind",
    "urgency",
    "to_third_party",
    "status",
    "due_at",
    "next_try_at",
    "sent_at",
    "attempts",
    "stage",
    "code",
    "error",
)


def mail_list(request):
    if not can_manage_mail(request.user):
        raise PermissionDenied
    rows = OutboundEmail.objects.visible_to(request.user).for_list().only(*COLUMNS)
    status = request.GET.get("status", "")
    if status in OutboundEmail.Status:
        rows = rows.filter(status=status)
    now = timezone.now()
    context = {
        "page": keyset_page(rows, request, key="due_at"),
        "statuses": OutboundEmail.Status.choices,
        "chosen": status,
        "pump_age": outbox.pump_age(now),
        "oldest_due": outbox.oldest_due(now),
        "nav_active": "mail",
    }
    return render(request, "followups/mail_list.html", context)


@require_POST
def mail_retry(request, public_id):
    outbox.retry(_mail(request, public_id), by=request.user)
    messages.success(request, _("The mail will be tried again at once."))
    return redirect("mail-list")


@require_POST
def mail_cancel(request, public_id):
    cancel_one(_mail(request, public_id), by=request.user)
    messages.success(request, _("The mail is taken back."))
    return redirect("mail-list")


def _mail(request, public_id):
    if not can_manage_mail(request.user):
        raise PermissionDenied
    return get_object_or_404(OutboundEmail.objects.visible_to(request.user), public_id=public_id)
