"""Another address: it counts once it is confirmed, and the one before is told."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.models import User
from accounts.records import Conflict
from followups.models import OutboundEmail
from followups.outbox.crypto import hashes_of
from tests.accounts.test_doors import link_in_last_mail
from tests.factories import InvitationFactory, UserFactory
from tests.html_forms import said_by
from tests.mailing import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
OLD, NEW = "zawadi@old.example", "zawadi@new.example"
PASSWORD = "a quiet evening"


@pytest.fixture
def person():
    person = UserFactory(email=OLD)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def window(person, confirmed_client_of):
    window = confirmed_client_of(person)
    window.post(reverse("account_email"), {"action_add": "", "email": NEW})
    return window


def main_address(person):
    return type(person).objects.get(pk=person.pk).email


def mails_to(address):
    return OutboundEmail.objects.filter(to_address_hash=hashes_of(address)[0], kind="account").order_by("pk")


def test_with_the_only_one_there_is_nothing_to_do(person, confirmed_client_of):
    window = confirmed_client_of(person)
    alone = window.get(reverse("account_email")).text
    window.post(reverse("account_email"), {"action_add": "", "email": NEW})
    assert ["Remove it" in text for text in (alone, window.get(reverse("account_email")).text)] == [False, True]


def test_before_it_is_confirmed_it_counts_for_nothing(person, window):
    window.post(reverse("account_email"), {"action_primary": "", "email": NEW})
    Client().post(reverse("account_reset_password"), {"email": NEW})
    somewhere = Client()
    somewhere.post(reverse("account_login"), {"login": NEW, "password": PASSWORD})

    assert main_address(person) == OLD
    assert not [mail for mail in mails_to(NEW) if "/password/reset/key/" in text_of(mail)]
    assert not get_user(somewhere).is_authenticated


def test_once_confirmed_it_can_be_the_main_one_and_the_old_one_is_told(person, window):
    window.post(link_in_last_mail())

    window.post(reverse("account_email"), {"action_primary": "", "email": NEW})

    assert main_address(person) == NEW
    assert NEW in text_of(mails_to(OLD).last())


def test_with_a_second_step_it_can_be_changed_too(person, window):
    person.authenticator_set.create(type="totp", data={})

    window.post(reverse("account_email"), {"action_add": "", "email": "zawadi@third.example"})

    assert person.emailaddress_set.filter(email="zawadi@third.example").exists()


def test_who_has_just_signed_up_may_set_a_password_anew():
    newcomer = UserFactory(email=NEW)
    newcomer.emailaddress_set.update(verified=False)

    Client().post(reverse("account_reset_password"), {"email": NEW})

    assert "/password/reset/key/" in text_of(mails_to(NEW).last())


def test_a_reset_answers_the_same_for_anybody(person):
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        for email in (OLD, "nobody@people.example")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert said_by(answers[0]) == said_by(answers[1])
    # Either gets one mail, which costs the same; only its reader learns which.
    assert [mails_to(email).count() for email in (OLD, "nobody@people.example")] == [1, 1]


NEWCOMER = {"email": NEW, "name": "Amani", "zone": "Africa/Nairobi", "password1": "rain on the roof 7"}


@pytest.mark.parametrize("first", ["who added it", "who signs up"])
def test_what_somebody_added_and_has_not_confirmed_is_had_by_whoever_confirms_it_first(person, window, first):
    added = link_in_last_mail()
    # Three minutes later, when there may be another mail to this address.
    cache.clear()
    newcomer = Client()
    newcomer.post(reverse("account_signup"), NEWCOMER)
    signed_up = link_in_last_mail()

    if first == "who added it":
        window.post(added)
        newcomer.post(signed_up)
        window.post(reverse("account_email"), {"action_primary": "", "email": NEW})
    else:
        newcomer.post(signed_up)
        window.post(added)
        window.post(reverse("account_email"), {"action_primary": "", "email": NEW})

    owner = EmailAddress.objects.get(email=NEW, verified=True).user
    assert (owner == person, main_address(owner)) == (first == "who added it", NEW)
    assert User.objects.count() == (1 if first == "who added it" else 2)
    assert get_user(newcomer).is_authenticated == (first == "who signs up")


def test_what_somebody_has_confirmed_is_known_at_the_other_doors(person, window):
    window.post(link_in_last_mail())
    Client().post(reverse("account_signup"), NEWCOMER)
    invitation = InvitationFactory(email=NEW)

    with pytest.raises(Conflict):
        services.accept_invitation(invitation, password=PASSWORD, name="Amani", zone="Africa/Nairobi")
    assert User.objects.exclude(pk=invitation.invited_by_id).get() == person
