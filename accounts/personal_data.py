"""What we hold about a person: each app says what of it stands in an export, and how it is erased.

The apps register in `AppConfig.ready()`, the lowest first. An export is told in that order; erasing goes the other way, so that
no row is left that points to something gone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

_parts: dict[str, "Part"] = {}


@dataclass(frozen=True)
class Table:
    """Which rows of a model a person's export holds, and which of their columns.

    `rows(person)` begins with `visible_to(person)`, where there is one, and ends with what is that person's own. A column is
    the name of a field, or `name=path` for one of a row that it points to. `within` names the foreign key under whose row it
    is told in the text for people, `heading` the columns that name a row there; without a heading a row is one line. Columns
    behind a bar are for programs only.
    """

    name: str
    title: Any
    model: Any
    rows: Callable[[Any], Any]
    columns: str
    within: str = ""
    heading: str = ""


@dataclass(frozen=True)
class File:
    """A file of its own in the export: `write(person)` makes its bytes."""

    name: str
    write: Callable[[Any], bytes]


@dataclass(frozen=True)
class Part:
    """An app's share. `export` holds Tables and Files, `erase(person)` removes its rows within the caller's transaction.

    `left_out` says why a model ("app.Model") or a column ("app.Model.column") stands in no export; `words` name columns
    ("column" or "Model.column") in the text for people where the field has no name of its own.
    """

    name: str
    export: Sequence[Table | File]
    erase: Callable[[Any], Any] | None
    left_out: dict[str, str] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)

    @property
    def tables(self):
        return [each for each in self.export if isinstance(each, Table)]

    @property
    def files(self):
        return [each for each in self.export if isinstance(each, File)]


def register(name, *, export, erase, left_out=None, words=None):
    """Say once, in `AppConfig.ready()`, what an app holds of people. Saying it again replaces what was said."""
    _parts[name] = Part(name, tuple(export), erase, left_out or {}, words or {})


def parts():
    """In the order of an export."""
    return tuple(_parts.values())


def word_for(model, column):
    """What a column is called in the text for people; None where its field has a name of its own."""
    words = {key: word for part in _parts.values() for key, word in part.words.items()}
    return words.get(f"{model._meta.object_name}.{column}") or words.get(column)


def parts_to_erase():
    """Those that can erase, the highest app first."""
    return tuple(part for part in reversed(_parts.values()) if part.erase)


_kept: dict[str, str] = {}


def keep(relation, why):
    """Say of a foreign key to people ("app.Model.field", with CASCADE) that its rows outlive them, and why.

    All others go with the person (accounts/erasing.py), so that a new model is erased unless somebody has decided otherwise.
    """
    _kept[relation] = why


def kept():
    return dict(_kept)
