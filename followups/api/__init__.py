"""API of this app: the same three doors as its pages."""

from rest_framework.routers import SimpleRouter

router = SimpleRouter()
