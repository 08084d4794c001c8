"""What a mail server answered, in words: "no such mailbox" rather than 550 5.1.1.

Pure but for the language: whoever calls has chosen one.
"""

from django.utils.translation import gettext as _


def words_of_bounce(status: str) -> str:
    """Why a mail came back, from a status code of RFC 3463."""
    kind, _dot, rest = status.partition(".")
    exact = {
        "1.2": _("There is no such domain."),
        "1.3": _("The address is not written as it should be."),
        "1.7": _("Their server does not accept the address we send from. The admins can mend that."),
        "1.8": _("Their server does not accept the address we send from. The admins can mend that."),
        "1.10": _("This domain takes no mail."),
        "2.1": _("The mailbox is closed."),
        "2.2": _("The mailbox is full."),
        "2.3": _("The mail was too large for them."),
        "4.4": _("There is no such domain."),
        "4.7": _("Their server was tried for a long time and did not take it."),
    }
    if rest in exact:
        return exact[rest]
    group = {
        "1": _("There is no such mailbox."),
        "2": _("The mailbox does not take mail."),
        "3": _("Their server has a problem of its own."),
        "4": _("Their server could not be reached."),
        "5": _("The two servers did not understand each other."),
        "6": _("Their server could not read the mail."),
        "7": _("Their server does not want mail from here, as a rule of the house."),
    }.get(rest.split(".")[0])
    return group or (_("Their server did not take it for now.") if kind == "4" else _("Their server did not take it."))


def words_of_answer(status: str, stage: str, code: int | None, error: str) -> str:
    """The last answer of our own mail server, for whoever wrote the letter; "" while there was none."""
    if status == "sent":
        return _("Accepted by the mail server.")
    if error in OBJECTIONS:
        return _(OBJECTIONS[error])
    if code is not None:
        return _refusal(stage, code)
    if error in ("", "connect"):
        return "" if not error else _("The mail server could not be reached.")
    if stage == "dot":
        return _("The line broke after the letter was handed over, before the answer came.")
    return _("The line to the mail server broke before the letter was handed over.") if stage else ""


def words_for_admins(status: str, stage: str, code: int | None, error: str, bounce_code: str = "") -> str:
    """The last answer, without a reason that would tell something about what was written."""
    if bounce_code:
        return _("Came back: %(why)s") % {"why": words_of_bounce(bounce_code)}
    if status == "suppressed":
        return _("Stopped before it left: no longer wanted, or to an address that takes no mail from here.")
    if error in OBJECTIONS and error not in TECHNICAL:
        return ""
    words = words_of_answer(status, stage, code, error)
    return words or (_("It could not be read: %(error)s.") % {"error": error} if status == "failed" and error else "")


def _refusal(stage: str, code: int) -> str:
    if code < 400:
        return _("Accepted by the mail server.")
    if code < 500:
        return _("The mail server asked to wait (%(code)s); it is tried again.") % {"code": code}
    if stage == "rcpt":
        if code in (550, 551, 553):
            return _("Refused: no such mailbox, or it does not take mail from here (%(code)s).") % {"code": code}
        if code == 552:
            return _("Refused: the mailbox is full (%(code)s).") % {"code": code}
        return _("Refused for this address (%(code)s).") % {"code": code}
    if stage == "mail":
        return _("Refused: the mail server does not let us send (%(code)s). The admins can mend that.") % {"code": code}
    return _("Refused after it was read (%(code)s).") % {"code": code}


def gettext_noop(text: str) -> str:
    """Mark for translation."""
    return text


# Why a letter was stopped before it was handed over, for its owner alone: these codes tell something about her note.
OBJECTIONS = {
    "too_late": gettext_noop("It could not be handed over while it was still of use."),
    "suppressed": gettext_noop("This address does not take mail from here."),
    "changed": gettext_noop("What was approved and what would have gone were no longer the same."),
    "contact_prohibited": gettext_noop("They had asked not to be contacted."),
    "interview_cancelled": gettext_noop("The interview was marked as cancelled."),
    "not_approved": gettext_noop("It was no longer approved."),
    "note_gone": gettext_noop("What it was about had been deleted."),
    "sender_gone": gettext_noop("The account was closed."),
    "recipient_gone": gettext_noop("The account was closed."),
    "paused": gettext_noop("Letters from here are paused; it goes as soon as they are not."),
    "lease_over": gettext_noop("The sending process ended before it could note the answer."),
    "restored": gettext_noop("A backup was restored; what happened after it is not in it."),
    "bounced": gettext_noop("It came back."),
    "follower": gettext_noop("What it was about had moved on."),
}
# Those that tell nothing about what was written.
TECHNICAL = frozenset({"too_late", "paused", "lease_over", "restored"})
