"""Where somebody is signed in, and how that ends: the rows of the list and what lets a browser in."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.services.tokens import revoke_token


def sessions_of(user):
    """Those that still let somebody in, the oldest first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda session: session.created_at)


@transaction.atomic
def end_sessions(user, *, but=None):
    """Sign somebody out everywhere, for good; `but` is the key of a session that stays."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=but):
        session.end()


@transaction.atomic
def end_access(user, *, by, but=None, now=None):
    """Whatever was let in before is out: sessions and keys for programs."""
    end_sessions(user, but=but)
    for token in user.access_tokens.filter(revoked_at=None):
        revoke_token(token, by=by, now=now)
