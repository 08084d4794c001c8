"""The REST API: each app registers its own endpoints."""

from django.urls import include, path

import coaching.api
import followups.api
import interviews.api

# A namespace of its own: endpoint and page of one noun bear the same name.
app_name = "api"
urlpatterns = [path("", include(module.router.urls)) for module in (interviews.api, followups.api, coaching.api)]
