"""The REST API: each app registers its own endpoints."""

from django.urls import include, path
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.reverse import reverse

import accounts.api
import coaching.api
import followups.api
import interviews.api

MODULES = (followups.api, coaching.api)


@extend_schema(exclude=True)
@api_view(["GET"])
@permission_classes([AllowAny])
def root(request):
    """What there is: the lists, and the description of everything."""
    lists = {
        prefix: reverse(f"api:{basename}-list", request=request)
        for module in MODULES
        for prefix, _viewset, basename in module.router.registry
    }
    alone = {
        name: reverse(f"api:{name}", request=request)
        for name in (
            *("today", "preferences", "calendar-feed", "one-thing", "account-deletion", "audit", "readers"),
            *("second-step", "installation"),
        )
    }
    nouns = ("token", "session", "export", "step-removal", "invitation", "roster")
    alone |= {f"{noun}s": reverse(f"api:{noun}-list", request=request) for noun in nouns}
    alone["people"] = reverse("api:person-list", request=request)
    return Response({"schema": reverse("api-schema", request=request), **lists, **alone})


# A namespace of its own: endpoint and page of one noun bear the same name.
app_name = "api"
urlpatterns = [
    path("", root, name="root"),
    *accounts.api.urlpatterns,
    *interviews.api.urlpatterns,
    *coaching.api.urlpatterns,
    *followups.api.urlpatterns,
    *(path("", include(module.router.urls)) for module in MODULES),
]
