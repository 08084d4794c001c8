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
