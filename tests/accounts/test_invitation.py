"""Invitations by mail: one link, one account."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import Engagement, Invitation, User, hash_token
from accounts.records import Conflict
from followups import reminders
from followups.models import OutboundEmail, Reminder
from tests import factories
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
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


def told_that_it_ran_out(now):
    """Mails to those who had invited, after everything that is due by then."""
    reminders.deliver_due(now)
    return [(row.recipient, text_of(row)) for row in OutboundEmail.objects.filter(kind="reminder").order_by("pk")]


@pytest.fixture
def ran_out(coach):
    """Invited by a coach who never sleeps, and not taken up; the moment after its end."""
    coach.quiet_from = coach.quiet_until = time(0)
    coach.save()
    invitation = services.invite(email="zawadi@new.example", name="Zawadi", role="candidate", by=coach, coach=coach)
    return invitation, invitation.expires_at + timedelta(minutes=1)


def test_whoever_invited_is_told_once_when_it_ran_out_and_the_stranger_never(ran_out, coach):
    invitation, after = ran_out
    assert told_that_it_ran_out(invitation.expires_at - timedelta(minutes=1)) == []

    [(recipient, text)] = told_that_it_ran_out(after)
    told_that_it_ran_out(after + DAY)

    again = reverse("invitation-again", args=[invitation.public_id])
    assert (recipient, "you invited Zawadi" in text, again in text) == (coach, True, True)
    assert list(OutboundEmail.objects.order_by("pk").values_list("kind", flat=True)) == ["invitation", "reminder"]


@pytest.mark.parametrize("what", ["accepted", "signed up alone", "invited anew"])
def test_of_one_who_came_another_way_or_was_invited_anew_nothing_is_said(ran_out, coach, admin, what):
    invitation, after = ran_out
    if what == "accepted":
        services.accept_invitation(invitation, **GOOD)
        assert Reminder.objects.get(kind="invitation-over").status == "cancelled"
    elif what == "signed up alone":
        factories.UserFactory(email=invitation.email)
    else:
        services.invite(email=invitation.email, role="candidate", by=admin)

    assert coach not in [recipient for recipient, _text in told_that_it_ran_out(after)]


def test_the_mail_leads_to_the_form_filled_in_and_inviting_again_ends_it(ran_out, coach, client_of):
    invitation, _after = ran_out
    Invitation.objects.update(expires_at=timezone.now() - DAY)
    address, browser = reverse("invitation-again", args=[invitation.public_id]), client_of(coach)

    assert address in browser.get(reverse("engagement-list")).text
    form = browser.get(address).context["form"]
    assert (form["email"].value(), form["name"].value()) == (invitation.email, "Zawadi")
    assert Invitation.objects.count() == 1
    browser.post(address, {"email": invitation.email, "name": "Zawadi"})
    assert Invitation.objects.open().get().email == invitation.email
    assert (browser.get(address).status_code, address in browser.get(reverse("engagement-list")).text) == (302, False)


def test_an_admin_invites_again_in_the_same_role_and_with_the_same_coach(coach, admin, client_of):
    invitation = factories.InvitationFactory(invited_by=coach, expires_at=timezone.now() - DAY)
    browser = client_of(admin)
    address = reverse("invitation-again", args=[invitation.public_id])

    assert address in browser.get(reverse("people-list")).text
    form = browser.get(address).context["form"]
    assert (form["role"].value(), form["coach"].value()) == ("candidate", coach.public_id)


def ask(browser, verb="list", invitation=None, **body):
    args = [invitation.public_id] if invitation else []
    return browser.post(reverse(f"api:invitation-{verb}", args=args), body, content_type="application/json")


def test_by_api_a_coach_invites_takes_back_and_invites_again(client_of, coach, other_coach):
    browser = client_of(coach)

    made = ask(browser, email="Zawadi@büro.example", name="Zawadi")
    first = Invitation.objects.get()
    taken_back = ask(browser, "cancel", first)
    again = ask(browser, "again", first)

    told = made.json()["invitation"]
    assert (made.status_code, told["email"], told["state"]) == (201, "zawadi@xn--bro-hoa.example", "open")
    assert (told["coach"], told["role"], "token_hash" in told) == (str(coach.public_id), "candidate", False)
    assert (taken_back.json()["state"], again.status_code) == ("cancelled", 201)
    listed = [row["state"] for row in browser.get(reverse("api:invitation-list")).json()["results"]]
    assert listed == ["open", "cancelled"]
    assert client_of(other_coach).get(reverse("api:invitation-list")).json()["results"] == []


@pytest.mark.parametrize("body", [{"role": "admin"}, {"coach": "other"}])
def test_by_api_a_coach_invites_clients_of_her_own_only(client_of, coach, other_coach, body):
    if "coach" in body:
        body = {"coach": str(other_coach.public_id)}
    assert ask(client_of(coach), email="new@new.example", **body).status_code == 403
    assert not Invitation.objects.exists()


def test_by_api_somebody_who_is_here_is_asked_at_once_and_a_bad_address_is_said(client_of, admin, coach, stranger):
    browser = client_of(admin)
    pair = ask(browser, email=stranger.email, coach=str(coach.public_id)).json()
    wrong = [ask(browser, email=email) for email in ("none", coach.email)]

    assert (pair["invitation"], pair["engagement"]) == (None, str(Engagement.objects.latest("id").public_id))
    assert [(answer.status_code, list(answer.json()["errors"])) for answer in wrong] == [
        (400, ["email"]),
        (422, ["email"]),
    ]


def test_what_is_taken_back_opens_nothing_and_its_mail_stays_here(client_of, coach):
    invitation = services.invite(email="zawadi@new.example", role="candidate", by=coach, coach=coach)
    Invitation.objects.update(token_hash=hash_token("known-token"))
    address = reverse("invitation-cancel", args=[invitation.public_id])

    assert address in client_of(coach).get(reverse("engagement-list")).text
    client_of(coach).post(address)

    assert OutboundEmail.objects.get().status == "cancelled"
    assert Reminder.objects.get(kind="invitation-over").status == "cancelled"
    assert Client().get(reverse("invitation-accept", args=["known-token"])).status_code == 410
    with pytest.raises(Conflict):
        services.accept_invitation(invitation, **GOOD)
    with pytest.raises(Conflict):
        services.cancel_invitation(invitation, by=coach)


def test_what_was_accepted_cannot_be_taken_back(invited, admin):
    services.accept_invitation(invited, **GOOD)
    with pytest.raises(Conflict):
        services.cancel_invitation(invited, by=admin)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_the_same_queries_at_any_length(client_of, admin, rows, django_assert_num_queries):
    factories.InvitationFactory.create_batch(rows)
    browser = client_of(admin)
    with django_assert_num_queries(3):
        browser.get(reverse("api:invitation-list") + "?page_size=50")
