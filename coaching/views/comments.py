"""Comments: the part of a page that shows them, writing one, changing and removing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Engagement, User
from accounts.records import Refused
from coaching.forms import refuse
from coaching.forms.comment import CommentForm
from coaching.models import CannedReply, Comment
from coaching.permissions import can_edit_comment, can_remove_comment, can_write_comment
from coaching.services import canned_replies, comments
from coaching.views.slots import uuid_or_none
from followups.models import TriageDecision
from followups.readers import Readers
from interviews.models import Interview

SHOWN = 50


def beside(request, interview, mistake):
    """The words about an interview, or about what was decided on a mistake, under its page (followups.asides)."""
    user = request.user
    about = {"decision__mistake": mistake} if mistake else {"interview": interview, "decision": None}
    rows = list(Comment.objects.visible_to(user).filter(**about).for_page()[:SHOWN])
    decision = mistake.decisions.current().first() if mistake else None
    subject = {"decision": decision} if mistake else {"interview": interview}
    is_hers = user.pk == interview.candidate_id
    # She answers what was written to her; a question of her own is a review.
    may_write = (bool(rows) and comments.can_write_back(user, interview)) if is_hers else _works_with(user, interview)
    if not rows and not may_write:
        return None
    return {"template": "coaching/words.html", "comments": rows, "is_hers": is_hers} | (
        _writing(user, interview.candidate, **subject) if may_write and (decision or not mistake) else {}
    )


def _works_with(user, interview):
    """Whoever reads it because it was brought to the desk answers there."""
    return user.is_coach and can_write_comment(user, interview.candidate)


def _writing(user, candidate, *, interview=None, decision=None):
    """What the form of a new one needs: its fields, what it is about, and her own replies."""
    form = CommentForm(by=user, candidate=candidate, readers=who_reads(candidate) if user == candidate else "")
    subject = decision or interview or candidate
    kind = "decision" if decision else "interview" if interview else "client"
    return {
        "form": form,
        "about": kind,
        "about_id": subject.public_id,
        "replies": CannedReply.objects.visible_to(user).for_list() if user.is_coach else [],
    }


def about_client(user, candidate):
    """The form for a word about the client as such, on her page and on that of the two."""
    return _writing(user, candidate)


def who_reads(candidate):
    """Said above what she writes."""
    coaches = User.objects.filter(pk__in=Engagement.objects.coaches_of(candidate)).order_by("pk")
    return _("%(coach)s can read this") % {"coach": Readers(coaches).get_short_name()}


@require_POST
def comment_new(request):
    """Sent from the page it is about; a page of its own only where something is missing, or a reply was put in."""
    user, subject = request.user, _subject(request)
    if subject is None:
        return _closed(request)
    candidate = subject["candidate"]
    if not can_write_comment(user, candidate):
        return _closed(request) if user.is_coach else _forbidden()
    filled = canned_replies.inserted(request.POST, by=user)
    form = CommentForm(filled or request.POST, by=user, candidate=candidate, readers=who_reads(candidate))
    if filled is None and form.is_valid():
        try:
            comment = comments.write_comment(
                by=user, text=form.cleaned_data["text"], visibility=form.circle(), **subject
            )
        except Refused as problem:
            refuse(form, problem)
        else:
            if user != candidate and comment.visibility == Comment.Visibility.SHARED:
                messages.success(request, _("Written. %(name)s is told.") % {"name": candidate.get_short_name()})
            return redirect(place_of(comment, user))
    context = _writing(user, candidate, interview=subject["interview"], decision=subject["decision"])
    context |= {"form": form, "candidate": candidate, "back": _place(user, **subject), "nav_active": _nav(user)}
    return render(request, "coaching/comment_new.html", context, status=200 if filled else 422)


def comment_edit(request, public_id):
    comment = _seen(request, public_id)
    if not can_edit_comment(request.user, comment):
        raise PermissionDenied
    filled = canned_replies.inserted(request.POST, by=request.user)
    initial = {"text": comment.text, "visibility": comment.visibility}
    data = (filled or request.POST) if request.method == "POST" else None
    form = CommentForm(
        data, initial=initial, by=request.user, candidate=comment.candidate, readers=who_reads(comment.candidate)
    )
    if request.method == "POST" and filled is None and form.is_valid():
        try:
            comment = comments.edit_comment(
                comment, by=request.user, text=form.cleaned_data["text"], visibility=form.circle()
            )
        except Refused as problem:
            refuse(form, problem)
        else:
            return redirect(place_of(comment, request.user))
    context = {
        "form": form,
        "comment": comment,
        "replies": CannedReply.objects.visible_to(request.user).for_list(),
        "back": place_of(comment, request.user),
        "nav_active": _nav(request.user),
    }
    return render(request, "coaching/comment_edit.html", context)


@require_POST
def comment_remove(request, public_id):
    comment = _seen(request, public_id)
    if not can_remove_comment(request.user, comment):
        raise PermissionDenied
    place = place_of(comment, request.user)
    comments.remove_comment(comment, by=request.user)
    messages.success(request, _("Removed."))
    return redirect(place)


def place_of(comment, user):
    """The page on which this person finds a comment."""
    return _place(user, candidate=comment.candidate, interview=comment.interview, decision=comment.decision)


def _place(user, *, candidate, interview, decision):
    if decision is not None:
        return reverse("mistake-detail", args=[decision.mistake.public_id]) + "#words"
    if interview is not None:
        return reverse("interview-detail", args=[interview.public_id]) + "#words"
    if user != candidate:
        return reverse("client-detail", args=[candidate.public_id]) + "#words"
    hers = Engagement.objects.active().filter(candidate=candidate).order_by("id").first()
    return reverse("engagement-detail", args=[hers.public_id]) + "#words" if hers else reverse("engagement-list")


def _subject(request):
    """What a new comment is about, of what this person may see; None where it is closed to her, perhaps since a moment ago."""
    user, post = request.user, request.POST
    public_id = uuid_or_none(post.get("about_id"))
    if post.get("about") == "decision":
        rows = TriageDecision.objects.visible_to(user).select_related("mistake__interview__candidate")
        if decision := rows.filter(public_id=public_id).first():
            interview = decision.mistake.interview
            return {"candidate": interview.candidate, "interview": interview, "decision": decision}
    elif post.get("about") == "interview":
        rows = Interview.objects.visible_to(user).select_related("candidate")
        if interview := rows.filter(public_id=public_id).first():
            return {"candidate": interview.candidate, "interview": interview, "decision": None}
    else:
        clients = User.objects.filter(pk__in=Engagement.objects.clients_of(user))
        hers = User.objects.filter(pk=user.pk, is_candidate=True)
        if candidate := (clients | hers).filter(public_id=public_id).first():
            return {"candidate": candidate, "interview": None, "decision": None}
    return None


def _closed(request):
    """The two no longer work together, or it is private again: what was typed is shown, for it is nowhere else."""
    typed = request.POST.get("text", "").strip()
    if not typed:
        raise Http404
    return render(request, "coaching/comment_closed.html", {"typed": typed, "nav_active": "clients"}, status=404)


def _forbidden():
    raise PermissionDenied


def _nav(user):
    return "clients" if user.is_coach else "engagements"


def _seen(request, public_id):
    rows = Comment.objects.visible_to(request.user).select_related("candidate", "interview", "decision__mistake")
    return get_object_or_404(rows, public_id=public_id)
