"""What stands in an export: every word that is hers or that she may read, and no word of anybody else's."""

import io
import itertools
import json
import re
import zipfile

import jsonschema
import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone
from icalendar import Calendar

from accounts import personal_data
from accounts.export_files import JSON, SCHEMA, TEXT, columns_of, gather, pack
from accounts.fields import AddressField, WallTimeField, ZoneField
from accounts.models import AuditEntry, FormDraft, User
from coaching.models import Comment, ReviewItem, SessionNote
from followups.models import CorrectionPlan, NoteText, Rehearsal, TriageDecision
from tests import factories
from tests.access import world

pytestmark = pytest.mark.django_db
NOT_TYPED = (ZoneField, models.URLField, AddressField, WallTimeField)
NOT_IN_THIS_WORLD = {
    "accounts_elsewhere",
    "invitations_received",
    "addresses",
    "sessions_of_browsers",
    "second_factors",
    "mails",
    "archived_mails",
}
OF_OTHERS = re.compile(r"Q(\d{4}Q|private|coaches|notes|decided)")
# Their rows are only added: `_fill` writes a marked one.
APPEND_ONLY = (AuditEntry, TriageDecision)
# What only coaches, admins or whoever was invited have.
NOT_OF_CANDIDATES = {
    "rosters",
    *("canned_replies", "series", "slots", "closures", "calendar_changes", "changed_slots", "absences", "days_away"),
    *("working_hours", "reviews_given", "review_items_given", "invitations_sent", "suppression_changes"),
}


def words(model):
    """The columns of a model that hold free text."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField | models.CharField | models.JSONField)
        and not isinstance(field, NOT_TYPED)
        and not field.choices
        and not field.unique
        and (field.max_length or 8) >= 8
    ]


@pytest.fixture
def marks():
    """Gives marks by their column; never the same twice."""
    numbers = itertools.count()

    def mark(letter):
        return f"{letter}{next(numbers):04}{letter}"

    return mark


@pytest.fixture
def others(candidate, stranger, other_coach, admin, marks):
    """The same rows for another candidate, made first, with a mark in every word."""
    factories.EngagementFactory(candidate=stranger, coach=other_coach)
    interview = factories.InterviewFactory(candidate=stranger, shared_with_coach=True)
    world(candidate=stranger, coach=other_coach, interview=interview, admin=admin)
    _fill(stranger, "Qdecided")
    for model in apps.get_models():
        if model in (User, *APPEND_ONLY) or model._meta.app_label not in personal_data_apps():
            continue
        for field in words(model):
            rows = model._base_manager.all()
            if any(field.name in constraint.fields for constraint in constraints(model)):
                rows = rows.filter(pk__in=rows.values("pk")[:1])
            rows.update(**{field.name: marks("Q")})
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in apps.get_models()}


def constraints(model):
    return [each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint)]


def personal_data_apps():
    return [part.name for part in personal_data.parts()]


def _fill(candidate, message):
    """What `world` has not."""
    interview = candidate.interviews.filter(mistakes__isnull=False).first()
    mistake, note = interview.mistakes.first(), interview.thank_you_notes.first()
    booking = candidate.bookings.filter(status="booked").first()
    decision = TriageDecision.objects.filter(mistake=mistake).first()
    engine = {"policy_version": 1, "facts": {}}
    TriageDecision.objects.create(
        mistake=mistake, action="practice", made="coach", message=message, is_current=False, **engine
    )
    FormDraft.objects.create(user=candidate, path="/interviews/new/", fields={"company": "half typed"})
    NoteText.objects.create(note=note, body="An earlier text.")
    CorrectionPlan.objects.create(mistake=mistake, said="Five years", truth="Four years")
    Rehearsal.objects.create(lesson=candidate.lessons.first(), question="Why?", situation="In May", action="I wrote")
    SessionNote.objects.create(booking=booking, writer=candidate, text="Breathe.")
    ReviewItem.objects.create(review=interview.reviews.first(), decision=decision, answer="agree", message="Good.")


@pytest.fixture
def hers(others, candidate, coach, interview, admin, marks):
    """Her own world with a mark in every word; the marks by table and column."""
    world(candidate=candidate, coach=coach, interview=interview, admin=admin)
    _fill(candidate, "Hdecided")
    found = {("decisions", "message"): "Hdecided"}
    for part in personal_data.parts():
        for table in part.tables:
            for column in columns_of(table):
                if column.field in words(table.model) and table.model not in (User, *APPEND_ONLY):
                    rows = table.rows(candidate).values_list("pk", flat=True)
                    new = table.model._base_manager.filter(pk__in=list(rows)[:1]).exclude(pk__in=others[table.model])
                    found[table.name, column.key] = mark = marks("H")
                    if new.update(**{column.field.name: mark}):
                        continue
                    del found[table.name, column.key]
                    found.setdefault("empty", set()).add(table.name)
    return found


def test_every_word_of_hers_is_in_it_and_nobody_elses(hers, candidate, coach, interview):
    private = factories.CommentFactory(
        candidate=candidate, author=coach, visibility="private", interview=interview, text="Qprivate"
    )
    factories.CommentFactory(candidate=candidate, author=coach, visibility="coaches", text="Qcoaches")
    SessionNote.objects.create(booking=candidate.bookings.first(), writer=coach, text="Qnotes of the coach")
    empty = hers.pop("empty")

    data = gather(candidate, now=timezone.now())
    with zipfile.ZipFile(io.BytesIO(pack(candidate, data))) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}

    assert {name for name in empty if not name.endswith("_events")} <= NOT_OF_CANDIDATES | NOT_IN_THIS_WORLD
    assert {where for where, mark in hers.items() if mark not in files[JSON]} == set()
    assert [name for name, content in files.items() if OF_OTHERS.search(content)] == []
    jsonschema.validate(json.loads(files[JSON]), json.loads(files[SCHEMA]), format_checker=jsonschema.FormatChecker())
    assert Comment.objects.filter(pk=private.pk).exists()
    assert len(hers) > 60
    assert {where for where, mark in hers.items() if where in for_people() and mark not in files[TEXT]} == set()
    calendar = Calendar.from_ical(files["calendar.ics"])
    titles = [str(event["summary"]) for event in calendar.walk("VEVENT")]
    assert sum(title == "Mock session" for title in titles) == 2
    assert sum(title.startswith("Interview: ") for title in titles) == 3


def for_people():
    return {
        (table.name, column.key)
        for part in personal_data.parts()
        for table in part.tables
        for column in columns_of(table)
        if column.is_for_people
    }


@pytest.mark.parametrize("role", ["coach", "admin"])
def test_a_coach_and_an_admin_get_their_own_words_and_no_candidates(role, hers, request, coach, admin):
    """What a client wrote stays the client's, however much of it can be read."""
    person = request.getfixturevalue(role)

    found = json.dumps(gather(person, now=timezone.now()))

    typed_by_her = (
        "interviews",
        "mistakes",
        "notes",
        "drafts",
        "practice_notes",
        "correction_plans",
        "referees",
        "briefs",
    )
    assert [where for where, mark in hers.items() if where[0] in typed_by_her and mark in found] == []
    if role == "coach":
        assert hers["session_reports", "worked"] in found
