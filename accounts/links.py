"""Links in mails that lead to one page for one thing, without signing in: signed, for a while, for one person and one record.

The address itself is the key, so it is bound to a purpose (a link that confirms cannot cancel something else), to the person's
account and address (a closed account or a changed address ends it) and to the record. What may happen only once is looked up
in the record's state, never in the link.
"""

import base64
import binascii
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import languages

# Person, record, and the second at which it ends.
PARTS = (16, 32, 37)
HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store, private", "X-Robots-Tag": "noindex, nofollow"}


@dataclass(frozen=True)
class Link:
    """What a good link says: who follows it, and the public id of what it is about."""

    person: Any
    public_id: uuid.UUID
    ends_at: datetime

    @property
    def is_over(self):
        return self.ends_at <= timezone.now()


def make(purpose, person, public_id, *, ends_at):
    """A token of 94 characters for one purpose; its parts are long enough to be masked in every log."""
    content = person.public_id.bytes + public_id.bytes + int(ends_at.timestamp()).to_bytes(5)
    return _signer(purpose, person).sign(base64.urlsafe_b64encode(content).decode().rstrip("="))


def url(purpose, person, public_id, *, ends_at):
    """The whole address of the page `link-<purpose>`."""
    token = make(purpose, person, public_id, ends_at=ends_at)
    return settings.BASE_URL + reverse(f"link-{purpose}", args=[token])


def read(purpose, token):
    """The Link of a token, also of one whose time is over. None for a forged one, another purpose's, or a closed account's."""
    try:
        content = base64.urlsafe_b64decode(token.partition(":")[0] + "==")
        person_id, record_id, end = (content[a:b] for a, b in zip((0, *PARTS), PARTS, strict=False))
        person = get_user_model().objects.get(public_id=uuid.UUID(bytes=person_id), is_active=True)
        _signer(purpose, person).unsign(token)
    except (binascii.Error, ValueError, signing.BadSignature, get_user_model().DoesNotExist):
        return None
    return Link(person, uuid.UUID(bytes=record_id), datetime.fromtimestamp(int.from_bytes(end), UTC))


def _signer(purpose, person):
    return signing.Signer(salt=f"link:{purpose}:{person.email}")


def one_purpose(purpose):
    """A view that takes the Link of a good token: GET and HEAD show, POST acts, no sign-in, kept and told on by nobody.

    Whoever is signed in on the device plays no part. There is no CSRF token, because nobody else knows the address; and
    with the referrer forbidden, browsers would not say where the form came from.
    """

    def decorate(view):
        @login_not_required
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def guarded(request, token):
            link = read(purpose, token)
            if link is None:
                raise Http404
            if link.is_over:
                response = show(request, link, "accounts/link_over.html", status=410)
            else:
                response = view(request, link)
            return untold(response)

        return guarded

    return decorate


def untold(response, *, referrer="no-referrer"):
    """An answer whose address is a key: no cache keeps it, no index holds it, no other site is told it.

    With `referrer="same-origin"` browsers say where its form came from, which the check of its CSRF token asks for.
    """
    for name, value in (HEADERS | {"Referrer-Policy": referrer}).items():
        response.headers[name] = value
    return response


def show(request, link, template, context=None, *, status=200):
    """The page as a stranger's browser shows it, with times in the zone of the person whose link it is, and in their language."""
    languages.use_for_link(request, link.person)
    return render(
        request,
        template,
        {"user": AnonymousUser(), "reader_zone": link.person.zone, "reader": link.person, **(context or {})},
        status=status,
    )
