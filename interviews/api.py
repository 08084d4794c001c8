"""Who else has read one's interviews: the same rows as on the page."""

from django.http import Http404
from django.urls import path
from rest_framework import generics, serializers

from accounts.models import AuditEntry
from interviews.readings import readings_of


class ReaderSerializer(serializers.ModelSerializer):
    reader = serializers.CharField(
        source="by.get_full_name", default=None, allow_null=True, help_text="Null: the account is gone."
    )
    interview = serializers.UUIDField(source="subject_id")
    company = serializers.CharField()

    class Meta:
        model = AuditEntry
        fields = ["at", "reader", "interview", "company"]


class ReadingsView(generics.ListAPIView):
    """Who else has opened one of her interviews, the latest first: once per reader, interview and hour."""

    queryset = AuditEntry.objects.none()
    serializer_class = ReaderSerializer

    def get_queryset(self):
        if not self.request.user.is_candidate:
            raise Http404
        return readings_of(self.request.user)


urlpatterns = [path("readers/", ReadingsView.as_view(), name="readers")]
