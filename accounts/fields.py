"""Columns and form fields that several apps share."""

import datetime
import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from accounts.when import UnknownZone, get_zone

# Control, format (zero width, bidi), surrogate, private use, line and paragraph separators.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
# Begins an encoded word (RFC 2047): a mail program would show something else than what stands here.
ENCODED_WORD = "=?"
# What people's addresses are made of: not the signs by which old servers were told to pass a mail on.
_LOCAL_PART = re.compile(r"[A-Za-z0-9.&'*+/=~^$#{|}`_-]+")
_LINK = re.compile(r"https?:|www\.|@|\w\.[a-z]{2,}/", re.IGNORECASE)


def validate_clean_line(value):
    """A name or subject may reach a mail header: one line, nothing invisible or encoded, no address and no link."""
    if any(unicodedata.category(char) in _UNPRINTABLE for char in value):
        raise ValidationError(
            _("Please use one line of plain characters: no line breaks or invisible signs."), code="unclean"
        )
    if ENCODED_WORD in value:
        raise ValidationError(_("Please leave out “=?” here: mail programs would read it as a code."), code="encoded")
    if _LINK.search(value):
        raise ValidationError(_("Please leave out links and @ signs here."), code="link")


def validate_zone(value):
    """An IANA time zone such as Africa/Nairobi."""
    try:
        get_zone(value)
    except UnknownZone:
        raise ValidationError(
            _("“%(zone)s” is not a time zone we know. Try a city, such as Africa/Nairobi."), params={"zone": value[:60]}
        ) from None


def validate_one_address(value):
    """One plain address, at most 254 characters of ASCII: no list, no name or comment around it, no line break.

    Each way of being something else has words of its own: "not valid" helps nobody who has pasted it from somewhere.
    """
    for is_wrong, message in _WRONG_ADDRESS:
        if is_wrong(value):
            raise ValidationError(message, code="invalid")
    validate_email(value)


def ascii_domain(value):
    """An address as the mail servers write it: a domain of other letters (büro.example) in its ASCII form (IDNA)."""
    local, at, domain = value.rpartition("@")
    if not at or domain.isascii():
        return value
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return value


# Tried in this order; what passes all of them is left to Django's validator.
_WRONG_ADDRESS = (
    (
        lambda value: any(unicodedata.category(char) in _UNPRINTABLE for char in value),
        _("An address has no line breaks or invisible signs. Please type it anew."),
    ),
    (lambda value: len(value) > 254, _("This is too long for an e-mail address (254 characters at most).")),
    (
        lambda value: value.count("@") > 1 or "," in value or ";" in value,
        _("One address, please: a letter goes to one person. Write another note for somebody else."),
    ),
    (
        lambda value: any(char in value for char in '<>()"'),
        _("The address alone, please, without a name, quotes or brackets: grace@example.org."),
    ),
    (
        lambda value: not value.isascii(),
        _("Our mail server needs plain letters before and after the @: grace@example.org."),
    ),
    (
        # Old servers take these as orders to pass the mail on; they are in nobody's address.
        lambda value: not _LOCAL_PART.fullmatch(value.rpartition("@")[0]) or "@[" in value,
        _("Enter one e-mail address, such as grace@example.org."),
    ),
)


class CleanLineField(models.CharField):
    """A single line that may appear in a mail header."""

    default_validators = [validate_clean_line]

    def to_python(self, value):
        value = super().to_python(value)
        return value.strip() if isinstance(value, str) else value


class ZoneField(models.CharField):
    """The name of an IANA time zone."""

    default_validators = [validate_zone]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 64)
        super().__init__(*args, **kwargs)


class AddressField(models.EmailField):
    """One e-mail address of somebody."""

    default_validators = [validate_one_address]

    def to_python(self, value):
        value = super().to_python(value)
        return ascii_domain(value.strip()) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(form_class=AddressFormField, **kwargs)


class AddressFormField(forms.EmailField):
    """Says in words what is wrong with a pasted address. The browser's own check would speak first, and say less."""

    default_validators = [validate_one_address]

    def __init__(self, **kwargs):
        # Longer ones are to reach the validator, which says so; the widget then cuts nothing off silently.
        super().__init__(**kwargs | {"max_length": None})

    def clean(self, value):
        return super().clean(ascii_domain(value.strip()) if isinstance(value, str) else value)


class WallTimeField(models.Field):
    """A date and time as a clock on the wall shows it; its zone stands beside it in another column.

    What people say ("Tuesday at nine") stays true when a country moves its clocks; the instant is derived and stored too.
    """

    description = "Local date and time without a zone"

    def db_type(self, connection):
        return "timestamp without time zone"

    def to_python(self, value):
        if isinstance(value, str):
            value = parse_datetime(value)
        if value is not None and (not isinstance(value, datetime.datetime) or value.tzinfo is not None):
            raise ValidationError(_("Enter a date and a time, such as 2026-11-23 09:30."), code="invalid")
        return value

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else value.isoformat()

    def formfield(self, **kwargs):
        return super().formfield(form_class=WallTimeFormField, **kwargs)


class WallTimeFormField(forms.DateTimeField):
    """Reads the browser's date-and-time input as wall time."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value):
        instant = super().to_python(value)
        return instant.replace(tzinfo=None) if instant else instant

    def prepare_value(self, value):
        if isinstance(value, datetime.datetime):
            return value.replace(tzinfo=None)
        return value
