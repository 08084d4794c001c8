"""What every endpoint about a record shares: its public address, its ETag, and If-Match on edits."""

import hashlib

from django.utils import timezone
from rest_framework import exceptions, mixins, permissions, status, viewsets
from rest_framework.response import Response

from accounts.representing import rows_of


class PreconditionFailed(exceptions.APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = "This was changed in the meantime: read it again before you change it."
    default_code = "precondition_failed"


def etag_of(record):
    version = f"{record._meta.label}:{record.pk}:{_version_of(record)}"
    return f'"{hashlib.sha256(version.encode()).hexdigest()[:32]}"'


def _version_of(record):
    """When it was last changed. People's rows do not say so: there it is what stands in them, but for their signing in."""
    if hasattr(record, "updated_at"):
        return record.updated_at.isoformat()
    fields = [field.attname for field in record._meta.concrete_fields if field.name not in ("last_login", "password")]
    return [(name, str(getattr(record, name))) for name in fields]


class RecordViewSet(viewsets.GenericViewSet):
    """Base of the viewsets: `queryset_for(user)` says which rows there are for this person; all others are 404."""

    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    def get_queryset(self):
        return self.queryset.model.objects.visible_to(self.request.user)

    def check_precondition(self, record):
        """With If-Match, a change goes through only on what the writer has read, whichever verb makes it."""
        wanted = self.request.headers.get("If-Match")
        if wanted and wanted != "*" and etag_of(record) not in [tag.strip() for tag in wanted.split(",")]:
            raise PreconditionFailed

    def get_object(self):
        record = super().get_object()
        if self.request.method not in permissions.SAFE_METHODS:
            self.check_precondition(record)
        return record

    def _read(self, request, instance=None, *, partial=False):
        """The checked body, for the record itself."""
        serializer = self.get_serializer(instance, data=request.data, partial=partial)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _valid(self, serializer_class):
        """The checked body of an action that has an input of its own."""
        data = serializer_class(data=self.request.data, context=self.get_serializer_context())
        data.is_valid(raise_exception=True)
        return dict(data.validated_data)

    def answer(self, record, *, status=status.HTTP_200_OK):
        """The record as it is now, with its ETag."""
        return Response(self.get_serializer(record).data, status=status, headers={"ETag": etag_of(record)})


class FirstPage:
    """To the paginator a queryset: the latest first, and so many."""

    def __init__(self, written, reader):
        self.written, self.reader = written, reader

    def order_by(self, *_order):
        return self

    def __getitem__(self, rows):
        return self.written.rows(self.reader.is_coach, rows.stop, user=self.reader.pk, now=timezone.now())


class ReadRecords(mixins.ListModelMixin, RecordViewSet):
    """List and retrieve. `first_page` may be a `Written` that gives what is asked for most: the first rows, nothing narrowed."""

    first_page = None

    def list(self, request, *args, **kwargs):
        if self.first_page is None or request.query_params:
            rows = self.filter_queryset(self.get_queryset())
        else:
            rows = FirstPage(self.first_page, request.user)
        # First the page: what its serializer is to know of these rows is found with it.
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(rows_of(self.get_serializer(), page))

    def retrieve(self, request, *args, **kwargs):
        return self.answer(self.get_object())
