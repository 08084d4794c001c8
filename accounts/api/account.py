"""Leaving, and staying after all."""

from rest_framework import serializers, status, viewsets
from rest_framework.response import Response

from accounts import services
from accounts.describing import extend_schema
from accounts.leaving import LeavingSession
from accounts.sign_in import require_confirmed
from accounts.token_access import TokenAuthentication


class AccountDeletionSerializer(serializers.Serializer):
    asked_at = serializers.DateTimeField(source="created_at", allow_null=True)
    erase_at = serializers.DateTimeField(allow_null=True, help_text="Until then it can be undone.")


class AccountDeletionView(viewsets.ViewSet):
    """Deleting one's own account: with a session, never by an access token."""

    authentication_classes = (TokenAuthentication, LeavingSession)
    token_scopes = {"retrieve": None, "create": None, "destroy": None}

    @extend_schema(responses=AccountDeletionSerializer, summary="Whether it was asked for, and when it will be")
    def retrieve(self, request):
        return self._answer(services.erasure_of(request.user))

    @extend_schema(
        request=None,
        responses={202: AccountDeletionSerializer},
        summary="Close it now and delete it after the days of grace; confirm your password within five minutes before",
    )
    def create(self, request):
        require_confirmed(request)
        erasure = services.ask_erasure(request.user, keep_session=request.session.session_key)
        return self._answer(erasure, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses={204: None}, summary="Keep it after all: sign in and ask within the days of grace")
    def destroy(self, request):
        services.undo_erasure(request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _answer(self, erasure, **options):
        shown = erasure or {"created_at": None, "erase_at": None}
        return Response(AccountDeletionSerializer(shown).data, **options)
