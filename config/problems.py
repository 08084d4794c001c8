"""Problems of the API, as RFC 9457 says."""

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from accounts import problems
from accounts.records import Conflict, Refused


def problem(status_code, title, detail="", **more):
    """A problem+json answer (RFC 9457)."""
    body = problems.body(status_code, title, detail, **more)
    return Response(body, status=status_code, content_type=problems.CONTENT_TYPE)


def not_found(request, exception):
    """An address that is nowhere: the API says so in its own shape, pages in theirs."""
    if request.path.startswith("/api/"):
        return problems.answer(404, _("Not found"))
    return page_not_found(request, exception)


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
