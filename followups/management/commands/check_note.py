"""Checks notes by the line: JSON objects in, findings out, nothing printed unless every line can be used."""

import json
import sys
from dataclasses import asdict, fields
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from followups.jsonl import BadLine, read_objects
from followups.note_check import MAX_LENGTH, NoteContext, check_note
from followups.note_check.passages import passages
from followups.note_check.reading import cues_for
from followups.note_check.text import read_note

KINDS = ("thank_you", "correction")


class Command(BaseCommand):
    help = "Reads notes from standard input, one JSON object a line, and prints what the note check finds in each."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--why", action="store_true", help="add how each sentence was read, and the cues that decided"
        )

    def handle(self, *args, **options):
        try:
            notes = [_note(number, value) for number, value in read_objects(getattr(sys.stdin, "buffer", sys.stdin))]
        except BadLine as error:
            raise CommandError(str(error), returncode=2) from error
        for identity, text, context in notes:
            findings = check_note(text, context)
            answer = {
                "id": identity,
                "ok": not any(finding.severity == "error" for finding in findings),
                "findings": [asdict(finding) for finding in findings],
            }
            if options["why"]:
                answer["sentences"] = _sentences(text)
            self.stdout.write(json.dumps(answer))


def _sentences(text: str) -> list[dict[str, Any]]:
    """How each sentence was read: its place, what it is taken for, and what spoke for it most."""
    note = read_note(text[:MAX_LENGTH])
    return [
        {
            "start": passage.sentence.start,
            "end": passage.sentence.end,
            "kind": passage.kind.value,
            "cues": [cue for cue, _ in cues_for(passage.sentence, note.text)],
        }
        for passage in passages(note)
    ]


def _note(number: int, value: dict[str, Any]) -> tuple[str | int, str, NoteContext]:
    """Return (id, text, context) of one line, or raise BadLine naming the key that is wrong."""
    if "text" not in value:
        raise BadLine(number, "the text is missing")
    if not isinstance(value["text"], str):
        raise BadLine(number, "text must be text")
    given = {key: value[key] for key in value if key not in {"id", "text"}}
    for key, item in given.items():
        if key not in _CHECKS:
            known = ", ".join(_CHECKS)
            raise BadLine(number, f"{key!r} is not known; known are id, text, {known}")
        is_right, expected = _CHECKS[key]
        if not is_right(item):
            raise BadLine(number, f"{key} must be {expected}")
    return value["id"], value["text"], NoteContext(**{key: _frozen(item) for key, item in given.items()})


def _frozen(item: Any) -> Any:
    return tuple(map(_frozen, item)) if isinstance(item, list) else item


def _is_text(item: Any) -> bool:
    return isinstance(item, str)


def _is_texts(item: Any) -> bool:
    return isinstance(item, list) and all(map(_is_text, item))


def _is_whole(item: Any) -> bool:
    return isinstance(item, int) and not isinstance(item, bool) and item >= 0


def _is_spans(item: Any) -> bool:
    return isinstance(item, list) and all(
        isinstance(span, list) and len(span) == 2 and all(map(_is_whole, span)) and span[0] <= span[1] for span in item
    )


def _is_hours(item: Any) -> bool:
    return item is None or (isinstance(item, int | float) and not isinstance(item, bool))


_TEXT = (_is_text, "text")
_TEXTS = (_is_texts, "a list of texts")
_CHECKS = {
    "kind": (lambda item: item in KINDS, " or ".join(KINDS)),
    "topics": _TEXTS,
    "interviewer": _TEXT,
    "company": _TEXT,
    "role": _TEXT,
    "panel": _TEXTS,
    "hours_since_interview": (_is_hours, "a number of hours, or null"),
    "contact_prohibited": (lambda item: isinstance(item, bool), "true or false"),
    "exempt": (_is_spans, "a list of [start, end] pairs"),
}
assert set(_CHECKS) == {field.name for field in fields(NoteContext)}
