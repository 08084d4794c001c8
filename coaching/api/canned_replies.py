"""A coach's own replies."""

from django.core.exceptions import PermissionDenied
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.describing import extend_schema, extend_schema_view
from accounts.endpoints import ReadRecords
from coaching.models import CannedReply
from coaching.permissions import can_keep_replies
from coaching.services import canned_replies


class CannedReplySerializer(serializers.ModelSerializer):
    class Meta:
        model = CannedReply
        fields = ["public_id", "title", "text", "created_at", "updated_at"]
        # One of each name: the service says so at the field.
        validators = []


@extend_schema_view(
    create=extend_schema(summary="Keep a reply of one's own"),
    destroy=extend_schema(summary="Remove one; what was sent with it stays as it is"),
)
class CannedReplyViewSet(ReadRecords):
    """A coach's own, to be put into what she writes. Nobody else sees them."""

    queryset = CannedReply.objects.none()
    serializer_class = CannedReplySerializer

    def create(self, request):
        if not can_keep_replies(request.user):
            raise PermissionDenied
        reply = canned_replies.add_reply(by=request.user, **self._read(request))
        return self.answer(reply, status=status.HTTP_201_CREATED)

    def partial_update(self, request, public_id):
        reply = self.get_object()
        data = self._read(request, reply, partial=True)
        return self.answer(canned_replies.edit_reply(reply, by=request.user, **data))

    def destroy(self, request, public_id):
        canned_replies.remove_reply(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
