"""The outbox's only clock is the database's: a worker whose own clock is wrong changes nothing."""

import time
from datetime import timedelta

from django.db import connection


def database_now():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


class Clock:
    """Asked once per pass; from there on the time that has passed is added."""

    def __init__(self, now=None):
        self.start = now or database_now()
        self.began = time.monotonic()

    def __call__(self):
        return self.start + timedelta(seconds=time.monotonic() - self.began)
