"""Mail about sessions and reviews can be turned off from the mail itself."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from coaching.services import bookings
from followups import outbox
from followups.models import OutboundEmail
from tests.factories import SlotFactory

pytestmark = pytest.mark.django_db


def mail_to(person):
    return OutboundEmail.objects.filter(kind="session", recipient=person)


def test_a_session_mail_has_its_way_out_and_respects_it(candidate, coach):
    bookings.book(SlotFactory(coach=coach), candidate=candidate, by=candidate)
    content = outbox.finished(mail_to(candidate).get()).decode()
    link = re.search(r"^List-Unsubscribe: <(.+?)>", content, re.MULTILINE).group(1)

    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in content
    assert Client().get(link).status_code == 200
    candidate.refresh_from_db()
    assert candidate.muted_reminders == []

    Client().post(link, {"List-Unsubscribe": "One-Click"})

    candidate.refresh_from_db()
    assert candidate.muted_reminders == ["session"]
    slot = SlotFactory(coach=coach)
    bookings.book(slot, candidate=candidate, by=candidate)
    assert (mail_to(candidate).count(), mail_to(coach).count()) == (1, 2)


@pytest.mark.parametrize(("person", "kinds"), [("candidate", {"review", "session"}), ("admin", set())])
def test_the_settings_offer_them_to_whom_they_reach(client_of, request, person, kinds):
    user = request.getfixturevalue(person)

    form = client_of(user).get(reverse("settings-edit")).context["form"]

    offered = {name for name, _label in form.fields["reminders"].choices}
    assert offered & {"review", "session"} == kinds
