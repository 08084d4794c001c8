"""Export and erasure of one person's data. Every app registers what it holds; nothing is forgotten by accident.

`export(user)` returns plain values for JSON; `erase(user)` removes or anonymises rows through the services that own them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_holders = {}


@dataclass(frozen=True)
class Holder:
    name: str
    export: Callable[[Any], Any]
    erase: Callable[[Any], None]


def register(name, export, erase):
    if name in _holders:
        raise ValueError(f"{name} is registered already")
    _holders[name] = Holder(name, export, erase)


def holders():
    """In the order of registration: the lowest app first."""
    return list(_holders.values())
