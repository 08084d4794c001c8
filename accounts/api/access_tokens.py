"""Keys of programs."""

from rest_framework import mixins, serializers, status
from rest_framework.response import Response

from accounts import services
from accounts.describing import extend_schema
from accounts.endpoints import RecordViewSet, etag_of
from accounts.fields import validate_clean_line
from accounts.models import AccessToken
from accounts.sign_in import require_confirmed


class AccessTokenSerializer(serializers.ModelSerializer):
    name = serializers.CharField(max_length=50, validators=[validate_clean_line])
    scopes = serializers.MultipleChoiceField(choices=AccessToken.Scope, allow_empty=False)
    days = serializers.IntegerField(min_value=1, max_value=AccessToken.LONGEST_DAYS, write_only=True)

    class Meta:
        model = AccessToken
        fields = ["public_id", "name", "scopes", "start", "expires_at", "last_used_at", "created_at", "days"]
        read_only_fields = ["public_id", "start", "expires_at", "last_used_at", "created_at"]

    def to_representation(self, token):
        return super().to_representation(token) | {"scopes": token.scopes}


class NewAccessTokenSerializer(AccessTokenSerializer):
    key = serializers.CharField(read_only=True, help_text="Told in this answer and nowhere else.")

    class Meta(AccessTokenSerializer.Meta):
        fields = [*AccessTokenSerializer.Meta.fields, "key"]


class AccessTokenViewSet(mixins.ListModelMixin, RecordViewSet):
    """Keys of programs to this API: made and ended with a session, never by another key."""

    queryset = AccessToken.objects.none()
    serializer_class = AccessTokenSerializer
    token_scopes = {"create": None, "destroy": None}

    def get_queryset(self):
        return super().get_queryset().for_list()

    @extend_schema(
        request=AccessTokenSerializer,
        responses={201: NewAccessTokenSerializer},
        summary="A new key; confirm your password within five minutes before",
        description="An Idempotency-Key is not kept here: the answer is a key, and is stored nowhere.",
    )
    def create(self, request):
        require_confirmed(request)
        token, token.key = services.make_token(request.user, **self._read(request))
        data = NewAccessTokenSerializer(token).data
        return Response(data, status=status.HTTP_201_CREATED, headers={"ETag": etag_of(token)})

    def retrieve(self, request, *args, **kwargs):
        return self.answer(self.get_object())

    @extend_schema(responses={204: None}, summary="End it: it opens nothing from now on")
    def destroy(self, request, *args, **kwargs):
        services.revoke_token(self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
