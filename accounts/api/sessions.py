"""Where one is signed in."""

from allauth.usersessions.models import UserSession
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import serializers, status, viewsets
from rest_framework.response import Response

from accounts import services
from accounts.describing import extend_schema
from accounts.devices import name_device
from accounts.sign_in import require_confirmed


class SessionSerializer(serializers.ModelSerializer):
    device = serializers.SerializerMethodField()
    is_this = serializers.SerializerMethodField(help_text="The one that asks.")

    class Meta:
        model = UserSession
        fields = ["id", "device", "ip", "created_at", "is_this"]

    def get_device(self, session) -> str:
        return name_device(session.user_agent, translate=_)

    def get_is_this(self, session) -> bool:
        return session.session_key == self.context["request"].session.session_key


class SessionViewSet(viewsets.GenericViewSet):
    """Where one is signed in; ended with a session that confirmed the password just now, never by a key."""

    queryset = UserSession.objects.none()
    serializer_class = SessionSerializer
    pagination_class = None
    filter_backends = []
    token_scopes = {"destroy": None, "end_others": None}

    @extend_schema(summary="Each browser, the oldest first")
    def list(self, request):
        return Response(self.get_serializer(services.sessions_of(request.user), many=True).data)

    @extend_schema(responses={204: None}, summary="Sign one out; confirm your password within five minutes before")
    def destroy(self, request, pk):
        session = get_object_or_404(UserSession.objects.filter(user=request.user), pk=pk)
        require_confirmed(request)
        session.end()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        request=None, responses={204: None}, summary="Sign out everywhere else; confirm your password before"
    )
    def end_others(self, request):
        require_confirmed(request)
        services.end_sessions(request.user, but=request.session.session_key)
        return Response(status=status.HTTP_204_NO_CONTENT)
