"""The data of `./dev bench`, at their smallest."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bench import dataset
from coaching import invariants
from coaching.models import MockSlot, Review
from interviews.models import Interview

SMALL = 480  # twelve candidates, who share one coach


@pytest.fixture
def filled(transactional_db):
    connection.ensure_connection()
    dataset.fill(connection.connection, SMALL)


@pytest.mark.django_db
def test_everybody_has_the_same_share_at_every_size():
    for size in (1_000, 1_000_000):
        number = dataset.numbers(size)
        assert number["interviews"] / number["candidates"] == dataset.EACH
        assert number["coaches"] * dataset.CLIENTS >= number["candidates"]


def test_pages_show_full_lists_and_nothing_contradicts_itself(filled):
    coach, candidate = User.objects.get(pk=dataset.FIRST_COACH), User.objects.get(pk=dataset.first_candidate(SMALL))
    assert Interview.objects.visible_to(candidate).count() == dataset.EACH
    assert Review.objects.visible_to(coach).filter(status="open").count() == 24 * dataset.CLIENTS
    for person, pages in ((coach, ["/reviews/", "/today/"]), (candidate, ["/interviews/", "/today/"])):
        client = Client()
        client.force_login(person)
        for page in pages:
            assert client.get(page).content.decode().count("row-link") >= 24, page
    week = MockSlot.objects.free(timezone.now()).filter(starts_at__lt=timezone.now() + timedelta(days=8))
    assert week.count() >= dataset.COACHES * 20
    assert {one.promise: one.count for one in invariants.check(timezone.now()) if one.count} == {}


def test_what_was_put_aside_for_the_filling_is_back(filled, django_db_blocker):
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        names = {name for table in tables for name in connection.introspection.get_constraints(cursor, table)}
    assert {"interview_for_list", "booking_one_live_per_slot", "slot_no_overlap_per_coach", "review_queue"} <= names


def test_another_table_or_another_filling_has_another_name(monkeypatch, tmp_path):
    before = dataset.key()
    (tmp_path / "app/migrations").mkdir(parents=True)
    (tmp_path / "app/migrations/0001_more.py").write_text("")
    monkeypatch.setattr(dataset, "ROOT", tmp_path)
    assert dataset.key() != before
