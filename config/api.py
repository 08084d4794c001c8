"""The REST API: each app registers its own endpoints."""

from django.urls import include, path
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

import accounts.api
import coaching.api
import followups.api
import interviews.api

MODULES = (followups.api, coaching.api)


class Root(APIView):
    """What there is: the lists, and the description of everything."""

    permission_classes = [AllowAny]
    schema = None  # it describes itself

    def get(self, request):
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
    path("", Root.as_view(), name="root"),
    *accounts.api.urlpatterns,
    *interviews.api.urlpatterns,
    *coaching.api.urlpatterns,
    *followups.api.urlpatterns,
    *(path("", include(module.router.urls)) for module in MODULES),
]
