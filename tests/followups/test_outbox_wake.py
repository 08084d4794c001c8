"""Waking the pump: once per transaction, after its commit, and never at the cost of the page."""

import pytest
from django.db import transaction

from accounts.models import Export
from accounts.services import ask_for_export
from followups.outbox import waking
from followups.tasks import build_exports
from tests.mailing import later, queue_mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(monkeypatch):
    """What was published."""
    tasks = []
    monkeypatch.setattr(waking, "_down_until", 0.0)
    monkeypatch.setattr(
        waking.celery_app(), "send_task", lambda name, **options: tasks.append((name, options["retry"]))
    )
    return tasks


def test_once_per_transaction_after_its_commit(candidate, sent):
    with transaction.atomic():
        for _ in range(3):
            queue_mail(candidate)
        assert sent == []
    assert sent == [("followups.tasks.pump", False)]


def test_whoever_asks_for_their_data_wakes_the_task_that_puts_it_together(candidate, sent):
    ask_for_export(candidate)
    build_exports()

    assert (sent[0], Export.objects.get().status) == (("followups.tasks.build_exports", False), "ready")


def test_not_for_what_was_rolled_back(candidate, sent):
    with pytest.raises(RuntimeError), transaction.atomic():
        queue_mail(candidate)
        raise RuntimeError
    assert sent == []


def test_a_rolled_back_part_does_not_silence_the_rest(candidate, sent):
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            queue_mail(candidate)
            raise RuntimeError
        queue_mail(candidate)
    assert len(sent) == 1


def test_not_for_what_is_due_later(candidate, sent):
    queue_mail(candidate, due_at=later(hours=1))
    assert sent == []


def test_an_error_is_counted_swallowed_and_followed_by_a_pause(candidate, sent, monkeypatch):
    tries = []

    def fail(*_, **__):
        tries.append(1)
        raise ConnectionError

    monkeypatch.setattr(waking.celery_app(), "send_task", fail)
    monkeypatch.setattr(waking, "errors", 0)
    queue_mail(candidate)
    queue_mail(candidate)
    assert (len(tries), waking.errors) == (1, 1)
