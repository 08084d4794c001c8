"""JSON lines for the commands that answer in batches: every line is checked before the first answer is printed."""

import json
from collections.abc import Iterable
from typing import Any


class BadLine(ValueError):
    """One line of the input cannot be used. `line` counts from 1, blank lines included; `reason` is for a person."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


def read_objects(lines: Iterable[str | bytes]) -> list[tuple[int, dict[str, Any]]]:
    """Return (line number, object) for every line that is not blank.

    Each object needs an `id` of its own: text that is not empty, or a whole number. Raises BadLine for the first line
    that breaks this, or that is not one JSON object in UTF-8 with distinct keys.
    """
    objects: list[tuple[int, dict[str, Any]]] = []
    first_seen: dict[str | int, int] = {}
    for number, line in enumerate(lines, start=1):
        text = _decoded(number, line)
        if not text.strip():
            continue
        value = _parsed(number, text)
        identity = _identity(number, value)
        if identity in first_seen:
            raise BadLine(number, f"the id {identity!r} was used on line {first_seen[identity]} already")
        first_seen[identity] = number
        objects.append((number, value))
    return objects


def _decoded(number: int, line: str | bytes) -> str:
    if isinstance(line, bytes):
        try:
            line = line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadLine(number, f"not UTF-8 at byte {error.start + 1}") from error
    return line.removeprefix("\ufeff") if number == 1 else line


def _parsed(number: int, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_distinct)
    except json.JSONDecodeError as error:
        raise BadLine(number, f"not JSON: {error.msg} at character {error.colno}") from error
    except RecursionError as error:
        raise BadLine(number, "not usable JSON: nested too deeply") from error
    except ValueError as error:
        raise BadLine(number, f"not usable JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadLine(number, 'a JSON object was expected, such as {"id": "1", …}')
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return value


def _identity(number: int, value: dict[str, Any]) -> str | int:
    if "id" not in value:
        raise BadLine(number, "the id is missing")
    identity = value["id"]
    if isinstance(identity, bool) or not isinstance(identity, str | int) or identity == "":
        raise BadLine(number, "the id must be text that is not empty, or a whole number")
    return identity
