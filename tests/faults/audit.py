"""What must hold between the rows and what the mail server accepted, whatever went wrong (I1 to I4 of docs/operations.md)."""

from collections import Counter

from django.conf import settings

from coaching import invariants
from followups.models import OutboundEmail

OVER = ("sent", "failed", "unknown", "cancelled", "suppressed")


def broken_promises(sink, now):
    """The codes of the promises that do not hold; a row that is not final counts as stuck."""
    rows = {f"<{row.public_id}@{settings.MAIL_DOMAIN}>": row for row in OutboundEmail.objects.all()}
    accepted = Counter(sink.message_ids())
    broken = set()
    if not accepted.keys() <= rows.keys():
        broken.add("I1 accepted without a row")
    if any(count > 1 and rows[name].to_third_party for name, count in accepted.items()):
        broken.add("I2 accepted twice")
    if any(row.status not in OVER for row in rows.values()):
        broken.add("I3 stuck")
    if any(row.status == "sent" and not accepted[name] for name, row in rows.items()):
        broken.add("I4 sent but not accepted")
    return broken | {promise.code for promise in invariants.check(now) if promise.count}
