"""Celery only wakes: tasks carry no work."""

from celery import shared_task

from accounts.services import build_exports as build_due_exports
from accounts.services import expire_exports
from followups import outbox
from followups.outbox.clock import database_now


@shared_task
def pump():
    """Woken every 10 s and after a commit that wrote a row. Carries no work: run 0, 1 or 50 times, the same mails go out."""
    while outbox.pump(limit=200) == 200:
        pass  # more than one pass is due: don't wait for the next tick


@shared_task
def build_exports():
    """Woken when somebody asks for their data, and every minute. Where it does not come, the pump looks after them."""
    now = database_now()
    expire_exports(now)
    build_due_exports(now)
