"""Looking after what has run out: changes that wait to leave, reviews nobody answered or whose coach is away, bookings nobody
confirmed, can come to, or said of whether they took place, holds of forms left open, the waiting list, series of slots not rolled
on for a day, questions whether two would work together, second steps to be taken away, lists brought along and never confirmed,
accounts to be deleted.

Called by the pump at every pass and by a task of its own, so it works without Redis. Run once or fifty times: the same.
"""

import logging
from datetime import timedelta

from django.db import DatabaseError

from accounts.models import Engagement, StepRemoval
from accounts.records import Conflict
from accounts.services import carry_out_due, carry_out_step_removal, expire_engagement
from coaching.models import Booking, CalendarChange
from coaching.reminders import look_at_slots
from coaching.services import (
    attendance,
    bookings,
    changes,
    closed_accounts,
    comments,
    handing_on,
    offers,
    reviews,
    series,
)
from followups import outbox
from followups.services.spreadsheets import forget_old_lists

logger = logging.getLogger(__name__)
BATCH = 200
# Who stops working together hands on in the same transaction, and what time alone ends is looked for at every pass. Whoever
# slips through, because two things happened at the same moment, is found by reading all that is open, so often.
LOOKED_AT = timedelta(minutes=15)
# No review is open for so long: a note's time is over within days.
LONGEST = timedelta(days=30)


def run(now):
    """One look at everything that is due at `now`; the number of records that changed."""
    changed = 0
    for change in CalendarChange.objects.due(now)[:BATCH]:
        changed += _one(changes.release, change, now)
    for review in reviews.overdue(now)[:BATCH]:
        changed += _one(reviews.go_without, review, now)
    without_a_coach, since = reviews.without_a_coach(), now - LONGEST
    if outbox.ran_since("open-reviews", now - LOOKED_AT):
        without_a_coach, since = without_a_coach.filter(on_desk=True), now - 2 * LOOKED_AT
    else:
        outbox.beat("open-reviews", now)
    for review in without_a_coach[:BATCH]:
        changed += _one(handing_on.hand_on, review, now)
    for review in handing_on.of_the_away(now)[:BATCH]:
        changed += _one(handing_on.hand_over, review, now)
    for review in reviews.outlived(since)[:BATCH]:
        changed += _one(reviews.let_pass, review, now)
    for engagement in Engagement.objects.overdue(now).select_related("candidate", "coach")[:BATCH]:
        changed += _one(expire_engagement, engagement, now)
    for removal in StepRemoval.objects.due(now).select_related("asked_by")[:BATCH]:
        changed += _one(carry_out_step_removal, removal, now)
    for booking in Booking.objects.lapsing(now).select_related("coach", "candidate").order_by("confirm_by")[:BATCH]:
        changed += _one(bookings.lapse, booking, now)
    for booking in closed_accounts.booked_by_closed(now)[:BATCH]:
        changed += _one(closed_accounts.give_back, booking, now)
    for booking in Booking.objects.unsaid(now).select_related("coach", "candidate").order_by("ends_at")[:BATCH]:
        changed += _one(attendance.let_stand, booking, now)
    bookings.release_holds(now, limit=BATCH)
    changed += comments.erase_due(now, limit=BATCH)
    changed += offers.look(now)
    series.roll_all(now)
    look_at_slots(now)
    forget_old_lists(now)
    changed += carry_out_due(now)
    return changed


def _one(act, record, now):
    """One record's trouble is not the others'."""
    try:
        return bool(act(record, now=now))
    except (Conflict, DatabaseError) as error:
        logger.warning("sweep_failed record=%s error=%s", record._meta.model_name, type(error).__name__)
        return False
    except Exception as error:
        logger.exception("sweep_broken record=%s error=%s", record._meta.model_name, type(error).__name__)
        return False
