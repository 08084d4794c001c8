"""Passwords in which the name of this place stands."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts import installation
from accounts.models import Installation, User
from tests.accounts.test_sign_up import ANSWERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]


@pytest.fixture(autouse=True)
def _kijani(settings):
    settings.INSTALLATION_NAME = "Kijani Talent"
    installation.keep(Installation(name="Rafiki", sender_name="HR"), seconds=600)
    yield
    installation.forget()


@pytest.mark.parametrize(
    ("password", "name"),
    [
        ("Afterword 2026!", "Afterword"),
        ("my-@ft3rw0rd-key", "Afterword"),
        ("kijani-talent 77", "Kijani Talent"),
        ("we love RAFIKI so", "Rafiki"),
    ],
)
def test_the_names_of_this_place_are_refused_however_they_are_written(password, name):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert [f"“{name}”" in message for message in refused.value.messages] == [True]


@pytest.mark.parametrize("password", ["after this word comes rain", "kijani on the roof", "three chrome rivers"])
def test_words_of_a_name_and_names_too_short_to_tell_are_not(password):
    validate_password(password)


def test_signing_up_says_so_at_the_field():
    page = Client().post(reverse("account_signup"), ANSWERS | {"password1": "afterword for me"})
    assert [field for field in page.context["form"].errors] == ["password1"]
    assert not User.objects.exists()
