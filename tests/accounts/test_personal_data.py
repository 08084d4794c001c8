"""The registry of what is held about a person: nothing that leads to a person is forgotten in it."""

import pytest
from django.apps import apps
from django.db import models

from accounts import personal_data
from accounts.export_files import columns_of
from accounts.models import User
from tests.words import code_words_in

# Without them a path over a row of the installation would lead to everybody.
FRAMEWORK = {"contenttypes", "auth", "sessions"}

STAMPS = {"id", "created_at", "updated_at"}


def test_export_goes_up_and_erasing_down():
    assert [part.name for part in personal_data.parts()] == ["accounts", "interviews", "followups", "coaching"]
    assert [part for part in reversed(personal_data.parts()) if part.erase] == list(personal_data.parts_to_erase())


def _leads_to_a_person(model, passed=()):
    """Whether some chain of foreign keys ends at a person."""
    if model is User:
        return True
    return any(
        field.related_model not in passed and _leads_to_a_person(field.related_model, (*passed, model))
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    )


def _of_people():
    return [
        model for model in apps.get_models() if model._meta.app_label not in FRAMEWORK and _leads_to_a_person(model)
    ]


@pytest.mark.parametrize("model", _of_people(), ids=lambda model: model._meta.label)
def test_every_column_is_exported_or_left_out_with_a_reason(model):
    """A new model or column that leads to a person turns this red until somebody has decided about it."""
    tables = [table for part in personal_data.parts() for table in part.tables if table.model is model]
    left_out = {name: why for part in personal_data.parts() for name, why in part.left_out.items()}
    label = model._meta.label
    if not tables:
        assert left_out.get(label), f"{label} is in no export: register a Table, or say why not in LEFT_OUT"
        return
    told = {column.field.name for table in tables for column in columns_of(table) if "__" not in column.path}
    there = {field.name for field in model._meta.get_fields() if not field.auto_created} - STAMPS
    assert {name for name in there - told if not left_out.get(f"{label}.{name}")} == set()


def test_what_is_left_out_is_there():
    known = {model._meta.label: {field.name for field in model._meta.get_fields()} for model in apps.get_models()}
    gone = [
        name
        for part in personal_data.parts()
        for name in part.left_out
        if name not in known and name.rpartition(".")[2] not in known.get(name.rpartition(".")[0], ())
    ]
    assert gone == []


def test_the_text_for_people_has_no_words_of_the_code():
    tables = [table for part in personal_data.parts() for table in part.tables]
    said = {str(table.title) for table in tables}
    said |= {column.label for table in tables for column in columns_of(table) if column.is_for_people}
    assert {words for words in said if code_words_in(words) or "_" in words} == set()
