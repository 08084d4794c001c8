"""What every record of Afterword has in common: an address that tells nothing, and states with one writer."""

import hashlib
import json
import uuid

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Conflict(Exception):
    """Somebody else was quicker, or the thing has moved on. Shown as a message on pages and as 409 in the API.

    `choices` may carry what the person can take instead (the nearest free slots, say), `now` by name what the API shows of
    how things stand now.
    """

    def __init__(self, message, *, choices=()):
        super().__init__(message)
        self.choices = list(choices)
        self.now = {}


class Overtaken(Conflict):
    """It was changed in another window since a page showed it. Nothing typed is thrown away: she is shown both."""

    def __init__(self, message=""):
        super().__init__(message or _("This was changed in another window meanwhile."))


def version_of(values):
    """Names exactly these values, for a page to bring back with what was typed beside them."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=True, default=str).encode()).hexdigest()[:24]


class Refused(Exception):
    """A rule of the house forbids it; the message says which. Shown at the form; 422 in the API. `field` names the input at fault.

    `choices` may carry what the person can give there.
    """

    def __init__(self, message, *, field=None, choices=()):
        super().__init__(message)
        self.field = field
        self.choices = list(choices)


class Record(models.Model):
    """Base of every row that has an address: pages and API name it by `public_id` alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self):
        # Never content: this text reaches logs, error pages and admin lists.
        return f"{self._meta.verbose_name} {str(self.public_id)[:8]}"


class HoldsAddresses(models.Model):
    """A record with addresses of people who have no account; they are forgotten in time (followups/services/addresses.py)."""

    addresses_look_at = models.DateTimeField(
        null=True, editable=False, help_text="When to reckon again; empty: not yet."
    )
    addresses_forget_at = models.DateTimeField(null=True, editable=False, help_text="Announced to her for this moment.")
    addresses_kept_until = models.DateTimeField(null=True, editable=False, help_text="She asked to keep them so long.")
    addresses_forgotten_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class Event(models.Model):
    """One change of state, written in the same transaction as the change. `by` is empty when the machine did it."""

    old = models.CharField(max_length=20, blank=True)
    new = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        # Of writing: the clocks of the database and of two web servers differ by moments.
        ordering = ["id"]

    def __str__(self):
        return f"{self.old or '-'} → {self.new}"


@transaction.atomic
def move(record, new, *, by=None, reason="", **fields):
    """Change a record's status once, even if two requests or workers race; the only writer of every `status`.

    The record's class names its allowed moves (`MOVES`) and its event rows have a foreign key called `subject`.
    Raises Conflict when the move is not allowed or somebody else was quicker.
    """
    model, old = type(record), record.status
    if new not in model.MOVES.get(old, ()):
        raise Conflict(
            _("This has moved on in the meantime: it is “%(state)s” now.") % {"state": record.get_status_display()}
        )
    fields = {"status": new, **fields}
    fields.setdefault("updated_at", timezone.now())
    if not model._base_manager.filter(pk=record.pk, status=old).update(**fields):
        raise Conflict(_("This was changed in the meantime. Look again before you go on."))
    model._meta.get_field("events").related_model.objects.create(subject=record, old=old, new=new, by=by, reason=reason)
    record.refresh_from_db()
    return record


def start(record, *, by=None, reason=""):
    """Save a new record and its first event row. Call it inside the transaction that creates the record.

    Rows it points to that were read already are not asked for again, nor whether its random address is in use: of both the
    database is the guard.
    """
    at_hand = {
        field.name
        for field in record._meta.concrete_fields
        if field.many_to_one and field.is_cached(record) and getattr(record, field.attname) is not None
    }
    record.full_clean(exclude={"public_id", *at_hand}, validate_constraints=False)
    write_new([record], by=by, reason=reason)
    return record


def write_new(records, *, by=None, reason="", unless_there=False):
    """Save new records of one class, each with its first event, in one statement: none is ever seen without it.

    `unless_there`: those that break a unique key are left out. The others know their primary key afterwards.
    """
    if not records:
        return
    model = type(records[0])
    query = InsertQuery(model, on_conflict=OnConflict.IGNORE if unless_there else None)
    query.insert_values([field for field in model._meta.concrete_fields if not field.primary_key], records)
    insert = query.get_compiler(connection=connection)
    insert.returning_fields = [model._meta.get_field(name) for name in ("id", "public_id", "status")]
    [(text, values)] = insert.as_sql()
    events = model._meta.get_field("events").related_model
    first = {field.attname: field.get_default() for field in events._meta.concrete_fields if not field.primary_key}
    del first["subject_id"], first["new"]
    first |= {"by_id": by and by.pk, "reason": reason, "at": timezone.now()}
    statement = f"""
        WITH new AS ({text}), told AS (
            INSERT INTO {events._meta.db_table} (subject_id, new, {", ".join(first)})
            SELECT id, status, {", ".join(["%s"] * len(first))} FROM new ORDER BY id
        )
        SELECT public_id, id FROM new
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *first.values()])
        keys = dict(cursor.fetchall())
    for record in records:
        if record.public_id in keys:
            record.pk = keys[record.public_id]
            record._state.adding, record._state.db = False, connection.alias
