"""What a person chooses about reminders: hours, zone, and which kinds reach her. Apps above register theirs when they start."""

from dataclasses import dataclass

from django.db import transaction

_kinds = {}
_followers = []


@dataclass(frozen=True)
class ReminderChoice:
    """`label` is shown on the settings page to people with one of `roles`."""

    name: str
    label: str
    roles: tuple[str, ...] = ("candidate",)


def register_reminder(name, label, roles=("candidate",)):
    _kinds[name] = ReminderChoice(name, label, tuple(roles))


def choice_named(name):
    """The kind, or None for one that is no longer registered."""
    return _kinds.get(name)


def has_role(user, roles):
    return any(getattr(user, f"is_{role}") for role in roles)


def reminders_for(user):
    """The kinds this person may turn off, in the order they were registered."""
    return [kind for kind in _kinds.values() if has_role(user, kind.roles)]


def register_follower(follow):
    """Call `follow(user)` in the transaction in which somebody's zone or quiet hours change."""
    _followers.append(follow)


@transaction.atomic
def choose(user, *, wanted=None, **fields):
    """Keep her language, zone, quiet hours and name; `wanted` names the kinds that may reach her, of those she may turn off."""
    if wanted is not None:
        fields["muted_reminders"] = [kind.name for kind in reminders_for(user) if kind.name not in set(wanted)]
    for name, value in fields.items():
        setattr(user, name, value)
    user.save(update_fields=list(fields))
    if fields.keys() & {"zone", "quiet_from", "quiet_until"}:
        for follow in _followers:
            follow(user)
    return user
