"""What keeps this from being a relay for spam: whose letters may go out by the machine, to whom, and how many."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from accounts.records import Refused
from followups.models import LetterPause, OutboundEmail, Suppression
from followups.outbox.crypto import hashes_of

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


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
    # All counts must hold under parallel requests too, so letters are written one after the other. One line for all: three
    # would be three chances to wait for each other, and an hour has room for far fewer letters than this line lets through.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('afterword letters', 0))")
    if reason := against_letters(sender, now):
        raise Refused(reason)
    if reason := against_address(sender, address, now):
        raise Refused(reason, field="to_email")


def against_letters(sender, now):
    """Why no letter of `sender` is taken at `now`, in words for her; "" if one is.

    A page says it before she has done the work; `check_letter` holds it when the letter is queued.
    """
    if reason := letters_open(sender, now):
        return reason
    if is_paused():
        return _("Letters from here are paused just now. Please try again later, or use your own mailbox.")
    if _counted(now, A_DAY).filter(sender=sender).count() >= settings.LETTERS_PER_SENDER_A_DAY:
        return _(
            "That would be more than %(number)s letters in one day. Please send this one from your own mailbox."
        ) % {"number": settings.LETTERS_PER_SENDER_A_DAY}
    if letters_this_hour(now) >= settings.LETTERS_AN_HOUR:
        return _(
            "Letters are paused: unusually many went out in the last hour. Please try again later, or use your own mailbox."
        )
    return ""


def against_address(sender, address, now):
    """Why nothing of `sender` goes to this address, in words for her; "" if it does, or if there is none yet.

    Who asked not to be written to, or whom others could not reach, is nobody's to find out by trying addresses: all are
    told the same, save her whose own letter came back.
    """
    if not address:
        return ""
    hashes = hashes_of(address)
    if Suppression.objects.filter(address_hash__in=hashes).exists():
        hers = OutboundEmail.objects.letters_of(sender).filter(to_address_hash__in=hashes, bounced_at__isnull=False)
        if hers.exists():
            return _("Mail from here to this address came back. Your own mailbox stays open.")
        return _("This address does not take mail from here. Your own mailbox stays open.")
    if _counted(now, A_DAY).filter(to_address_hash__in=hashes).count() >= settings.LETTERS_PER_RECIPIENT_A_DAY:
        return _("This person has had many letters from here today. Please send yours from your own mailbox.")
    return ""


def is_paused():
    """Whether an admin has paused all letters."""
    return LetterPause.objects.filter(ended_at=None).exists()


def letters_this_hour(now):
    """How many letters were taken within the last hour, all people together."""
    return _counted(now, AN_HOUR).count()


def _counted(now, span):
    """Letters that count. One that was taken back, or that a guard stopped, costs nobody a place."""
    return OutboundEmail.objects.filter(to_third_party=True, created_at__gt=now - span).exclude(
        status__in=["cancelled", "suppressed"]
    )
