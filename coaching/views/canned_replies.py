"""A coach's own replies: the list, a new one, changing and removing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Refused
from coaching.forms import posted, refuse
from coaching.forms.canned_reply import CannedReplyForm
from coaching.models import CannedReply
from coaching.permissions import can_keep_replies
from coaching.services import canned_replies


def reply_list(request):
    _must_keep(request)
    context = {"replies": CannedReply.objects.visible_to(request.user).for_list(), "nav_active": "reviews"}
    return render(request, "coaching/reply_list.html", context)


def reply_new(request):
    _must_keep(request)
    form = CannedReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            canned_replies.add_reply(by=request.user, **form.cleaned_data)
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect("reply-list")
    return render(request, "coaching/reply_edit.html", {"form": form, "nav_active": "reviews"})


def reply_edit(request, public_id):
    reply = _mine(request, public_id)
    form = CannedReplyForm(posted(request), instance=reply)
    if request.method == "POST" and form.is_valid():
        try:
            canned_replies.edit_reply(reply, by=request.user, **form.cleaned_data)
        except Refused as problem:
            refuse(form, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("reply-list")
    return render(request, "coaching/reply_edit.html", {"form": form, "reply": reply, "nav_active": "reviews"})


@require_POST
def reply_remove(request, public_id):
    canned_replies.remove_reply(_mine(request, public_id), by=request.user)
    messages.success(request, _("Removed. What you have sent with it stays as it is."))
    return redirect("reply-list")


def _must_keep(request):
    if not can_keep_replies(request.user):
        raise PermissionDenied


def _mine(request, public_id):
    _must_keep(request)
    return get_object_or_404(CannedReply.objects.visible_to(request.user), public_id=public_id)
