"""Which entries of a file are one appointment, and which of them counts: UID, SEQUENCE, RECURRENCE-ID."""

import hashlib

from interviews.invitation.appointment import Invitation
from interviews.invitation.lines import Component

MAX_UID = 255
MAX_SEQUENCE = 2**31 - 1


def latest(events: list[Component]) -> list[Component]:
    """Of several versions of one event the highest SEQUENCE, the last of equals."""
    found: dict[tuple[str, ...], Component] = {}
    for number, each in enumerate(events):
        uid = each.text("UID")
        key = (uid, each.text("RECURRENCE-ID")) if uid else ("", str(number))
        if key not in found or sequence_of(each) >= sequence_of(found[key]):
            found[key] = each
    return list(found.values())


def without_replaced(found: list[Invitation]) -> list[Invitation]:
    """A time of a series that has an entry of its own (RECURRENCE-ID, its key ends in "=") is meant by that alone."""
    own = {each.uid for each in found if each.key.endswith("=")}
    return [each for each in found if each.key.endswith("=") or not each.uid or each.uid not in own]


def sequence_of(event: Component) -> int:
    text = event.text("SEQUENCE")
    return min(int(text[:12]), MAX_SEQUENCE) if text[:12].isascii() and text[:12].isdigit() else 0


def uid_of(event: Component, moment: str = "") -> str:
    """What the appointment is known by when it changes: its UID; of a series with the moment it was first meant for."""
    uid = "".join(char for char in event.text("UID") if char.isprintable())
    uid = f"{uid}/{moment}" if uid and moment else uid
    return uid if len(uid) <= MAX_UID else f"sha256:{hashlib.sha256(uid.encode(errors='replace')).hexdigest()}"
