"""Asking a coach about an interview: what they can be expected to do is said before, and the time of the note is settled here."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.records import Conflict, Refused
from accounts.when import to_wall
from coaching.forms import posted, refuse
from coaching.forms.review import ReviewAskForm
from coaching.models import Review
from coaching.permissions import can_ask_review
from coaching.services import answer_times, reviews
from followups.models import ThankYouNote, TriageDecision
from followups.services import letters
from followups.services.notes.times import zone_of
from interviews import services as facts
from interviews.models import Interview


def review_ask(request, public_id):
    """Ask a coach about an interview's decisions and its note; the time of the note is settled here, before anybody looks."""
    interview = get_object_or_404(Interview.objects.visible_to(request.user), public_id=public_id)
    if not can_ask_review(request.user, interview):
        raise PermissionDenied
    there = interview.reviews.filter(status=Review.Status.OPEN).first()
    if there:
        return redirect("review-detail", there.public_id)
    asking = answer_times.asking(interview, timezone.now())
    form = _form(request, interview, asking)
    context = {"interview": interview, "asking": asking, "note": asking.note, "nav_active": "interviews"}
    if request.method == "POST" and form.is_valid():
        try:
            review = _ask(request, interview, form, asking)
        except letters.BetterChanged as problem:
            form.ask_once_more()
            form.add_error(None, str(problem))
            context["findings"] = problem.findings
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            messages.success(
                request, _("Asked. Whatever happens, your note goes at its time.") if review.note else _("Asked.")
            )
            return redirect("review-detail", review.public_id)
    return render(
        request,
        "coaching/review_ask.html",
        {"form": form, "coach": asking.coaches[0][0] if asking.coaches else None, **context},
    )


def _form(request, interview, asking):
    open_ones = answer_times.open_decisions(interview)
    note, send_wall = asking.note, None
    if note and note.status != ThankYouNote.Status.SCHEDULED:
        send_wall = to_wall(asking.send_at, zone_of(note))
    return ReviewAskForm(
        posted(request),
        interview=interview,
        coaches=User.objects.filter(pk__in=[coach.pk for coach, _outlook in asking.coaches]).order_by("name", "id"),
        decisions=TriageDecision.objects.filter(pk__in=[one.pk for one in open_ones]).select_related("mistake"),
        note=note,
        send_wall=send_wall,
        initial={"decisions": [one.public_id for one in asking.decisions]},
    )


def _ask(request, interview, form, asking):
    data = form.cleaned_data
    with_note = asking.note if data.get("with_note") else None
    if data.get("share"):
        facts.share(interview, by=request.user)
    return reviews.ask_review(
        interview,
        coach=data.get("coach") or (asking.coaches[0][0] if asking.coaches else None),
        by=request.user,
        note=with_note,
        decisions=list(data.get("decisions") or []),
        if_unreviewed=data.get("if_unreviewed") or "send",
        question=data["question"],
        **(form.sending() if with_note else {}),
    )
