"""The life of a letter, in plain words for the person in whose name it goes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from followups.answers import OBJECTIONS, words_of_answer, words_of_bounce

WORDS = {
    ("", "queued"): gettext_lazy("Approved, and put in the outbox"),
    ("queued", "claimed"): gettext_lazy("Its time has come: picked up for sending"),
    ("claimed", "queued"): gettext_lazy("Put back for a moment"),
    ("claimed", "handing_over"): gettext_lazy("Being handed to the mail server"),
    ("handing_over", "sent"): gettext_lazy("Accepted by the mail server"),
    ("handing_over", "queued"): gettext_lazy("Not taken this time; it is tried again"),
    ("handing_over", "unknown"): gettext_lazy("The line broke before the answer: nobody can see whether it arrived"),
    ("queued", "unknown"): gettext_lazy("Nobody can see whether it went"),
    ("unknown", "sent"): gettext_lazy("Left as it is, as if it had arrived"),
    ("unknown", "cancelled"): gettext_lazy("Settled: counted as not arrived"),
    ("unknown", "failed"): gettext_lazy("It came back"),
    ("sent", "sent"): gettext_lazy("It came back"),
    ("failed", "queued"): gettext_lazy("To be tried again"),
    "cancelled": gettext_lazy("Taken back"),
    "failed": gettext_lazy("Not sent"),
    "suppressed": gettext_lazy("Stopped before it left"),
}
WHY = {
    "paused": gettext_lazy("letters from here are paused; it goes as soon as they are not"),
    "all_paused": gettext_lazy("all mail from here is paused; it goes as soon as it is not"),
    "quiet_hours": gettext_lazy("it waits for the end of quiet hours"),
    "lease_over": gettext_lazy("the sending process ended; another takes over"),
    "restored": gettext_lazy("a backup was restored, and what happened after it is not in it"),
    "released": gettext_lazy("the sending process was stopped; another takes over"),
}


def life_of(row):
    """Each change of state, the oldest first: `at`, `words`, `by` (a person, or None). Give `events` prefetched with `by`."""
    events = list(row.events.all())
    return [
        {"at": event.at, "words": _words(row, event, is_last=event is events[-1]), "by": event.by} for event in events
    ]


def _words(row, event, *, is_last):
    words = WORDS.get((event.old, event.new)) or WORDS.get(event.new, event.new)
    if event.reason == "bounced":
        return f"{words}: {words_of_bounce(row.bounce_code)}"
    if event.reason in WHY:
        return f"{words}: {WHY[event.reason]}"
    if event.new in ("failed", "suppressed"):
        if event.reason in OBJECTIONS:
            return f"{words}: {_(OBJECTIONS[event.reason])}"
        return f"{words}: {answer_to(row)}" if is_last and answer_to(row) else str(words)
    return str(words)


def answer_to(row):
    """The last answer, in words: of the mail server, or of whoever sent it back."""
    if row.bounced_at is not None:
        return _("It came back: %(why)s") % {"why": words_of_bounce(row.bounce_code)}
    return words_of_answer(row.status, row.stage, row.code, row.error)


def state_of(row):
    """Its state for her: coming back is none of its own for the machine, but it is for a reader."""
    if row.bounced_at is not None:
        return "bounced", _("came back")
    if row.status == row.Status.CANCELLED:
        last = max(row.events.all(), key=lambda event: event.pk, default=None)
        return row.status, _("settled") if last and last.old == "unknown" else _("taken back")
    return row.status, row.get_status_display()
