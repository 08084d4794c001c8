"""Referees: people who have said they will speak for the candidate."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.fields import AddressField, CleanLineField
from accounts.records import Record


class RefereeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(candidate=user)


class Referee(Record):
    """Somebody who can vouch for her when an employer rings. Never asked to cover a false statement."""

    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="referees")
    name = CleanLineField(_("name"), max_length=50)
    relation = CleanLineField(_("how you worked together"), max_length=80, blank=True)
    email = AddressField(_("e-mail address"), blank=True)
    has_agreed = models.BooleanField(_("I have asked, and they agreed"), default=False)

    objects = RefereeQuerySet.as_manager()

    class Meta:
        verbose_name = _("referee")
        ordering = ["id"]
