"""Everything that can be held of a candidate, with a word of its own in every column that takes words."""

import uuid
from datetime import timedelta

from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.core.mail import EmailMessage
from django.db import models
from django.db.models.deletion import Collector
from django.utils import timezone

from accounts import kept, services
from accounts.fields import AddressField, ZoneField
from accounts.models import AccessToken, AuditEntry, Export, FormDraft, IdempotentRequest, StepRemoval
from coaching import invariants
from coaching.models import Attendance, CalendarChange, ChangeItem, Review, SessionNote, SessionReport, WaitlistEntry
from coaching.services import bookings, feeds
from followups import models as followups
from followups import outbox
from followups.services import decisions
from interviews.models import InterviewGrant
from tests import factories
from tests.mailing import queue_letter, queue_mail

# Codes and keys, not words; and what a trigger keeps as it was written.
NO_WORDS = {
    "kind", "subject_type", "occurrence", "language", "country", "session_key", "password", "start", "route", "path",
    "content_type", "failure", "written_in", "verb", "key", "old", "new", "reason", "user_agent", "invitation_uid",
}  # fmt: skip
NOT_CHANGED = {
    "followups.TriageDecision",
    "accounts.AuditEntry",
    "mfa.Authenticator",
    "account.EmailAddress",
    "coaching.ChangeItem",
}
TEXTS = (models.CharField, models.TextField)


class _All(Collector):
    """What would go with a row, each as an instance."""

    def can_fast_delete(self, *args, **kwargs):
        return False


def everything_of(person):
    """The rows that go with a person, by model."""
    collector = _All(using="default", origin=person)
    collector.collect([person])
    return collector.data


def plant(person, word):
    """A word of its own in every column of every row of hers that takes words; the words."""
    words = []
    for model, rows in everything_of(person).items():
        if model._meta.label in NOT_CHANGED or model._meta.auto_created:
            continue
        for row in rows:
            fields = {}
            for field in model._meta.concrete_fields:
                value = _value(field, f"{word}{len(words)}x")
                if value is not None:
                    words.append(f"{word}{len(words)}x")
                    fields[field.name] = value
            if fields:
                model._base_manager.filter(pk=row.pk).update(**fields)
    person.refresh_from_db()
    return words


def _value(field, word):
    if field.name in NO_WORDS or field.name.endswith("_hash") or field.choices or isinstance(field, ZoneField):
        return None
    if isinstance(field, AddressField | models.EmailField):
        return f"{word}@words.example"
    if isinstance(field, models.JSONField):
        return {"text": word}
    if isinstance(field, TEXTS) and (field.max_length is None or field.max_length >= len(word)):
        return word
    return None


def world_of(candidate, coach, admin, *, word):
    """A row in every table that holds something of her; then every word of hers is one that begins with `word`."""
    now = timezone.now()
    candidate.joined_at = now - timedelta(days=30)
    candidate.name = f"{word}name Otieno"
    candidate.save()
    interview = factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
    interview.events.create(new="held", by=candidate)
    met = factories.InterviewerFactory(interview=interview)
    must = factories.RequirementFactory(interview=interview)
    mistake = factories.MistakeFactory(interview=interview, requirement=must, text=f"{word}facts", noticed="yes")
    mistake.events.create(new="open", by=candidate)
    mistake.heard_by.add(met)
    decision = decisions.decide(mistake)
    followups.TriageDecision.objects.create(
        mistake=mistake, action="practice", facts={"text": f"{word}fact"}, policy_version=1, made="coach", by=coach,
        message=f"{word}message", is_current=False,
    )  # fmt: skip
    followups.CorrectionPlan.objects.create(mistake=mistake, said="a", truth="b")
    note = factories.ThankYouNoteFactory(interview=interview, interviewer=met, carries=mistake)
    note.events.create(new="draft", by=candidate)
    note.earlier_texts.create(body="a")
    referee = factories.RefereeFactory(candidate=candidate)
    brief = factories.RefereeBriefFactory(interview=interview, referee=referee, mistake=mistake)
    brief.events.create(new="draft", by=candidate)
    lesson = factories.LessonFactory(candidate=candidate, mistake=mistake)
    lesson.events.create(new="open", by=candidate)
    lesson.kept_apart.add(factories.LessonFactory(candidate=candidate))
    followups.Rehearsal.objects.create(lesson=lesson)
    followups.Attempt.objects.create(lesson=lesson, result="better")
    followups.Recall.objects.create(lesson=lesson, interview=interview, answer="held", answered_at=now)
    followups.InterviewImport.objects.create(candidate=candidate, sheet={})
    _sessions(candidate, coach, admin, lesson, word)
    _reviews(candidate, coach, interview, note, decision)
    WaitlistEntry.objects.create(
        candidate=candidate, zone="UTC", first_on=now.date(), last_on=now.date(), opens_at=now,
        closes_at=now + timedelta(days=1), answered_at=now,
    ).events.create(new="waiting", by=candidate)  # fmt: skip
    _account(candidate, word)
    with_histories()
    followups.ArchivedMail.objects.create(
        public_id=uuid.uuid4(), created_at=now, kind="reminder", urgency=1, recipient=candidate, status="sent", due_at=now,
        sent_at=now, finished_at=now, attempts=1,
    )  # fmt: skip
    words = plant(candidate, word)
    _mails(candidate, coach, note, word)
    _typed(candidate, coach, interview, word)
    InterviewGrant.objects.create(interview=interview, coach=coach, ends_at=now + timedelta(days=1))
    with_histories()
    return words


def with_histories():
    """Of what was written past the services: an event of its state."""
    for model in invariants.machines():
        for row in model.objects.all():
            last = row.events.order_by("pk").last()
            if last is None or last.new != row.status:
                row.events.create(old=last.new if last else "", new=row.status)


def _sessions(candidate, coach, admin, lesson, word):
    booking = bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=candidate, agenda=[lesson])
    followups.LessonResult.objects.create(
        lesson=lesson, subject_id=booking.public_id, result="held", at=booking.ends_at, answered_at=booking.ends_at
    )
    Attendance.objects.create(booking=booking, role="candidate", said="took_place", said_by=candidate)
    SessionReport.objects.create(booking=booking, worked="a", change="b", sent_at=booking.ends_at)
    for writer in (candidate, coach):
        SessionNote.objects.create(booking=booking, writer=writer, text="a")
    change = CalendarChange.objects.create(kind="slots", by=admin, leaves_at=booking.starts_at, reason=f"{word}reason")
    change.events.create(new="waiting", by=admin)
    ChangeItem.objects.create(
        change=change, slot=booking.slot, booking=booking, act="withdraw", is_waiting=False, why=f"{word}why",
        starts_at=booking.starts_at, ends_at=booking.ends_at,
    )  # fmt: skip
    factories.GoalFactory(engagement=candidate.engagements.get())
    for visibility in ("private", "coaches", "shared"):
        factories.CommentFactory(candidate=candidate, author=coach, visibility=visibility)
    feeds.make_feed(candidate)


def _reviews(candidate, coach, interview, note, decision):
    review = Review.objects.create(
        interview=interview, candidate=candidate, coach=coach, note=note, answer_by=timezone.now() + timedelta(hours=9)
    )
    review.events.create(new="open", by=candidate)
    review.items.create(decision=decision)


def _account(candidate, word):
    services.make_token(candidate, name="Script", scopes=["read"], days=7)
    export = Export.objects.create(user=candidate, status="failed")
    export.chunks.create(number=1, content=f"{word}chunk".encode())
    kept.keep_answers(candidate, {"kind": "a"})
    followups.Reminder.objects.create(
        kind="debrief", subject_type="interviews.interview", subject_id=uuid.uuid4(), recipient=candidate,
        due_at=timezone.now(), deliver_at=timezone.now(), status="cancelled",
    ).events.create(new="cancelled")  # fmt: skip
    Authenticator.objects.create(user=candidate, type="totp", data={"secret": f"{word}secret"})
    UserSession.objects.create(user=candidate, session_key=uuid.uuid4().hex, ip="127.0.0.1", user_agent="a")
    EmailConfirmation.objects.create(email_address=candidate.emailaddress_set.get(), key=uuid.uuid4().hex)
    IdempotentRequest.objects.create(
        user=candidate, route="/api/v1/notes/", key="k", body_hash="h", status=201, answer=f"{word}answer".encode()
    )
    SocialAccount.objects.create(user=candidate, provider="openid_connect", uid=f"{word}uid", extra_data={})
    removal = StepRemoval.objects.create(person=candidate, due_at=timezone.now(), status="withdrawn")
    removal.events.create(new="withdrawn", by=candidate)
    AuditEntry.objects.create(by=candidate, verb="joined", subject_type="user", subject_id=candidate.public_id)
    assert AccessToken.objects.filter(user=candidate).exists()


def _mails(candidate, coach, note, word):
    """In her name, to her, to her coach about her, and one that cannot be seen."""
    candidate.emailaddress_set.update(email=candidate.email)
    for status in ("queued", "sent", "unknown", "failed"):
        row = queue_letter(candidate, f"{word}{status}@employer.example", subject=note)
        if status != "queued":
            followups.OutboundEmail.objects.filter(pk=row.pk).update(
                status=status,
                code=250,
                sent_at=timezone.now(),
                finished_at=timezone.now(),
                handed_over_at=timezone.now(),
            )
            row.events.create(old="queued", new="claimed")
            row.events.create(old="claimed", new="handing_over")
            row.events.create(old="handing_over", new=status)
    queue_mail(candidate, f"{word}subject")
    told = queue_mail(coach, f"{candidate.get_short_name()} has booked a session")
    message = EmailMessage("About her", f"{word}about\n", to=[coach.email])
    outbox.queue(message, kind="test-mail", recipient=coach, subject=candidate.engagements.get())
    for status in ("claimed", "handing_over", "sent"):
        told.events.create(old=told.status, new=status)
        told.status = status
    followups.OutboundEmail.objects.filter(pk=told.pk).update(status="sent", code=250, sent_at=timezone.now())


def _typed(candidate, coach, interview, word):
    FormDraft.objects.create(user=coach, path=f"/clients/{candidate.public_id}/", fields={"text": f"{word}draft"})
    FormDraft.objects.create(user=coach, path=f"/comments/new/{word}/", fields={"about": str(interview.public_id)})
    answer = f'{{"candidate": "{candidate.public_id}", "text": "{word}kept"}}'.encode()
    IdempotentRequest.objects.create(
        user=coach, route="/api/v1/comments/", key=word, body_hash="h", status=201, answer=answer
    )
    for data in ({"_auth_user_id": str(candidate.pk)}, {"account_login": {"email": candidate.email}}):
        session = SessionStore()
        session.update({**data, "word": f"{word}session"})
        session.create()
