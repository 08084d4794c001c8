"""Who was there, and who can pass thanks on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField, CleanLineField, ZoneField
from accounts.records import Record
from interviews.models.interview import Interview, OfInterviewQuerySet


class Interviewer(Record):
    """Somebody a note can go to: an interviewer, or the person who can pass thanks on."""

    class Kind(models.TextChoices):
        INTERVIEWER = "interviewer", _("interviewer")
        HR = "hr", _("HR")
        RECRUITER = "recruiter", _("recruiter")
        PANEL = "panel", _("the panel")

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="interviewers")
    kind = models.CharField(_("who"), max_length=12, choices=Kind, default=Kind.INTERVIEWER)
    name = CleanLineField(_("name"), max_length=50)
    title = CleanLineField(_("title or role"), max_length=80, blank=True)
    email = AddressField(_("e-mail address"), blank=True)
    zone = ZoneField(_("time zone, if another"), blank=True)

    objects = OfInterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("interviewer")
        ordering = ["id"]
