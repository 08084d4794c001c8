"""One evening for the tests of reviews: an omission that goes into the note, and a letter that waits for its time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import when
from coaching.services import reviews
from followups.services import decisions, notes
from tests import factories
from tests.mailing import sink  # noqa: F401 -- a fixture for all tests here

ADDITION = "During my internship I wrote three posts a week."


@pytest.fixture
def candidate(candidate):
    """Here for a month, so that letters may go out."""
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()
    return candidate


@pytest.fixture
def mistake(interview):
    factories.InterviewerFactory(interview=interview, name="Grace Wanjiru")
    mistake = factories.MistakeFactory(interview=interview, noticed="yes", correction=ADDITION)
    assert decisions.decide(mistake).action == "thank_you_note"
    mistake.refresh_from_db()
    return mistake


@pytest.fixture
def note(mistake, candidate):
    """A draft that carries the addition."""
    note = notes.draft_note(mistake.interview, by=candidate)
    body = (
        "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began. "
        f"When we spoke about writing, one thing I would add: {ADDITION}\n\nKind regards,\nAchieng"
    )
    return notes.edit_note(note, by=candidate, body=body, subject="Thank you for today")


@pytest.fixture
def in_hours():
    """When a note goes, that many hours from now."""

    def wall(hours):
        at = timezone.now() + timedelta(hours=hours)
        return {"send_wall": when.to_wall(at, "Africa/Nairobi").replace(microsecond=0), "send_zone": "Africa/Nairobi"}

    return wall


@pytest.fixture
def review(note, coach, candidate, in_hours):
    return reviews.ask_review(note.interview, coach=coach, by=candidate, note=note, question="Too much?", **in_hours(5))
