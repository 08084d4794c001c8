"""A migration may be run while people work: it holds no lock for as long as a large table takes to read."""

import pytest
from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

# The last migration of each app that was written before this rule, on installations that are small.
BEFORE = {"accounts": "0018", "interviews": "0008", "followups": "0013", "coaching": "0013"}


def ours():
    graph = MigrationLoader(None).disk_migrations
    return [
        pytest.param(migration, id=f"{app}.{name}")
        for (app, name), migration in sorted(graph.items())
        if app in BEFORE and name[:4] > BEFORE[app]
    ]


def findings(migration):
    """What of a migration would stop people who work meanwhile, in words for whoever wrote it."""
    made = {operation.name_lower for operation in migration.operations if isinstance(operation, migrations.CreateModel)}
    kinds = {type(operation) for operation in migration.operations}
    found = [word for operation in migration.operations for word in _of(operation, made)]
    if kinds & {AddIndexConcurrently, RemoveIndexConcurrently}:
        if migration.atomic:
            found.append("an index is made concurrently with atomic = False")
        if kinds - {AddIndexConcurrently, RemoveIndexConcurrently}:
            found.append("indexes made concurrently stand in a migration of their own")
    if {AddConstraintNotValid, ValidateConstraint} <= kinds:
        found.append("a constraint is validated by the next migration: in the same one the lock would be kept")
    if migrations.RunPython in kinds and len(kinds) > 1:
        found.append("rows are filled by a migration of their own")
    return found


def _of(operation, made):
    """One operation; tables that the same migration makes are empty."""
    if getattr(operation, "model_name_lower", None) in made or isinstance(operation, AddConstraintNotValid):
        return
    if isinstance(operation, migrations.AddIndex) and not isinstance(operation, AddIndexConcurrently):
        yield f"AddIndexConcurrently for {operation.index.name}: AddIndex lets nobody write until it is made"
    if isinstance(operation, migrations.AddConstraint):
        yield f"AddConstraintNotValid and ValidateConstraint for {operation.constraint.name}: it reads the whole table"
    if isinstance(operation, migrations.AddField):
        field = operation.field
        if isinstance(field, models.ManyToManyField):
            return
        if field.unique or field.db_index:
            yield f"an index of {operation.name} is made with its column: add it concurrently"
        if not field.null and not field.has_default() and not field.has_db_default():
            yield f"{operation.name} needs null=True or a default"


@pytest.mark.parametrize("migration", ours())
def test_it_holds_no_lock_for_long(migration):
    assert findings(migration) == []


def test_those_before_the_rule_are_there():
    names = {(app, name[:4]) for app, name in MigrationLoader(None).disk_migrations}
    assert set(BEFORE.items()) <= names


INDEX = models.Index(fields=["notes"], name="by_notes")
CHECK = models.CheckConstraint(condition=models.Q(notes=""), name="no_notes")


@pytest.mark.parametrize(
    ("operations", "atomic", "said"),
    [
        ([migrations.AddIndex("interview", INDEX)], True, "AddIndex lets nobody write"),
        ([AddIndexConcurrently("interview", INDEX)], True, "atomic = False"),
        ([AddIndexConcurrently("interview", INDEX)], False, ""),
        ([AddIndexConcurrently("interview", INDEX), migrations.RunSQL("")], False, "of their own"),
        ([migrations.AddConstraint("interview", CHECK)], True, "reads the whole table"),
        ([AddConstraintNotValid("interview", CHECK)], True, ""),
        (
            [AddConstraintNotValid("interview", CHECK), ValidateConstraint("interview", "no_notes")],
            True,
            "next migration",
        ),
        ([migrations.AddField("interview", "word", models.TextField())], True, "needs null=True"),
        ([migrations.AddField("interview", "word", models.TextField(default=""))], True, ""),
        ([migrations.AddField("interview", "word", models.TextField(null=True, db_index=True))], True, "concurrently"),
        ([migrations.CreateModel("Word", []), migrations.AddIndex("word", INDEX)], True, ""),
        ([migrations.RunPython(migrations.RunPython.noop), migrations.RunSQL("")], True, "of their own"),
    ],
)
def test_what_the_rule_sees(operations, atomic, said):
    migration = migrations.Migration("made", "interviews")
    migration.operations, migration.atomic = operations, atomic
    found = findings(migration)
    assert (len(found), said in "".join(found)) == (int(bool(said)), True)
