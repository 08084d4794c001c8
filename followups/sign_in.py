"""The person of a request, with what every page needs to know of her and none asks for again: the number of messages she has
not read, and whether she signs in with a second step."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts import leaving
from accounts.models import SECOND_STEPS
from accounts.written import Written
from followups.models import Reminder


class PeopleWithUnread(AuthenticationBackend):
    """Signing in is allauth's; `unread` and `has_second_step` ride along in the query that fetches the person anyway, from indexes."""

    def user_can_authenticate(self, user):
        """Also whoever has asked for her account to be deleted and may undo it; accounts/leaving.py opens nothing else to her."""
        return leaving.may_sign_in(user)

    def get_user(self, user_id):
        found = _people.rows(pk=get_user_model()._meta.pk.to_python(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


def _person(pk):
    unread = Reminder.objects.filter(recipient=OuterRef("pk")).unread().order_by()
    number = Subquery(unread.values("recipient").annotate(number=Count("pk")).values("number"))
    return (
        get_user_model()
        .objects.annotate(
            unread=Coalesce(number, 0, output_field=IntegerField()),
            has_second_step=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_STEPS)),
        )
        .filter(pk=pk)
    )


_people = Written(_person)
