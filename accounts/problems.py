"""What a program is told when something is refused, as RFC 9457 says: one shape, from wherever it comes."""

from django.http import JsonResponse

CONTENT_TYPE = "application/problem+json"


def body(status, title, detail="", **more):
    return {"type": "about:blank", "status": status, "title": title, **({"detail": detail} if detail else {}), **more}


def answer(status, title, detail="", **more):
    """For code that stands outside the framework's views; those raise an exception (config/problems.py)."""
    return JsonResponse(body(status, title, detail, **more), status=status, content_type=CONTENT_TYPE)
