"""A backup: one file with the database, the ledger of erasures, and what must be known to restore them.

PostgreSQL's own programs do the work. Nothing by which the database is found stands on a command line, and its password is in a
file that only we can read.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import zipfile
from datetime import datetime
from pathlib import Path

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from followups.outbox.clock import database_now
from followups.outbox.crypto import seal, unseal

FORMAT = 1
MANIFEST, DUMP, LEDGER = "manifest.json", "database.dump", "erased.jsonl"
PROOF = b"opens with these keys"
# Whoever was signed in then has to sign in again: they may have signed out since.
LEFT_OUT = ("django_session", "usersessions_usersession")
SERVERS_OWN = Path("/usr/lib/postgresql")  # where Debian keeps each version beside the others
VARIABLES = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "channel_binding": "PGCHANNELBINDING",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
    "service": "PGSERVICE",
    "options": "PGOPTIONS",
}
# In the transaction that brings the rows back: at no moment are they there and mail goes. The schema is that of the backup.
PAUSE = """
UPDATE public.followups_mailpause SET ended_at = clock_timestamp() WHERE ended_at IS NULL;
INSERT INTO public.followups_mailpause (public_id, created_at, updated_at, began_at, taken_at)
VALUES (gen_random_uuid(), clock_timestamp(), clock_timestamp(), clock_timestamp(), '{taken_at}');
COMMIT;
"""
EMPTY = """
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


class Unfit(Exception):
    """It cannot be done; the message says why, and what to do."""


def write(file):
    """Write a backup to a file opened for bytes; when it was taken."""
    server = server_version()
    program = find_program("pg_dump", server)
    taken_at = database_now()
    manifest = {
        "format": FORMAT,
        "taken_at": taken_at.isoformat(),
        "server": server,
        "pg_dump": major_of(program),
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
        "proof": seal(PROOF).decode(),
    }
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        with archive.open(DUMP, "w", force_zip64=True) as dump:
            _dump(program, dump)
        # Last, so that it knows whoever was erased meanwhile.
        ledger = settings.AFTERWORD_ERASURE_LEDGER
        archive.writestr(LEDGER, Path(ledger).read_bytes() if ledger and Path(ledger).exists() else b"")
    return taken_at


def _dump(program, out):
    command = [program, "--format=custom", "--no-owner", "--no-privileges", "--no-password", "--lock-wait-timeout=60s"]
    command += [f"--exclude-table-data=public.{table}" for table in LEFT_OUT]
    with _environment() as env, tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=said) as process:
            shutil.copyfileobj(process.stdout, out, 1024 * 1024)
        if process.returncode:
            raise Unfit(f"pg_dump did not end well: {_last_words(said)}")


def read(path):
    """The manifest of a backup that is whole. Raises Unfit."""
    try:
        with zipfile.ZipFile(path) as archive:
            if {MANIFEST, DUMP, LEDGER} - set(archive.namelist()):
                raise Unfit(f"{path} is no backup of `manage.py backup`.")
            if damaged := archive.testzip():
                raise Unfit(f"{path} is damaged: {damaged} is not what was written. Take another copy of it.")
            return json.loads(archive.read(MANIFEST))
    except (zipfile.BadZipFile, json.JSONDecodeError):
        raise Unfit(f"{path} is no backup of `manage.py backup`, or was cut off.") from None


def ledger_of(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read(LEDGER)


def check(manifest, *, replace, without_keys):
    """Raise Unfit if this code, these keys or this server cannot take the backup, or if something would be overwritten."""
    if manifest["format"] > FORMAT or (unknown := _unknown_migrations(manifest)):
        known = "" if manifest["format"] > FORMAT else f" (it knows {unknown[0]})"
        raise Unfit(f"The backup is of a newer Afterword than this one{known}: update first.")
    if not without_keys:
        try:
            unseal(manifest["proof"].encode())
        except InvalidToken:
            raise Unfit(
                "AFTERWORD_MAIL_KEYS are not those of the backup: its mails could not be read, nor codes from an app be "
                "checked. Set them as they were, or add --without-keys."
            ) from None
    server = server_version()
    if server < manifest["server"]:
        raise Unfit(f"The backup is of PostgreSQL {manifest['server']}, and this server is {server}: take a newer one.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if others := cursor.fetchone()[0]:
            raise Unfit(f"{others} other connections to this database are open: stop web, worker, beat and pump first.")
    if connection.introspection.table_names() and not replace:
        raise Unfit(
            f"The database {connection.settings_dict['NAME']} is not empty. Name an empty one in DATABASE_URL, or add --replace "
            "to throw away what is in it."
        )


def _unknown_migrations(manifest):
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return sorted(set(manifest["migrations"]) - known)


def load(path, manifest, *, replace):
    """Bring the rows back and pause all mail, in one transaction: whatever goes wrong, the database is as it was before."""
    psql = find_program("psql", server_version())
    pg_restore = find_program("pg_restore", manifest["pg_dump"])
    taken_at = datetime.fromisoformat(manifest["taken_at"])
    connection.close()
    command = [psql, "--no-psqlrc", "--quiet", "--no-password", "--output=/dev/null"]
    # An error's details hold the row in which it was.
    command += ["--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse", "--set=SHOW_CONTEXT=never", "--file=-"]
    unpack = [pg_restore, "--no-owner", "--no-privileges", "--file=-"]
    with (
        _environment() as env,
        tempfile.TemporaryFile() as said,
        zipfile.ZipFile(path) as archive,
        archive.open(DUMP) as dump,
        subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stderr=said) as server,
        subprocess.Popen(unpack, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said) as reader,
    ):
        feeder = threading.Thread(target=_feed, args=[dump, reader.stdin], name="feed", daemon=True)
        feeder.start()
        with contextlib.suppress(BrokenPipeError):
            server.stdin.write(b"BEGIN;\n" + (EMPTY.encode() if replace else b""))
            shutil.copyfileobj(reader.stdout, server.stdin, 1024 * 1024)
            # Without COMMIT psql's end undoes all of it.
            if reader.wait() == 0:
                server.stdin.write(PAUSE.format(taken_at=taken_at.isoformat()).encode())
        with contextlib.suppress(BrokenPipeError):
            server.stdin.close()
        server.wait()
        reader.stdout.close()
        feeder.join()
        if server.returncode or reader.wait():
            raise Unfit(f"The database did not take it, and is as it was: {_last_words(said)}")


def _feed(dump, pipe):
    with contextlib.suppress(BrokenPipeError), pipe:
        shutil.copyfileobj(dump, pipe, 1024 * 1024)


def server_version():
    """The major version of our server."""
    with connection.cursor():
        return connection.pg_version // 10000


def find_program(name, at_least):
    """PostgreSQL's program of this major version or a later one. Raises Unfit."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    found = []
    for folder in [*folders, *sorted(SERVERS_OWN.glob("*/bin"))]:
        if os.access(folder / name, os.X_OK):
            version = major_of(folder / name)
            if version >= at_least:
                return folder / name
            found.append(version)
    there = f"there is {max(found)}" if found else "there is none in PATH"
    raise Unfit(
        f"{name} of PostgreSQL {at_least} or later is needed, and {there}: install postgresql-client-{at_least}."
    )


def major_of(program):
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=30).stdout
    version = re.search(r"(\d+)(?:\.|\s|devel|beta|rc|$)", said.partition(")")[2])
    return int(version[1]) if version else 0


@contextlib.contextmanager
def _environment():
    """Where PostgreSQL's programs find our database; the file with the password is there for as long as the block runs."""
    database = connection.settings_dict
    options = database.get("OPTIONS", {})
    with tempfile.TemporaryDirectory(prefix="afterword-") as folder:
        env = os.environ | {VARIABLES[name]: str(value) for name, value in options.items() if name in VARIABLES}
        for variable, name in (("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"), ("PGDATABASE", "NAME")):
            if database[name]:
                env[variable] = str(database[name])
        if database["PASSWORD"]:
            env.pop("PGPASSWORD", None)
            env["PGPASSFILE"] = str(_password_file(Path(folder) / "pass", database["PASSWORD"]))
        yield env


def _password_file(path, password):
    path.touch(mode=0o600)
    escaped = password.replace("\\", "\\\\").replace(":", "\\:")
    path.write_text(f"*:*:*:*:{escaped}\n")
    return path


def _last_words(said):
    """The first error a program told of, on one line."""
    said.seek(0)
    lines = said.read(20_000).decode(errors="replace").splitlines()
    errors = [line for line in lines if re.search(r"error|fatal", line, re.IGNORECASE)]
    return (errors or lines or ["it said nothing"])[0][:300]
