"""Pages of the API."""

from django.core.exceptions import ValidationError
from django.db import DataError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """Cursor pages: as fast on page 1,000 as on the first, and stable while rows come and go."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = "-id"

    def paginate_queryset(self, queryset, request, view=None):
        """The framework checks a cursor's wrapping only: what is inside may be anything somebody typed."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValueError, ValidationError, DataError, OverflowError):
            raise NotFound(self.invalid_cursor_message) from None
