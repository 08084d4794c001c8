"""For admins, what was done to accounts and engagements."""

from django.core.exceptions import PermissionDenied
from rest_framework import generics, serializers

from accounts import services
from accounts.models import AuditEntry
from accounts.permissions import can_manage_people


class AuditEntrySerializer(serializers.ModelSerializer):
    by = serializers.UUIDField(
        source="by.public_id", default=None, allow_null=True, help_text="Null: by itself, or the account is gone."
    )
    on_behalf_of = serializers.UUIDField(
        source="on_behalf_of.public_id",
        default=None,
        allow_null=True,
        help_text="Whose affair somebody else saw to; null: their own.",
    )
    words = serializers.SerializerMethodField()

    class Meta:
        model = AuditEntry
        fields = ["at", "by", "on_behalf_of", "verb", "words", "subject_type", "subject_id", "request_id"]
        extra_kwargs = {"request_id": {"help_text": "As in the log; empty where a task did it."}}

    def get_words(self, entry) -> str:
        return str(services.in_words(entry))


class AuditView(generics.ListAPIView):
    """Who did what to whose account or engagement, the latest first. Admins only; it holds nothing anybody wrote."""

    queryset = AuditEntry.objects.none()
    serializer_class = AuditEntrySerializer

    def get_queryset(self):
        if not can_manage_people(self.request.user):
            raise PermissionDenied
        return AuditEntry.objects.visible_to(self.request.user).for_list()
