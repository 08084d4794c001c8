"""Asking for one's account to be deleted: what stops at once, the one page that is left, and second thoughts."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import AuditEntry, Engagement, Erasure
from accounts.records import Conflict, Refused
from accounts.when import print_instant
from coaching.models import Booking, CalendarFeed, Review, WaitlistEntry
from coaching.services import feeds, waitlist
from followups import outbox
from followups.models import OutboundEmail
from tests.factories import AdminFactory, BookingFactory, DeskReviewFactory, UserFactory
from tests.mailing import queue_letter, sink, status_of, text_of  # noqa: F401 -- a fixture among them

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough pass phrase"
PAGE, KEEP, API = "/settings/delete/", "/settings/delete/undo/", "/api/v1/account-deletion/"


@pytest.fixture
def candidate(candidate):
    candidate.set_password(PASSWORD)
    candidate.save()
    return candidate


@pytest.fixture
def confirmed(candidate):
    """Her browser, just after she gave her password once more."""
    browser = signed_in(candidate)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


def signed_in(person):
    browser = Client()
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return browser


def is_open(person):
    person.refresh_from_db()
    return person.is_active


def test_the_page_says_what_goes_and_asks_for_the_password(client_of, candidate):
    browser = client_of(candidate)
    page = browser.get(PAGE).content.decode()

    asked = browser.post(PAGE)

    assert all(words in page for words in ("7 days later", "What stays", "Letters that were sent"))
    assert (asked.url.split("?")[0], is_open(candidate)) == (reverse("account_reauthenticate"), True)
    assert browser.post(asked.url, {"password": PASSWORD, "next": PAGE}).status_code == 302
    assert not is_open(candidate)


def test_everything_that_would_still_happen_stops_at_once(candidate, coach, confirmed):
    elsewhere = signed_in(candidate)
    token, key = services.make_token(candidate, name="Script", scopes=["read"], days=7)
    feeds.make_feed(candidate)
    booking = BookingFactory(candidate=candidate, slot__coach=coach)
    review = DeskReviewFactory(interview__candidate=candidate)
    today = timezone.now().date()
    entry = waitlist.join(candidate, by=candidate, first_on=today, last_on=today + timedelta(days=9))
    OutboundEmail.objects.all().delete()

    confirmed.post(PAGE)

    for record in (token, booking, review, entry):
        record.refresh_from_db()
    assert (booking.status, review.status, entry.status) == (
        Booking.Status.CANCELLED,
        Review.Status.WITHDRAWN,
        WaitlistEntry.Status.LEFT,
    )
    assert (bool(token.revoked_at), CalendarFeed.objects.exists()) == (True, False)
    assert elsewhere.get("/today/").url.startswith(reverse("account_login"))
    assert Client(headers={"Authorization": f"Bearer {key}"}).get("/api/v1/interviews/").status_code == 401
    assert not Engagement.objects.clients_of(coach).exists()
    [told] = OutboundEmail.objects.filter(recipient=coach)
    assert "will not take place" in text_of(told)


def test_a_letter_is_taken_back_and_does_not_go_when_she_stays(candidate, sink):  # noqa: F811
    queue_letter(candidate)
    services.ask_erasure(candidate)
    outbox.pump()

    [letter] = OutboundEmail.objects.filter(to_third_party=True)
    assert status_of(letter) == "suppressed"
    [mail] = sink.accepted
    assert b"will be deleted" in mail.content


def test_she_sees_when_and_nothing_else(confirmed, candidate):
    confirmed.post(PAGE)
    browser = signed_in(candidate)

    page = browser.get(PAGE).content.decode()

    assert "Your account will be deleted" in page
    assert KEEP in page
    for address in ("/today/", "/settings/", "/interviews/", "/drafts/", reverse("account_email")):
        assert browser.get(address).url == PAGE
    assert browser.get("/api/v1/interviews/").status_code == 403
    assert browser.post(reverse("account_change_password")).url == PAGE


def test_the_second_factor_is_asked_for_before_anything_can_be_undone(candidate):
    services.ask_erasure(candidate)
    TOTP.activate(candidate, generate_totp_secret())
    browser = Client()

    asked = browser.post(reverse("account_login"), {"login": candidate.email, "password": PASSWORD})

    assert asked.url == reverse("mfa_authenticate")
    assert (browser.post(KEEP).status_code, is_open(candidate)) == (302, False)


def test_whoever_forgot_the_password_meanwhile_sets_it_anew_and_stays(candidate, sink):  # noqa: F811
    services.ask_erasure(candidate)
    Client().post(reverse("account_reset_password"), {"email": candidate.email})
    link = re.search(r"https?://[^/\s]+(/\S+/password/reset/key/\S+)", text_of(OutboundEmail.objects.latest("pk")))[1]
    browser = Client()
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": "rain on the roof 7", "password2": "rain on the roof 7"})
    outbox.pump(limit=9)

    browser.post(reverse("account_login"), {"login": candidate.email, "password": "rain on the roof 7"})
    browser.post(KEEP)

    assert is_open(candidate)
    # When it will be deleted, the way to a new password, and that there is one.
    assert set(OutboundEmail.objects.values_list("kind", "status")) == {("account_deletion", "sent")}
    assert OutboundEmail.objects.count() == 3


def test_one_press_undoes_it(confirmed, candidate, coach):
    booking = BookingFactory(candidate=candidate, slot__coach=coach)
    confirmed.post(PAGE)
    browser = signed_in(candidate)

    assert browser.post(KEEP).url == "/today/"

    booking.refresh_from_db()
    assert (is_open(candidate), booking.status, browser.get("/today/").status_code) == (True, "cancelled", 200)
    assert list(Engagement.objects.clients_of(coach)) == [{"candidate_id": candidate.pk}]
    assert Erasure.objects.get().status == "undone"
    verbs = AuditEntry.objects.filter(subject_id=candidate.public_id).values_list("verb", flat=True)
    assert set(verbs) >= {"deletion asked", "deletion undone"}


def test_by_api_the_same_and_never_by_a_token(confirmed, candidate, client_of):
    key = services.make_token(candidate, name="Script", scopes=["read", "write", "send"], days=7)[1]
    program = Client(headers={"Authorization": f"Bearer {key}"})

    assert {program.get(API).status_code, program.post(API).status_code, program.delete(API).status_code} == {403}
    assert client_of(candidate).post(API).status_code == 403
    asked = confirmed.post(API)
    assert (asked.status_code, confirmed.get(API).json()) == (202, asked.json())
    assert confirmed.post(API).status_code == 409
    assert (confirmed.delete(API).status_code, is_open(candidate)) == (204, True)
    assert confirmed.get(API).json() == {"asked_at": None, "erase_at": None}


def test_other_closed_accounts_stay_outside(candidate, admin):
    services.deactivate(candidate, by=admin)

    assert signed_in(candidate).get(PAGE).url.startswith(reverse("account_login"))


def test_an_admin_cannot_undo_it_and_the_last_one_cannot_leave(candidate, admin):
    services.ask_erasure(candidate)
    with pytest.raises(Conflict):
        services.activate(candidate, by=admin)
    with pytest.raises(Refused):
        services.ask_erasure(admin)
    AdminFactory()
    services.ask_erasure(admin)
    assert not is_open(admin)


def test_admins_see_until_when_and_have_no_button(candidate, admin, client_of):
    erasure = services.ask_erasure(candidate)
    page = client_of(admin).get("/people/").content.decode()

    words = print_instant(erasure.erase_at, reader_zone=admin.zone, translate=str)
    assert f"will be deleted {words}" in " ".join(page.split())
    assert f"/people/{candidate.public_id}/" not in page
    opened = client_of(admin).post(reverse("person-activate", args=[candidate.public_id]))
    assert (opened.status_code, is_open(candidate)) == (409, False)


def test_asked_twice_is_asked_once(candidate):
    services.ask_erasure(candidate)
    with pytest.raises(Conflict):
        services.ask_erasure(candidate)
    with pytest.raises(Conflict):
        services.undo_erasure(UserFactory())
    assert Erasure.objects.count() == 1
