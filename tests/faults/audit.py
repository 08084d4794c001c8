"""What must hold between the rows and what the mail server accepted, whatever went wrong (docs/operations.md).

The server's side of the promises (I1, I2, I4, nothing lost, nothing too early) is checked here, the database's by
`coaching.invariants`, with which every audit ends.
"""

import json
import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from coaching import invariants
from followups.models import OutboundEmail

WITHOUT_ROW = "I1 accepted without a row"
OVER = {"sent", "failed", "unknown", "cancelled", "suppressed"}
# The sink's clock is read after the row's moment has been compared: on one machine they differ by less.
SAME_MOMENT = timedelta(milliseconds=50)


@dataclass(frozen=True)
class Findings:
    """Counts of one scenario, and `broken`: the promises that do not hold.

    `lost` is a row that ended well or hangs although the server never accepted it; `doubled` a letter it accepted twice;
    `again` a second copy to one of our own people under the same Message-ID, which at least once allows.
    """

    sends: int
    accepted: int
    lost: int
    doubled: int
    again: int
    unknown: int
    broken: frozenset[str]


class Audit:
    """The audit of one test: `audit()` compares, and adds what it finds to the totals of the run."""

    def __init__(self, sink, *, is_control=False):
        self.sink = sink
        self.is_control = is_control

    def __call__(self, *, now=None, is_over=True, on_time=False, after_restore=False):
        """Compare, and count unless this is a control.

        `is_over`: rows that are not final count as lost. `on_time`: nothing may have come before its due time.
        `after_restore`: rows written after the backup are gone, so what was accepted may have none.
        """
        found = compare(self.sink, now or timezone.now() + timedelta(minutes=10), is_over=is_over, on_time=on_time)
        if after_restore:
            found = replace(found, broken=found.broken - {WITHOUT_ROW})
        if not self.is_control:
            counts = {
                name: getattr(found, name) for name in ("sends", "accepted", "lost", "doubled", "again", "unknown")
            }
            add_to_totals(broken=len(found.broken), **counts)
        return found


def compare(sink, now, *, is_over, on_time):
    columns = ("public_id", "status", "to_third_party", "due_at")
    rows = {
        f"<{public_id}@{settings.MAIL_DOMAIN}>": rest
        for public_id, *rest in OutboundEmail.objects.values_list(*columns).iterator()
    }
    accepted, broken = Counter(sink.message_ids()), set()
    asked_for_again = set(
        OutboundEmail.objects.filter(events__reason="retry", events__by__isnull=False).values_list(
            "public_id", flat=True
        )
    )
    doubled = again = lost = unknown = 0
    for name, (status, to_third_party, _) in rows.items():
        copies = accepted[name]
        unknown += status == "unknown"
        lost += (status == "sent" and not copies) or (is_over and status not in OVER)
        if copies > 1 and to_third_party:
            doubled += name[1:37] not in {str(public_id) for public_id in asked_for_again}
        elif copies > 1:
            again += copies - 1
        if is_over and status not in OVER:
            broken.add("I3 stuck")
        if status == "sent" and not copies:
            broken.add("I4 sent but not accepted")
    if not accepted.keys() <= rows.keys():
        broken.add(WITHOUT_ROW)
    if doubled:
        broken.add("I2 accepted twice")
    if on_time and any(mail.at < rows[mail.message_id][2] - SAME_MOMENT for mail in sink.accepted):
        broken.add("sent before its time")
    broken |= {promise.code for promise in invariants.check(now) if promise.count}
    return Findings(len(rows), accepted.total(), lost, doubled, again, unknown, frozenset(broken))


def add_to_totals(**counts):
    """Add to what `./dev faults` prints last."""
    if place := os.environ.get("AFTERWORD_FAULT_TOTALS"):
        with Path(place).open("a") as file:
            file.write(json.dumps(counts) + "\n")
