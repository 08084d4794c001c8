"""A world in which every field that people type into holds a text of one's choice.

For what must not get out (tests/test_canary.py) and for what must do nothing (tests/e2e/test_hostile_words.py).
"""

import csv
import io

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

from accounts.fields import AddressField
from accounts.models import FormDraft
from coaching.models import ReviewItem, SessionNote
from followups.models import CorrectionPlan, NoteText, Rehearsal, SuppressionChange
from interviews import spreadsheet
from tests import factories
from tests.access import world

APPS = ("accounts", "interviews", "followups", "coaching")
# What candidates and their coaches write, and the addresses of third parties: none of it is an admin's business.
PRIVATE = {
    "interviews.Interview": "company role_title notes went_well invitation_uid",
    "interviews.Interviewer": "name title email",
    "interviews.Requirement": "text evidence",
    "interviews.Mistake": "text topic correction",
    "accounts.FormDraft": "fields",
    "accounts.AccessToken": "name",
    "followups.CorrectionPlan": "said truth",
    "followups.TriageDecision": "message",
    "followups.InterviewImport": "sheet",
    "followups.Lesson": "title",
    "followups.Rehearsal": "question situation task action result",
    "followups.ThankYouNote": "to_name to_email subject stayed_with_me like_them_to_know body",
    "followups.NoteText": "body",
    "followups.Referee": "name relation email",
    "followups.RefereeBrief": "skill project words job who_may_ring sent_to",
    "coaching.Review": "question suggestion message",
    "coaching.ReviewItem": "message",
    "coaching.Booking": "given_reason",
    "coaching.CannedReply": "title text",
    "coaching.Comment": "text",
    "coaching.Goal": "text",
    "coaching.SessionNote": "text",
    "coaching.SessionReport": "worked change",
}
# What admins write or have to know.
STAFFS = {
    "accounts.User": "name cohort",
    "accounts.Invitation": "name cohort",
    "followups.SuppressionChange": "why",
    "coaching.SlotSeries": "place link",
    "coaching.MockSlot": "place link",
    "coaching.Closure": "title",
    "coaching.Booking": "override_reason",
    "coaching.CalendarChange": "reason",
}
# Codes, names of records, keys, hashes, addresses by which people sign in, and what is made of other columns.
NOT_TYPED = {
    "accounts.User": "password email zone muted_reminders hints_put_away",
    "accounts.Invitation": "email token_hash zone",
    "accounts.AuditEntry": "verb subject_type request_id",
    "accounts.Erasure": "counts",
    "accounts.FirstRunLink": "token_hash",
    # What an admin says of the installation, to everybody; and a list she brought, for a day.
    "accounts.Installation": "name sender_name sign_up_domains",
    "accounts.Roster": "sheet",
    "accounts.IdempotentRequest": "route key body_hash content_type",
    "accounts.FormDraft": "path",
    "accounts.AccessToken": "scopes token_hash start",
    "interviews.Interview": "zone country found_by",
    "interviews.Interviewer": "zone",
    "interviews.Mistake": "answered",
    "followups.TriageDecision": "also facts reasons",
    "followups.ThankYouNote": "send_zone approved_hash failure written_in",
    "followups.OutboundEmail": "kind to_address_hash content_hash subject_type dedupe_key stage error bounce_code",
    "followups.ArchivedMail": "kind subject_type dedupe_key error bounce_code",
    "followups.RefereeBrief": "language send_zone approved_hash failure token_hash",
    "followups.Reminder": "kind subject_type occurrence",
    "followups.Suppression": "address_hash",
    "followups.SuppressionChange": "address_hash",
    "followups.MailPause": "found",
    "followups.Heartbeat": "name",
    "followups.Tally": "name",
    "coaching.KeptFigures": "all weeks",
    "coaching.SlotSeries": "rule zone exceptions",
    "coaching.MockSlot": "zone",
    "coaching.WaitlistEntry": "zone",
    "coaching.CalendarChange": "data",
    "coaching.ChangeItem": "fields why",
    "coaching.CoachAbsence": "zone",
    "coaching.CalendarFeed": "token_hash",
}


def pairs(table):
    return {(label, name) for label, names in table.items() for name in names.split()}


def text_columns():
    """Every column of ours that can hold a text, but those with choices and the events' old and new states."""
    kinds = (models.CharField, models.TextField, models.JSONField, ArrayField)
    return {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model._meta.app_label in APPS and not model.__name__.endswith("Event")
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not field.choices
    }


def planted_world(text_for, *, candidate, coach, interview, admin):
    """The world of tests/access.py and what it lacks, with `text_for(label, name)` in every typed column; ids by its names."""
    ids = world(candidate=candidate, coach=coach, interview=interview, admin=admin)
    mistake = interview.mistakes.get()
    note = interview.thank_you_notes.get()
    lesson = candidate.lessons.get()
    review = interview.reviews.get()
    NoteText.objects.create(note=note, body="x")
    CorrectionPlan.objects.create(mistake=mistake)
    Rehearsal.objects.create(lesson=lesson)
    ReviewItem.objects.create(review=review, decision=mistake.decisions.get(), answer="ask")
    for writer in (candidate, coach):
        SessionNote.objects.create(booking=candidate.bookings.filter(report__isnull=False).get(), writer=writer)
    FormDraft.objects.create(user=candidate, path="/interviews/new/", fields={})
    SuppressionChange.objects.create(address_hash="x" * 64, verb="added", by=admin)
    factories.CommentFactory(candidate=candidate, author=coach, visibility="private")
    with transaction.atomic(), connection.cursor() as cursor:
        # Rows that are only ever added have a trigger that says so.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for label, name in sorted(pairs(PRIVATE) | pairs(STAFFS)):
            model = apps.get_model(label)
            # One person of the house only; and an invitation belongs to one interview.
            one = {"accounts.User": candidate.pk, "interviews.Interview": interview.pk}.get(label)
            is_for_one = label == "accounts.User" or name == "invitation_uid"
            rows = model.objects.filter(pk=one) if is_for_one else model.objects.all()
            assert rows.update(**{name: fitting(model._meta.get_field(name), text_for(label, name))}), (
                f"no {label} here"
            )
        cursor.execute("SET LOCAL session_replication_role = origin")
    return ids


def fitting(field, text):
    """What the column takes of it: its length, an address, a link, cells."""
    if field.name == "sheet":
        table = io.StringIO()
        csv.writer(table).writerows([["Company", "Date", "Notes"], [text, "2026-01-05", text], [text, text, text]])
        return spreadsheet.read(table.getvalue().encode()).as_json()
    if isinstance(field, models.JSONField):
        return {"text": text}
    if isinstance(field, AddressField):
        return f"{text[:40]}@finch.example"
    if isinstance(field, models.URLField):
        return f"https://calls.example/{text}"[: field.max_length]
    return text[: getattr(field, "max_length", None) or len(text)]
