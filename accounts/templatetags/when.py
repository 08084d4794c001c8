"""Template tags that print instants: thin covers over accounts/when.py, the one place that prints a time."""

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.timesince import timeuntil
from django.utils.translation import gettext

from accounts import when as clock

register = template.Library()


@register.simple_tag(takes_context=True)
def when(context, instant, event_zone=""):
    """{% when note.due_at interview.zone %}: the moment in the reader's zone and, where it differs, in the event's."""
    if instant is None:
        return ""
    return clock.print_instant(
        instant, reader_zone=_reader_zone(context), event_zone=event_zone or None, translate=gettext
    )


@register.simple_tag(takes_context=True)
def when_range(context, start, end, event_zone=""):
    """{% when_range slot.starts_at slot.ends_at slot.zone %}: from and to, with both zones where they differ."""
    return clock.print_range(
        start, end, reader_zone=_reader_zone(context), event_zone=event_zone or None, translate=gettext
    )


@register.simple_tag(takes_context=True)
def on_day(context, instant):
    """{% on_day engagement.began_at %}: the day alone, in the reader's zone, where the hour tells nothing."""
    return clock.print_date(clock.to_wall(instant, _reader_zone(context)).date(), translate=gettext)


@register.filter
def left(instant):
    """How long until then, in one unit: "3 hours". Nobody needs the minutes of tomorrow, and 11:55 hours are 12."""
    now = timezone.now()
    slack = timedelta(minutes=10) if instant - now > timedelta(hours=1) else timedelta()
    return timeuntil(instant + slack, now, depth=1)


def _reader_zone(context):
    """Mails name the reader's zone; on pages it is the signed-in person's."""
    if "reader_zone" in context:
        return context["reader_zone"]
    user = getattr(context.get("request"), "user", None)
    return getattr(user, "zone", "") or "UTC"
