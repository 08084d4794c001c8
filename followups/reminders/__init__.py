"""Reminders: rows derived from state, derived again whenever their subject changes, delivered by the pump.

Each app registers its kinds in `AppConfig.ready()`; services call `refresh(subject)` whenever a subject changes.
"""

from followups.reminders.delivery import deliver_due
from followups.reminders.optional import compose_unless_muted
from followups.reminders.plan import forget, refresh
from followups.reminders.registry import Kind, Wanted, kind_named, register

__all__ = ["Kind", "Wanted", "compose_unless_muted", "deliver_due", "forget", "kind_named", "refresh", "register"]
