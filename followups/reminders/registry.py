"""The kinds of reminders there are. Lower apps register theirs here without this package knowing them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts import preferences


@dataclass(frozen=True)
class Wanted:
    """One reminder that the present state asks for. Recipient and occurrence name it within its kind and subject.

    Past `useless_after` it is not sent. `deadline` (default: the same) is what quiet hours must not make it miss.
    """

    recipient: Any
    occurrence: str
    due_at: datetime
    useless_after: datetime | None = None
    deadline: datetime | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of reminder about one model's records.

    `derive(subject, now)` says from state alone which reminders are wanted: a moment that has passed stays among them.
    `context(subject, reminder)` fills the mail `emails/<template>`; `path(public_id)` is the page it leads to; `related` are
    foreign keys to fetch along when many are delivered together.
    """

    name: str
    subject_model: type
    derive: Callable[[Any, datetime], list[Wanted]]
    template: str
    context: Callable[[Any, Any], dict]
    title: str
    path: Callable[[Any], str]
    roles: tuple[str, ...] = ("candidate",)
    ignores_quiet_hours: bool = False
    related: tuple[str, ...] = ()


_kinds: dict[str, Kind] = {}


def register(kind):
    """Add a kind; each can be turned off on the settings page."""
    if kind.name in _kinds:
        raise ValueError(f"there is a kind {kind.name} already")
    _kinds[kind.name] = kind
    preferences.register_reminder(kind.name, kind.title, kind.roles)


def kind_named(name):
    """The kind, or None for one that is no longer registered."""
    return _kinds.get(name)


def kinds_about(model):
    return [kind for kind in _kinds.values() if kind.subject_model is model]
