"""The kind about addresses of others: two weeks before they are forgotten."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from followups.keeping import NOTICE
from followups.models import Referee
from followups.reminders.registry import Kind, Wanted, register
from followups.services.addresses import announced_to, day_of
from interviews.models import Interview


def addresses(user, now):
    """Two weeks before, once for all that go on one day. `now` plays no part: a notice that was announced stays wanted."""
    moments = [
        *Interview.objects.filter(candidate=user, addresses_forget_at__isnull=False).values_list(
            "addresses_forget_at", flat=True
        ),
        *Referee.objects.filter(candidate=user, addresses_forget_at__isnull=False).values_list(
            "addresses_forget_at", flat=True
        ),
    ]
    days = {}
    for moment in sorted(moments):
        days.setdefault(day_of(moment), moment)
    return [Wanted(user, day, first - NOTICE, useless_after=first) for day, first in days.items()]


def _about(user, reminder):
    announced = announced_to(user, reminder.due_at)
    return {
        "number": sum(each.number for each in announced),
        "forget_at": min((each.forget_at for each in announced), default=reminder.due_at + NOTICE),
    }


def register_all():
    """Called once, when the app starts."""
    register(
        Kind(
            name="addresses",
            subject_model=User,
            derive=addresses,
            template="reminder_addresses",
            context=_about,
            title=_("Two weeks before addresses of others are forgotten"),
            # The page is about all of them, whoever is named in the reminder.
            path=lambda public_id: reverse("address-list"),
        )
    )
