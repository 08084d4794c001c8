"""Mails to our own people leave the outbox long after they are over, in batches, and nothing that is promised goes with them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts import personal_data
from coaching import invariants
from followups import outbox, punctuality
from followups.models import ArchivedMail, OutboundEmail, OutboundEmailEvent
from followups.outbox import archiving, claims
from followups.outbox import erasing as mails
from followups.tasks import archive_mails
from tests.mailing import later, queue_letter, queue_mail

DAYS = 180


def end(row, *, days, status="sent"):
    """The row as it is so many days after the server took it."""
    then = timezone.now() - timedelta(days=days)
    OutboundEmail.objects.filter(pk=row.pk).update(
        status=status, due_at=then, sent_at=then if status == "sent" else None, finished_at=then, code=250
    )
    OutboundEmailEvent.objects.create(subject=row, old="queued", new=status, at=then)
    return row


@pytest.fixture
def over(db, sink, candidate, stranger):
    """Mails to her that are over: long ago, and not yet so long; a letter in her name, and one nobody saw arrive."""
    rows = {
        "old": end(queue_mail(candidate, dedupe_key="once"), days=DAYS + 1),
        "failed": end(queue_mail(stranger), days=DAYS + 1, status="failed"),
        "young": end(queue_mail(candidate), days=DAYS - 1),
        "letter": end(queue_letter(candidate), days=DAYS + 1),
    }
    while OutboundEmail.objects.filter(finished_at__lt=later(days=-31), scrubbed_at=None).exists():
        claims.scrub(timezone.now())
    return rows


def broken():
    return [one for one in invariants.check(later(minutes=10)) if one.count]


def test_what_is_long_over_goes_and_what_is_worth_keeping_stays(over, candidate):
    assert outbox.archive(timezone.now()) == 2
    assert set(OutboundEmail.objects.values_list("pk", flat=True)) == {over["young"].pk, over["letter"].pk}
    assert not OutboundEmailEvent.objects.filter(subject_id__in=[over["old"].pk, over["failed"].pk]).exists()
    kept = ArchivedMail.objects.get(recipient=candidate)
    assert (kept.public_id, kept.status, kept.code, kept.kind) == (over["old"].public_id, "sent", 250, "test-mail")
    assert broken() == []


def test_it_is_done_once_however_often_it_is_woken(over):
    archive_mails(), archive_mails()
    call_command("archive_mails")
    assert ArchivedMail.objects.count() == 2


def test_in_batches(over, monkeypatch):
    monkeypatch.setattr(archiving, "BATCH", 1)
    assert [outbox.archive(timezone.now()) for _ in range(3)] == [1, 1, 0]


def test_a_mail_that_went_once_does_not_go_again(over, candidate):
    outbox.archive(timezone.now())
    assert queue_mail(candidate, dedupe_key="once").public_id == over["old"].public_id
    assert not OutboundEmail.objects.filter(status="queued").exists()


def test_the_figures_of_punctuality_stay(over):
    monday = punctuality.monday_of(timezone.now())
    weeks = [monday - timedelta(weeks=n) for n in range(punctuality.WEEKS)]
    before = [_figures(week) for week in weeks]
    outbox.archive(timezone.now())
    assert [_figures(week) for week in weeks] == before


def _figures(week):
    columns = ("urgency", *punctuality.COLUMNS)
    return [[getattr(row, name) for name in columns] for row in punctuality.compute(week, timezone.now())]


def test_she_finds_it_in_her_data_and_erasing_takes_it(over, candidate, stranger):
    outbox.archive(timezone.now())
    (table,) = (table for part in personal_data.parts() for table in part.tables if table.model is ArchivedMail)
    assert [row.recipient_id for row in table.rows(candidate)] == [candidate.pk]
    subject = queue_mail(stranger).public_id
    ArchivedMail.objects.filter(recipient=stranger).update(subject_id=subject, subject_type="followups.x")

    mails.forget_subjects([subject])
    mails.forget_person(candidate)

    assert not ArchivedMail.objects.filter(recipient=candidate).exists()
    assert set(ArchivedMail.objects.values_list("subject_type", "subject_id", "dedupe_key")) == {("", None, None)}


@pytest.mark.django_db(transaction=True)
def test_who_holds_a_row_holds_up_nobody(over):
    with transaction.atomic():
        OutboundEmail.objects.select_for_update().get(pk=over["old"].pk)
        other = connections.create_connection("default")
        try:
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
                before = timezone.now() - timedelta(days=DAYS)
                cursor.execute(archiving.MOVE, [before, archiving.OVER, archiving.BATCH])
                assert cursor.rowcount == 1
        finally:
            other.close()
    assert outbox.archive(timezone.now()) == 1
    assert connection.in_atomic_block is False
