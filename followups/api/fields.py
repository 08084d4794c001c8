"""Fields that several serializers share."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.fields import ascii_domain, validate_one_address


@extend_schema_field(
    {"type": "string", "example": "2026-11-20T09:30", "description": "Local date and time, without a zone."}
)
class WallTime(serializers.Field):
    """A clock on the wall: `2026-11-20T09:30`, its zone in another field."""

    default_error_messages = {"invalid": "Local date and time without a zone, such as 2026-11-20T09:30."}

    def to_representation(self, value):
        return value.isoformat(timespec="minutes")

    def to_internal_value(self, data):
        try:
            naive = serializers.DateTimeField().to_internal_value(data).replace(tzinfo=None)
        except serializers.ValidationError:
            self.fail("invalid")
        if not isinstance(data, str) or data[-1:] == "Z" or "+" in data[10:] or "-" in data[10:]:
            self.fail("invalid")
        return naive


class Address(serializers.EmailField):
    """One e-mail address; what is wrong with another is told in the same words as on the pages."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators = [validate_one_address]

    def to_internal_value(self, data):
        return ascii_domain(super().to_internal_value(data))


@extend_schema_field(OpenApiTypes.UUID)
class OneOf(serializers.SlugRelatedField):
    """A record named by its public id, among those the person may see.

    `find(user, public_id)` may give the same rows by a query that is written once.
    """

    def __init__(self, *, find=None, **kwargs):
        self.find = find
        super().__init__(slug_field="public_id", **kwargs)

    def get_queryset(self):
        queryset = super().get_queryset()
        request = self.context.get("request")
        return queryset.model.objects.visible_to(request.user) if request else queryset

    def to_internal_value(self, data):
        public_id = serializers.UUIDField().to_internal_value(data)
        if self.find is None or "request" not in self.context:
            return super().to_internal_value(public_id)
        found = self.find(self.context["request"].user, public_id)
        if not found:
            self.fail("does_not_exist", slug_name=self.slug_field, value=str(public_id))
        return found[0]
