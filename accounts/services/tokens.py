"""Personal access tokens: keys to the API, told once and kept as hashes."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccessToken, User, hash_token
from accounts.records import Conflict, Refused
from accounts.services.auditing import audit

# A program that asks every second need not write every second.
USE_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def make_token(user, *, name, scopes, days, now=None):
    """The new row and its token, which is shown now and never again.

    `days` from 1 to 365. Raises Refused at the field, and Conflict where there are twenty already.
    """
    now = now or timezone.now()
    if not 1 <= days <= AccessToken.LONGEST_DAYS:
        raise Refused(_("From one day to a year."), field="days")
    scopes = [scope for scope in AccessToken.Scope.values if scope in scopes]
    if not scopes:
        raise Refused(_("Choose what it may do."), field="scopes")
    # Two windows at once make the twenty-first wait here.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if AccessToken.objects.usable(now).filter(user=user).count() >= AccessToken.MOST:
        raise Conflict(_("There are %(most)s already. End one that you use no more.") % {"most": AccessToken.MOST})
    key = AccessToken.PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        user=user,
        name=name,
        scopes=scopes,
        token_hash=hash_token(key),
        start=key[:8],
        expires_at=now + timedelta(days=days),
    )
    token.full_clean(exclude=["user", "token_hash"])
    token.save(force_insert=True)
    audit("access token made", token, by=user)
    return token, key


@transaction.atomic
def revoke_token(token, *, by, now=None):
    """It opens nothing from now on; a second time changes nothing."""
    now = now or timezone.now()
    if AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, updated_at=now):
        audit("access token ended", token, by=by, on_behalf_of=token.user)


def revoke_all_tokens(*, now):
    """Everybody's, where nobody can know which of them stand by right; how many opened something until now."""
    tokens = list(AccessToken.objects.usable(now).select_related("user"))
    for token in tokens:
        revoke_token(token, by=None, now=now)
    return len(tokens)


def token_behind(key, *, now=None):
    """The usable token of this key, with its user, or None; notes the use, to the minute."""
    now = now or timezone.now()
    if not key.startswith(AccessToken.PREFIX):
        return None
    token = AccessToken.objects.usable(now).filter(token_hash=hash_token(key)).first()
    if token and (token.last_used_at is None or token.last_used_at <= now - USE_NOTED_EVERY):
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
