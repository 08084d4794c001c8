"""A Celery app with one task that does nothing but read a row."""

from celery import Celery

app = Celery("bare")
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task(name="bare.look")
def look():
    from bench.bare.models import Interview  # noqa: PLC0415 -- Django is set up by now

    Interview.objects.first()
