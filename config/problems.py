"""Problems of the API, as RFC 9457 says."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from accounts import problems
from accounts.records import Conflict, Refused
from config.middleware import page_of_form, typed_in

# So long a server that is started again mostly takes.
AWAY_SECONDS = 30


def problem(status_code, title, detail="", **more):
    """A problem+json answer (RFC 9457)."""
    body = problems.body(status_code, title, detail, **more)
    return Response(body, status=status_code, content_type=problems.CONTENT_TYPE)


def is_api(request):
    return request.path.startswith("/api/")


def not_found(request, exception):
    """An address that is nowhere: the API says so in its own shape, pages in theirs."""
    if is_api(request):
        return problems.answer(404, _("Not found"))
    return defaults.page_not_found(request, exception)


def denied(request, exception):
    if is_api(request):
        return problems.answer(403, _("This is not yours to do"))
    # Mostly what was hers to do in this tab has been done in another: the form is looked at again, its words are not lost.
    return render(request, "403.html", _tried(request) if request.method == "POST" else {}, status=403)


def bad_request(request, exception):
    """Most often somebody tries something; only a text that is far too long happens to people."""
    if isinstance(exception, RequestDataTooBig):
        if is_api(request):
            return problems.answer(413, _("That is too large"))
        return render(request, "413.html", {"text": True}, status=413)
    if is_api(request):
        return problems.answer(400, _("That request did not make sense"))
    return defaults.bad_request(request, exception)


def csrf_failed(request, reason=""):
    return render(request, "403_csrf.html", _tried(request), status=403)


def too_fast(request):
    """Of sign-in, sign-up and the mails about them: back to the form, with the words that stood in it."""
    return render(request, "429.html", _tried(request), status=429)


def broken(request):
    """What nobody expected (500), or a database that does not answer (503): said without asking the database for anything."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    if is_api(request):
        if away:
            detail = _("The database does not answer. Send it again in a moment, with the same Idempotency-Key.")
            answer = problems.answer(503, _("Away for a moment"), detail)
        else:
            answer = problems.answer(500, _("Something broke on our side, and it has been noted."))
    else:
        template = loader.get_template("503.html" if away else "500.html")
        answer = HttpResponse(template.render(_tried(request)), status=503 if away else 500)
    if away:
        answer["Retry-After"] = str(AWAY_SECONDS)
    return answer


def _tried(request):
    """Where to try again, and the words that were typed, if a form of ours brought them: another site's shall put none here."""
    if request.method in ("GET", "HEAD"):
        return {"again": request.get_full_path()}
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return {}
    return {"again": page_of_form(request), "typed": typed_in(request)}


def problem_response(exc, context):
    """Every refusal of the API has one shape; field errors are under `errors`."""
    if isinstance(exc, Conflict):
        set_rollback()
        return problem(status.HTTP_409_CONFLICT, _("Conflict"), str(exc), choices=exc.choices, **exc.now)
    if isinstance(exc, Refused):
        set_rollback()
        errors = {exc.field: [str(exc)]} if exc.field else {}
        return problem(status.HTTP_422_UNPROCESSABLE_ENTITY, _("Refused"), str(exc), errors=errors, choices=exc.choices)
    if isinstance(exc, DjangoValidationError):
        errors = exc.message_dict if hasattr(exc, "error_dict") else {"non_field_errors": exc.messages}
        exc = exceptions.ValidationError(errors)
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    response = exception_handler(exc, context)
    if response is None:
        return None
    more = {}
    detail = ""
    if isinstance(exc, exceptions.ValidationError):
        title, more["errors"] = _("Some of this cannot be used as it is."), response.data
        if isinstance(response.data, list):
            more["errors"] = {"non_field_errors": response.data}
    else:
        title, detail = response.status_text, str(getattr(exc, "detail", ""))
    answer = problem(response.status_code, str(title), detail, **more)
    for header in ("WWW-Authenticate", "Retry-After", "Allow"):
        if header in response.headers:
            answer[header] = response.headers[header]
    return answer
