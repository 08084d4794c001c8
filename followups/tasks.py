"""Celery only wakes: tasks carry no work."""

from celery import shared_task

from followups import outbox


@shared_task
def pump():
    """Woken every 10 s and after a commit that wrote a row. Carries no work: run 0, 1 or 50 times, the same mails go out."""
    while outbox.pump(limit=200) == 200:
        pass  # more than one pass is due: don't wait for the next tick
