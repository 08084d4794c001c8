"""What a load balancer and a monitor ask: does the process live, and can it do its work?"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


class NotReady(Exception):
    """A part cannot do its work; the message says what is wrong, without anybody's data."""


def database():
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


# Each returns nothing when its part is fit, and raises NotReady when it is not. They run in this order, the database first.
READINESS_CHECKS: dict[str, Callable[[], None]] = {"database": database}


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
