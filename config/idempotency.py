"""A POST to the API that carries an Idempotency-Key acts once, however often it is sent."""

import hashlib

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from accounts import problems
from accounts.models import IdempotentRequest

MAX_KEY = 200
# Nothing is told twice here: a stranger's answers, and a key.
STORES_NOTHING = ("/api/v1/one-thing/", "/api/v1/calendar-feed/", "/api/v1/tokens/")
# Nothing was done: with another token, or in a minute, the same request may well be taken.
NOT_KEPT = (401, 403, 429)


class IdempotencyMiddleware:
    """Stores the answer in the transaction of the work itself.

    So a killed worker leaves either both or nothing. A second request with the same key gets the stored answer, while the
    first is still at work 409, and with another body 422. Answers of 500 and above, and those by which nobody was let in,
    are not kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        key = request.headers.get("Idempotency-Key", "")
        user = getattr(request, "user", None)
        if request.path in STORES_NOTHING or not (
            key and request.method == "POST" and request.path.startswith("/api/") and user and user.is_authenticated
        ):
            return self.get_response(request)
        if len(key) > MAX_KEY or not key.isprintable():
            return problems.answer(400, _("The Idempotency-Key is too long or unreadable."))
        try:
            body_hash = hashlib.sha256(request.body).hexdigest()
        except RequestDataTooBig:
            return problems.answer(413, _("A request with an Idempotency-Key may hold 1 MB at most."))
        try:
            with transaction.atomic():
                if not self._is_first(user, request, key):
                    answer = problems.answer(
                        409, _("The first request with this key is still at work. Ask again in a moment.")
                    )
                    answer["Retry-After"] = "1"
                    return answer
                row = IdempotentRequest.objects.create(
                    user=user, route=request.path[:200], key=key, body_hash=body_hash
                )
                response = self.get_response(request)
                if response.status_code >= 500 or response.status_code in NOT_KEPT:
                    raise _Forget(response)
                self._keep(row, response)
                return response
        except _Forget as forgotten:
            return forgotten.response
        except IntegrityError:
            return self._replay(user, request, key, body_hash)

    def _is_first(self, user, request, key):
        """Whether nobody else works under this key now: a lock that ends with the transaction, and with the worker."""
        name = f"idempotency:{user.pk}:{request.path[:200]}:{key}"
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
            return cursor.fetchone()[0]

    def _keep(self, row, response):
        row.status, row.answer = response.status_code, response.content
        row.content_type = response.headers.get("Content-Type", "")
        row.save(update_fields=["status", "answer", "content_type"])

    def _replay(self, user, request, key, body_hash):
        row = IdempotentRequest.objects.filter(user=user, route=request.path[:200], key=key).first()
        if row is None:
            return problems.answer(409, _("The first request with this key did not finish. Send it again."))
        if row.body_hash != body_hash:
            return problems.answer(422, _("This Idempotency-Key was used with another body."))
        answer = HttpResponse(bytes(row.answer or b""), status=row.status, content_type=row.content_type)
        answer["Idempotent-Replay"] = "true"
        return answer


class _Forget(Exception):
    def __init__(self, response):
        self.response = response
