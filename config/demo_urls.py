"""Pages of the demo only: the inbox and the style guide."""

from django.urls import include, path

from config.styleguide import dev_styleguide

urlpatterns = [
    path("mail/", include("config.mailbox")),
    path("styleguide/", dev_styleguide, name="dev-styleguide"),
]
