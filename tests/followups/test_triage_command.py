import io
import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from followups.models import TriageDecision
from followups.triage import Kind, Outcome, TriageFacts, triage
from tests.factories import MistakeFactory

OMISSION = {
    "kind": "omitted_information",
    "touches_must_have": True,
    "has_new_information": True,
    "hours_since_interview": 3,
}


@pytest.fixture
def run(monkeypatch):
    """Run the command on these bytes of standard input; what it printed."""

    def run(data, *arguments):
        out = io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        call_command("triage", *arguments, stdout=out)
        return out.getvalue()

    return run


def lines(*objects):
    return "".join(json.dumps(each) + "\n" for each in objects).encode()


def test_an_answer_a_line_in_the_order_of_the_questions(run):
    answers = run(lines({"id": "b", **OMISSION}, {"id": 7, "kind": "conduct", "hurt_someone": True}))
    first, second = map(json.loads, answers.splitlines())
    assert first == {
        "id": "b",
        "action": "thank_you_note",
        "also": [],
        "reasons": [reason.text for reason in triage(TriageFacts.from_json(OMISSION)).reasons],
        "needs_coach": False,
        "provisional": True,
        "act_within_hours": 21,
        "policy_version": 1,
    }
    assert (second["id"], second["action"], second["needs_coach"], second["act_within_hours"]) == (
        7,
        "practice",
        True,
        None,
    )


def test_nothing_in_nothing_out(run):
    assert run(b"") == run(b"\n\n") == ""


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"{", "line 3: not JSON"),
        (b"[]", "line 3: a JSON object was expected"),
        (b'{"kind": "conduct"}', "line 3: the id is missing"),
        (b'{"id": "x"}', "line 3: kind: missing"),
        (b'{"id": "x", "kind": "sin"}', "line 3: kind: one of omitted_information"),
        (b'{"id": "x", "kind": "conduct", "mood": 1}', "line 3: mood: no such fact"),
        (b'{"id": "x", "kind": "conduct", "hours_since_interview": 1e999}', "line 3: hours_since_interview: a finite number"),
        (b'{"id": "x", "kind": "conduct", "hours_since_interview": NaN}', "line 3: not usable JSON: NaN"),
        (b'{"id": "x", "kind": "conduct", "repair_sentences": -1}', "line 3: repair_sentences: a count cannot be negative"),
        (b'{"id": "\xff"}', "line 3: not UTF-8"),
    ],
)  # fmt: skip
def test_bad_input_is_named_and_nothing_is_half_printed(run, capsys, bad, message):
    with pytest.raises(CommandError, match="^" + message) as refused:
        run(lines({"id": "a", **OMISSION}) + b"\n" + bad + b"\n" + lines({"id": "c", **OMISSION}))
    assert refused.value.returncode == 2
    assert capsys.readouterr().out == ""


def test_from_the_shell_without_any_server(settings):
    """It needs neither database nor Redis nor secrets, and ends with 2 on bad input."""
    command = [sys.executable, "manage.py", "triage"]
    nowhere = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PATH": "/usr/bin:/bin",
    }
    options = {"capture_output": True, "cwd": settings.BASE_DIR, "env": nowhere, "timeout": 60}
    good = subprocess.run(command, input=lines({"id": "a", **OMISSION}), **options)
    assert (good.returncode, json.loads(good.stdout)["id"], good.stderr) == (0, "a", b"")
    bad = subprocess.run(command, input=lines({"id": "a", **OMISSION}) + b"{}\n", **options)
    assert (bad.returncode, bad.stdout, b"line 2: the id is missing" in bad.stderr) == (2, b"", True)


@pytest.fixture
def stored(db):
    """Store a decision on these facts as if an earlier policy had made it."""

    def stored(action, made="engine", facts=None, **given_facts):
        facts = facts or TriageFacts(kind=Kind.OMITTED_INFORMATION, **given_facts).to_json()
        return TriageDecision.objects.create(
            mistake=MistakeFactory(), action=action, made=made, facts=facts, policy_version=1
        )

    return stored


def test_stored_decisions_that_would_change(run, stored):
    stored("let_go")
    stored("practice", made="coach")  # a person's word is not replayed
    changed = stored("thank_you_note", outcome=Outcome.OFFER)
    older = stored("let_go", facts={"kind": "omitted_information", "mood": "bad"})
    assert run(b"not read", "--stored").splitlines() == [
        f"{changed.public_id} thank_you_note → let_go",
        f"{older.public_id} let_go → cannot be replayed (mood: no such fact)",
    ]
