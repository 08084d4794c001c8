"""Pages of the demo only: the inbox and the style guide."""

from django.urls import include, path

urlpatterns = [
    path("mail/", include("config.mailbox")),
]
