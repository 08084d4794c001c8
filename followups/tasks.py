"""Celery only wakes: tasks carry no work."""

import multiprocessing

from celery import shared_task
from celery.signals import worker_shutting_down

from accounts.services import build_exports as build_due_exports
from accounts.services import expire_exports
from followups import outbox
from followups.outbox.clock import database_now

# Whoever does the work is a fork of the worker that is told to stop. Without a lock, which one that is killed would keep.
_is_stopping = multiprocessing.RawValue("b", 0)


@worker_shutting_down.connect
def stop(**_):
    """The worker ends: after the mail in hand the rest is left to others, or a slow mail server would outlast its patience."""
    _is_stopping.value = 1


def is_stopping():
    return bool(_is_stopping.value)


@shared_task
def pump():
    """Woken every 10 s and after a commit that wrote a row. Carries no work: run 0, 1 or 50 times, the same mails go out."""
    while not is_stopping() and outbox.pump(limit=200, stopping=is_stopping) == 200:
        pass  # more than one pass is due: don't wait for the next tick


@shared_task
def archive_mails():
    """Woken every hour, and may be late by days: nothing waits for it. Two at once take different rows."""
    outbox.archive(database_now(), batches=100)


@shared_task
def build_exports():
    """Woken when somebody asks for their data, and every minute. Where it does not come, the pump looks after them."""
    now = database_now()
    expire_exports(now)
    build_due_exports(now)
