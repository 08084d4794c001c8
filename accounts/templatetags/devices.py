"""A filter over accounts/devices.py."""

from django import template
from django.utils.translation import gettext

from accounts import devices

register = template.Library()


@register.filter
def device(session):
    """{{ session|device }}: the browser somebody is signed in with."""
    return devices.name_device(session.user_agent, translate=gettext)
