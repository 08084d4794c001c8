"""Marks a part of a page that follows what happens elsewhere (accounts/live.py, static/js/live.js)."""

from django import template
from django.conf import settings
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def live(part):
    """`<div {% live part %}>…</div>`: the attributes by which it is asked for anew. Without scripts it stays as it is."""
    return format_html(
        'data-live="{}" data-version="{}" hx-get="{}" hx-trigger="look" role="status"',
        settings.LIVE_SECONDS,
        part.version,
        part.url,
    )
