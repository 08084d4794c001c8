"""Queueing a mail and handing it over: the straight way."""

import pytest
from django.core.mail import EmailMessage

from followups import outbox

pytestmark = pytest.mark.django_db(transaction=True)


def test_smoke(candidate):
    m = EmailMessage("Hello", "text", to=[candidate.email])
    row = outbox.queue(m, kind="test", ignores_quiet_hours=True)
    assert outbox.pump() == 1
    row.refresh_from_db()
    assert row.status == "sent"
    assert [e.new for e in row.events.all()] == ["queued", "claimed", "handing_over", "sent"]
