from django.urls import path
from django.views.generic import ListView
from rest_framework import generics, serializers

from bench.bare.models import Interview


class PlainInterview(serializers.ModelSerializer):
    class Meta:
        model = Interview
        fields = ["company", "role_title", "ends_at"]


class Api(generics.ListAPIView):
    queryset = Interview.objects.order_by("-id")[:25]
    serializer_class = PlainInterview
    authentication_classes = []
    permission_classes = []


class Page(ListView):
    queryset = Interview.objects.order_by("-id")[:25]
    template_name = "bare.html"


urlpatterns = [path("interviews/", Page.as_view()), path("api/interviews/", Api.as_view())]
