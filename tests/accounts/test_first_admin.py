"""The first admin of an installation, and audit rows that stay."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import AuditEntry, IdempotentRequest, User

pytestmark = pytest.mark.django_db


def test_the_link_makes_the_first_admin_and_no_second(settings):
    settings.BASE_URL = ""
    out = StringIO()
    call_command("first_admin", "Mary@office.example", stdout=out)

    Client().post(
        out.getvalue().strip(), {"name": "Mary", "zone": "Africa/Nairobi", "password": "a long enough secret"}
    )

    assert User.objects.get(email="mary@office.example").is_admin
    with pytest.raises(CommandError):
        call_command("first_admin", "second@office.example")


def test_an_address_that_is_none():
    with pytest.raises(CommandError):
        call_command("first_admin", "nobody")


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="other"), lambda rows: rows.delete()])
def test_audit_rows_stay_as_they_were_written(candidate, change):
    services.audit("joined", candidate, by=candidate)

    with pytest.raises(IntegrityError), transaction.atomic():
        change(AuditEntry.objects.all())


def test_audit_rows_outlive_the_person(candidate, admin):
    services.audit("joined", candidate, by=admin)

    admin.delete()

    assert AuditEntry.objects.get().by is None


def test_stored_answers_are_kept_for_a_week(candidate):
    now = timezone.now()
    for age in (6, 8):
        row = IdempotentRequest.objects.create(user=candidate, route="/", key=str(age), body_hash="")
        IdempotentRequest.objects.filter(pk=row.pk).update(created_at=now - timedelta(days=age))

    services.forget_after_a_week(now)

    assert list(IdempotentRequest.objects.values_list("key", flat=True)) == ["6"]
