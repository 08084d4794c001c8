"""The admin's view of the outbox: state, code and time; nothing of content."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from followups.models import OutboundEmail
from tests.mailing import EMPLOYER, queue_letter, queue_mail, status_of

pytestmark = pytest.mark.django_db


def test_admins_only(candidate, coach, admin, client_of):
    row = queue_letter(candidate)
    for person in (candidate, coach):
        client = client_of(person)
        assert client.get(reverse("mail-list")).status_code == 403
        for name in ("mail-retry", "mail-cancel"):
            assert client.post(reverse(name, args=[row.public_id])).status_code == 403
    assert client_of(admin).get(reverse("mail-list")).status_code == 200
    assert status_of(row) == "queued"


def test_nothing_of_what_it_says_and_no_address(candidate, admin, client_of):
    queue_letter(candidate)
    page = client_of(admin).get(reverse("mail-list")).content.decode()
    assert not any(word in page for word in (EMPLOYER, "Thank you", "Dear Grace", candidate.email, candidate.name))


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_number_of_queries_however_many(candidate, admin, client_of, number, django_assert_num_queries):
    for _ in range(number):
        queue_mail(candidate)
    client = client_of(admin)
    with django_assert_num_queries(
        9
    ):  # session, person, mails, the pump's age twice, the oldest due, both pauses, alerts
        client.get(reverse("mail-list"))


def test_pages_and_states(candidate, admin, client_of):
    now = timezone.now()
    rows = [queue_mail(candidate, due_at=now + timedelta(minutes=n)) for n in range(30)]
    client = client_of(admin)
    first = client.get(reverse("mail-list")).context["page"]
    second = client.get(reverse("mail-list") + first.next_url).context["page"]
    assert [row.pk for row in first.rows + second.rows] == [row.pk for row in reversed(rows)]
    assert client.get(reverse("mail-list") + "?status=failed").context["page"].rows == []
    assert len(client.get(reverse("mail-list") + "?status=queued").context["page"]) == 25
    assert client.get(reverse("mail-list") + "?status=nonsense").status_code == 200


def test_taking_back(candidate, admin, client_of):
    row = queue_mail(candidate)
    client = client_of(admin)
    assert client.post(reverse("mail-cancel", args=[row.public_id])).status_code == 302
    assert (status_of(row), row.events.last().by) == ("cancelled", admin)
    assert client.post(reverse("mail-cancel", args=[row.public_id])).status_code == 409


def test_trying_again(candidate, admin, client_of):
    row = queue_mail(candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(status="failed", code=550, finished_at=timezone.now())
    assert client_of(admin).post(reverse("mail-retry", args=[row.public_id])).status_code == 302
    assert status_of(row) == "queued"


def test_a_mail_that_is_not_there(admin, client_of):
    address = reverse("mail-retry", args=["00000000-0000-0000-0000-000000000000"])
    assert client_of(admin).post(address).status_code == 404
