"""What the environment says, read strictly: a value that cannot be meant stops the start, with its variable, why, and an example."""

import os
import re
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES, NO = ("1", "true", "on", "yes", "y", "ok"), ("0", "false", "off", "no", "n")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
REQUIRED = object()
HOST = re.compile(r"\*|\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9a-fA-F:.]+\]")
PORT = range(1, 65536)


def wrong(name, why, example):
    """The one form of these errors. Never with the value of what may hold a password."""
    return ImproperlyConfigured(f"{name}: {why}. For example: {name}={example}")


class Environment:
    """One method for each kind of value; what is empty counts as not set."""

    def str(self, name, default=REQUIRED):
        value = os.environ.get(name, "")
        if not value and default is REQUIRED:
            raise ImproperlyConfigured(f"{name} is not set, and there is no default (docs/operations.md).")
        return value or default

    def _number(self, kind, what, name, default, least, most):
        given = self.str(name, "")
        if not given:
            return default
        try:
            number = kind(given)
        except ValueError:
            raise wrong(name, f"“{given[:40]}” is not {what}", default) from None
        if not least <= number <= most:
            raise wrong(name, f"{given[:40]} is not between {least} and {most}", default)
        return number

    def int(self, name, default, *, least=0, most=2**31 - 1):
        return self._number(int, "a whole number", name, default, least, most)

    def float(self, name, default, *, least=0.05, most=3600):
        return self._number(float, "a number", name, default, least, most)

    def bool(self, name, default):
        given = self.str(name, "").lower()
        if not given:
            return default
        if given not in (*YES, *NO):
            raise wrong(name, f"“{given[:40]}” is neither yes nor no", "1, or 0")
        return given in YES

    def list(self, name, default):
        given = [part.strip() for part in self.str(name, "").split(",")]
        return [part for part in given if part] or default

    def choice(self, name, choices, default):
        given = self.str(name, default)
        if given not in choices:
            raise wrong(name, f"“{given[:40]}” is none of {', '.join(choices)}", default)
        return given

    def choices(self, name, choices, default):
        given = self.list(name, default)
        for one in given:
            if one not in choices:
                raise wrong(name, f"“{one[:40]}” is none of {', '.join(choices)}", ",".join(default))
        return given

    def hosts(self, name, default):
        """Names as a browser sends them, without scheme and port."""
        given = self.list(name, default)
        for one in given:
            if not HOST.fullmatch(one):
                raise wrong(name, f"“{one[:40]}” is no host name (no scheme, no port)", "afterword.example.org")
        return given

    def url(self, name, default, *, schemes=("https", "http"), example=""):
        given = self.str(name, default)
        if given and not _is_url(given, schemes):
            words = " or ".join(f"{scheme}://" for scheme in schemes)
            raise wrong(name, f"begins with {words} and a host", example or default)
        return given.rstrip("/")

    def urls(self, name, default):
        given = self.list(name, default)
        for one in given:
            if not _is_url(one, ("https", "http")):
                raise wrong(
                    name, f"“{one[:40]}” does not begin with https:// or http:// and a host", "https://example.org"
                )
        return given

    def redis(self, name, default):
        """It ends in the number of a database."""
        given = self.str(name, default)
        if not (_is_url(given, ("redis", "rediss")) and given.rpartition("/")[2].isdecimal()):
            raise wrong(name, "begins with redis:// and ends in the number of a database", "redis://127.0.0.1:6379/0")
        return given

    def db(self, name, default):
        given = self.str(name, default)
        example = "postgres://user:password@host:5432/afterword"
        if not (given.startswith(("postgres://", "postgresql://")) and given.partition("://")[2].partition("/")[2]):
            raise wrong(name, "begins with postgres:// and ends in the name of a database", example)
        try:
            return environ.Env.db_url_config(given)
        except Exception:
            # What it says would name the password.
            raise wrong(
                name, "is no address of a database (signs like / or @ in a password are written %2F, %40)", example
            ) from None

    def address(self, name, default):
        """An e-mail address, perhaps with a name before it."""
        given = self.str(name, default)
        if given and not re.fullmatch(r"(?:[^<>]*<)?[^\s@<>]+@[^\s@<>]+>?", given):
            raise wrong(name, "is no e-mail address", "afterword@example.org")
        return given


def _is_url(given, schemes):
    try:
        url = urlsplit(given)
        return url.scheme in schemes and bool(url.hostname) and (url.port is None or url.port in PORT)
    except ValueError:
        return False
