"""What a load balancer and a monitor ask: does the process live, and is the work done?"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from followups import outbox

# The pump looks every ten seconds, and a mail that is due leaves at its next look.
LONGEST_PAUSE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=5)


class NotReady(Exception):
    """A part cannot do its work; the message says what is wrong, without anybody's data."""


def database():
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def pump():
    """The pump looked not long ago."""
    age = outbox.pump_age(timezone.now())
    if age is None:
        raise NotReady("the pump never ran")
    if age > LONGEST_PAUSE:
        raise NotReady(f"the pump last ran {age.total_seconds():.0f} s ago")


def due_mail():
    """No mail waits long past its time."""
    wait = outbox.oldest_due(timezone.now())
    if wait is not None and wait > LONGEST_WAIT:
        raise NotReady(f"a mail has been due for {wait.total_seconds():.0f} s")


def paused():
    """Nobody keeps all mail back."""
    if pause := outbox.mail_pause():
        after = "after a restore " if pause.taken_at else ""
        raise NotReady(f"all mail is paused {after}since {pause.began_at:%Y-%m-%dT%H:%MZ}")


# Each returns nothing when its part is fit, and raises NotReady when it is not. They run in this order, the database first.
READINESS_CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "pump": pump,
    "due_mail": due_mail,
    "paused": paused,
}


@login_not_required
@require_safe
@never_cache
def healthz(request):
    """The process answers, whatever happens to the servers behind it."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request):
    """Every part is fit (200), or which one is not (503)."""
    report = {name: state_of(check) for name, check in READINESS_CHECKS.items()}
    ready = set(report.values()) == {"ok"}
    return JsonResponse({"ready": ready, "checks": report}, status=200 if ready else 503)


def state_of(check):
    """ok, or the reason why not. An error of the database is named by its class only: its text may hold a row."""
    try:
        check()
    except NotReady as reason:
        return str(reason)
    except DatabaseError as error:
        return type(error).__name__
    return "ok"
