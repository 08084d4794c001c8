from django.urls import path  # noqa: F401 -- pages follow

urlpatterns = []
