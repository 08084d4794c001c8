"""The address of one's private calendar feed: made, made anew, stopped."""

from django.core.exceptions import PermissionDenied
from rest_framework import serializers, status, viewsets
from rest_framework.response import Response

from accounts.describing import extend_schema
from accounts.sign_in import require_confirmed
from coaching.permissions import can_keep_feed
from coaching.services import feeds


class FeedSerializer(serializers.Serializer):
    created_at = serializers.DateTimeField(allow_null=True, help_text="Since when there is an address; null: none.")


class NewFeedSerializer(FeedSerializer):
    address = serializers.URLField(help_text="To subscribe to. Told in this answer and nowhere else.")


class CalendarFeedView(viewsets.ViewSet):
    """That of the person who asks. Whoever knows the address reads when there are sessions, and nothing else."""

    token_scopes = {"create": None, "destroy": None}

    @extend_schema(responses=FeedSerializer, summary="Whether there is a calendar feed")
    def retrieve(self, request):
        self._check(request)
        feed = feeds.feed_of(request.user)
        return Response(FeedSerializer({"created_at": feed and feed.created_at}).data)

    @extend_schema(
        request=None,
        responses={201: NewFeedSerializer},
        summary="A new address, and the end of the one before; confirm your password within five minutes before",
        description="An Idempotency-Key is not kept here: the answer is a key, and is stored nowhere.",
    )
    def create(self, request):
        self._check(request)
        require_confirmed(request)
        address = feeds.make_feed(request.user)
        made = {"created_at": feeds.feed_of(request.user).created_at, "address": address}
        return Response(NewFeedSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None}, summary="Stop the feed")
    def destroy(self, request):
        self._check(request)
        feeds.stop_feed(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _check(self, request):
        if not can_keep_feed(request.user):
            raise PermissionDenied
