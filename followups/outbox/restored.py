"""After a backup was restored: what waited in it may have gone since, and nobody can see whether it did.

Until this has looked through all of it the pause stays on (pauses.py).
"""

from collections import Counter

from django.db import transaction
from django.utils.translation import ngettext

from accounts.services import audit, revoke_all_tokens
from followups.models import MailPause, OutboundEmail
from followups.outbox.claims import release
from followups.outbox.clock import database_now
from followups.outbox.rows import move

Status = OutboundEmail.Status
REASON = "restored"
COUNTED = ("letters_unseen", "letters_back", "mails_again", "mails_dropped", "erased", "tokens")


@transaction.atomic
def look_through(pause):
    """Settle all mails that waited in the backup, once; `pause.found` counts what was made of them. None of them has gone yet.

    No letter goes by the machine that was approved before the backup: its writer may have sent, changed or taken it back since.
    """
    pause = MailPause.objects.select_for_update().get(pk=pause.pk)
    if not pause.found:
        now, found = database_now(), Counter()
        rows = OutboundEmail.objects.filter(status__in=[Status.QUEUED, Status.CLAIMED, Status.HANDING_OVER])
        for row in rows.order_by("pk").select_for_update(no_key=True):
            found[_settle_letter(row, now) if row.to_third_party else _settle_mail(row, now)] += 1
        pause.found = {name: found[name] for name in COUNTED}
        pause.save(update_fields=["found", "updated_at"])
    return pause


@transaction.atomic
def settle(pause, *, erased=0):
    """The restored backup is looked through, and so many people were erased again: from here on mail may be let go.

    Nobody's program is let in with a token that they may have ended after the backup.
    """
    pause = look_through(pause)
    if pause.settled_at is None:
        now = database_now()
        pause.found |= {"erased": erased, "tokens": revoke_all_tokens(now=now)}
        pause.settled_at = now
        pause.save(update_fields=["found", "settled_at", "updated_at"])
        audit("backup restored", pause, by=None)
    return pause


def _settle_letter(row, now):
    if row.status == Status.HANDING_OVER:
        move(row, Status.UNKNOWN, at=now, reason=REASON, error=REASON)
        return "letters_unseen"
    if row.status == Status.CLAIMED:
        release(row, now, reason=REASON)
    if row.next_try_at <= now:
        move(row, Status.UNKNOWN, at=now, reason=REASON, error=REASON)
        return "letters_unseen"
    move(row, Status.CANCELLED, at=now, reason=REASON, error=REASON)
    return "letters_back"


def _settle_mail(row, now):
    """To our own people a second copy is better than none, as long as it is of use."""
    if row.status != Status.QUEUED:
        release(row, now, reason=REASON)
    if row.useless_after and row.useless_after < now:
        move(row, Status.FAILED, at=now, reason="too_late", error="too_late")
        return "mails_dropped"
    return "mails_again" if row.next_try_at <= now else "mails_to_come"


def words_of_restore(pause):
    """What was made of the backup, a sentence each, for admins and for whoever restored it."""
    if pause.settled_at is None:
        return []
    number = {name: pause.found.get(name, 0) for name in COUNTED}
    return [
        ngettext(
            "%(n)s letter was due in it: nobody can see whether it went, so its writer decides.",
            "%(n)s letters were due in it: nobody can see whether they went, so their writers decide.",
            number["letters_unseen"],
        )
        % {"n": number["letters_unseen"]},
        ngettext(
            "%(n)s letter was to go later: it is a draft again, and its writer is told.",
            "%(n)s letters were to go later: they are drafts again, and their writers are told.",
            number["letters_back"],
        )
        % {"n": number["letters_back"]},
        ngettext(
            "%(n)s mail to our own people was due in it and goes, some perhaps a second time.",
            "%(n)s mails to our own people were due in it and go, some perhaps a second time.",
            number["mails_again"],
        )
        % {"n": number["mails_again"]},
        ngettext(
            "%(n)s came too late to be of use and does not go.",
            "%(n)s came too late to be of use and do not go.",
            number["mails_dropped"],
        )
        % {"n": number["mails_dropped"]},
        ngettext("%(n)s person was erased again.", "%(n)s people were erased again.", number["erased"])
        % {"n": number["erased"]},
        ngettext(
            "%(n)s access token was ended, as its owner may have ended it since: a new one is made under Settings.",
            "%(n)s access tokens were ended, as their owners may have ended them since: new ones are made under Settings.",
            number["tokens"],
        )
        % {"n": number["tokens"]},
    ]
