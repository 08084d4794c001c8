"""What keeps this from being a relay for spam: whose letters may go out by the machine, and how many."""

from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from accounts.records import Refused
from followups.models import OutboundEmail
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
    if reason := letters_open(sender, now):
        raise Refused(reason)
    hashes = hashes_of(address)
    # Both counts must hold under parallel requests too: everybody who counts the same thing waits in line.
    _stand_in_line(f"letters from {sender.pk}")
    _stand_in_line(f"letters to {hashes[-1]}")
    letters = OutboundEmail.objects.filter(to_third_party=True, created_at__gt=now - A_DAY).exclude(
        status__in=["cancelled", "suppressed"]
    )
    if letters.filter(sender=sender).count() >= PER_SENDER_A_DAY:
        raise Refused(
            _("That would be more than twenty letters in one day. Please send this one from your own mailbox.")
        )
    if letters.filter(to_address_hash__in=hashes).count() >= PER_RECIPIENT_A_DAY:
        raise Refused(_("This person has had many letters from here today. Please send yours from your own mailbox."))
    if letters.filter(created_at__gt=now - timedelta(hours=1)).count() >= PER_INSTALLATION_AN_HOUR:
        raise Refused(
            _(
                "Letters are paused: unusually many went out in the last hour. Please try again later, or use your own mailbox."
            )
        )


def _stand_in_line(what):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
