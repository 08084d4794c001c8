"""The kinds of reminders there are. Each app registers its own here without this package knowing them."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts import preferences

NAMES_OF_CAUSES = uuid.UUID("5c7c6d0b-3f0e-4a53-9a35-0d6d5a0f6a6e")


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

    def limit(self, now):
        """What waiting must not pass: the deadline while it is ahead, then the end of its use. None if there is neither."""
        return self.deadline if self.deadline and self.deadline > now else self.useless_after


@dataclass(frozen=True)
class Cause:
    """A subject that is no record: something about the installation as a whole, such as few free slots."""

    kind: str
    name: str = ""

    @property
    def public_id(self):
        return uuid.uuid5(NAMES_OF_CAUSES, f"{self.kind}:{self.name}")


def type_of(subject):
    return "cause" if isinstance(subject, Cause) else subject._meta.label_lower


@dataclass(frozen=True)
class Kind:
    """A kind of reminder about one model's records, or (`subject_model=Cause`) about the one Cause named like the kind.

    `derive(subject, now)` says from state alone which reminders are wanted: a moment that has passed stays among them.
    `context(subject, reminder)` fills the mail `emails/<template>`; `path(public_id)` is the page it leads to; `related` are
    foreign keys to fetch along when several are delivered together, `many` what has a
    foreign key to them. Only people with one of `roles` are reminded.

    A kind that `asks` falls silent after two unanswered ones about a subject; `answered_at(subject, recipient)` is the last
    sign of life, if there are others than reading and snoozing. One that `repeats` is derived again once it was sent.
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
    many: tuple[str, ...] = ()
    asks: bool = False
    answered_at: Callable[[Any, Any], datetime | None] | None = None
    can_snooze: bool = False
    repeats: bool = False

    def wanted(self, subject, now):
        """What is wanted of this kind, for people who have the role for it."""
        return [one for one in self.derive(subject, now) if preferences.has_role(one.recipient, self.roles)]

    def find(self, public_ids):
        """The subjects with these ids, by id."""
        if self.subject_model is Cause:
            cause = Cause(self.name)
            return {cause.public_id: cause} if cause.public_id in public_ids else {}
        rows = self.subject_model._base_manager.filter(public_id__in=public_ids)
        rows = rows.select_related(*self.related) if self.related else rows
        rows = rows.prefetch_related(*self.many)
        return {row.public_id: row for row in rows}


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


def kinds_about(subject):
    if isinstance(subject, Cause):
        return [kind for kind in _kinds.values() if kind.subject_model is Cause and kind.name == subject.kind]
    return [kind for kind in _kinds.values() if kind.subject_model is type(subject)]
