"""Pages of reviews: the queue, and one review on one screen."""

import re

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import FETCH_RAISE, Count, Q, Window
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.pages import WrittenList
from accounts.records import Conflict, Refused
from coaching import news, presence
from coaching.forms.review import AnswerForm, ItemForm
from coaching.models import CannedReply, Review
from coaching.permissions import can_answer_review, can_take_suggestion, can_withdraw_review
from coaching.services import answers, canned_replies, reviews
from coaching.views import live
from coaching.views.slots import uuid_or_none
from followups.models import ThankYouNote
from followups.services import notes
from followups.services.letters import normal_text
from followups.services.notes.times import zone_of
from interviews import services as facts

# What a coach's list can be narrowed to: what waits, and what is over.
SHOWN = {
    "": (Review.Status.OPEN,),
    "past": (Review.Status.ANSWERED, Review.Status.WITHDRAWN),
    "without": (Review.Status.WENT_WITHOUT,),
}


def review_list(request):
    """A coach's queue, the most urgent first, and what went without her; a candidate's own, the latest first."""
    user = request.user
    if not (user.is_candidate or user.is_coach):
        raise Http404
    now, show = timezone.now(), request.GET.get("show", "")
    if not user.is_candidate and show not in SHOWN:
        show = ""
    shown = None if user.is_candidate else SHOWN[show]
    shape = (user.is_candidate, user.is_coach, shown)
    page = LISTED.page(request, *shape, descending=shown != SHOWN[""], user=user.pk, now=now)
    has_desk = user.is_coach and settings.AFTERWORD_DROP_IN_DESK
    context = {"show": show, "has_desk": has_desk, "nav_active": "reviews", "page": page}
    if not show:
        waiting = 0
        if user.is_coach:
            is_first = not page.previous_url
            waiting = page.rows[0].number if page.rows and is_first else _listed(*shape, user=user.pk, now=now).count()
        context["news"] = news.part("review-list", waiting=waiting, now=now)
    return render(request, "coaching/review_list.html", context)


def _listed(is_candidate, is_coach, shown, *, user, now):
    """Of the two people the list names the other one; `number` is how many there are."""
    rows = Review.objects.visible_to(User(pk=user, is_coach=is_coach), now)
    if shown:
        rows = rows.filter(status__in=shown)
    if is_coach and shown in (None, SHOWN[""]):
        rows = rows.annotate(number=Window(Count("id")))
    other = "coach" if is_candidate else "candidate"
    columns = ["public_id", "status", "question", "answer_by", "interview__company", "interview__zone"]
    rows = rows.select_related(other, "interview").only(*columns, *User.columns_of_name(other))
    return rows.fetch_mode(FETCH_RAISE)


LISTED = WrittenList(_listed, key="answer_by")


def review_detail(request, public_id):
    review = _seen(request, public_id)
    return _page(request, review)


@require_POST
def review_answer(request, public_id):
    """The coach's answer, as a whole: what she wrote stays on the page until it is complete."""
    if request.user.is_coach and not Review.objects.visible_to(request.user).filter(public_id=public_id).exists():
        # Her own words only: the note's, which a suggestion repeats, are closed to her now.
        typed = "\n\n".join(_words(request.POST))
        return render(request, "coaching/review_ended.html", {"typed": typed, "nav_active": "reviews"}, status=404)
    review = _seen(request, public_id)
    if request.user.pk != review.coach_id:
        raise PermissionDenied
    if not can_answer_review(request.user, review):
        return _too_late(request, review, _("This has been answered already. Thank you for looking."))
    kept = canned_replies.inserted(request.POST, by=request.user)
    if kept is not None:
        rows = _rows(review, None, can_answer=True, kept=kept)
        return _page(request, review, rows=rows, form=AnswerForm(review=review, initial=kept.dict()))
    rows = _rows(review, request.POST, can_answer=True)
    form = AnswerForm(request.POST, review=review)
    given = {row["item"]: row["form"].cleaned_data for row in rows if row["form"] and row["form"].is_valid()}
    if form.is_valid() and len(given) == len(rows):
        try:
            reviews.answer_review(
                review,
                by=request.user,
                answers=given,
                suggestion=form.cleaned_data.get("suggestion", ""),
                message=form.cleaned_data["message"],
            )
        except Refused as problem:
            _refuse_at_item(problem, rows, form)
        except Conflict as conflict:
            review.refresh_from_db()
            return _too_late(request, review, str(conflict))
        else:
            presence.leave(review, by=request.user, now=timezone.now())
            return _next(request, review)
    return _page(request, review, rows=rows, form=form)


def _next(request, answered):
    """On to the most urgent of those that wait; a coach with many goes through them without a way back in between."""
    said = _("Thank you. %(name)s has been told.") % {"name": answered.candidate.get_short_name()}
    following = _waiting(request.user).exclude(pk=answered.pk).first()
    if following is None:
        messages.success(request, said)
        return redirect("review-list")
    messages.success(request, said + " " + _("Here is the next one that waits."))
    return redirect("review-detail", following.public_id)


def _waiting(coach):
    return Review.objects.visible_to(coach).filter(coach=coach).for_queue()


@require_POST
def review_take(request, public_id):
    """She takes the suggested words: those of the ticked parts, or the whole text as she has changed it."""
    review = _seen(request, public_id)
    if not can_take_suggestion(request.user, review):
        raise PermissionDenied
    text, ticked = request.POST.get("text", ""), None
    if "base" in request.POST:
        ticked = {int(number) for number in request.POST.getlist("part") if re.fullmatch("[0-9]{1,5}", number)}
    try:
        reviews.take_suggestion(
            review,
            by=request.user,
            text=text or None,
            accepted=ticked,
            base=request.POST.get("base", ""),
            despite_findings="despite_findings" in request.POST,
        )
    except Refused as problem:
        findings = getattr(problem, "findings", ())
        taking = {"text": text, "ticked": ticked, "problem": str(problem), "findings": findings}
        return _page(request, review, taking=taking)
    if ticked is not None and not ticked:
        messages.success(request, _("Your note stays as it was, and so does its time."))
    else:
        messages.success(request, _("It is in your note now. The time stays as it was."))
    return redirect("note-detail", review.note.public_id)


@require_POST
def review_without(request, public_id):
    """Her answer to a change that came after her approval: the note goes at its time, without the addition."""
    review = _seen(request, public_id)
    if request.user.pk != review.candidate_id:
        raise PermissionDenied
    item = get_object_or_404(
        review.items.select_related("decision__mistake"), public_id=uuid_or_none(request.POST.get("item"))
    )
    answers.send_without(item, by=request.user, now=timezone.now())
    messages.success(request, _("The note goes at its time, without it."))
    return redirect("review-detail", public_id)


@require_POST
def review_withdraw(request, public_id):
    review = _seen(request, public_id)
    if not can_withdraw_review(request.user, review):
        raise PermissionDenied
    reviews.withdraw_review(review, by=request.user)
    messages.success(request, _("You no longer wait. What you approved stays as it is."))
    return redirect("review-detail", public_id)


def _too_late(request, review, words):
    """The second answer, refused kindly: what was typed stays to be copied, for it is nowhere else."""
    messages.info(request, words)
    typed = _words(request.POST)
    suggestion = normal_text(request.POST.get("suggestion", ""))
    if review.note and suggestion.strip() and suggestion != normal_text(review.note.body):
        typed.append(suggestion)
    return _page(request, review, typed="\n\n".join(typed), status=409)


def _words(data):
    """What a coach wrote to her client, in the order of the form."""
    return [text.strip() for name, text in data.items() if name.endswith("message") and text.strip()]


def _page(request, review, *, rows=None, form=None, taking=None, typed="", status=200):
    user, now = request.user, timezone.now()
    facts.record_read(review.interview, by=user)
    reviews.open_review(review, by=user, now=now)
    can_answer = can_answer_review(user, review)
    note = review.note
    rows = rows or _rows(review, None, can_answer=can_answer)
    state = live.state_of(review, user, now=now)
    context = {
        **state,
        "state": live.state_part(review, state, was=review.status),
        "was": review.status,
        "replies": CannedReply.objects.visible_to(user).for_list() if can_answer else (),
        "following": _after(review, user) if can_answer and not typed else None,
        "review": review,
        "interview": review.interview,
        "note": note,
        "rows": rows,
        "form": (form or AnswerForm(review=review)) if can_answer else None,
        "can_answer": can_answer,
        "can_withdraw": can_withdraw_review(user, review),
        "can_take": can_take_suggestion(user, review) and note and note.status in ("draft", "failed", "scheduled"),
        "parts": reviews.parts_of(review) if note and review.suggestion else [],
        "base": notes.version_of(note) if note else "",
        "taking": {"text": review.suggestion, "ticked": None} | (taking or {}),
        "typed": typed,
        "zone": zone_of(note) if note else review.interview.zone,
        "nav_active": "reviews",
    }
    return render(request, "coaching/review_detail.html", context, status=status)


def _after(review, coach):
    """The one that waits behind this one, for whoever wants to come back to this later."""
    behind = Q(answer_by__gt=review.answer_by) | Q(answer_by=review.answer_by, pk__gt=review.pk)
    return _waiting(coach).filter(behind).first()


def _rows(review, data, *, can_answer, kept=None):
    """Each item with what the page shows about it; `kept`: what was typed already, not to be judged yet."""
    items = review.items.select_related("decision__mistake__interview", "decision__mistake__requirement")
    rows = []
    for item in items:
        mistake = item.decision.mistake
        standing = mistake.decisions.current().first() or item.decision
        scheduled = mistake.carried_by.filter(status=ThankYouNote.Status.SCHEDULED).exists()
        form = ItemForm(data, kept=kept, item=item, standing=standing, is_scheduled=scheduled) if can_answer else None
        rows.append(
            {
                "item": item,
                "mistake": mistake,
                "decision": item.decision,
                "standing": standing,
                "form": form,
                "choices": [_told(choice) for choice in answers.choices_for(item)] if can_answer else [],
                "waits_for_her": answers.waits_for_her(item),
                "for_next_time": answers.is_for_next_time(mistake),
            }
        )
    return rows


def _told(choice):
    return {
        "action": choice.action,
        "label": choice.label,
        "obstacle": choice.obstacle,
        "follows": answers.in_words(choice.follows),
        "if_stopped": answers.in_words(choice.if_stopped),
    }


def _refuse_at_item(problem, rows, form):
    for row in rows:
        if str(row["item"].public_id) == problem.field:
            answer = row["form"].cleaned_data.get("answer")
            row["form"].add_error({"change": "action", "ask": "message"}.get(answer, "answer"), str(problem))
            return
    form.add_error(problem.field if problem.field in form.fields else None, str(problem))


def _seen(request, public_id):
    rows = Review.objects.visible_to(request.user).select_related(
        "interview__candidate", "candidate", "coach", "note__interview__candidate", "note__interviewer", "note__carries"
    )
    return get_object_or_404(rows, public_id=public_id)
