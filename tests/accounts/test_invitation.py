"""Invitations by mail: one link, one account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import Engagement, Invitation, User, hash_token
from accounts.records import Conflict
from followups.models import OutboundEmail

pytestmark = pytest.mark.django_db
GOOD = {"name": "Zawadi Kimani", "zone": "Africa/Nairobi", "password": "a long enough secret"}


@pytest.fixture
def invited(admin, coach):
    """An open invitation of a client, with a token the test knows."""
    return Invitation.objects.create(
        email="zawadi@new.example",
        role="candidate",
        coach=coach,
        invited_by=admin,
        token_hash=hash_token("known-token"),
        expires_at=timezone.now() + timedelta(days=1),
    )


def test_admin_invites_by_mail(client_of, admin):
    response = client_of(admin).post(
        reverse("invitation-new"), {"email": "Zawadi@New.example", "name": "Zawadi", "role": "coach", "coach": ""}
    )

    invitation = Invitation.objects.get()
    mail = OutboundEmail.objects.get()
    assert (response.status_code, invitation.email, invitation.role) == (302, "zawadi@new.example", "coach")
    assert (mail.kind, mail.is_secret, mail.to_third_party, mail.status) == ("invitation", True, False, "queued")


def test_joining_makes_a_verified_account_and_offers_the_engagement(invited):
    response = Client().post(reverse("invitation-accept", args=["known-token"]), GOOD)

    user = User.objects.get(email="zawadi@new.example")
    engagement = Engagement.objects.get(candidate=user)
    assert (user.is_candidate, user.vouched_at is not None) == (True, True)
    assert user.emailaddress_set.filter(verified=True, primary=True).count() == 1
    assert (engagement.status, engagement.candidate_agreed_at) == ("invited", None)
    assert response.url == reverse("engagement-detail", args=[engagement.public_id])


def test_a_link_works_once(invited):
    services.accept_invitation(invited, **GOOD)

    assert Client().get(reverse("invitation-accept", args=["known-token"])).status_code == 410
    with pytest.raises(Conflict):
        services.accept_invitation(invited, **GOOD)


@pytest.mark.parametrize("token", ["other-token", "known-token"])
def test_an_unknown_or_late_link_is_gone(invited, token):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert Client().get(reverse("invitation-accept", args=[token])).status_code == 410
    assert Client().get(reverse("invitation-accept", args=["known-token"])).status_code == 410


def test_looking_changes_nothing(invited):
    Client().get(reverse("invitation-accept", args=["known-token"]))

    invited.refresh_from_db()
    assert (invited.accepted_at, User.objects.filter(email=invited.email).count()) == (None, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Mars/Olympus"),
        ("name", "Eve\r\nBcc: all@example.org"),
        ("name", "see www.example.org"),
        ("name", "evil.example/x"),
        ("password", "short"),
    ],
)
def test_bad_answers_are_shown_at_their_field_and_kept(invited, field, value):
    response = Client().post(reverse("invitation-accept", args=["known-token"]), GOOD | {field: value})

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert response.context["form"]["name"].value() == (value if field == "name" else GOOD["name"])


def test_a_coach_invites_clients_only(client_of, coach):
    client_of(coach).post(reverse("invitation-new"), {"email": "new@new.example", "name": "", "role": "admin"})

    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.coach) == ("candidate", coach)


def test_candidates_cannot_invite(client_of, candidate):
    assert client_of(candidate).get(reverse("invitation-new")).status_code == 403


@pytest.mark.parametrize(
    "address",
    ["none", "a@b@c", "two@x.example, three@x.example", "x@y.example\r\nBcc: z@z.example", "a" * 250 + "@x.example"],
)
def test_an_address_that_is_none(client_of, admin, address):
    response = client_of(admin).post(
        reverse("invitation-new"), {"email": address, "name": "", "role": "coach", "coach": ""}
    )

    assert (list(response.context["form"].errors), Invitation.objects.count()) == (["email"], 0)


def test_a_known_candidate_is_offered_the_engagement_instead(coach, stranger):
    services.invite(email=stranger.email, role="candidate", by=coach, coach=coach)

    assert Invitation.objects.count() == 0
    assert Engagement.objects.get(candidate=stranger).coach == coach
