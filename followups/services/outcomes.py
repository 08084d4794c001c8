"""How an interview ended, in the words of whoever is asked: page, mail, Today and API say it here."""

from urllib.parse import quote

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.records import Conflict, Refused
from followups import gracious
from followups.models import ThankYouNote
from followups.services import interviews as services
from followups.services import notes
from followups.services.closing import to_thank
from followups.services.notes.checks import material_of
from interviews.models import Interview
from interviews.services.interviews import locked

Outcome = Interview.Outcome
NOT_HEARD, DONT_ASK = "not_heard", "dont_ask"
# As she would say it; the codes are the model's.
ANSWERS = (
    (Outcome.NEXT_ROUND.value, gettext_lazy("There is a next round")),
    (Outcome.OFFER.value, gettext_lazy("An offer")),
    (Outcome.REJECTED.value, gettext_lazy("A no")),
    (Outcome.WITHDRAWN.value, gettext_lazy("I withdrew")),
    (Outcome.CLOSED.value, gettext_lazy("They stopped the search")),
)
# A next round gets these from the one before; all else may be different.
KEPT = ("role_title", "zone", "country", "contact_prohibited", "one_note_to_panel")


@transaction.atomic
def say(interview, answer, *, by, seen=None, now=None):
    """Take an answer: a code of Outcome, NOT_HEARD or DONT_ASK. `seen` is the outcome on the page she answered from.

    Raises Conflict if it was said otherwise meanwhile, Refused for what is no answer.
    """
    current = locked(interview).outcome
    if seen is not None and seen != current and answer != current:
        said = Outcome(current).label
        raise Conflict(
            _("In the meantime you have said: %(outcome)s. Choose again if that was a slip.") % {"outcome": said}
        )
    interview.refresh_from_db()
    if answer == NOT_HEARD:
        return services.not_heard_yet(interview, by=by, now=now)
    if answer == DONT_ASK:
        return services.stop_asking(interview, by=by, now=now)
    return services.record_outcome(interview, answer, by=by, now=now)


def referees_to_thank(interview):
    """Briefs whose referees stood ready and were not thanked."""
    return to_thank(interview.referee_briefs.select_related("referee", "interview"))


def next_round_of(interview):
    """The round that follows and is still ahead or has been held, or None."""
    gone = [Interview.Status.CANCELLED, Interview.Status.MISSED]
    return interview.next_rounds.exclude(status__in=gone).order_by("ends_at", "id").first()


@transaction.atomic
def plan_next_round(interview, *, starts_wall, ends_wall, by, now=None):
    """You meet again: the next round, at the same employer for the same job. What is to be said there follows from the decisions.

    Raises Conflict if there is one already, Refused for times that cannot be.
    """
    locked(interview)
    interview.refresh_from_db()
    if next_round_of(interview):
        raise Conflict(_("The next round stands here already."))
    if interview.outcome != Outcome.NEXT_ROUND:
        services.record_outcome(interview, Outcome.NEXT_ROUND, by=by, now=now)
    return services.log_interview(
        candidate=interview.candidate,
        company=interview.company,
        planned=True,
        starts_wall=starts_wall,
        ends_wall=ends_wall,
        previous=interview,
        by=by,
        now=now,
        **{name: getattr(interview, name) for name in KEPT},
    )


def gracious_reply(interview):
    """Three kind lines after a no, from her own mailbox: a draft, kept nowhere. Raises Refused where there is nothing to reply to."""
    if interview.outcome != Outcome.REJECTED:
        raise Refused(_("There is nothing to reply to."), field="outcome")
    if interview.contact_prohibited:
        raise Refused(_("They asked not to be written to, so no reply is needed."), field="outcome")
    return gracious.reply(_material(interview))


def _material(interview):
    """By name where one person is known; whoever writes a no for several is not guessed at."""
    written = list(interview.thank_you_notes.select_related("interviewer", "interview__candidate").order_by("id"))
    readers = notes.readers_of(interview)
    reader = readers[0] if len(readers) == 1 else None
    stayed = next((note.stayed_with_me for note in written if note.stayed_with_me.strip()), "")
    note = ThankYouNote(
        interview=interview,
        interviewer=reader if reader and reader.pk else None,
        to_name=reader.name if reader and reader.pk else "",
        stayed_with_me=stayed,
    )
    return material_of(note)


def mailto_of(interview, reply):
    """Her mail program with the lines in it, and with the address where one person is known."""
    readers = [person for person in notes.readers_of(interview) if person.email]
    to = quote(readers[0].email, safe="@") if len(readers) == 1 else ""
    body = reply.body.replace("\n", "\r\n")
    return f"mailto:{to}?subject={quote(reply.subject)}&body={quote(body)}"
