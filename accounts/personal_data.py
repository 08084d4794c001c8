"""What we hold about a person: each app says what of it stands in an export, and how it is erased.

The apps register in `AppConfig.ready()`, the lowest first. An export is told in that order; erasing goes the other way, so that
no row is left that points to something gone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

_parts: dict[str, "Part"] = {}


@dataclass(frozen=True)
class Part:
    """An app's share. `export` holds the tables of its rows, `erase(person)` removes them within the caller's transaction."""

    name: str
    export: Sequence[Any]
    erase: Callable[[Any], Any] | None


def register(name, *, export, erase):
    """Say once, in `AppConfig.ready()`, what an app holds of people. Saying it again replaces what was said."""
    _parts[name] = Part(name, tuple(export), erase)


def parts():
    """In the order of an export."""
    return tuple(_parts.values())


def parts_to_erase():
    """Those that can erase, the highest app first."""
    return tuple(part for part in reversed(_parts.values()) if part.erase)
