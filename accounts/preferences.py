"""Which kinds of reminders a person can turn off. Apps above register theirs when they start."""

from dataclasses import dataclass

_kinds = {}


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


def reminders_for(user):
    """The kinds this person may turn off, in the order they were registered."""
    mine = {role for role in ("candidate", "coach", "admin") if getattr(user, f"is_{role}")}
    return [kind for kind in _kinds.values() if mine & set(kind.roles)]
