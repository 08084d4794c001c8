"""What a coach's page says about the queue while it stays open."""

from urllib.parse import urlencode

from django.urls import reverse

from accounts import live

# The pages that show the queue.
PAGES = ("today", "review-list")


def part(page, *, waiting, now):
    """As it stands on a page loaded at `now`, which knows of `waiting` reviews: nothing new yet."""
    query = urlencode({"since": now.isoformat(), "waiting": waiting, "page": page})
    return live.Part(f"{reverse('review-news')}?{query}", (0, 0))
