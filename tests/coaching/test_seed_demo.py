"""The demo world: everybody believable, nothing broken, the same when asked twice."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from coaching import invariants
from coaching.models import Booking, MockSlot, Review
from followups.models import RefereeBrief, ThankYouNote
from interviews.models import Interview
from tests import screenshots

pytestmark = pytest.mark.django_db


def test_its_people_and_stages(settings, client):
    """One test for one world: it takes some seconds to build."""
    settings.DEVELOPMENT = True
    call_command("seed_demo")
    call_command("seed_demo")
    roles = [{"is_admin": True}, {"is_coach": True}, {"is_candidate": True}]
    waiting = Review.objects.filter(status="open")
    last = MockSlot.objects.order_by("starts_at").last()

    assert [User.objects.filter(**role).count() for role in roles] == [2, 4, 20]
    assert Interview.objects.count() == 80
    assert set(ThankYouNote.objects.values_list("status", flat=True)) >= {
        "draft", "scheduled", "sent", "failed", "unknown", "sent_by_self", "skipped",
    }  # fmt: skip
    assert set(RefereeBrief.objects.values_list("status", "answer")) >= {
        ("draft", ""), ("sent", "happy"), ("sent", "not_this_one"), ("shared_by_self", ""),
    }  # fmt: skip
    assert set(Review.objects.values_list("status", flat=True)) >= {"open", "answered"}
    assert waiting.values("answer_by").distinct().count() > 3
    assert set(Booking.objects.values_list("status", flat=True)) >= {"booked", "done", "no_show"}
    assert Booking.objects.filter(status="booked", confirmed_at=None).exists()
    assert (last.starts_at - timezone.now()).days >= 36
    assert [result for result in invariants.check(timezone.now()) if result.count] == []
    assert all(
        client.login(email=f"{role}@demo.example", password="afterword-demo")
        for role in ("candidate", "coach", "admin")
    )
    assert [name for name, shot in screenshots.SHOTS.items() if not is_still_there(client, shot)] == []


def is_still_there(client, shot):
    """Whether what a picture of the guides shows can still be seen."""
    client.logout()
    if shot.person:
        client.force_login(User.objects.get(email=shot.person))
    page = client.get(screenshots.address(shot))
    return page.status_code == 200 and (not shot.at or f'class="{shot.at.removeprefix(".")}' in page.text)


def test_production_refuses_it(settings):
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError):
        call_command("seed_demo")
