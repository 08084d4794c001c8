import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from followups.management.commands.check_note import Command

NOTE = "Dear Ms Wafula,\n\nThank you for showing me the sluice gates.\n\nRuth"
SORRY = "Dear Ms Wafula,\n\nThank you for showing me the sluice gates. Sorry I was late.\n\nRuth"


@pytest.fixture
def run(monkeypatch):
    """Run the command on these bytes of standard input; what it printed."""

    def run(data, **options):
        out = io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        try:
            call_command("check_note", stdout=out, **options)
        finally:
            run.printed = out.getvalue()
        return [json.loads(line) for line in run.printed.splitlines()]

    return run


def lines(*objects):
    return "".join(json.dumps(each) + "\n" for each in objects).encode()


def test_an_answer_a_line_in_the_order_of_the_notes(run):
    first, second = run(lines({"id": "b", "text": SORRY}, {"id": 7, "text": NOTE}))
    assert second == {"id": 7, "ok": True, "findings": []}
    assert (first["id"], first["ok"]) == ("b", False)
    (finding,) = first["findings"]
    assert list(finding) == ["code", "severity", "start", "end", "message", "suggestion"]
    assert (finding["code"], finding["severity"]) == ("apology", "error")
    assert SORRY[finding["start"] : finding["end"]] == "Sorry I was late."


def test_why_shows_how_each_sentence_was_read(run):
    (answer,) = run(lines({"id": 1, "text": SORRY}), why=True)
    thanks, sorry = answer["sentences"]
    assert (thanks["kind"], sorry["kind"]) == ("other", "mistake")
    assert SORRY[sorry["start"] : sorry["end"]] == "Sorry I was late."
    assert "rule:apology" in sorry["cues"]


def test_context_reaches_the_check(run):
    at = SORRY.index("Sorry")
    context = {
        "kind": "thank_you",
        "topics": ["sluice"],
        "interviewer": "Ann Odera",
        "company": "Dams",
        "role": "keeper",
        "panel": [NOTE],
        "hours_since_interview": 50.5,
        "contact_prohibited": True,
        "exempt": [[at, at + 17]],
    }
    (answer,) = run(lines({"id": "1", "text": SORRY, **context}))
    assert {finding["code"] for finding in answer["findings"]} == {
        "wrong_name",
        "contact_prohibited",
        "late",
        "copy_paste",
    }


def test_warnings_alone_are_ok(run):
    (answer,) = run(lines({"id": "1", "text": "Dear Ann,\n\nThank you for your time.\n\nRuth"}))
    assert (answer["ok"], [finding["code"] for finding in answer["findings"]]) == (True, ["generic"])


def test_nothing_in_nothing_out(run):
    assert run(b"") == run(b"\n \n") == []


def test_half_a_surrogate_can_be_printed(run):
    assert run(b'{"id": "1", "text": "Thanks for the sluice tour \\ud83d"}\n')[0]["ok"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "line 2: not JSON: Expecting property name enclosed in double quotes at character 1"),
        (b'{"id": "2"}', "line 2: the text is missing"),
        (b'{"id": "2", "text": null}', "line 2: text must be text"),
        (b'{"id": "1", "text": ""}', "line 2: the id '1' was used on line 1 already"),
        (b'{"id": "2", "text": "", "kind": "letter"}', "line 2: kind must be thank_you or correction"),
        (b'{"id": "2", "text": "", "topics": "silt"}', "line 2: topics must be a list of texts"),
        (b'{"id": "2", "text": "", "panel": [1]}', "line 2: panel must be a list of texts"),
        (b'{"id": "2", "text": "", "hours_since_interview": "3"}', "line 2: hours_since_interview must be a number of hours, or null"),
        (b'{"id": "2", "text": "", "contact_prohibited": 1}', "line 2: contact_prohibited must be true or false"),
        (b'{"id": "2", "text": "", "exempt": [[5, 1]]}', "line 2: exempt must be a list of [start, end] pairs"),
        (b'{"id": "2", "text": "", "colour": ""}', "line 2: 'colour' is not known; known are id, text, kind, topics, interviewer, company, role, panel, hours_since_interview, contact_prohibited, exempt"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_is_printed(run, bad, reason):
    with pytest.raises(CommandError) as caught:
        run(lines({"id": "1", "text": NOTE}) + bad + b"\n")
    assert (str(caught.value), caught.value.returncode, run.printed) == (reason, 2, "")


def test_needs_no_system_checks():
    assert Command.requires_system_checks == []
