"""Addresses: each app brings its own."""

from django.conf import settings
from django.urls import include, path

from config.guide import api_guide, api_schema
from config.health import healthz, readyz
from config.metrics import metrics

handler400 = "config.problems.bad_request"
handler403 = "config.problems.denied"
handler404 = "config.problems.not_found"
handler429 = "config.problems.too_fast"
handler500 = "config.problems.broken"
# Those of one prefix first: an address is looked for in this order, and the pages are many.
urlpatterns = [
    path("api/v1/schema/", api_schema, name="api-schema"),
    path("api/v1/", include("config.api")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("help/api/", api_guide, name="api-guide"),
    # Ours come first: some take the place of the library's.
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("interviews.urls")),
    path("", include("followups.urls")),
    path("", include("coaching.urls")),
]
if settings.AFTERWORD_DEMO:
    urlpatterns += [path("dev/", include("config.demo_urls"))]
