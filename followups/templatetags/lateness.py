"""Prints how late mail was: in the unit people would use."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def lateness(seconds):
    """0.4 → "0.4 s", 75 → "1 min 15 s", 7300 → "2 h 2 min"; "–" for None."""
    if seconds is None:
        return "–"
    if seconds < 10:
        return _("%(n)s s") % {"n": f"{seconds:.1f}"}
    seconds = round(seconds)
    if seconds < 60:
        return _("%(n)s s") % {"n": seconds}
    if seconds < 3600:
        return _("%(m)s min %(s)s s") % {"m": seconds // 60, "s": seconds % 60}
    if seconds < 86400:
        return _("%(h)s h %(m)s min") % {"h": seconds // 3600, "m": seconds % 3600 // 60}
    return _("%(d)s d %(h)s h") % {"d": seconds // 86400, "h": seconds % 86400 // 3600}
