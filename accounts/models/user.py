"""A person who signs in."""

import uuid
from datetime import time

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField, CleanLineField, ZoneField
from accounts.models.erasure import Erasure
from accounts.models.step_removal import StepRemoval
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

    def leaving(self, email):
        """Whoever has this address and can still keep the account that is to be deleted."""
        hers = Q(email=email) | Q(emailaddress__email=email)
        return self.filter(hers, is_active=False, erasures__status=Erasure.Status.WAITING).distinct()

    def coaches(self):
        return self.filter(is_coach=True, is_active=True)

    def with_room(self):
        """Each coach with `clients` (now), `asked` (not answered yet) and `room`, which both take up."""
        from accounts.models.engagement import Engagement  # noqa: PLC0415 -- engagements know people

        def number(status):
            # For each coach that is shown, and not for all at once.
            live = Engagement.objects.filter(coach=OuterRef("pk"), status=status, candidate__is_active=True)
            counted = live.order_by().values("coach").annotate(number=Count("pk")).values("number")
            return Coalesce(Subquery(counted), 0)

        return self.annotate(clients=number("active"), asked=number("invited")).annotate(
            room=F("capacity") - F("clients") - F("asked")
        )

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


class Language(models.TextChoices):
    """Each by its own name: whoever looks for hers may not read the other."""

    ENGLISH = "en", "English"
    SWAHILI = "sw", "Kiswahili"


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail. Candidates are never coach or admin; one person may be coach and admin."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = AddressField(_("e-mail address"), unique=True)
    name = CleanLineField(_("name"), max_length=50, blank=True, help_text=_("As you sign your letters."))
    is_candidate = models.BooleanField(default=False)
    is_coach = models.BooleanField(default=False)
    is_admin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language,
        default="",
        db_default="",
        blank=True,
        help_text="Empty: not chosen.",
    )
    zone = ZoneField(_("time zone"), default="Africa/Nairobi")
    quiet_from = models.TimeField(_("quiet from"), default=time(22))
    quiet_until = models.TimeField(_("quiet until"), default=time(7))
    capacity = models.PositiveSmallIntegerField(
        _("clients at once"), default=12, db_default=12, help_text=_("0 for nobody new. Those you have stay.")
    )
    cohort = CleanLineField(_("cohort"), max_length=50, blank=True, help_text=_("The group they came with."))
    muted_reminders = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    hints_put_away = ArrayField(models.CharField(max_length=20), default=list, blank=True)
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
            models.CheckConstraint(name="user_language_is_known", condition=Q(language__in=["", *Language.values])),
        ]
        indexes = [
            models.Index(fields=["cohort", "-joined_at", "-id"], condition=~Q(cohort=""), name="user_by_cohort"),
            models.Index(fields=["-joined_at", "-id"], condition=Q(erased_at=None), name="user_for_list"),
            models.Index(fields=["name", "id"], condition=Q(is_coach=True), name="user_coaches"),
            models.Index(fields=["id"], condition=Q(erased_at__isnull=False), name="user_erased"),
        ]

    def __str__(self):
        return f"person {str(self.public_id)[:8]}"

    @staticmethod
    def columns_of_name(person):
        """What the names below read, of the `person` of a row: for `only`."""
        return [f"{person}__{column}" for column in ("name", "email", "erased_at")]

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
