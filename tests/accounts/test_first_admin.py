"""The first admin of an installation, and audit rows that stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import FirstRunLink, IdempotentRequest, User
from accounts.records import Conflict
from tests import factories

pytestmark = pytest.mark.django_db


ANSWERS = {
    "email": "Mary@office.example",
    "name": "Mary",
    "zone": "Africa/Nairobi",
    "password": "a long enough secret",
}


@pytest.fixture(autouse=True)
def _no_host_in_links(settings):
    settings.BASE_URL = ""


def printed(*arguments):
    out = StringIO()
    if arguments == ("runserver",):
        # What it prints once it listens.
        command = load_command_class(get_commands()["runserver"], "runserver")
        command.stdout, command.addr, command._raw_ipv6 = out, "127.0.0.1", False
        command.on_bind(8000)
        return out.getvalue()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def test_the_link_makes_the_first_admin_signs_her_in_and_opens_nothing_afterwards():
    link, other = printed("first_admin"), services.link_for_first_admin()
    browser = Client()

    assert browser.get(link).status_code == 200
    assert not User.objects.exists()
    went = browser.post(link, ANSWERS, follow=True)

    user = User.objects.get(email="mary@office.example")
    assert (user.is_admin, user.is_coach, user.is_candidate) == (True, False, False)
    assert (went.status_code, went.context["user"]) == (200, user)
    assert [Client().get(each).status_code for each in (link, other)] == [410, 410]
    with pytest.raises(CommandError):
        call_command("first_admin")


def test_every_start_without_an_admin_prints_a_link_and_none_with_one(admin):
    admin.delete()
    starts = (("migrate", "--skip-checks"), ("first_admin", "--at-start"), ("runserver",))

    assert ["/begin/" in printed(*start) for start in starts] == [True] * 3
    factories.AdminFactory()
    assert ["/begin/" in printed(*start) for start in starts] == [False] * 3


def test_links_are_kept_as_hashes_and_end_after_a_day():
    token = services.link_for_first_admin().split("/")[-2]

    row = FirstRunLink.objects.get()
    assert token not in (row.token_hash, str(row))
    assert services.is_first_run(token)
    assert not services.is_first_run(token, now=timezone.now() + timedelta(hours=25))
    services.link_for_first_admin(now=timezone.now() + timedelta(hours=25))
    assert not FirstRunLink.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("email", "taken@cast.example"), ("zone", "Nairobi"), ("password", "short")],
)
def test_what_is_wrong_stands_at_its_field(field, value):
    factories.UserFactory(email="taken@cast.example")

    page = Client().post(services.link_for_first_admin(), ANSWERS | {field: value})

    assert (list(page.context["form"].errors), page.context["form"]["name"].value()) == ([field], "Mary")
    assert not User.objects.filter(is_admin=True).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_two_links_at_the_same_moment_one_becomes_admin():
    tokens = [services.link_for_first_admin().split("/")[-2] for _ in range(2)]
    start = Barrier(2)

    def try_it(number):
        start.wait()
        try:
            return services.make_first_admin(tokens[number], **ANSWERS | {"email": f"first{number}@office.example"})
        except Conflict:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = [user for user in pool.map(try_it, range(2)) if user]

    assert list(User.objects.filter(is_admin=True)) == made
    assert len(made) == 1


def test_stored_answers_are_kept_for_a_week(candidate):
    now = timezone.now()
    for age in (6, 8):
        row = IdempotentRequest.objects.create(user=candidate, route="/", key=str(age), body_hash="")
        IdempotentRequest.objects.filter(pk=row.pk).update(created_at=now - timedelta(days=age))

    services.forget_after_a_week(now)

    assert list(IdempotentRequest.objects.values_list("key", flat=True)) == ["6"]
