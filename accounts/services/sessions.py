"""Ending sessions: the rows of the list and what lets a browser in."""

from allauth.usersessions.models import UserSession


def end_sessions(user):
    """Sign somebody out everywhere, for good."""
    for session in UserSession.objects.filter(user=user):
        session.end()
