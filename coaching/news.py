"""What a page says while it stays open about what has come: reviews to a coach, answers to a candidate."""

from urllib.parse import urlencode

from django.urls import reverse

from accounts import live

# The pages that show them.
PAGES = ("today", "review-list")


def part(page, *, now, waiting=0):
    """As it stands on a page loaded at `now`, which shows so many reviews `waiting` for a coach: nothing new yet."""
    query = urlencode({"since": now.isoformat(), "waiting": waiting, "page": page})
    return live.Part(f"{reverse('review-news')}?{query}", (0, 0))


def desk_part(*, now, waiting):
    """As it stands on the desk's page loaded at `now`, when so many waited there."""
    return live.Part(f"{reverse('desk-news')}?{urlencode({'since': now.isoformat(), 'waiting': waiting})}", (0, 0))


def line_part(*, status, kept, was_status, was_kept):
    """Of somebody in the waiting list: her state and the offer that is kept for her, and what a page was loaded with."""
    query = urlencode({"status": was_status, "kept": was_kept or ""})
    return live.Part(f"{reverse('waitlist-state')}?{query}", (status, str(kept or ""), was_status, str(was_kept or "")))
