"""Every field that people type into holds markup, scripts and templates; every page of every role shows them as text, in Chromium."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests import factories
from tests.access import PAGES
from tests.hostile import FOUND, MARK, PAYLOADS, hostile
from tests.planting import PRIVATE, STAFFS, pairs, planted_world
from tests.test_access import ROLES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# They answer with a file.
FILES = {"interview-export", "slot-export", "note-eml", "booking-calendar"}


def words(label, name):
    number = sorted(pairs(PRIVATE) | pairs(STAFFS)).index((label, name))
    return hostile(getattr(apps.get_model(label)._meta.get_field(name), "max_length", None) or 4000, number)


@pytest.fixture
def world(candidate, coach, admin):
    factories.UserFactory(email="stranger@cast.example")
    interview = factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
    ids = planted_world(words, candidate=candidate, coach=coach, interview=interview, admin=admin)
    for number, person in enumerate(User.objects.order_by("pk")):
        User.objects.filter(pk=person.pk).update(name=hostile(50, 3 + number * 5))
    return ids


def pages_of(role, ids):
    """The addresses that answer this role with a page."""
    for name, rule in PAGES.items():
        if rule.answers[ROLES.index(role)] == 200 and (rule.method == "get" or rule.shows) and name not in FILES:
            yield reverse(name, kwargs={kwarg: ids[record] for kwarg, record in rule.kwargs.items()})


def test_they_stay_text_on_every_page(world, visitors, live_server, candidate, coach, admin):
    visitor = visitors(live_server.url)
    dialogs, found, opened = [], {}, 0
    visitor.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for role, person in (("owner", candidate), ("coach", coach), ("admin", admin)):
        visitor.sign_in(person)
        reader = Client()
        reader.force_login(person)
        # Her own name stands on every page; where nothing more of it does there is nothing new to see.
        frame = reader.get(reverse("help")).text.count(MARK)
        for address in [reverse("help"), *pages_of(role, world)]:
            if opened and reader.get(address).text.count(MARK) <= frame:
                continue
            visitor.page.goto(address, wait_until="domcontentloaded")
            opened += 1
            wrong = visitor.page.evaluate(FOUND) + visitor.troubles
            if wrong:
                found[role, address] = wrong
                visitor.troubles.clear()
    assert (found, dialogs) == ({}, [])
    assert opened > 90
    # One that got through would be seen.
    visitor.page.goto("about:blank")
    visitor.page.set_content(PAYLOADS[0])
    assert visitor.page.evaluate(FOUND) == [f'{PAYLOADS[0][:-1]}=""></b>']
