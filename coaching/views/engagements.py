"""Pages of working together: a candidate's coaches and what they read, who works with whom, asking, agreeing, ending."""

from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, When
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services as accounts
from accounts.models import Engagement, Invitation, User
from accounts.pages import keyset_page, words
from accounts.permissions import can_answer_engagement, can_ask_for_coach, can_end_engagement, can_set_capacity
from accounts.records import Conflict, Refused
from accounts.views.invitations import place_of_engagements
from coaching.forms import posted, refuse
from coaching.forms.engagement import CapacityForm, EngagementAgreeForm, EngagementAskForm, EngagementPairForm
from coaching.models import Comment, Goal
from coaching.permissions import can_write_goal
from coaching.services import engagements
from coaching.views import comments
from interviews import services as facts
from interviews.models import Interview

Status = Engagement.Status
SHOWN = 25
NAMED = 100


def engagement_list(request):
    """Her coaches and what they read; a coach's clients and who has asked; for admins who works with whom, and who has room."""
    user = request.user
    rows = Engagement.objects.visible_to(user).select_related("candidate", "coach")
    context = {"nav_active": place_of_engagements(user), "now": timezone.now()}
    if user.is_candidate:
        return render(request, "coaching/engagement_mine.html", context | _hers(request, rows))
    show = request.GET.get("show", "")
    if show in Status.values:
        rows = rows.filter(status=show)
    context |= {"page": keyset_page(rows, request, key="created_at"), "show": show, "states": Status.choices}
    if user.is_admin:
        context |= _rooms(request)
    else:
        invitations = Invitation.objects.visible_to(user)
        context["invitations"] = invitations.open().for_list()[:SHOWN]
        context["ran_out"] = invitations.ran_out(context["now"]).for_list()[:SHOWN]
    return render(request, "coaching/engagement_list.html", context)


def _rooms(request):
    """Coaches by name, on each page the one with most room first; `room`: whether anybody has any."""
    rooms = User.objects.coaches().with_room()
    page = keyset_page(rooms, request, key="name", descending=False, of="coaches_", read=words)
    # Where there are more, nobody counts the room of all: admins hear of it when somebody asks in vain.
    is_more = bool(page.next_url or page.previous_url)
    room = is_more or any(coach.room > 0 for coach in page)
    return {"coaches": sorted(page, key=lambda coach: -coach.room), "coach_page": page, "room": room}


def _hers(request, rows):
    """A candidate has few engagements and may have many interviews, so the pages are those of her interviews."""
    is_past = Case(When(status__in=Engagement.LIVE, then=0), default=1)
    mine = list(rows.order_by(is_past, "-created_at", "-id")[:SHOWN])
    active = [one for one in mine if one.status == Status.ACTIVE and one.coach.is_active and one.coach.is_coach]
    waiting = [one for one in mine if one.status == Status.INVITED]
    context = {
        "active": active,
        "waiting": waiting,
        "past": [one for one in mine if one not in active and one not in waiting],
        "shares_new": any(one.share_new_interviews for one in active),
    }
    if active:
        hers = Interview.objects.filter(candidate=request.user)
        context["page"] = keyset_page(hers, request, key="ends_at")
        context["readers"] = _(" and ").join(one.coach.get_short_name() for one in active)
    return context


@require_POST
def engagement_sharing(request):
    """What her coaches read: the choice for new interviews, and those of this page that she has ticked or unticked.

    The page says what stood there, so that one left open since changes nothing but what she changed on it.
    """
    if not can_ask_for_coach(request.user):
        raise PermissionDenied
    ticked, stood = _ids(request, "shared"), _ids(request, "stood")
    changed = ticked ^ stood
    for interview in Interview.objects.filter(candidate=request.user, public_id__in=changed)[:SHOWN]:
        change = facts.share if interview.public_id in ticked else facts.unshare
        change(interview, by=request.user)
    wanted = "share_new_interviews" in request.POST
    if wanted != (request.POST.get("stood_new") == "1"):
        accounts.share_new_interviews_of(request.user, wanted=wanted)
    messages.success(request, _("Saved. It holds from this moment."))
    # Back to the page of the list on which she ticked them.
    query = urlsplit(request.META.get("HTTP_REFERER", "")).query
    return redirect(reverse("engagement-list") + (f"?{query}" if query else ""))


def engagement_new(request):
    """A candidate asks for a coach; an admin brings two people together; a coach invites."""
    if request.user.is_admin:
        return _pair(request)
    if request.user.is_coach:
        return redirect("invitation-new")
    return _ask(request)


def _ask(request):
    now = timezone.now()
    live = Engagement.objects.filter(candidate=request.user, status__in=Engagement.LIVE)
    coaches = User.objects.coaches().exclude(pk__in=live.values("coach")).with_room().order_by("name", "id")
    # Nobody reads more names; "somebody" chooses among all.
    free = list(coaches.filter(room__gt=0)[:NAMED])
    shares = Engagement.objects.active().filter(candidate=request.user, share_new_interviews=True).exists()
    form = EngagementAskForm(posted(request), coaches=free, initial={"share_new_interviews": shares})
    in_vain = False
    if request.method == "POST" and form.is_valid():
        try:
            engagement = accounts.ask_for_coach(
                candidate=request.user,
                coach=form.chosen(),
                share_new_interviews=form.cleaned_data["share_new_interviews"],
                now=now,
            )
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            if engagement:
                return redirect("engagement-detail", engagement.public_id)
            free, in_vain = [], True
    context = {
        "form": form,
        "in_vain": in_vain,
        "free": free,
        "full": list(coaches.filter(room__lte=0)[:SHOWN]),
        "has_coach": live.exists(),
        "nav_active": "engagements",
    }
    return render(request, "coaching/engagement_ask.html", context)


def _pair(request):
    form = EngagementPairForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            engagement = accounts.propose_engagement(by=request.user, **form.cleaned_data)
        except (Refused, Conflict) as problem:
            refuse(form, problem)
        else:
            return redirect("engagement-detail", engagement.public_id)
    return render(request, "coaching/engagement_new.html", {"form": form, "nav_active": "people"})


def engagement_detail(request, public_id):
    """Who will read what, before anybody agrees; afterwards what the two have together."""
    engagement = _seen(request, public_id)
    user, now = request.user, timezone.now()
    context = {
        "engagement": engagement,
        "is_candidate": user.pk == engagement.candidate_id,
        "is_coach": user.pk == engagement.coach_id,
        "can_answer": can_answer_engagement(user, engagement),
        "can_end": can_end_engagement(user, engagement),
        "nav_active": place_of_engagements(user),
    }
    if context["is_candidate"]:
        context |= _what_they_will_read(engagement, now)
    if context["is_candidate"] and engagement.began_at:
        context |= _between(request, engagement)
    return render(request, "coaching/engagement_detail.html", context)


def _between(request, engagement):
    """What the two have together, on her side: goals, and the words that can be read by both, wherever they stand."""
    user = request.user
    can_write = can_write_goal(user, engagement)
    goals = list(Goal.objects.visible_to(user).filter(engagement=engagement).for_page()[:SHOWN])
    for goal in goals:
        goal.can_remove = True
    said = Comment.objects.visible_to(user).filter(candidate=user, author__in=(user, engagement.coach))
    said = said.select_related("author", "candidate", "interview", "decision__mistake")
    context = {"goals": goals, "can_write": can_write, "readers": goal_readers(user, engagement)}
    if engagement.status == Status.ACTIVE:
        context |= comments.about_client(user, user)
    return context | {"page": keyset_page(said, request, key="created_at")}


def goal_readers(user, engagement):
    """Above goals: the two, and nobody else."""
    other = engagement.coach if user.pk == engagement.candidate_id else engagement.candidate
    return _("You and %(other)s can read and write these; nobody else") % {"other": other.get_short_name()}


def engagement_words(request, public_id):
    """Where the mail about something new to read leads: each of the two has a page of their own for it."""
    engagement = _seen(request, public_id)
    if request.user.pk == engagement.coach_id and engagement.status == Status.ACTIVE:
        return redirect(reverse("client-detail", args=[engagement.candidate.public_id]) + "#words")
    return redirect(reverse("engagement-detail", args=[public_id]) + "#words")


def _what_they_will_read(engagement, now):
    hers = Interview.objects.filter(candidate=engagement.candidate)
    others = Engagement.objects.active().filter(candidate=engagement.candidate).exclude(pk=engagement.pk)
    others = list(others.select_related("coach"))
    shares = engagement.share_new_interviews or any(one.share_new_interviews for one in others)
    return {
        "form": EngagementAgreeForm(initial={"share_new_interviews": shares}),
        "others": [one.coach for one in others],
        "shared": list(hers.filter(shared_with_coach=True).order_by(F("ends_at").desc(), "-id")[:SHOWN]),
    }


@require_POST
def engagement_agree(request, public_id):
    engagement = _answerable(request, public_id)
    accounts.agree_to_engagement(
        engagement, by=request.user, share_new_interviews="share_new_interviews" in request.POST
    )
    messages.success(request, _("Thank you. You can end this at any time."))
    return redirect("engagement-detail", public_id)


@require_POST
def engagement_decline(request, public_id):
    accounts.decline_engagement(_answerable(request, public_id), by=request.user)
    messages.success(request, _("Declined. They are told kindly, without a reason."))
    return redirect("engagement-list")


def engagement_end(request, public_id):
    """What happens is said first; what becomes of the sessions ahead is chosen by whoever ends it."""
    engagement = _seen(request, public_id)
    if not can_end_engagement(request.user, engagement):
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        try:
            engagements.end(engagement, by=request.user, cancel=_ids(request, "cancel"))
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, _ended_words(request.user, engagement))
            return redirect("engagement-list")
    context = {
        "engagement": engagement,
        "ending": engagements.what_ends(engagement),
        "is_candidate": request.user.pk == engagement.candidate_id,
        "problem": problem,
        "nav_active": place_of_engagements(request.user),
    }
    return render(request, "coaching/engagement_end.html", context, status=422 if problem else 200)


def _ended_words(user, engagement):
    if engagement.status == Status.DECLINED:
        return _("Taken back. Whoever was asked need not answer any more.")
    if user.pk == engagement.candidate_id:
        return _("It has ended. Nothing of yours is open to them any more.")
    return _("It has ended. What was shared is closed from now on.")


@require_POST
def coach_capacity(request, public_id):
    """How many clients she takes on: set by herself or by an admin."""
    coach = get_object_or_404(User, public_id=public_id, is_coach=True)
    if not can_set_capacity(request.user, coach):
        raise PermissionDenied
    form = CapacityForm(request.POST)
    if form.is_valid():
        accounts.set_capacity(coach, form.cleaned_data["capacity"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, form.errors["capacity"][0])
    return redirect("engagement-list" if request.user.is_admin else "client-list")


def _seen(request, public_id):
    rows = Engagement.objects.visible_to(request.user).select_related("candidate", "coach")
    return get_object_or_404(rows, public_id=public_id)


def _answerable(request, public_id):
    engagement = _seen(request, public_id)
    if not can_answer_engagement(request.user, engagement):
        raise PermissionDenied
    return engagement


def _ids(request, name):
    """The public ids among what a form names; anything else is left out."""
    found = set()
    for text in request.POST.getlist(name)[:200]:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found
