"""The Celery app. Tasks carry no work, only "look again": 0, 1 or 50 runs of one are the same."""

import os

import structlog
from celery import Celery
from celery.signals import before_task_publish, task_prerun

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("afterword")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@before_task_publish.connect
def name_the_request(headers, **_):
    """The request that wakes a task goes with it, by its id alone."""
    headers["woken_by"] = structlog.contextvars.get_contextvars().get("request_id", "")


@task_prerun.connect
def name_the_task(task_id, task, **_):
    """Each line of a task's log has its id and that of the request. Not as `request_id`: what a task does may be due to others."""
    structlog.contextvars.clear_contextvars()
    woken_by = getattr(task.request, "woken_by", "")
    structlog.contextvars.bind_contextvars(
        task_id=task_id, task=task.name, **({"woken_by": woken_by} if woken_by else {})
    )
