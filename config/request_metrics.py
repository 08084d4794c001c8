"""How many requests, how slow, with how many queries: counted by each web process, added up at /metrics.

By page or API and by status alone. A page that one person opens would say, from one scrape to the next, what she did; the log
tells which page was slow.
"""

import os
import time

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

LABELS = ["kind"]
own = CollectorRegistry()
requests = Counter("afterword_requests", "Requests, by page or API and status", ["kind", "status"], registry=own)
seconds = Histogram(
    "afterword_request_seconds",
    "From a request to its answer",
    LABELS,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=own,
)
queries = Histogram(
    "afterword_request_queries", "SQL queries a request", LABELS, buckets=(2, 5, 10, 15, 20, 30, 50, 100), registry=own
)
# Asked by machines, every few seconds.
LEFT_OUT = ("/healthz", "/readyz", "/metrics")


class RequestMetricsMiddleware:
    """Counts where somebody reads it: without AFTERWORD_METRICS_TOKEN there is no such page."""

    def __init__(self, get_response):
        if not settings.AFTERWORD_METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if request.path in LEFT_OUT:
            return self.get_response(request)
        asked, began = 0, time.perf_counter()

        def count(execute, *arguments):
            nonlocal asked
            asked += 1
            return execute(*arguments)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        kind = "api" if request.path.startswith("/api/") else "page"
        requests.labels(kind, f"{response.status_code // 100}xx").inc()
        seconds.labels(kind).observe(time.perf_counter() - began)
        queries.labels(kind).observe(asked)
        return response


def latest():
    """The text for Prometheus: of all processes of this web server (gunicorn.conf.py), else of this one."""
    registry = own
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)
