"""Who was asked in, and has not come yet."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField, CleanLineField
from accounts.models.user import User
from accounts.records import Record


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
