"""What keeps this from being a relay for spam: whose letters may go out by the machine, and how many."""

from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from accounts.records import Refused
from followups.models import OutboundEmail, Suppression
from followups.outbox.crypto import hashes_of

A_DAY = timedelta(days=1)
PER_SENDER_A_DAY = 20
PER_RECIPIENT_A_DAY = 25
PER_INSTALLATION_AN_HOUR = 500


def letters_open(user, now):
    """Why Afterword does not send letters in this person's name at `now`, in words for her; "" if it does.

    Her own mailbox is always open to her, whatever this says.
    """
    if not user.is_active or not user.emailaddress_set.filter(email__iexact=user.email, verified=True).exists():
        return _("Please confirm your e-mail address first: letters go out in your name, and answers come to it.")
    if user.vouched_at is None and user.joined_at > now - A_DAY:
        return _(
            "Your account is new. From its second day on Afterword sends letters for you; until then send them from your own mailbox."
        )
    return ""


def check_letter(sender, address, now):
    """Raise Refused if a letter of `sender` to `address` would pass a limit. Call it in the transaction that queues it."""
    if sender is None:
        raise Refused(_("A letter needs a sender."))
    # The counts must hold under parallel requests too: everybody who counts the same thing waits in line.
    _stand_in_line(f"letters from {sender.pk}")
    _stand_in_line(f"letters to {hashes_of(address)[-1]}")
    if reason := against_letters(sender, now):
        raise Refused(reason)
    if reason := against_address(address, now):
        raise Refused(reason, field="to_email")


def against_letters(sender, now):
    """Why no letter of `sender` is taken at `now`, in words for her; "" if one is.

    A page says it before she has done the work; `check_letter` holds it when the letter is queued.
    """
    if reason := letters_open(sender, now):
        return reason
    letters = _letters_of_a_day(now)
    if letters.filter(sender=sender).count() >= PER_SENDER_A_DAY:
        return _("That would be more than twenty letters in one day. Please send this one from your own mailbox.")
    if letters.filter(created_at__gt=now - timedelta(hours=1)).count() >= PER_INSTALLATION_AN_HOUR:
        return _(
            "Letters are paused: unusually many went out in the last hour. Please try again later, or use your own mailbox."
        )
    return ""


def against_address(address, now):
    """Why nothing goes to this address, in words for whoever writes; "" if it does, or if there is none yet."""
    if not address:
        return ""
    hashes = hashes_of(address)
    if Suppression.objects.filter(address_hash__in=hashes).exists():
        return _("This address has asked not to be written to from here. Your own mailbox stays open.")
    if _letters_of_a_day(now).filter(to_address_hash__in=hashes).count() >= PER_RECIPIENT_A_DAY:
        return _("This person has had many letters from here today. Please send yours from your own mailbox.")
    return ""


def _letters_of_a_day(now):
    letters = OutboundEmail.objects.filter(to_third_party=True, created_at__gt=now - A_DAY)
    return letters.exclude(status__in=["cancelled", "suppressed"])


def _stand_in_line(what):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
