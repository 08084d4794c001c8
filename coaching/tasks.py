"""Celery only wakes: tasks carry no work."""

import logging

from celery import shared_task

from accounts.services import erase_leftovers, forget_after_a_week
from coaching import figures, invariants
from coaching.services import series
from coaching.services.sweep import run as look_again
from followups import alerts, outbox
from followups.models import Alert
from followups.outbox.clock import database_now

logger = logging.getLogger(__name__)


@shared_task
def sweep():
    """Lapses and reviews whose time has come: look again. The pump does the same at every pass, with or without Redis."""
    now = database_now()
    # Nobody but beat causes this: `manage.py doctor` asks for it.
    outbox.beat("beat", now)
    look_again(now)


@shared_task
def roll_series():
    """The daily look ahead: series of slots are rolled on to the horizon. The sweep does it where this did not come."""
    series.roll_all(database_now())


@shared_task
def keep_figures():
    """The hourly count of what admins would wait for. Where it does not come, they wait."""
    figures.keep(database_now())


@shared_task
def check_invariants():
    """The hourly look at the promises of docs/operations.md: what is broken stands in the log, as a code and a number.

    At what is new, and at a part of the rest, so that a day sees everything. What was kept for a week only is forgotten on the way.
    """
    now = database_now()
    forget_after_a_week(now)
    erase_leftovers()
    broken = [invariant for invariant in invariants.check(now, hour=now.hour) if invariant.count]
    if broken:
        alerts.report(Alert.Cause.INVARIANTS, sum(invariant.count for invariant in broken), now=now)
    else:
        alerts.over(Alert.Cause.INVARIANTS, now=now)
    for invariant in broken:
        logger.error("invariant_broken code=%s count=%s promise=%s", invariant.code, invariant.count, invariant.promise)
