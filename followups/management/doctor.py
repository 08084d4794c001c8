"""What an installation needs in order to work, each looked at from here: well, to be mended soon, or broken, and what to do.

Nothing secret stands in a finding: of an error its class, of a setting its name.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host
from django.utils import timezone

from followups import outbox
from followups.management import archive
from followups.outbox.clock import database_now
from followups.outbox.smtp import Channel
from followups.outbox.waking import celery_app

OK, WARN, BAD = "ok", "warn", "bad"
LONG_ENOUGH = 32  # characters of a secret
OLDEST_SERVER = 15
# A code from an app is good for half a minute more than its own half.
OFF, FAR_OFF = timedelta(seconds=2), timedelta(seconds=30)
PUMP_SILENT, BEAT_SILENT = timedelta(minutes=1), timedelta(minutes=3)
PATIENCE = 2  # seconds
ROOM, LITTLE_ROOM = 1024**3, 200 * 1024**2  # bytes


@dataclass(frozen=True)
class Finding:
    """How one thing is, in words, and what to do where it is not well."""

    state: str
    words: str
    advice: str = ""


def ok(words):
    return Finding(OK, words)


def warn(words, advice):
    return Finding(WARN, words, advice)


def bad(words, advice):
    return Finding(BAD, words, advice)


def secrets():
    short = [name for name, value in _secrets() if len(value) < LONG_ENOUGH or value.startswith("insecure-")]
    if short:
        return bad(
            f"too short to be a secret: {', '.join(short)}", f"give each at least {LONG_ENOUGH} characters by chance"
        )
    return ok("long enough")


def _secrets():
    yield "SECRET_KEY", settings.SECRET_KEY
    for number, key in enumerate(settings.AFTERWORD_MAIL_KEYS, start=1):
        yield f"AFTERWORD_MAIL_KEYS (no. {number})", key


def development():
    if settings.DEVELOPMENT:
        return bad("DEBUG=1", "unset DEBUG: it shows tracebacks and takes insecure secrets")
    return ok("off")


def addresses():
    url = urlsplit(settings.BASE_URL)
    if not validate_host((url.hostname or "").lower(), settings.ALLOWED_HOSTS):
        return bad(
            "the host of BASE_URL is not in ALLOWED_HOSTS", "links in mails would lead to an error: add it there"
        )
    if url.scheme != "https":
        return bad(
            "BASE_URL is not https", "nobody can sign in without HTTPS: put a proxy in front, and name its address"
        )
    return ok("the host of BASE_URL is one of ALLOWED_HOSTS")


def https():
    if not settings.BEHIND_TLS_PROXY:
        return warn("BEHIND_TLS_PROXY=0", "behind a proxy that speaks HTTPS set it to 1, or each request is redirected")
    if not (settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS):
        return warn(
            "plain requests are let through", "leave SECURE_SSL_REDIRECT and SECURE_HSTS_SECONDS as they are by default"
        )
    return ok("required")


def database():
    version = archive.server_version()
    if version < OLDEST_SERVER:
        return bad(f"PostgreSQL {version}", f"take {OLDEST_SERVER} or later")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('log_error_verbosity'), current_setting('log_min_error_statement')")
        if cursor.fetchone() != ("terse", "panic"):
            return warn(
                f"PostgreSQL {version}, whose log may hold what people wrote",
                "set log_error_verbosity = terse and log_min_error_statement = panic",
            )
    return ok(f"PostgreSQL {version}")


def migrations():
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return bad(f"{len(waiting)} are not applied", "run manage.py migrate")
    return ok("applied")


def clock():
    off = abs(timezone.now() - database_now())
    if off > OFF:
        words, advice = f"{off.total_seconds():.0f} s off that of the database", "let both machines keep time (NTP)"
        return bad(words, advice) if off > FAR_OFF else warn(words, advice)
    return ok("as that of the database")


def broker():
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as server:
        found = server.info()
    if found.get("maxmemory_policy", "noeviction") != "noeviction":
        return warn(f"maxmemory-policy is {found['maxmemory_policy']}", "set it to noeviction, or wake-ups get lost")
    if not found.get("aof_enabled"):
        return warn("keeps nothing over a restart", "set appendonly to yes")
    return ok("answers")


def mail_server():
    with Channel() as channel:
        if channel.open():
            return ok("takes our sign-in" if settings.SMTP_USER else "answers, without a sign-in")
    if channel.trouble == "authentication":
        return bad("does not take our sign-in", "look at SMTP_USER, SMTP_PASSWORD and SMTP_SECURITY")
    return bad("cannot be reached, or does not speak as asked", "look at SMTP_HOST, SMTP_PORT and SMTP_SECURITY")


def sender():
    domain = settings.DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
    if "." not in domain or domain.endswith(("localhost", "localdomain")):
        return bad("DEFAULT_FROM_EMAIL is nobody's address", "set it to one of yours, whose domain has SPF and DKIM")
    return ok(f"an address of {domain}")


def pump():
    age = outbox.pump_age(database_now())
    if age is None or age > PUMP_SILENT:
        words = "never ran" if age is None else f"last ran {age.total_seconds():.0f} s ago"
        return bad(words, "start manage.py pump_outbox --loop")
    return ok("runs")


def beat():
    if not outbox.ran_since("beat", database_now() - BEAT_SILENT):
        return bad("no word of it, or of workers", "start celery --app=config beat, exactly one, and a worker")
    return ok("wakes the workers")


def workers():
    number = len(celery_app().control.ping(timeout=PATIENCE))
    return ok(f"{number} answer") if number else bad("none answers", "start celery --app=config worker")


def mail():
    if pause := outbox.mail_pause():
        after = "after a restore " if pause.taken_at else ""
        return warn(f"all is paused {after}since {pause.began_at:%Y-%m-%dT%H:%MZ}", "manage.py resume lets it go")
    wait = outbox.oldest_due(database_now())
    if wait is not None and wait > timedelta(minutes=5):
        return bad(
            f"one has been due for {wait.total_seconds():.0f} s", "look at pump and mail server, then at the page Mail"
        )
    return ok("none waits past its time")


def ledger():
    place = settings.AFTERWORD_ERASURE_LEDGER
    if not place:
        return warn("there is none", "set AFTERWORD_ERASURE_LEDGER, or whoever is erased comes back with a backup")
    writable = os.access(place if Path(place).exists() else Path(place).parent, os.W_OK)
    return ok("can be written") if writable else bad("cannot be written", "nobody is erased before it can")


def backups():
    archive.find_program("pg_dump", archive.server_version())
    return ok("pg_dump is there and new enough")


def static_files():
    manifest = getattr(staticfiles_storage, "manifest_name", None)
    if manifest and not (Path(settings.STATIC_ROOT) / manifest).exists():
        return bad("not collected", "run manage.py collectstatic --noinput")
    return ok("collected" if manifest else "taken from the source")


def translations():
    offered = [code for code, _name in settings.LANGUAGES if code != "en"]
    missing = [
        f"{Path(place).name}/{code}"
        for place in settings.LOCALE_PATHS
        for code in offered
        if not (Path(place) / code / "LC_MESSAGES" / "django.mo").exists()
    ]
    if missing:
        return bad(f"not compiled: {', '.join(missing)}", "run config/catalogues.py compile (docs/operations.md)")
    return ok("compiled")


def disk():
    free = shutil.disk_usage(settings.BASE_DIR).free
    words = f"{free / ROOM:.1f} GB free here"
    if free < ROOM:
        return (bad if free < LITTLE_ROOM else warn)(words, "make room")
    return ok(words)


def admins():
    if not get_user_model().objects.filter(is_admin=True, is_active=True).exists():
        return warn("there is none", "manage.py first_admin prints a link with which the first one makes an account")
    return ok("there is one")


# What needs the database stands behind it.
CHECKS: dict[str, Callable[[], Finding]] = {
    "secrets": secrets,
    "development mode": development,
    "addresses": addresses,
    "https": https,
    "sender": sender,
    "database": database,
    "migrations": migrations,
    "clock": clock,
    "redis": broker,
    "mail server": mail_server,
    "pump": pump,
    "beat": beat,
    "workers": workers,
    "mail": mail,
    "admins": admins,
    "ledger of erasures": ledger,
    "backups": backups,
    "static files": static_files,
    "translations": translations,
    "disk": disk,
}


def look():
    """Every check with what it found; one that fails is itself a finding."""
    return {name: _finding(check) for name, check in CHECKS.items()}


def _finding(check):
    try:
        return check()
    except archive.Unfit as reason:
        return warn("manage.py backup cannot work", str(reason))
    except Exception as error:
        return bad(type(error).__name__, "it could not be looked at: is the server there, and the setting right?")
