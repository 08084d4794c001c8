"""One world and its ten kinds of visitors, for tests that knock at every door: what is answered, told and written.

Everything private bears a mark, so that a word of it is known wherever it turns up. Nothing that a visitor does stays.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts import services
from accounts.models import AccessToken, Export, User
from coaching.models import Booking, SessionNote, SessionReport
from coaching.services import feeds
from followups.models import CorrectionPlan, Referee, ThankYouNote
from followups.services import decisions
from interviews.models import Mistake
from tests import factories
from tests.access import world
from tests.access_again import of_hers, of_hers_alone, of_next_door, of_once, of_the_desk

ROLES = (
    "nobody",
    "owner",
    "coach",
    "other_coach",
    "admin",
    "stranger",
    "removed_coach",
    "read_token",
    "feed_token",
    "closed_owner",
)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WRITES = re.compile(r'\b(?:INSERT INTO|DELETE FROM|UPDATE(?! OF\b| SKIP\b| NOWAIT\b))\s+"?(\w+)')
# Her words that her coach may read, her words that nobody else may, and words that are her coach's alone.
# And what the two wrote to each other who work together no more.
SHARED, ALONE, COACHS, ONCE, ELSE = "zzshared", "zzalone", "zzcoachs", "zzonce", "zzelse"
MAY_READ = {
    "owner": {SHARED, ALONE, ONCE},
    "read_token": {SHARED, ALONE, ONCE},
    # What another coach wrote to her she is shown, so that two do not tell her two things.
    "coach": {SHARED, COACHS, ONCE},
    "removed_coach": {ONCE},
}
# Text of a row that is nobody's words, a machine's, or what staff wrote to staff.
NO_WORDS = {
    "bounce_code", "country", "dedupe_key", "error", "failure", "invitation_uid", "kind", "language", "link", "new",
    "occurrence", "old", "override_reason", "place", "reason", "rule", "send_zone", "stage", "subject_type", "written_in", "zone",
}  # fmt: skip
# Where a text is missing something is still to be done: those are left empty.
MAY_BE_MISSING = {"suggestion", "sent_to", "message"}
# Of these an admin reads the name, and that there was one.
NAMED_IN_THE_AUDIT = (AccessToken, Export)
# What everybody may know, or staff may: nothing of it is a candidate's.
NO_ONES = {"Closure", "CalendarChange", "ChangeItem", "Heartbeat", "KeptFigures", "Tally"}


def all_routes(patterns=None, space="", before=""):
    """Each named address: name, the verbs that an endpoint has, and what is to be filled in."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from all_routes(pattern.url_patterns, inner, {**(before or {}), **pattern.pattern.converters})
        elif isinstance(pattern, URLPattern) and pattern.name:
            verbs = getattr(pattern.callback, "actions", None) or {}
            yield space + pattern.name, verbs, {**(before or {}), **pattern.pattern.converters}


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    to: str
    wrote: frozenset

    @property
    def is_no(self):
        """Not let in: signed out, not hers, not allowed, or not a thing that this address does."""
        return self.status in (401, 403, 404, 405) or self.asks_to_sign_in

    @property
    def asks_to_sign_in(self):
        return self.status == 302 and self.to.startswith("/accounts/login/")

    def words_of_others(self, role):
        """Which marks are in it that this visitor may not read."""
        told = self.body + self.to
        return sorted(mark for mark in {SHARED, ALONE, COACHS, ONCE, ELSE} - MAY_READ.get(role, set()) if mark in told)


class Walk:
    """The world, and somebody of each kind in front of it."""

    def __init__(self):
        self.cells = 0
        # By address and role, once somebody has looked it up.
        self.shut = {}
        owner = factories.UserFactory(email="candidate@cast.example", name="Achieng Otieno")
        coach = factories.CoachFactory(email="coach@cast.example", name="Tom Barasa")
        factories.EngagementFactory(candidate=owner, coach=coach)
        others = {
            "other_coach": factories.CoachFactory(email="other.coach@cast.example", name="Ruth Njeri"),
            "admin": factories.AdminFactory(email="admin@cast.example", name="Mary Wafula"),
            "stranger": factories.UserFactory(email="stranger@cast.example", name="Brian Kip"),
            "removed_coach": factories.CoachFactory(email="removed.coach@cast.example", name="Peter Oduor"),
        }
        factories.EngagementFactory(coach=others["other_coach"])
        self.people = {"nobody": None, "owner": owner, "coach": coach, **others}
        interview = factories.InterviewFactory(candidate=owner, shared_with_coach=True)
        self.rows = world(candidate=owner, coach=coach, interview=interview, admin=others["admin"])
        self.rows |= of_hers(owner, coach, self.rows["booking"])
        self.rows |= {role: others[role].public_id for role in ("admin", "other_coach")}
        self.rows["referee_mail"] = Referee.objects.get(public_id=self.rows["referee"]).email
        mark_new_words(SHARED)
        self._once_with(owner, others["removed_coach"])
        self.rows["alone"] = keep_alone(
            owner, coach, [self.rows["booking"], self.rows["past_booking"]], self.rows["part"]
        ).public_id
        mark_new_words(ALONE)
        keep_to_herself(coach, owner, self.rows["past_booking"], self.rows["mistake"])
        self.rows |= of_the_desk(coach)
        mark_new_words(COACHS)
        self._next_door()
        mark_new_words(ELSE)
        self.hidden = {role: hidden_from(self.people.get("owner" if role == "read_token" else role)) for role in ROLES}
        self.browsers = {role: self._browser(role) for role in ROLES}
        self.cookies = {
            role: {name: one.value for name, one in browser.cookies.items()} for role, browser in self.browsers.items()
        }

    def _once_with(self, owner, coach):
        """They worked together: he has reviewed, met and written to her, and it has ended."""
        engagement = factories.EngagementFactory(candidate=owner, coach=coach)
        slot = factories.SlotFactory(coach=coach, starts_at=timezone.now() - timedelta(days=9))
        booking = factories.BookingFactory(slot=slot, candidate=owner)
        SessionReport.objects.create(booking=booking, worked="Calm.", change="Shorter.", sent_at=timezone.now())
        factories.CommentFactory(candidate=owner, author=coach)
        factories.GoalFactory(engagement=engagement)
        services.end_engagement(engagement, by=owner)
        self.rows |= of_once(engagement)
        mark_new_words(ONCE)

    def _next_door(self):
        """Two others who work together, with one of everything: nobody who knocks may see it but admins what is theirs to see."""
        engagement = factories.EngagementFactory(coach__name="Imani Away")
        interview = factories.InterviewFactory(candidate=engagement.candidate, shared_with_coach=True)
        people = {"candidate": engagement.candidate, "coach": engagement.coach, "admin": factories.AdminFactory()}
        self.rows |= of_next_door(engagement.coach) | {"next_candidate": engagement.candidate.public_id}
        self.rows |= {f"next_{name}": found for name, found in world(interview=interview, **people).items()}
        mistake = Mistake.objects.get(public_id=self.rows["next_mistake"])
        CorrectionPlan.objects.create(mistake=mistake, said="Ten people.", truth="Four.")
        # The coach who is no more hers, to himself, about her.
        owner = self.people["owner"]
        factories.CommentFactory(candidate=owner, author=self.people["removed_coach"], visibility="private")
        ThankYouNote.objects.update(due_at=timezone.now() + timedelta(days=1))

    def _browser(self, role):
        headers = {}
        if role == "read_token":
            key = services.make_token(self.people["owner"], name="Reader", scopes=["read"], days=7)[1]
            headers["Authorization"] = f"Bearer {key}"
        if role == "feed_token":
            address = feeds.make_feed(self.people["owner"])
            headers["Authorization"] = f"Bearer {address.rpartition('/')[2].removesuffix('.ics')}"
        browser = Client(headers=headers)
        user = self.people.get("owner" if role == "closed_owner" else role)
        if user:
            browser.force_login(user)
        return browser

    def ask(self, role, verb, address, *, then=None, **more):
        """Undone afterwards, so that everybody finds the same world; `then` looks at it before."""
        self.cells += 1
        browser = self.browsers[role]
        if verb not in ("GET", "HEAD") and address.startswith("/api/"):
            more = {"content_type": "application/json", "data": {}, **more}
        with transaction.atomic():
            if role == "closed_owner":
                User.objects.filter(pk=self.people["owner"].pk).update(is_active=False)
            with noting_writes() as wrote:
                answer = getattr(browser, verb.lower())(address, **more)
            if then:
                then()
            transaction.set_rollback(True)
        browser.cookies.clear()
        browser.cookies.load(self.cookies[role])
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return Answer(
            answer.status_code, body.decode(errors="replace"), answer.headers.get("Location", ""), frozenset(wrote)
        )


@contextmanager
def noting_writes():
    """The tables in which at least one row was made, changed or removed."""
    tables = set()

    def look(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE", "WITH")) and context["cursor"].rowcount:
            tables.update(WRITES.findall(sql))
        return result

    with connection.execute_wrapper(look):
        yield tables


def mark_new_words(mark):
    """Put the mark into every text of every private row that bears none yet, also into those that stand for good."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    for app in ("interviews", "followups", "coaching"):
        for model in apps.get_app_config(app).get_models():
            if model.__name__ in NO_ONES:
                continue
            names = [
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField)
                and not field.choices
                and field.name not in NO_WORDS
                and "hash" not in field.name
            ]
            rows = model._base_manager.all()
            for name in names:
                missing = models.Q(**{name: ""}) if name in MAY_BE_MISSING else models.Q(pk__in=[])
                rows.exclude(missing).exclude(**{f"{name}__contains": "zz"}).update(
                    **{name: Concat(Value(f"{mark}."), F(name))}
                )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")


def hidden_from(user):
    """By public id, the kind of each row that this person may not see, as the models say it while every door is shut."""
    kinds = {}
    for app in ("accounts", "interviews", "followups", "coaching"):
        for model in apps.get_app_config(app).get_models():
            if user and user.is_admin and model in NAMED_IN_THE_AUDIT:
                continue
            if hasattr(model, "public_id") and hasattr(model._default_manager, "visible_to"):
                seen = model._default_manager.visible_to(user).values("pk") if user else []
                hidden = model._base_manager.exclude(pk__in=seen)
                kinds |= {str(one): model.__name__ for one in hidden.values_list("public_id", flat=True)}
    return kinds


def ids_in(text):
    return set(UUID.findall(text))


def keep_alone(owner, coach, bookings, part):
    """An interview that she shows to nobody, with what hangs on one."""
    interview = factories.InterviewFactory(candidate=owner, notes="I froze.", went_well="The walk home.")
    mistake = factories.MistakeFactory(interview=interview)
    decisions.decide(mistake)
    of_hers_alone(interview, factories.LessonFactory(candidate=owner, mistake=mistake), coach, bookings, part)
    factories.RequirementFactory(interview=interview)
    factories.ThankYouNoteFactory(interview=interview)
    factories.RefereeBriefFactory(interview=interview, referee=factories.RefereeFactory(candidate=owner))
    return interview


def keep_to_herself(coach, owner, session, mistake):
    """What a coach writes for her own eyes."""
    mistake = Mistake.objects.get(public_id=mistake)
    for about in (
        {},
        {"interview": mistake.interview},
        {"interview": mistake.interview, "decision": mistake.decisions.current().get()},
    ):
        factories.CommentFactory(candidate=owner, author=coach, visibility="private", **about)
    SessionNote.objects.create(booking=Booking.objects.get(public_id=session), writer=coach, text="Nervous at first.")
