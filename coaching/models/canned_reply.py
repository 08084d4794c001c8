"""Canned replies: what a coach writes again and again, kept to be put into a text and changed there."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.fields import CleanLineField
from accounts.records import Record


class CannedReplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A coach's own. Nobody else reads them before they are sent."""
        return self.filter(coach=user) if user.is_coach else self.none()

    def for_list(self):
        return self.order_by(Lower("title"), "id")


class CannedReply(Record):
    """A few sentences of a coach's own, with a name by which she finds them."""

    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="canned_replies")
    title = CleanLineField(_("name"), max_length=60)
    text = models.TextField(_("words"), validators=[MaxLengthValidator(2000)])

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply of your own")
        constraints = [
            models.UniqueConstraint(
                "coach",
                Lower("title"),
                name="canned_reply_one_per_title",
                violation_error_message=_("You have one of this name already."),
            ),
        ]
