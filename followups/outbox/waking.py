"""Waking the pump. Only a hint: the row is safe without it, so no error of the broker may reach or slow a page."""

import contextlib
import contextvars
import logging
import threading
import time

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)
PATIENCE = 0.5  # seconds that a page waits for the broker
PAUSE = 10  # seconds without another try once the broker did not answer
errors = 0
_down_until = 0.0
_here = threading.local()


@contextlib.contextmanager
def awake():
    """While the pump runs here, what it queues itself needs no waking: it looks again before it ends."""
    _here.is_awake = True
    try:
        yield
    finally:
        _here.is_awake = False


def wake():
    """Ask a worker to look for due mails, once this transaction is committed; once, however many rows it wrote."""
    if getattr(_here, "is_awake", False):
        return
    connection = transaction.get_connection()
    if not any(entry[1] is _publish for entry in connection.run_on_commit):
        transaction.on_commit(_publish)


def wake_exports():
    """Ask a worker to look for exports to put together, once this transaction is committed."""
    transaction.on_commit(lambda: _publish("followups.tasks.build_exports"))


def celery_app():
    """The installation's own. A process that never wakes anybody does without Celery: 130 modules, five megabytes."""
    return import_string(settings.AFTERWORD_CELERY_APP)


def _publish(task="followups.tasks.pump"):
    if time.monotonic() < _down_until:
        return
    celery = celery_app()  # outside of the time in which the broker has to answer
    # The time limits of the sockets are one for each step; a broker that answers byte by byte keeps every one of them.
    # In our context: the task learns which request woke it.
    call = contextvars.copy_context().run
    publisher = threading.Thread(target=call, args=[_try_to_publish, celery, task], name="wake", daemon=True)
    publisher.start()
    publisher.join(PATIENCE)
    if publisher.is_alive():
        _leave_alone("slow")


def _try_to_publish(celery, task):
    try:
        # By name: the tasks import this package.
        celery.send_task(task, retry=False, ignore_result=True)
    except Exception as error:
        _leave_alone(type(error).__name__)


def _leave_alone(reason):
    global errors, _down_until
    if time.monotonic() < _down_until:
        return
    errors += 1
    _down_until = time.monotonic() + PAUSE
    logger.warning("broker_unavailable error=%s count=%s", reason, errors)
