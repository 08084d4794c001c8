"""What holds for everybody here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import CleanLineField
from accounts.records import Record


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
