"""The files of an export: JSON with its schema, a text for people, and whatever files the apps add, in one ZIP."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts import installation, personal_data, when
from accounts.fields import WallTimeField
from accounts.models import User
from accounts.records import Event

JSON, SCHEMA, TEXT = "your-data.json", "your-data.schema.json", "your-data.md"
LONG_LINE = 90
FORMAT = 1


@dataclass(frozen=True)
class Column:
    """A column of a table: the field it shows, and by which `path` a query reaches it."""

    key: str
    path: str
    field: Any
    is_for_people: bool = True
    model: Any = None

    @property
    def label(self):
        return capfirst(str(personal_data.word_for(self.model, self.key) or self.field.verbose_name))

    @property
    def is_person(self):
        return isinstance(self.field, models.ForeignKey) and self.field.related_model is User

    @property
    def is_pointer(self):
        """Whether it names another row, by its public id."""
        return self.field.is_relation and not self.is_person

    @property
    def is_list(self):
        return self.field.many_to_many or isinstance(self.field, ArrayField)


def columns_of(table):
    """The columns of a table, in its order."""
    for_people, _bar, for_programs = table.columns.partition("|")
    return [
        _column(table.model, *each.partition("=")[::2], is_for_people=columns is for_people)
        for columns in (for_people, for_programs)
        for each in columns.split()
    ]


def _column(model, key, path, *, is_for_people):
    field = None
    for name in (path or key).split("__"):
        if field is not None and name == "public_id":
            break  # of a row it points to: the pointer itself is the column
        field = (field.related_model if field is not None else model)._meta.get_field(name)
    return Column(key, path.removesuffix("__public_id") or key, field, is_for_people, model)


def rows_of(table, person):
    """What a table holds of this person, as values for JSON: one query, and no row is made into an object."""
    columns = columns_of(table)
    wanted, more = [], {}
    for column in columns:
        if column.is_person:
            wanted += [f"{column.path}__name", f"{column.path}__email"]
        elif column.field.many_to_many:
            named = table.model._base_manager.filter(pk=OuterRef("pk"), **{f"{column.key}__isnull": False})
            more[f"ids_of_{column.key}"] = ArraySubquery(named.values(f"{column.key}__public_id"))
        else:
            wanted.append(f"{column.path}__public_id" if column.is_pointer else column.path)
    return [
        {column.key: _value(column, row) for column in columns}
        for row in table.rows(person).values(*wanted, **more).iterator(chunk_size=500)
    ]


def _value(column, row):
    if column.is_person:
        name, email = row[f"{column.path}__name"], row[f"{column.path}__email"]
        return name or (email.split("@")[0] if email else None)
    if column.field.many_to_many:
        return sorted(str(each) for each in row[f"ids_of_{column.key}"])
    return _plain(row[f"{column.path}__public_id" if column.is_pointer else column.path])


def _plain(value):
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value.tzinfo else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | dict) else str(value)


# Beside its type, what a reader of the schema can rely on. The first that fits counts: some are kinds of others.
_TYPES = (
    (models.BooleanField, {"type": "boolean"}),
    (models.IntegerField, {"type": "integer"}),
    (models.FloatField, {"type": "number"}),
    (WallTimeField, {"type": "string", "description": "Local time, without a zone."}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.TimeField, {"type": "string"}),
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.JSONField, {}),
)


def schema():
    """A JSON Schema of the JSON file, from the same tables."""
    tables = {table.name: _schema_of(table) for part in personal_data.parts() for table in part.tables}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _("What Afterword holds about a person"),
        **_object({"format": {"const": FORMAT}, "made_at": {"type": "string", "format": "date-time"}, **tables}),
    }


def _object(properties):
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _schema_of(table):
    columns = {column.key: _schema_of_column(column) for column in columns_of(table)}
    return {"title": str(table.title), "type": "array", "items": _object(columns)}


def _schema_of_column(column):
    field = column.field
    if column.field.many_to_many:
        found = {"type": "array", "items": {"type": "string", "format": "uuid"}}
    elif column.is_pointer:
        found = {"type": "string", "format": "uuid"}
    elif column.is_person:
        found = {"type": "string"}
    elif isinstance(field, ArrayField):
        found = {"type": "array", "items": _schema_of_field(field.base_field)}
    else:
        found = _schema_of_field(field)
    may_be_empty = field.null or "__" in column.path
    if may_be_empty and "type" in found:
        found = {**found, "type": [found["type"], "null"]}
    return {"title": column.label, **found}


def _schema_of_field(field):
    return dict(next((found for kind, found in _TYPES if isinstance(field, kind)), {"type": "string"}))


def gather(person, *, now, progress=lambda done, total: None):
    """All tables of a person by name, as the JSON file holds them; `progress(done, total)` is told after each."""
    tables = [table for part in personal_data.parts() for table in part.tables]
    data = {"format": FORMAT, "made_at": _plain(now)}
    for done, table in enumerate(tables, 1):
        data[table.name] = rows_of(table, person)
        progress(done, len(tables))
    return data


def pack(person, data):
    """The bytes of the ZIP."""
    files = {
        TEXT: _Text(person, data).written(),
        JSON: json.dumps(data, ensure_ascii=False, indent=1),
        SCHEMA: json.dumps(schema(), ensure_ascii=False, indent=1),
    }
    for part in personal_data.parts():
        files |= {file.name: file.write(person) for file in part.files}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


class _Text:
    """The text for people: what belongs to an interview stands under it, empty things are left out."""

    def __init__(self, person, data):
        self.person = person
        self.data = data
        self.tables = [table for part in personal_data.parts() for table in part.tables]
        self.columns = {table.name: {column.key: column for column in columns_of(table)} for table in self.tables}
        self.told = {
            table.name: [
                column
                for column in columns_of(table)
                if column.is_for_people and column.key not in (table.within, "public_id")
            ]
            for table in self.tables
        }
        self.names = {
            row["public_id"]: self._heading(table, row)
            for table in self.tables
            if table.heading
            for row in data[table.name]
            if "public_id" in row
        }
        self.under = {}
        for table in self.tables:
            for row in data[table.name]:
                # Under a row that is not in the export it could not be found.
                if table.within and row[table.within] in self.names:
                    self.under.setdefault(row[table.within], {}).setdefault(table.name, []).append(row)
        self.lines = []

    def written(self):
        zone = self.person.zone
        at = when.print_instant(datetime.fromisoformat(self.data["made_at"]), reader_zone=zone, translate=_)
        self.lines = [
            "# " + _("Your data in %(installation)s") % {"installation": installation.name()},
            "",
            _("Put together %(at)s. Times are those of %(zone)s unless another place is named.")
            % {"at": at, "zone": zone},
            _("The same stands in %(json)s for programs, described by %(schema)s.") % {"json": JSON, "schema": SCHEMA},
            "",
            _(
                "Not in it: passwords and other secrets, and what coaches noted for themselves or each other. "
                "You may ask them about it."
            ),
        ]
        for table in self.tables:
            rows = self.data[table.name]
            if table.within:
                rows = [row for row in rows if row[table.within] not in self.names]
            self._tell(table, rows, 2)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)) + "\n"

    def _tell(self, table, rows, level):
        if not rows:
            return
        self.lines += ["", f"{'#' * min(level, 6)} {table.title}", ""]
        for row in rows:
            if table.heading:
                self._tell_row(table, row, level + 1)
            else:
                self.lines.append(f"- {self._short(table, row)}")

    def _tell_row(self, table, row, level):
        heading = self._heading(table, row)
        # Markdown knows six levels; deeper than that stands in bold.
        self.lines += ["", f"{'#' * level} {heading}" if level <= 6 else f"**{heading}**", ""]
        for column in self.told[table.name]:
            text = self._words(column, row[column.key])
            if "\n" in text or len(text) > LONG_LINE:
                self.lines += [f"- **{column.label}**:", "", *(f"  > {line}" for line in text.splitlines()), ""]
            elif text:
                self.lines.append(f"- **{column.label}**: {text}")
        below = self.under.get(row.get("public_id"), {})
        for child in self.tables:
            self._tell(child, below.get(child.name, ()), level + 1)

    def _short(self, table, row):
        """A row in a line: what happened stands behind its moment, other things behind their names."""
        first, *rest = self.told[table.name]
        if isinstance(first.field, models.DateTimeField) and rest:
            words = [self._words(column, row[column.key]) for column in rest]
            return (
                f"{self._words(first, row[first.key])}: {', '.join(' '.join(each.split()) for each in words if each)}"
            )
        pairs = [(column.label, " ".join(self._words(column, row[column.key]).split())) for column in (first, *rest)]
        return " · ".join(f"{label}: {text}" for label, text in pairs if text)

    def _heading(self, table, row):
        columns = [self.columns[table.name][key] for key in table.heading.split()]
        words = [self._words(column, row[column.key]) for column in columns]
        return " ".join(" · ".join(filter(None, words)).split()) or "-"

    def _words(self, column, value):
        """A value as it is read; "" for nothing, and for ids that name no row of this text."""
        if value is None or value == "":
            return ""
        if column.is_pointer or column.is_list:
            several = value if isinstance(value, list) else [value]
            base = getattr(column.field, "base_field", column.field)
            found = [self.names.get(each, "") if column.is_pointer else _one(base, each) for each in several]
            return ", ".join(filter(None, found))
        field = column.field
        if isinstance(field, models.UUIDField):
            return self.names.get(value, "")
        if isinstance(field, models.DateTimeField) and not isinstance(field, WallTimeField):
            return when.print_instant(datetime.fromisoformat(value), reader_zone=self.person.zone, translate=_)
        return _one(field, value)


def _one(field, value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if choices := _choices(field):
        return str(dict(choices).get(value, value))
    if isinstance(field, WallTimeField):
        moment = datetime.fromisoformat(value)
        return f"{when.print_date(moment.date(), translate=_)}, {moment:%H:%M}"
    if isinstance(field, models.DateField):
        return when.print_date(date.fromisoformat(value), translate=_)
    if isinstance(field, models.TimeField):
        return value[:5]
    return _as_written(_flat(value) if isinstance(value, dict | list) else str(value))


def _choices(field):
    """Its words by value; those of a change of state are the record's own."""
    model = getattr(field, "model", None)
    if model and issubclass(model, Event) and field.name in ("old", "new"):
        field = model._meta.get_field("subject").related_model._meta.get_field("status")
    return field.flatchoices if field.choices else ()


def _flat(value):
    """What a column of any shape holds, one thing a line."""
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_flat(each)}" for key, each in value.items() if each not in (None, "", [], {}))
    if isinstance(value, list):
        return "\n".join(_flat(each) for each in value)
    return str(value)


def _as_written(text):
    """What somebody wrote stays words: no picture is fetched and no tag understood by what shows this text."""
    return text.replace("\\", "\\\\").replace("<", "\\<").replace("[", "\\[")
