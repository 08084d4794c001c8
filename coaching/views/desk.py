"""The drop-in desk: what waits for any coach, taking one, putting it back; and the way to it for whoever has no coach."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.pages import keyset_page
from accounts.records import Conflict
from coaching import news
from coaching.models import Review
from coaching.permissions import can_take_from_desk
from coaching.services import desk


def desk_list(request):
    """When it is due and how much there is to look at; whose it is, nobody sees before taking it."""
    must_sit(request)
    now = timezone.now()
    rows = Review.objects.waiting_at_desk(now)
    part = news.desk_part(now=now, waiting=rows.count())
    page = keyset_page(rows.annotate(decisions=Count("items")), request, key="answer_by", descending=False)
    return render(request, "coaching/desk_list.html", {"page": page, "news": part, "nav_active": "reviews"})


@require_POST
def desk_take(request, public_id):
    must_sit(request)
    review = get_object_or_404(Review, public_id=public_id, on_desk=True)
    try:
        desk.take(review, by=request.user)
    except Conflict as conflict:
        messages.info(request, str(conflict))
        return redirect("desk-list")
    return redirect("review-detail", public_id)


@require_POST
def desk_return(request, public_id):
    """Not for her after all."""
    must_sit(request)
    review = get_object_or_404(Review.objects.visible_to(request.user), public_id=public_id, coach=request.user)
    if not desk.put_back(review, by=request.user):
        raise Conflict(_("This does not wait at the desk any more."))
    messages.success(request, _("It waits for somebody else now. You no longer see it."))
    return redirect("desk-list")


def beside(request, interview, mistake):
    """On her interview's page, where she has no coach: that she may ask (followups.asides)."""
    if mistake or request.user.pk != interview.candidate_id or interview.status != interview.Status.HELD:
        return None
    way = desk.way_to_ask(interview) if settings.AFTERWORD_DROP_IN_DESK else None
    return way and {"template": "coaching/desk_line.html", **way}


def must_sit(request):
    """There is a desk, and it is this person's."""
    if not settings.AFTERWORD_DROP_IN_DESK:
        raise Http404
    if not can_take_from_desk(request.user):
        raise PermissionDenied
