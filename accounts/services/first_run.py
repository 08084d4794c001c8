"""The first admin of an installation: a link that is printed where only its owner reads it."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import languages
from accounts.models import FirstRunLink, Invitation, User, hash_token
from accounts.records import Conflict, Refused
from accounts.services.auditing import audit


@transaction.atomic
def link_for_first_admin(now=None):
    """A one-time link for whoever runs the installation; None where there is an admin already. Earlier links stay good."""
    now = now or timezone.now()
    FirstRunLink.objects.filter(expires_at__lte=now).delete()
    if _there_is_an_admin():
        return None
    token = Invitation.new_token()
    FirstRunLink.objects.create(token_hash=hash_token(token), expires_at=now + FirstRunLink.LIVES)
    return settings.BASE_URL + reverse("first-run", args=[token])


def is_first_run(token, now=None):
    """Whether this link still opens anything."""
    return _good(token, now or timezone.now()).exists() and not _there_is_an_admin()


@transaction.atomic
def make_first_admin(token, *, email, password, name, zone, now=None):
    """Make the account of the first admin. However many try at once, with whichever links, one of them gets it.

    The address counts as proved: whoever reads the server's output could prove any.
    """
    now = now or timezone.now()
    # All of them, so that two different links wait for each other too.
    links = list(FirstRunLink.objects.select_for_update().order_by("pk"))
    if not _good(token, now).exists() or _there_is_an_admin():
        raise Conflict(_("This installation has its first admin already, or the time of this link is over."))
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email,
                password,
                name=name,
                zone=zone,
                language=languages.chosen(),
                is_admin=True,
                vouched_at=now,
                is_candidate=False,
            )
    except IntegrityError:
        raise Refused(_("There is an account with this address already."), field="email") from None
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    FirstRunLink.objects.filter(pk__in=[link.pk for link in links]).delete()
    audit("joined", user, by=user)
    return user


def _good(token, now):
    return FirstRunLink.objects.filter(token_hash=hash_token(token), expires_at__gt=now)


def _there_is_an_admin():
    return User.objects.filter(is_admin=True).exists()
