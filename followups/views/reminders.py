"""What reached me: the reminders of the signed-in person, and turning kinds off from a mail."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.links import untold
from accounts.pages import keyset_page
from accounts.preferences import choice_named
from followups.models import Reminder
from followups.reminders import kind_named, unsubscribe
from followups.views.links import said_when, snooze_page
from interviews.models import Interview


def reminder_list(request):
    """Newest first; those not read yet are marked."""
    page = keyset_page(Reminder.objects.visible_to(request.user).for_list(), request, key="sent_at")
    companies = _companies_of(page.rows)
    for reminder in page:
        kind = kind_named(reminder.kind)
        reminder.about = companies.get(reminder.subject_id, "")
        reminder.title = kind.title if kind else reminder.kind
        reminder.can_snooze = kind is not None and kind.can_snooze
    return render(request, "followups/reminder_list.html", {"page": page, "nav_active": "reminders"})


def _companies_of(reminders):
    """What those about an interview are about, by its id: their titles say only of which kind they are."""
    named = [each.subject_id for each in reminders if each.subject_type == Interview._meta.label_lower]
    return dict(Interview.objects.filter(public_id__in=named).values_list("public_id", "company")) if named else {}


def _mine(request, public_id):
    return get_object_or_404(Reminder.objects.visible_to(request.user).for_list(), public_id=public_id)


@require_POST
def reminder_open(request, public_id):
    """Mark one as read and go to what it is about."""
    reminder = _mine(request, public_id)
    Reminder.objects.filter(pk=reminder.pk, read_at=None).update(read_at=timezone.now())
    kind = kind_named(reminder.kind)
    return redirect(kind.path(reminder.subject_id) if kind else "reminder-list")


@require_POST
def reminder_read(request):
    """Mark all as read."""
    Reminder.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    return redirect("reminder-list")


@require_POST
def reminder_unread(request, public_id):
    """Mark one as new again."""
    Reminder.objects.filter(pk=_mine(request, public_id).pk).update(read_at=None)
    return redirect("reminder-list")


def reminder_snooze(request, public_id):
    """Not now: it comes again at a time of her choice."""
    reminder = _mine(request, public_id)
    form, context = snooze_page(reminder, request.POST if request.method == "POST" else None, by=request.user)
    if form is None:
        at = said_when(context["again"].deliver_at, request.user)
        messages.success(request, _("It comes again: %(at)s.") % {"at": at})
        return redirect("reminder-list")
    status = 422 if form.errors else 200
    return render(request, "followups/reminder_snooze.html", context | {"nav_active": "reminders"}, status=status)


# Mail programs post here by themselves (RFC 8058): no sign-in, no CSRF token; the signature says who and what.
@login_not_required
@csrf_exempt
def reminder_unsubscribe(request, token):
    """GET only shows a button, because scanners open every link; POST turns the kind off."""
    try:
        person, name = unsubscribe.read(token)
    except (signing.BadSignature, ValueError, get_user_model().DoesNotExist):
        raise Http404 from None
    kind = choice_named(name)
    if kind is None:
        raise Http404
    if request.method == "POST":
        unsubscribe.turn_off(person, name)
        if request.user.is_authenticated:
            messages.success(
                request, _("You will get no more mails of this kind. In your settings you can turn them on again.")
            )
    context = {"kind": kind, "is_done": request.method == "POST"}
    return untold(render(request, "followups/reminder_unsubscribe.html", context))
