"""A test that commits leaves nothing to the next one."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import TransactionTestCase

from accounts import services
from tests.emptying import delete_every_row
from tests.everything import checksum_of_everything
from tests.factories import AdminFactory, BookingFactory, MistakeFactory


@pytest.mark.django_db(transaction=True)
def test_every_row_goes_but_django_s_own():
    """Rows that point to each other, and those that triggers keep from being removed."""
    permissions = Permission.objects.count()
    MistakeFactory(), BookingFactory()
    services.audit("invited", AdminFactory(), by=None)
    delete_every_row(TransactionTestCase())
    left = {table for table, (rows, _hash) in checksum_of_everything().items() if rows}
    assert (left, Permission.objects.count()) == ({"auth_permission", "django_content_type"}, permissions)
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
