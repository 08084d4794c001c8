"""The Celery app. Tasks carry no work, only "look again": 0, 1 or 50 runs of one are the same."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("afterword")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
