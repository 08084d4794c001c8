"""Template tags that print instants: thin covers over accounts/when.py, the one place that prints a time."""

from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from math import ceil

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.timesince import timeuntil
from django.utils.translation import get_language, gettext, gettext_noop

from accounts import when as clock

register = template.Library()


# Nothing further away is called yesterday, today or tomorrow, whatever the zone.
NEAR = timedelta(days=2)
LEFT, OVER = gettext_noop("in %(time)s"), gettext_noop("now")


@register.simple_tag(takes_context=True)
def when(context, instant, event_zone=""):
    """{% when note.due_at interview.zone %}: the moment in the reader's zone and, where it differs, in the event's."""
    return "" if instant is None else _printed(context, instant, instant, event_zone)


@register.simple_tag(takes_context=True)
def when_range(context, start, end, event_zone=""):
    """{% when_range slot.starts_at slot.ends_at slot.zone %}: from and to, with both zones where they differ."""
    return _printed(context, start, end, event_zone)


@register.simple_tag(takes_context=True)
def on_day(context, instant):
    """{% on_day engagement.began_at %}: the day alone, in the reader's zone, where the hour tells nothing."""
    return clock.print_date(clock.to_wall(instant, _reader_zone(context)).date(), translate=gettext)


@register.simple_tag(takes_context=True)
def day_left(context):
    """{% day_left %}: the seconds until the reader's midnight, for which "today" and "tomorrow" stay true on a page."""
    zone, now = _reader_zone(context), timezone.now()
    tomorrow = clock.to_wall(now, zone).date() + timedelta(days=1)
    return ceil((clock.to_instant(datetime.combine(tomorrow, time()), zone) - now).total_seconds())


@register.filter
def zone_label(zone):
    """{{ client.zone|zone_label }}: as it stands beside a time, "Nairobi"."""
    return clock.zone_label(zone, timezone.now())


@register.filter
def left(instant):
    """How long until then, in one unit: "3 hours". Nobody needs the minutes of tomorrow, and 11:55 hours are 12."""
    now = timezone.now()
    span = _in_one_unit(instant, now)
    return timeuntil(now + span, now, depth=1) if span >= SHORTEST_MONTH else _span_in_words(span, get_language())


def _in_one_unit(instant, now):
    """What is left, in whole weeks, days, hours or minutes; from four weeks on the calendar tells the months."""
    span = instant - now
    if span > timedelta(hours=1):
        span += timedelta(minutes=10)
    if span >= SHORTEST_MONTH:
        return span
    unit = next((unit for unit in UNITS if span >= unit), None)
    return span // unit * unit if unit else timedelta()


SHORTEST_MONTH = timedelta(days=28)
UNITS = (timedelta(weeks=1), timedelta(days=1), timedelta(hours=1), timedelta(minutes=1))
SOME_DAY = datetime(2001, 1, 1, tzinfo=UTC)


@cache
def _span_in_words(span, language):
    """A hundred of a language, each of which a list would look up in every row."""
    return timeuntil(SOME_DAY + span, SOME_DAY, depth=1)


@register.simple_tag(takes_context=True)
def deadline(context, at, zone="", tone="", label="", bare=False, told=False):
    """{% deadline at=note.due_at zone=interview.zone tone="soon" label=by %}: a moment, and how long it is until then.

    `zone` is the event's; `tone` "soon", "late" or "kept"; `bare` leaves out the time that is left, `told` has it read out.
    A tag and no template of its own: lists show one in each row, and an included template took a third of such a page.
    """
    left_over = ""
    if not bare and tone not in ("late", "kept"):
        words = _words(get_language())
        left_over = format_html(
            ' <span class="left" data-left="{}" data-over="{}">{}</span>{}',
            at.astimezone(UTC).isoformat(),
            words(OVER),
            words(LEFT) % {"time": left(at)},
            TOLD if told else "",
        )
    return format_html(
        '<span class="deadline {}"><svg class="icon" aria-hidden="true"><use href="{}#clock"/></svg>'
        '<span class="at">{}{}{}</span>{}</span>',
        tone,
        # The base template has asked for it already.
        context.get("icons") or static("img/icons.svg"),
        label,
        " " if label else "",
        when(context, at, zone),
        left_over,
    )


TOLD = format_html('<span class="{}" role="status" data-left-said></span>', "hidden-text")


@register.simple_tag
def status(status, label, tone=""):
    """{% status note.status note.get_status_display %}: a state as a badge; `tone` "good", "calm", "info", "soon", "bad" or "none"."""
    return _badge(status, str(label) if isinstance(label, Promise) else label, tone)


# Typed: a text that is safe as it stands and one that is not are equal.
@lru_cache(maxsize=256, typed=True)
def _badge(status, label, tone):
    return format_html(
        '<span class="badge" data-status="{}"{}>{}</span>',
        status,
        format_html(' data-tone="{}"', tone) if tone else "",
        capfirst(label),
    )


@cache
def _words(language):
    """The words of a language, each looked up once: a list prints the same weekdays, months and little words in every row."""
    return cache(gettext)


def _printed(context, start, end, event_zone):
    """The words; a page is read at once and says "today", with the date beside it for whoever points at it or prints it."""
    zone, event_zone, words = _reader_zone(context), event_zone or None, _words(get_language())
    dated = clock.print_range(start, end, reader_zone=zone, event_zone=event_zone, translate=words)
    now = timezone.now()
    if context.get("request") is None or start - now > NEAR or now - end > NEAR:
        return dated
    near = clock.print_range(start, end, reader_zone=zone, event_zone=event_zone, now=now, translate=words)
    if near == dated:
        return dated
    return format_html('<time class="near" datetime="{}" title="{}">{}</time>', start.isoformat(), dated, near)


def _reader_zone(context):
    """Mails name the reader's zone; on pages it is the signed-in person's."""
    if "reader_zone" in context:
        return context["reader_zone"]
    user = getattr(context.get("request"), "user", None)
    return getattr(user, "zone", "") or "UTC"
