"""The drill: a backup is taken, mail goes on, somebody is erased, the database is lost, and the backup is restored elsewhere.

No letter goes twice, whoever was erased does not come back, and nothing at all leaves before somebody says so.
"""

import contextlib
import json
import stat
import zipfile
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import services
from accounts.models import User
from coaching import invariants
from followups import outbox
from followups.management import archive
from followups.models import MailPause, OutboundEmail, ThankYouNote
from followups.outbox.clock import database_now
from followups.outbox.rows import move
from followups.services import notes
from tests.faults.test_wanted_no_more import new_note
from tests.mailing import later, queue_letter, queue_mail, status_of, trust

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
ELSEWHERE = "afterword_elsewhere"


@contextlib.contextmanager
def going_to(name):
    """Our connections go to this database, for as long as the block runs."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@pytest.fixture
def elsewhere(transactional_db):
    """An empty database beside that of the tests."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {ELSEWHERE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {ELSEWHERE} TEMPLATE template0")
    yield ELSEWHERE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {ELSEWHERE} WITH (FORCE)")


@pytest.fixture
def backup(transactional_db, tmp_path):
    """`backup()`: the file of one taken now."""

    def take():
        call_command("backup", str(tmp_path / "afterword.backup"), verbosity=0)
        return tmp_path / "afterword.backup"

    return take


@pytest.fixture
def leaving(settings, tmp_path):
    """`leaving(person)` erases her, as the ledger knows."""
    settings.AFTERWORD_ERASURE_LEDGER, settings.AFTERWORD_ERASE_AFTER_DAYS = str(tmp_path / "erased.jsonl"), 0

    def leave(person):
        services.ask_erasure(person)
        assert services.carry_out_due(database_now()) == 1

    return leave


def in_hand(row):
    """As of a pump that works on it while the backup is taken."""
    move(row, "claimed", at=database_now(), claim_id=row.public_id, lease_until=later(minutes=5))
    move(row, "handing_over", at=database_now(), handed_over_at=database_now())
    return row


def test_the_drill(candidate, stranger, admin, sink, audit, backup, elsewhere, leaving, capsys):
    trust(candidate)
    to = (f"{number}@company.example" for number in range(9))
    sent, refused = queue_letter(candidate, to=next(to)), queue_letter(candidate, to=next(to))
    outbox.cancel_one(refused, by=candidate)
    outbox.pump()
    due, mail = queue_letter(candidate, to=next(to)), queue_mail(candidate)
    mail_of_later, of_no_use = queue_mail(candidate, due_at=later(days=2)), queue_mail(candidate, due_at=later(days=-9))
    held = in_hand(queue_letter(candidate, to=next(to)))
    note, note_of_later = new_note(candidate), new_note(candidate)
    notes.send_now(note, by=candidate)
    notes.send_now(note_of_later, by=candidate)
    OutboundEmail.objects.filter(subject_id=note.public_id).update(next_try_at=database_now())
    OutboundEmail.objects.filter(subject_id=note_of_later.public_id).update(next_try_at=later(days=1))

    file = backup()

    # Life goes on: all of this is in no backup.
    assert outbox.pump() == 3
    OutboundEmail.objects.filter(subject_id=note_of_later.public_id).update(next_try_at=database_now())
    outbox.pump()
    leaving(stranger)
    capsys.readouterr()

    with going_to(elsewhere):
        call_command("restore", str(file))
        said = capsys.readouterr().out
        for words in ("3 letters were due in it", "1 letter was to go later", "1 person was erased again"):
            assert words in said
        assert [promise.code for promise in invariants.check(database_now()) if promise.count] == []

        # Paused: whatever is due, nothing leaves.
        there = len(sink.accepted)
        assert (outbox.pump(), len(sink.accepted)) == (0, there)
        assert not User.objects.filter(public_id=stranger.public_id).exists()
        states = [status_of(row) for row in (sent, refused, due, held, mail, mail_of_later, of_no_use)]
        assert states == ["sent", "cancelled", "unknown", "unknown", "queued", "queued", "failed"]
        found = ThankYouNote.objects.in_bulk([note.pk, note_of_later.pk])
        assert (found[note.pk].status, found[note_of_later.pk].status) == ("unknown", "draft")

        call_command("resume")
        outbox.pump()
        assert status_of(mail) == "sent"
        letters = Counter(one.message_id for one in sink.accepted if one.to.endswith("@company.example"))
        assert (max(letters.values()), letters.total()) == (1, 4)
        # What was written after the backup went, and its rows are gone with the database.
        assert audit(is_over=False, after_restore=True).broken == set()
        # She looks at it, and what she says goes.
        notes.resolve_unknown(found[note.pk], "again", by=found[note.pk].candidate)
        outbox.pump(now=later(minutes=2))
        assert ThankYouNote.objects.get(pk=note.pk).status == "sent"


def test_control_let_go_without_being_looked_through_a_letter_goes_twice(candidate, sink, audit, backup, elsewhere):
    queue_letter(candidate)
    file = backup()
    outbox.pump()
    with going_to(elsewhere):
        archive.load(file, archive.read(file), replace=False)
        MailPause.objects.update(ended_at=database_now())
        outbox.pump()
        assert audit(is_over=False).broken == {"I2 accepted twice"}


def test_nobody_is_signed_in_after_it(candidate, client_of, backup, elsewhere):
    client_of(candidate)
    file = backup()
    with going_to(elsewhere):
        call_command("restore", str(file), verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_session")
            assert cursor.fetchone() == (0,)


def test_a_token_ended_after_the_backup_opens_nothing(candidate, backup, elsewhere, capsys):
    token, key = services.make_token(candidate, name="Calendar", scopes=["read"], days=30)
    file = backup()
    services.revoke_token(token, by=candidate)
    with going_to(elsewhere):
        call_command("restore", str(file))
        assert "1 access token was ended" in capsys.readouterr().out
        assert services.token_behind(key) is None


def rewritten(file, *, dump=None, **manifest):
    """The same backup with another manifest or dump."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[archive.MANIFEST] = json.dumps({**json.loads(parts[archive.MANIFEST]), **manifest}).encode()
    parts[archive.DUMP] = dump(parts[archive.DUMP]) if dump else parts[archive.DUMP]
    with zipfile.ZipFile(file, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def cut_off(file):
    file.write_bytes(file.read_bytes()[:-100])


def spoil(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda file: rewritten(file, format=2), "newer Afterword than this one: update first"),
        (lambda file: rewritten(file, migrations=["followups.0999_new"]), "it knows followups.0999_new"),
        (lambda file: rewritten(file, server=99), "is of PostgreSQL 99, and this server is"),
        (lambda file: rewritten(file, proof=""), "AFTERWORD_MAIL_KEYS are not those of the backup"),
        (lambda file: file.write_text("a shopping list"), "is no backup"),
        (cut_off, "is no backup"),
        (spoil, "is damaged"),
    ],
    ids=["format", "migrations", "server", "keys", "other", "cut off", "spoilt"],
)
def test_what_cannot_be_restored_is_refused_before_anything_is_touched(backup, elsewhere, change, words):
    file = backup()
    change(file)
    with going_to(elsewhere):
        with pytest.raises(CommandError, match=words):
            call_command("restore", str(file))
        assert connection.introspection.table_names() == []


def test_what_is_there_is_thrown_away_only_when_told_and_with_nobody_in_it(backup, elsewhere, candidate, monkeypatch):
    file = backup()
    with going_to(elsewhere):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE of_old (id int)")
        with pytest.raises(CommandError, match="is not empty"):
            call_command("restore", str(file))
        other = connection.copy()
        with (
            other.cursor(),
            pytest.raises(CommandError, match=r"1 other connections .* stop web, worker, beat and pump"),
        ):
            call_command("restore", str(file), replace=True)
        other.close()
        call_command("restore", str(file), replace=True)
        assert "of_old" not in connection.introspection.table_names()
        assert User.objects.get().email == candidate.email


def test_a_dump_that_breaks_in_the_middle_leaves_the_database_as_it_was(backup, elsewhere):
    file = backup()
    rewritten(file, dump=lambda content: content[: len(content) // 2])
    with going_to(elsewhere):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE of_old (id int)")
        with pytest.raises(CommandError, match="is as it was"):
            call_command("restore", str(file), replace=True)
        assert connection.introspection.table_names() == ["of_old"]


def test_broken_off_once_the_rows_are_in_it_is_paused_and_can_be_finished(backup, elsewhere, candidate, sink):
    row = queue_letter(candidate)
    file = backup()
    with going_to(elsewhere):
        archive.load(file, archive.read(file), replace=False)
        assert (outbox.pump(), sink.accepted) == (0, [])
        with pytest.raises(CommandError, match="restore --finish"):
            call_command("resume")
        call_command("restore", finish=True)
        assert status_of(row) == "unknown"
        with pytest.raises(CommandError, match="No restored backup"):
            MailPause.objects.update(ended_at=database_now())
            call_command("restore", finish=True)


def test_a_backup_of_a_paused_installation_has_one_pause_when_restored(backup, elsewhere, admin):
    outbox.pause_mail(by=admin)
    file = backup()
    with going_to(elsewhere):
        call_command("restore", str(file), verbosity=0)
        assert MailPause.objects.get(ended_at=None).taken_at is not None
        assert MailPause.objects.count() == 2


PROGRAM = """#!/bin/sh
PATH=/usr/bin:/bin
case "$*" in --version) echo "pg_dump (PostgreSQL) {version}"; exit;; esac
echo "$*" > {place}/arguments; env > {place}/environment; cp "$PGPASSFILE" {place}/pass; stat -c %a "$PGPASSFILE" > {place}/mode
{end}
"""


@pytest.fixture
def pg_dump(tmp_path, monkeypatch):
    """`pg_dump(version=, end=)`: a program of this name that notes how it is called."""

    def put(version="99.1", end="echo dump"):
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "pg_dump").write_text(PROGRAM.format(version=version, place=tmp_path, end=end))
        (folder / "pg_dump").chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.setattr(archive, "SERVERS_OWN", tmp_path / "none")

    return put


def test_the_password_is_in_a_file_of_ours_alone(pg_dump, tmp_path, monkeypatch, backup):
    pg_dump()
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "se:cr\\et")
    file = backup()
    said = {name: (tmp_path / name).read_text() for name in ("arguments", "environment", "pass", "mode")}
    assert "cr" not in said["arguments"].replace("--no-password", "")
    assert "se:cr" not in said["environment"]
    assert (said["pass"], said["mode"]) == ("*:*:*:*:se\\:cr\\\\et\n", "600\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_one_that_fails_leaves_the_one_of_yesterday(pg_dump, tmp_path, backup):
    (tmp_path / "afterword.backup").write_text("of yesterday")
    pg_dump(end="echo 'pg_dump: error: no room' >&2; exit 1")
    with pytest.raises(CommandError, match="pg_dump: error: no room"):
        backup()
    assert [file.name for file in tmp_path.glob("*afterword*")] == ["afterword.backup"]
    assert (tmp_path / "afterword.backup").read_text() == "of yesterday"


def test_a_program_that_is_too_old_is_named_before_it_is_run(pg_dump, backup):
    pg_dump(version="9.6")
    with pytest.raises(CommandError, match=r"pg_dump of PostgreSQL .* or later is needed, and there is 9"):
        backup()
