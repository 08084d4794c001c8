"""The admin's view of the outbox: class, state, answer and time of each mail; nothing of what it says, for what, or whose.

Kind and sender stay away on purpose: who writes to employers, and when, is the candidate's own business (docs/decisions.md).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.pages import keyset_page
from followups import alerts, outbox
from followups.answers import words_for_admins
from followups.models import OutboundEmail
from followups.permissions import can_manage_mail

# Only what the page prints: content, kinds and addresses do not even leave the database.
COLUMNS = (
    "public_id",
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
    "bounced_at",
    "bounce_code",
)
BOUNCED = "bounced"


def admins_only(request):
    if not can_manage_mail(request.user):
        raise PermissionDenied


def for_admins(rows):
    """Set on each row the words an admin may read."""
    for row in rows:
        row.answer = words_for_admins(row.status, row.stage, row.code, row.error, row.bounce_code)
    return rows


def mail_list(request):
    admins_only(request)
    rows = OutboundEmail.objects.visible_to(request.user).for_list().only(*COLUMNS)
    status, urgency = request.GET.get("status", ""), request.GET.get("class", "")
    if status in OutboundEmail.Status:
        rows = rows.filter(status=status)
    elif status == BOUNCED:
        rows = rows.filter(bounced_at__isnull=False)
    if urgency in map(str, OutboundEmail.Urgency.values):
        rows = rows.filter(urgency=int(urgency))
    else:
        urgency = ""
    now = timezone.now()
    page = keyset_page(rows, request, key="due_at")
    for_admins(page.rows)
    context = {
        "page": page,
        "statuses": [*OutboundEmail.Status.choices, (BOUNCED, _("came back"))],
        "classes": [(str(value), label) for value, label in OutboundEmail.Urgency.choices],
        "chosen": status,
        "chosen_class": urgency,
        "pump_age": (age := outbox.pump_age(now)),
        "oldest_due": outbox.oldest_due(now),
        "is_paused": outbox.is_paused(),
        "pause": (pause := outbox.mail_pause()),
        "found": outbox.words_of_restore(pause) if pause else [],
        "alerts": alerts.standing(now, age=age, pause=pause),
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
    outbox.cancel_one(_mail(request, public_id), by=request.user)
    messages.success(request, _("The mail is taken back."))
    return redirect("mail-list")


@require_POST
def letters_pause(request):
    admins_only(request)
    outbox.pause_letters(by=request.user)
    messages.success(request, _("Letters are paused. Mail to your own people goes on."))
    return redirect("mail-list")


@require_POST
def letters_resume(request):
    admins_only(request)
    outbox.resume_letters(by=request.user)
    messages.success(request, _("Letters go again; those that waited leave at once."))
    return redirect("mail-list")


@require_POST
def mail_pause(request):
    admins_only(request)
    outbox.pause_mail(by=request.user)
    messages.success(request, _("All mail is paused. It is written, and waits."))
    return redirect("mail-list")


@require_POST
def mail_resume(request):
    admins_only(request)
    outbox.resume_mail(by=request.user)
    messages.success(request, _("Mail goes again; what is due leaves at once."))
    return redirect("mail-list")


def _mail(request, public_id):
    admins_only(request)
    return get_object_or_404(OutboundEmail.objects.visible_to(request.user), public_id=public_id)
