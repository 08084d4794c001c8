"""The web server whose worker dies where a request asks it to, for test_killed_web.py: as by `kill -9`, with no time for a word."""

import os
import signal
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
answer = get_wsgi_application()

from config.idempotency import IdempotencyMiddleware  # noqa: E402 -- the apps are ready from here on

asked = threading.local()
keep = IdempotencyMiddleware._keep


def die_if_asked(point):
    if asked.point == point:
        os.kill(os.getpid(), signal.SIGKILL)


def keep_and_perhaps_die(*arguments):
    """Work and answer are written, nothing is committed."""
    keep(*arguments)
    die_if_asked("before the commit")


IdempotencyMiddleware._keep = keep_and_perhaps_die


def application(environ, start_response):
    asked.point = environ.get("HTTP_X_DIE")
    response = answer(environ, start_response)
    die_if_asked("after the commit")
    return response
