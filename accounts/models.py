"""Who is who, and who may see whom."""

import hashlib
import secrets
import uuid
from datetime import time, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField, CleanLineField, ZoneField
from accounts.records import Event, Record
from accounts.when import QuietHours

# Codes for a lost phone are no step of their own: they stand in for one.
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class UserQuerySet(models.QuerySet):
    def in_cohort(self, name):
        """Those who came together; everybody where none is named."""
        return self.filter(cohort=name) if name else self

    def here(self):
        """Everybody who has an account, closed ones too; without those of whom nothing is left."""
        return self.filter(erased_at=None)

    def for_people(self):
        """With `leaves_at`: when the account will be deleted, where its owner has asked for that."""
        asked = Erasure.objects.filter(person=OuterRef("pk"), status__in=Erasure.OPEN)
        return self.here().annotate(leaves_at=Subquery(asked.values("erase_at")[:1]))

    def coaches(self):
        return self.filter(is_coach=True, is_active=True)

    def with_room(self):
        """Each coach with `clients` (now), `asked` (not answered yet) and `room`, which both take up."""
        live = Q(client_engagements__candidate__is_active=True)
        clients = Count("client_engagements", filter=live & Q(client_engagements__status="active"))
        asked = Count("client_engagements", filter=live & Q(client_engagements__status="invited"))
        return self.annotate(clients=clients, asked=asked).annotate(room=F("capacity") - F("clients") - F("asked"))

    def with_second_step(self):
        """Each with `has_second_step`, and when it is to be taken away: `step_goes_at`."""
        going = StepRemoval.objects.waiting().filter(person=OuterRef("pk")).values("due_at")
        steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_STEPS)
        return self.annotate(has_second_step=Exists(steps), step_goes_at=Subquery(going))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        """A new person; a candidate unless a role is named. Addresses are kept in lower case."""
        if not (fields.get("is_coach") or fields.get("is_admin")):
            fields.setdefault("is_candidate", True)
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. Candidates are never coach or admin; one person may be coach and admin."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = AddressField(_("e-mail address"), unique=True)
    name = CleanLineField(_("name"), max_length=50, blank=True, help_text=_("As you sign your letters."))
    is_candidate = models.BooleanField(default=False)
    is_coach = models.BooleanField(default=False)
    is_admin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    zone = ZoneField(_("time zone"), default="Africa/Nairobi")
    quiet_from = models.TimeField(_("quiet from"), default=time(22))
    quiet_until = models.TimeField(_("quiet until"), default=time(7))
    capacity = models.PositiveSmallIntegerField(
        _("clients at once"), default=12, db_default=12, help_text=_("0 for nobody new. Those you have stay.")
    )
    cohort = CleanLineField(_("cohort"), max_length=50, blank=True, help_text=_("The group they came with."))
    muted_reminders = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    vouched_at = models.DateTimeField(
        null=True, blank=True, help_text="Invited or vouched for by staff: letters may go out at once."
    )
    erased_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Nothing of this person is left but the number that others' rows point to.",
    )

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_one_per_address"),
            models.CheckConstraint(
                name="user_is_candidate_or_staff",
                condition=Q(is_candidate=True, is_coach=False, is_admin=False)
                | (Q(is_candidate=False) & (Q(is_coach=True) | Q(is_admin=True))),
                violation_error_message=_("A person is a candidate, or a coach, an admin or both."),
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "-joined_at", "-id"], condition=~Q(cohort=""), name="user_by_cohort"),
        ]

    def __str__(self):
        return f"person {str(self.public_id)[:8]}"

    def get_full_name(self):
        if self.erased_at:
            return _("Somebody who has left")
        return self.name or self.email.split("@")[0]

    def get_short_name(self):
        return self.get_full_name() if self.erased_at else self.get_full_name().split(" ")[0]

    @property
    def quiet(self):
        return QuietHours(self.quiet_from, self.quiet_until)

    def _get_session_auth_hash(self, secret=None):
        """Whatever changes the password or a role ends every session, by whichever way it was changed."""
        roles = "".join(str(int(role)) for role in (self.is_candidate, self.is_coach, self.is_admin))
        return salted_hmac(
            "accounts.User.session", roles + self.password, secret=secret, algorithm="sha256"
        ).hexdigest()

    def waiting_step_removal(self):
        """What is under way against her second step, if anything."""
        return self.step_removals.waiting().select_related("asked_by").first()

    @property
    def role_names(self):
        names = [(self.is_candidate, _("candidate")), (self.is_coach, _("coach")), (self.is_admin, _("admin"))]
        return ", ".join(str(name) for has, name in names if has)


class EngagementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Candidate and coach see theirs; admins see who works with whom, which holds no content."""
        if user.is_admin:
            return self
        return self.filter(Q(candidate=user) | Q(coach=user))

    def active(self):
        """Both agreed, and both may still sign in. The one definition of who is whose coach."""
        return self.filter(
            status=Engagement.Status.ACTIVE, coach__is_active=True, coach__is_coach=True, candidate__is_active=True
        )

    def clients_of(self, coach):
        """Ids of the candidates whose coach this person is now."""
        return self.active().filter(coach=coach).values("candidate_id")

    def coaches_of(self, candidate):
        """Ids of the coaches this candidate has now."""
        return self.active().filter(candidate=candidate).values("coach_id")

    def overdue(self, now):
        """Asked, and not answered for so long that nobody waits any more."""
        asked_before = now - Engagement.OPEN_FOR
        return self.filter(status=Engagement.Status.INVITED, created_at__lte=asked_before).order_by("created_at", "id")

    def for_list(self):
        return self.select_related("candidate", "coach").order_by("-created_at", "-id")


class Engagement(Record):
    """A candidate and a coach who work together. It is active once both have agreed."""

    class Status(models.TextChoices):
        INVITED = "invited", _("waiting for both to agree")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("expired")

    MOVES = {"invited": {"active", "declined", "expired"}, "active": {"ended"}}
    LIVE = (Status.INVITED, Status.ACTIVE)
    OPEN_FOR = timedelta(days=14)
    # Whoever asks for "somebody" is not led back to one with whom it came to nothing within this time.
    NOT_AGAIN_FOR = timedelta(days=90)

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="engagements")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="client_engagements")
    status = models.CharField(max_length=10, choices=Status, default=Status.INVITED)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    for_anybody = models.BooleanField(default=False, help_text="She asked for somebody, not for this coach by name.")
    candidate_agreed_at = models.DateTimeField(null=True, blank=True)
    coach_agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    share_new_interviews = models.BooleanField(
        _("share new interviews with this coach"),
        default=False,
        help_text=_("You can change it for each interview. Earlier interviews stay private."),
    )

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("engagement")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "coach"],
                name="engagement_one_live_per_pair",
                condition=Q(status__in=["invited", "active"]),
                violation_error_message=_("These two already work together, or have been asked to."),
            ),
            models.CheckConstraint(name="engagement_not_with_oneself", condition=~Q(candidate=F("coach"))),
            models.CheckConstraint(
                name="engagement_active_needs_both",
                condition=~Q(status="active") | Q(candidate_agreed_at__isnull=False, coach_agreed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["coach", "status"], name="engagement_by_coach"),
            models.Index(fields=["created_at", "id"], condition=Q(status="invited"), name="engagement_open_since"),
            models.Index(fields=["-created_at", "-id"], name="engagement_for_list"),
        ]

    @property
    def began_at(self):
        """When the second of the two agreed."""
        agreed = [at for at in (self.candidate_agreed_at, self.coach_agreed_at) if at]
        return max(agreed) if len(agreed) == 2 else None

    @property
    def changed_at(self):
        """When it became what it is now: it was asked, it began, it ended."""
        return self.ended_at or self.began_at or self.created_at

    @property
    def open_until(self):
        """Until when it can be answered."""
        return self.created_at + self.OPEN_FOR


class EngagementEvent(Event):
    subject = models.ForeignKey(Engagement, models.CASCADE, related_name="events")


def hash_token(token):
    """One-time links are kept as hashes, so that a copy of the database opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins see all invitations, coaches their own."""
        if user.is_admin:
            return self
        return self.filter(invited_by=user) if user.is_coach else self.none()

    def open(self, now=None):
        return self.filter(accepted_at=None, cancelled_at=None, expires_at__gt=now or timezone.now())

    def unmailed(self, now):
        """Of a list, and its mail not written yet; the oldest first. Not where they have joined meanwhile."""
        here = User.objects.filter(email=OuterRef("email"))
        mine = self.open(now).filter(~Exists(here), from_roster=True, mailed_at=None)
        return mine.exclude(invited_by=None).order_by("id")

    def unanswered(self):
        """Whose address has joined in no way, and was not invited anew since; and that nobody took back."""
        here = User.objects.filter(email=OuterRef("email"))
        anew = Invitation.objects.filter(email=OuterRef("email"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(here), ~Exists(anew), accepted_at=None, cancelled_at=None)

    def ran_out(self, now):
        """Those that can be sent again, as long as somebody remembers them."""
        since = now - Invitation.REMEMBERED_FOR
        return self.unanswered().filter(expires_at__gt=since, expires_at__lte=now)

    def for_list(self):
        return self.select_related("invited_by").order_by("-created_at", "-id")


class Invitation(Record):
    """A mail that lets somebody join in a role; a coach's invitation also starts the engagement."""

    REMEMBERED_FOR = timedelta(days=30)

    class Role(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate")
        COACH = "coach", _("Coach")
        ADMIN = "admin", _("Admin")
        COACH_ADMIN = "coach_admin", _("Coach and admin")

    class State(models.TextChoices):
        """What became of it; told, never stored."""

        OPEN = "open", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        CANCELLED = "cancelled", _("taken back")
        OVER = "over", _("ran out")

    email = AddressField(_("e-mail address"))
    name = CleanLineField(_("name"), max_length=50, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.CANDIDATE)
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("coach")
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cohort = CleanLineField(_("cohort"), max_length=50, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True, help_text="Proposed to them; empty: ours.")
    from_roster = models.BooleanField(default=False, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_or_cancelled",
                condition=Q(accepted_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["email"], name="invitation_by_email"),
            models.Index(
                fields=["id"],
                condition=Q(from_roster=True, mailed_at=None, accepted_at=None, cancelled_at=None),
                name="invitation_unmailed",
            ),
        ]

    @property
    def state(self):
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.cancelled_at:
            return self.State.CANCELLED
        return self.State.OPEN if self.expires_at > timezone.now() else self.State.OVER

    @staticmethod
    def new_token():
        """256 bits, for the mail only."""
        return secrets.token_urlsafe(32)


class RosterQuerySet(models.QuerySet):
    def visible_to(self, user, now=None):
        """One's own, as long as they are kept."""
        return self.filter(by=user, created_at__gt=(now or timezone.now()) - Roster.KEPT)

    def outlived(self, now):
        return self.filter(created_at__lte=now - Roster.KEPT)


class Roster(Record):
    """A list of people that was read from a file, until an admin says that they are to be invited. The file is not kept."""

    KEPT = timedelta(hours=24)

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sheet = models.JSONField(editable=False)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of people")
        indexes = [models.Index(fields=["created_at"], name="roster_by_age")]


class Installation(Record):
    """What the admins have chosen for all: a single row. Empty texts mean what the environment says."""

    class SignUp(models.TextChoices):
        NOBODY = "nobody", _("nobody at present, not even people who were invited")
        INVITED = "invited", _("people who were invited")
        DOMAINS = "domains", _("people who were invited, and anybody with an address at these mail domains")
        ANYBODY = "anybody", _("anybody")

    class PanelRule(models.TextChoices):
        CHOSEN = "chosen", _("only where the candidate says so")
        OVER_THREE = "over_three", _("for panels of more than three")
        ALWAYS = "always", _("always, where they were two or more")

    MOST_DOMAINS = 20

    is_the_one = models.BooleanField(default=True, editable=False)
    name = CleanLineField(_("name of this installation"), max_length=50, blank=True)
    sender_name = CleanLineField(_("name of the sender"), max_length=50, blank=True)
    sign_up = models.CharField(_("who may join"), max_length=10, choices=SignUp, default=SignUp.ANYBODY)
    sign_up_domains = ArrayField(
        models.CharField(max_length=253), verbose_name=_("mail domains"), default=list, blank=True
    )
    panel_rule = models.CharField(
        _("one note to the whole panel"), max_length=10, choices=PanelRule, default=PanelRule.OVER_THREE
    )

    class Meta:
        verbose_name = _("installation")
        constraints = [
            models.UniqueConstraint(fields=["is_the_one"], name="installation_only_one"),
            models.CheckConstraint(name="installation_is_the_one", condition=Q(is_the_one=True)),
            models.CheckConstraint(
                name="installation_domains_are_named",
                condition=~Q(sign_up="domains") | Q(sign_up_domains__len__gt=0),
                violation_error_message=_("Name at least one mail domain, or choose another answer."),
            ),
        ]

    @property
    def is_open(self):
        """Whether anybody may sign up without being invited."""
        return self.sign_up in (self.SignUp.ANYBODY, self.SignUp.DOMAINS)


class FirstRunLink(models.Model):
    """Lets whoever reads what the server prints become the first admin. None of them opens anything once there is an admin."""

    LIVES = timedelta(days=1)

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link of the first run")

    def __str__(self):
        return "link of the first run"


class AuditQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Admins see what was done to accounts and engagements, and by whom; who read an interview only its owner sees."""
        return self.exclude(verb="read") if user.is_active and user.is_admin else self.none()

    def for_list(self):
        return self.select_related("by", "on_behalf_of")


class AuditEntry(models.Model):
    """Who did what to whose account or engagement, and when. Append-only, never content."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Whose affair somebody else saw to.",
    )
    request_id = models.CharField(max_length=64, default="", db_default="", help_text="As in the log; empty: a task's.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["at", "id"], name="audit_by_time")]

    def __str__(self):
        return f"{self.verb} {self.subject_type}"


class IdempotentRequest(models.Model):
    """The stored answer of a POST that carried an Idempotency-Key, so that a retry acts once (config/idempotency.py)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.BinaryField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "route", "key"], name="idempotent_request_once_per_key")]

    def __str__(self):
        return f"{self.route} {self.status or 'running'}"


class FormDraft(models.Model):
    """What somebody typed into a form that is not sent yet: a session that ends, or a phone that dies, loses nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    path = models.CharField(max_length=200)
    fields = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="form_draft_one_per_page")]

    def __str__(self):
        return "form draft"


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own only, whoever else one is."""
        return self.filter(user=user)

    def to_build(self, now):
        """Those that wait, and those whose worker has given no sign of life for so long that it is gone."""
        return self.filter(status__in=Export.UNDER_WAY, look_at__lte=now)

    def outlived(self, now):
        return self.filter(status=Export.Status.READY, expires_at__lte=now)

    def for_list(self):
        return self.order_by("-created_at", "-id")


class Export(Record):
    """What is held about a person, put together at that person's wish and kept for a day (accounts/services/exports.py)."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        BUILDING = "building", _("being put together")
        READY = "ready", _("ready")
        FAILED = "failed", _("not put together")
        EXPIRED = "expired", _("deleted")

    MOVES = {
        "waiting": {"building", "failed"},
        "building": {"waiting", "ready"},
        "ready": {"expired"},
        "failed": set(),
        "expired": set(),
    }
    UNDER_WAY = (Status.WAITING, Status.BUILDING)
    MOST_A_DAY = 3

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    look_at = models.DateTimeField(
        default=timezone.now, help_text="While it waits: not before. While it is built: its worker is gone by then."
    )
    claim_id = models.UUIDField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text="In bytes.")
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    downloaded_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="The last time.")

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status__in=["waiting", "building"]),
                name="export_one_at_a_time",
                violation_error_message=_("Your data is being put together already."),
            ),
            models.CheckConstraint(
                name="export_ready_has_its_end", condition=~Q(status="ready") | Q(expires_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["look_at"], condition=Q(status__in=["waiting", "building"]), name="export_to_build"),
            models.Index(fields=["expires_at"], condition=Q(status="ready"), name="export_to_delete"),
            models.Index(fields=["user", "-created_at"], name="export_for_list"),
        ]

    def is_open(self, now):
        return self.status == self.Status.READY and self.expires_at > now

    def is_over(self, now):
        """Whether it was there once, and is deleted or about to be."""
        return self.status == self.Status.EXPIRED or (self.status == self.Status.READY and self.expires_at <= now)


class ExportEvent(Event):
    subject = models.ForeignKey(Export, models.CASCADE, related_name="events")


class ExportChunk(models.Model):
    """A piece of the ZIP. In the database, which every web server and worker reaches, and which loses it with its person."""

    SIZE = 256 * 1024

    export = models.ForeignKey(Export, models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_chunk_once")]

    def __str__(self):
        return f"chunk {self.number}"


class AccessTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own only: a token is a key to everything its owner may do."""
        return self.filter(user=user)

    def usable(self, now):
        return self.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)

    def for_list(self):
        return self.filter(revoked_at=None).order_by("-created_at", "-id")


class AccessToken(Record):
    """A key to the API for a program of its owner's: never more than she may do herself, and only until a day she chose."""

    class Scope(models.TextChoices):
        READ = "read", _("read what you can read")
        WRITE = "write", _("change it too")
        SEND = "send", _("let letters leave in your name")

    PREFIX = "aw_"
    # Nobody keeps twenty keys apart.
    MOST = 20
    LONGEST_DAYS = 365

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens")
    name = CleanLineField(_("what it is for"), max_length=50)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), verbose_name=_("what it may do"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(max_length=8, editable=False, help_text="Its first letters, to know it again by.")
    expires_at = models.DateTimeField(_("until"))
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        constraints = [
            models.CheckConstraint(
                name="access_token_may_do_something",
                condition=Q(scopes__len__gt=0),
                violation_error_message=_("Choose what it may do."),
            ),
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="access_token_for_list")]


class ErasureQuerySet(models.QuerySet):
    def waiting(self):
        """Asked for, and can still be undone."""
        return self.filter(status=Erasure.Status.WAITING)

    def due(self, now):
        """Those to carry out, begun ones first: whoever began them did not come to the end."""
        begun = Q(status=Erasure.Status.BEGUN)
        return self.filter(begun | Q(status=Erasure.Status.WAITING, erase_at__lte=now)).order_by("erase_at", "id")


class Erasure(Record):
    """That somebody asked for their account to be deleted, and what became of it. Once done it names nobody.

    What is left is the ledger: by `person_public_id`, which no other row holds any more, a backup that is restored finds whom to
    erase again.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits for its day")
        BEGUN = "begun", _("begun")
        DONE = "done", _("done")
        UNDONE = "undone", _("undone")

    MOVES = {"waiting": {"begun", "undone"}, "begun": {"done"}, "done": set(), "undone": set()}
    OPEN = (Status.WAITING, Status.BEGUN)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="erasures")
    person_public_id = models.UUIDField(db_index=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    erase_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True, help_text="How many rows went, by table.")

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion of an account")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status__in=["waiting", "begun"]), name="erasure_one_open_per_person"
            ),
            models.CheckConstraint(
                name="erasure_done_names_nobody",
                condition=~Q(status="done") | Q(person=None, erased_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["erase_at", "id"], condition=Q(status__in=["waiting", "begun"]), name="erasure_open")
        ]


class ErasureEvent(Event):
    subject = models.ForeignKey(Erasure, models.CASCADE, related_name="events")


class StepRemovalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whose second step it is, and admins."""
        return self if user.is_admin else self.filter(person=user)

    def about(self, user):
        """Whose it is, and what this person asked for."""
        return self.filter(Q(person=user) | Q(asked_by=user))

    def waiting(self):
        return self.filter(status=StepRemoval.Status.WAITING)

    def due(self, now):
        return self.waiting().filter(due_at__lte=now).order_by("due_at", "id")

    def for_list(self):
        return self.select_related("person", "asked_by").order_by("-created_at", "-id")


class StepRemoval(Record):
    """An admin takes somebody's second step away, because the phone is lost. Its owner is told, and has time to say no."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        STOPPED = "stopped", _("its owner said no")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DONE = "done", _("taken away")

    MOVES = {"waiting": {"stopped", "withdrawn", "done"}}

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="step_removals")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    due_at = models.DateTimeField()

    objects = StepRemovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("removal of a second step")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                name="step_removal_one_waiting_per_person",
                condition=Q(status="waiting"),
                violation_error_message=_("It is under way already."),
            ),
            models.CheckConstraint(name="step_removal_by_somebody_else", condition=~Q(person=F("asked_by"))),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(status="waiting"), name="step_removal_due"),
            models.Index(fields=["-created_at", "-id"], name="step_removal_for_list"),
        ]


class StepRemovalEvent(Event):
    subject = models.ForeignKey(StepRemoval, models.CASCADE, related_name="events")
