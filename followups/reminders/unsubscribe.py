"""Turning one kind of reminder off from the mail itself: a signed link, without signing in (RFC 8058)."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse

SALT = "reminder-unsubscribe"


def url(user, kind):
    """The address for one person and one kind. It has no end: a mail may be opened years later."""
    token = signing.Signer(salt=SALT).sign(f"{user.public_id.hex}:{kind}")
    return settings.BASE_URL + reverse("reminder-unsubscribe", args=[token])


def headers(link):
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read(token):
    """The user and the kind's name of a token. Raises signing.BadSignature, or User.DoesNotExist."""
    public_id, _, kind = signing.Signer(salt=SALT).unsign(token).partition(":")
    return get_user_model().objects.get(public_id=public_id), kind


@transaction.atomic
def turn_off(user, kind):
    """Mute a kind; again changes nothing."""
    user = get_user_model().objects.select_for_update().get(pk=user.pk)
    if kind not in user.muted_reminders:
        user.muted_reminders = [*user.muted_reminders, kind]
        user.save(update_fields=["muted_reminders"])
