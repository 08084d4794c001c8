"""Celery only wakes: tasks carry no work."""

from celery import shared_task


@shared_task
def sweep():
    """Lapses and reviews whose time has come: look again."""


@shared_task
def check_invariants():
    """The hourly look at the promises of docs/operations.md."""
