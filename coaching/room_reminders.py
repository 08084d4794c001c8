"""Somebody asked for a coach, and nobody has room: admins are told, without a name, at most once in a day."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, Engagement, User
from accounts.services.engagements import ASKED_IN_VAIN
from accounts.when import to_wall
from followups import reminders
from followups.reminders import Cause, Kind, Wanted, register

NO_ROOM = Cause("no-room")
A_DAY = timedelta(days=1)
LOOKS_BACK = timedelta(days=3)


def no_room(cause, now):
    """At the first ask in vain of each day of an admin's, while whoever asked has found nobody since."""
    seekers = User.objects.filter(is_candidate=True, is_active=True)
    found = Engagement.objects.filter(
        candidate__public_id=OuterRef("subject_id"), created_at__gt=OuterRef("at"), status__in=Engagement.LIVE
    )
    asked = AuditEntry.objects.filter(
        ~Exists(found), verb=ASKED_IN_VAIN, at__gt=now - LOOKS_BACK, subject_id__in=seekers.values("public_id")
    )
    moments = list(asked.order_by("at").values_list("at", flat=True))
    wanted = []
    for admin in User.objects.filter(is_admin=True, is_active=True):
        days = {}
        for at in moments:
            days.setdefault(f"{to_wall(at, admin.zone):%Y%m%d}", at)
        wanted += [Wanted(admin, day, at, useless_after=at + A_DAY) for day, at in days.items()]
    return wanted


def tell(*, now):
    """Called in the transaction of an ask in vain (accounts.services.engagements)."""
    reminders.refresh(NO_ROOM, now=now)


def register_all():
    register(
        Kind(
            name="no-room",
            subject_model=Cause,
            derive=no_room,
            template="reminder_no_room",
            context=lambda cause, reminder: {},
            title=_("Somebody asks for a coach and none has room, at most once a day"),
            path=lambda public_id: reverse("engagement-list"),
            roles=("admin",),
        )
    )
