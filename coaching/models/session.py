"""What is written about a session: each person's own notes, and the coach's report."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.records import Record
from coaching.models.booking import Booking

LONGEST_NOTE, LONGEST_LINE = 20_000, 2000
SCORES = ("structure", "relevance", "evidence", "delivery", "recovery")


class SessionNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The writer's alone: not the other person's, and no admin's."""
        return self.filter(writer=user)


class SessionNote(Record):
    """What one of the two writes down for themselves, before, during or after."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="session_notes")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="session_notes")
    text = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_NOTE)])

    objects = SessionNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("own notes")
        constraints = [models.UniqueConstraint(fields=["booking", "writer"], name="session_note_one_per_person")]


class SessionReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The two people of the session; admins see in the booking's history that there is one, and no word of it."""
        return self.filter(Q(booking__candidate=user) | Q(booking__coach=user))

    def unread(self):
        return self.filter(read_at=None)


class SessionReport(Record):
    """The coach's, sent as soon as it is written: there is no draft of it here. Lessons' results are `LessonResult` rows.

    Scores are for this one conversation; nothing adds them up or draws them.
    """

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="report")
    worked = models.TextField(_("one thing that worked"), validators=[MaxLengthValidator(LONGEST_LINE)])
    change = models.TextField(_("one thing to change"), validators=[MaxLengthValidator(LONGEST_LINE)])
    structure = models.PositiveSmallIntegerField(null=True, blank=True)
    relevance = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.PositiveSmallIntegerField(null=True, blank=True)
    delivery = models.PositiveSmallIntegerField(null=True, blank=True)
    recovery = models.PositiveSmallIntegerField(null=True, blank=True)
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When she first opened it here.")

    objects = SessionReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("session report")
        constraints = [
            models.CheckConstraint(
                name=f"session_report_{name}_1_to_4",
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (1, 4)}),
            )
            for name in SCORES
        ]
