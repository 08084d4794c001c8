"""What several serializers of coaching share."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Engagement, User


class PersonSerializer(serializers.ModelSerializer):
    """Who it is, and nothing more about them."""

    name = serializers.CharField(source="get_full_name")

    class Meta:
        model = User
        fields = ["public_id", "name"]
        read_only_fields = fields


@extend_schema_field(OpenApiTypes.UUID)
class OnePerson(serializers.SlugRelatedField):
    """A person by public id: for admins anybody of that role, for others whom they work with now, and themselves."""

    def __init__(self, *, role, **kwargs):
        self.role = role
        super().__init__(slug_field="public_id", queryset=User.objects.none(), **kwargs)

    def get_queryset(self):
        people = User.objects.filter(is_active=True, **{f"is_{self.role}": True})
        request = self.context.get("request")
        if request is None:
            return people.none()
        user = request.user
        if user.is_admin:
            return people
        ours = Engagement.objects.coaches_of(user) if self.role == "coach" else Engagement.objects.clients_of(user)
        return people.filter(pk__in=ours) | people.filter(pk=user.pk)

    def to_internal_value(self, data):
        return super().to_internal_value(serializers.UUIDField().to_internal_value(data))


def read(serializer_class, view):
    """The checked body of a request, for an action with an input of its own."""
    serializer = serializer_class(data=view.request.data, context=view.get_serializer_context())
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
