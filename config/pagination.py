"""Pages of the API."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """Cursor pages: as fast on page 1,000 as on the first, and stable while rows come and go."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = "-id"
