"""Parts of pages that are asked for while they are open: what is new in the queue and at the desk, what becomes of one
review, whether a free time is still free, and whether one is kept for somebody who waits.

Each is one query beside those that know who asks; unchanged, it is answered by 304 and no page.
"""

from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts import live
from coaching import news, presence
from coaching.models import Booking, MockSlot, Review, WaitlistEntry
from coaching.permissions import can_wait_for_slot
from coaching.services import bookings
from coaching.views.desk import must_sit
from coaching.views.slots import by_day, uuid_or_none


def review_news(request):
    """What came since a page was loaded: to a coach reviews (and how many wait no longer), to a candidate answers."""
    if not (request.user.is_coach or request.user.is_candidate):
        raise PermissionDenied
    since, waiting = _since(request.GET), _number(request.GET.get("waiting"))
    page = request.GET.get("page")
    if since is None or waiting is None or page not in news.PAGES:
        raise BadRequest
    if request.user.is_candidate:
        answered = Review.objects.filter(candidate=request.user, status=Review.Status.ANSWERED, answered_at__gt=since)
        context = {"answers": answered.count(), "url": reverse(page)}
        return live.answer(request, live.Part("", (context["answers"], 0)), "coaching/review_news.html", context)
    there = Review.objects.visible_to(request.user).filter(coach=request.user, status=Review.Status.OPEN)
    counts = there.aggregate(
        new=Count("id", filter=Q(created_at__gt=since)), old=Count("id", filter=Q(created_at__lte=since))
    )
    context = {"new": counts["new"], "gone": max(0, waiting - counts["old"]), "url": reverse(page)}
    part = live.Part(request.get_full_path(), (context["new"], context["gone"]))
    return live.answer(request, part, "coaching/review_news.html", context)


def desk_news(request):
    """What came to the desk since a page was loaded, and how many others are there no longer."""
    must_sit(request)
    since, waiting = _since(request.GET), _number(request.GET.get("waiting"))
    if since is None or waiting is None:
        raise BadRequest
    counts = Review.objects.waiting_at_desk(timezone.now()).aggregate(
        new=Count("id", filter=Q(created_at__gt=since)), old=Count("id", filter=Q(created_at__lte=since))
    )
    # More than before of those that were there before: somebody put one back.
    new = counts["new"] + max(0, counts["old"] - waiting)
    context = {"new": new, "gone": max(0, waiting - counts["old"]), "url": reverse("desk-list")}
    part = live.Part(request.get_full_path(), (context["new"], context["gone"]))
    return live.answer(request, part, "coaching/review_news.html", context)


def waitlist_state(request):
    """Whether a slot is kept for her by now, or no longer, since the waiting list's page was loaded."""
    if not can_wait_for_slot(request.user):
        raise PermissionDenied
    was_status, was_kept = request.GET.get("status"), request.GET.get("kept")
    if (
        was_status not in ("", *WaitlistEntry.Status.values)
        or was_kept is None
        or (was_kept and not uuid_or_none(was_kept))
    ):
        raise BadRequest
    kept = Booking.objects.offers().live().filter(waitlist_entry=OuterRef("pk"), status=Booking.Status.HELD)
    rows = WaitlistEntry.objects.visible_to(request.user).annotate(kept=Subquery(kept.values("public_id")[:1]))
    status, kept = rows.order_by("-id").values_list("status", "kept").first() or ("", None)
    part = news.line_part(status=status, kept=kept, was_status=was_status, was_kept=was_kept)
    is_new = (status, str(kept or "")) != (was_status, was_kept)
    context = {"is_kept": is_new and bool(kept), "is_gone": is_new and was_kept and not kept, "is_new": is_new}
    return live.answer(request, part, "coaching/waiting_news.html", context)


def review_state(request, public_id):
    """Who has this review open, and whether it has moved on since the page was loaded."""
    review = get_object_or_404(
        Review.objects.visible_to(request.user).select_related("coach", "candidate"), public_id=public_id
    )
    if request.GET.get("status") not in Review.Status.values:
        raise BadRequest
    context = state_of(review, request.user, now=timezone.now())
    part = state_part(review, context, was=request.GET["status"])
    return live.answer(request, part, "coaching/review_state.html", context | {"was": request.GET["status"]})


def state_of(review, user, *, now):
    """What the part shows. Whoever is asked and has it open is known to have it open from here on."""
    if user.pk != review.candidate_id and review.is_answerable:
        presence.enter(review, by=user, now=now)
    is_mine = user.pk == review.candidate_id
    return {"review": review, "readers": presence.readers(review, but=user, now=now), "is_mine": is_mine, "user": user}


def state_part(review, context, *, was):
    url = f"{reverse('review-state', args=[review.public_id])}?status={was}"
    readers = tuple((reader.name, reader.since.isoformat()) for reader in context["readers"])
    return live.Part(url, (review.status, review.opened_at, review.coach_id, readers))


def slot_state(request, public_id):
    """Whether the time somebody looks at is still to be had.

    A candidate is told that one was taken back, and what is free near it, as long as she could have seen it; of any other
    it is "not offered any more", and so of one that never was.
    """
    seen = MockSlot.objects.known_to(request.user).with_day_away().annotate(others=_held_by_others(request.user))
    slot = seen.filter(public_id=public_id).first()
    if slot is None:
        if not request.user.is_candidate:
            raise Http404
        gone = {"is_offered": False, "others": None}
        part = live.Part(reverse("slot-state", args=[public_id]), (False, None, False))
        return live.answer(request, part, "coaching/slot_state.html", gone)
    context = slot_state_of(slot, reader=request.user, others=slot.others, now=timezone.now())
    return live.answer(request, context["state"], "coaching/slot_state.html", context)


def slot_state_of(slot, *, reader, others, now):
    """What the part shows, of a slot `with_day_away`; `others`: the status of a place somebody else holds in it, or None."""
    is_offered = not slot.is_day_away and slot.status == MockSlot.Status.OPEN and slot.starts_at > now
    taken_back = slot.status == MockSlot.Status.WITHDRAWN
    url = reverse("slot-state", args=[slot.public_id])
    return {
        "is_offered": is_offered,
        "taken_back": taken_back,
        "others": others,
        "state": live.Part(url, (is_offered, others, taken_back)),
        # Looked up only where it is shown.
        "near": lambda: taken_back and reader.is_candidate and _free_near(slot, reader=reader, now=now),
    }


def _free_near(slot, *, reader, now):
    return by_day(bookings.nearest_free(slot, by=reader, now=now), reader.zone)


def _held_by_others(user):
    places = Booking.objects.live().filter(slot=OuterRef("pk")).exclude(candidate=user)
    return Subquery(places.values("status")[:1])


def _since(query):
    try:
        moment = parse_datetime(query.get("since", ""))
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
