"""Reminders: rows derived from state, derived again whenever their subject changes, delivered by the pump.

Each app registers its kinds in `AppConfig.ready()`; services call `refresh(subject)` whenever a subject changes.
"""

from followups.reminders.delivery import deliver_due
from followups.reminders.optional import compose_optional, compose_unless_muted
from followups.reminders.plan import forget, refresh, refresh_all, replan
from followups.reminders.registry import Cause, Kind, Wanted, kind_named, register
from followups.reminders.snoozing import snooze

__all__ = [
    "Cause",
    "Kind",
    "Wanted",
    "compose_optional",
    "compose_unless_muted",
    "deliver_due",
    "forget",
    "kind_named",
    "refresh",
    "refresh_all",
    "register",
    "replan",
    "snooze",
]
