"""Her referees: who has said yes, and who can still be asked about one interview."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Refused
from followups.models import Referee, RefereeBrief
from followups.services import briefs

MAX_REFEREES = 20
EDITABLE = frozenset({"name", "relation", "email"})


@transaction.atomic
def add_referee(*, candidate, by, has_agreed=False, now=None, **fields):
    """Somebody who may speak for her. `has_agreed`: she has asked, and they said yes; the moment is kept."""
    if candidate.referees.count() >= MAX_REFEREES:
        raise Refused(_("Twenty are more than anybody rings. Remove one first."))
    referee = Referee(candidate=candidate, agreed_at=(now or timezone.now()) if has_agreed else None)
    return _save(referee, fields)


@transaction.atomic
def edit_referee(referee, *, by, has_agreed=None, now=None, **fields):
    """Change an entry. Briefs that wait are taken back if they would now read differently, or go somewhere else.

    How long a new address is kept counts from now.
    """
    now = now or timezone.now()
    briefs.hold_letters(referee.briefs.all())
    referee = Referee.objects.select_for_update().get(pk=referee.pk)
    if has_agreed is not None and has_agreed != referee.has_agreed:
        referee.agreed_at = now if has_agreed else None
    if fields.get("email", referee.email) != referee.email:
        # Somebody else may read there: what one address refused does not bind another.
        referee.refused_at = None
        referee.addresses_look_at = referee.addresses_forget_at = referee.addresses_forgotten_at = None
        referee.addresses_kept_until = now + timedelta(days=settings.AFTERWORD_FORGET_ADDRESSES_DAYS)
    referee = _save(referee, fields)
    for brief in referee.briefs.filter(status=RefereeBrief.Status.SCHEDULED).select_related("interview__candidate"):
        briefs.take_back_if_changed(brief, by=by, now=now)
    return referee


@transaction.atomic
def remove_referee(referee, *, by):
    """Forget somebody for good, with every brief. What waits is taken back; links that went out end."""
    briefs.hold_letters(referee.briefs.all())
    for brief in referee.briefs.all():
        briefs.forget_brief(brief, by=by)
    referee.delete()


def _save(referee, fields):
    unknown = set(fields) - EDITABLE
    if unknown:
        raise TypeError(f"a referee has no {', '.join(sorted(unknown))} to edit")
    for name, value in fields.items():
        setattr(referee, name, value)
    if referee.email and referee.email.lower() == referee.candidate.email.lower():
        raise Refused(_("That is your own address."), field="email")
    try:
        referee.full_clean(validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            referee.save()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None
    except IntegrityError:
        raise Refused(_("You have somebody with this address already."), field="email") from None
    return referee
