"""Lists of the API give what their serializers give."""

import pytest
from django.test import RequestFactory
from rest_framework.request import Request

from accounts.endpoints import ReadRecords
from accounts.representing import rows_of
from config.api import MODULES
from tests.walk import Walk

pytestmark = pytest.mark.django_db
VIEWS = [view for module in MODULES for _prefix, view, _name in module.router.registry if issubclass(view, ReadRecords)]


def test_each_row_is_as_its_serializer_gives_it():
    walk, compared = Walk(), set()
    for view_class in VIEWS:
        for role in ("owner", "coach", "admin"):
            request = Request(RequestFactory().get("/"))
            request.user = walk.people[role]
            view = view_class(request=request, action="list", format_kwarg=None, kwargs={})
            records = list(view.get_queryset()[:5])
            expected = [view.get_serializer().to_representation(record) for record in records]
            rows = rows_of(view.get_serializer(), records)
            assert (rows, [list(row) for row in rows]) == (expected, [list(row) for row in expected])
            compared |= {view_class} if records else set()
    assert len(compared) > 15
