"""How often one person may ask the API."""

from rest_framework.throttling import BaseThrottle

from accounts.rates import count, household

PER_MINUTE = 600


class UserRate(BaseThrottle):
    """A generous limit per person and minute, exact however many ask at once. When Redis is away nobody is refused for it.

    Where she stands is told with every answer (RateHeadersMiddleware).
    """

    def allow_request(self, request, view):
        who = str(request.user.pk) if request.user.is_authenticated else household(request._request)
        number, self.seconds = count("api", who)
        request._request.rate = (max(PER_MINUTE - number, 0), self.seconds)
        return number <= PER_MINUTE

    def wait(self):
        return self.seconds


class RateHeadersMiddleware:
    """Tells each program how many requests are left in this minute (IETF draft RateLimit header fields)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if hasattr(request, "rate"):
            left, seconds = request.rate
            response["RateLimit-Policy"] = f'"person";q={PER_MINUTE};w=60'
            response["RateLimit"] = f'"person";r={left};t={seconds}'
        return response
