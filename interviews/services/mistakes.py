"""Mistakes: at most five live ones an interview, each with her answers as she gave them."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict, Overtaken, Refused, move, start, version_of
from interviews.models import MAX_TEXT, OPEN_MISTAKES, Interview, Mistake
from interviews.services.interviews import locked, mark_closed

# The columns behind the questions of the debrief. `repair_sentences` is answered by `correction` or `beyond_words`.
ANSWERS = (
    "touches_must_have",
    "asked_for",
    "doubt_voiced",
    "noticed",
    "settled_in_the_room",
    "hurt_someone",
    "relied_on",
    "private_matter",
    "has_new_information",
)
ALSO_EDITABLE = frozenset({"kind", "text", "topic", "requirement", "correction", "beyond_words"})
WORDS = ("kind", "text", "topic")
# The columns of those questions that have more than the one of their name.
COLUMNS = {
    "touches_must_have": ("touches_must_have", "requirement_id"),
    "repair_sentences": ("correction", "beyond_words"),
}


@transaction.atomic
def record_mistake(interview, *, by, kind, text, topic="", drop=None, **answers):
    """Write down one thing that went wrong. With `drop`, another one is dropped for it in the same step.

    Raises Refused if the interview has not been held, or five are open and none is dropped.
    """
    interview = locked(interview)
    if interview.status != Interview.Status.HELD:
        raise Refused(_("This interview has not taken place yet."))
    if drop is not None:
        if drop.interview_id != interview.pk:
            raise Refused(_("Choose one of this interview."), field="drop")
        drop_mistake(drop, by=by)
    mistake = Mistake(interview=interview, kind=kind, text=text, topic=topic, place=_free_place(interview))
    _assign(mistake, answers)
    mistake.answered = sorted(_questions_in(answers))
    _check(mistake)
    try:
        with transaction.atomic():
            start(mistake, by=by)
    except IntegrityError:
        raise Conflict(_("This was changed in the meantime. Look again before you go on.")) from None
    if interview.closed_at:
        mark_closed(interview, at=None)
    return mistake


def version_of_answers(mistake, names):
    """Names what she has said to these questions (or WORDS), and of which kind it is, for a page to bring back."""
    columns = [column for name in names for column in COLUMNS.get(name, (name,))]
    return version_of([mistake.kind, *(getattr(mistake, column) for column in columns)])


@transaction.atomic
def answer_mistake(mistake, *, by, heard_by=None, answered=(), seen="", shown=(), **answers):
    """Keep answers as given. `answered` names the questions she has now answered, “not sure” (None or "") included.

    `seen` is the version_of_answers to `shown` that stood on her page: if another window has answered differently since,
    nothing is kept and Overtaken raised. Raises Conflict if the mistake is no longer live.
    """
    locked(mistake.interview)
    mistake = Mistake.objects.select_related("interview").get(pk=mistake.pk)
    if mistake.status not in Mistake.LIVE:
        raise Conflict(_("This is behind you. Open it again if you remember something new."))
    stood = version_of_answers(mistake, shown)
    if "kind" in answers and answers["kind"] != mistake.kind:
        mistake.answered = []
    _assign(mistake, answers)
    # The same answer pressed twice is no other one.
    if seen and seen != stood != version_of_answers(mistake, shown):
        raise Overtaken
    mistake.answered = sorted({*mistake.answered, *answered, *_questions_in(answers)})
    _check(mistake)
    mistake.save()
    if heard_by is not None:
        mistake.heard_by.set(mistake.interview.interviewers.filter(pk__in=[person.pk for person in heard_by]))
    return mistake


def drop_mistake(mistake, *, by):
    """Not worth an answer after all."""
    return settle_mistake(mistake, Mistake.Status.DROPPED, by=by)


@transaction.atomic
def reopen_mistake(mistake, *, by, new_fact):
    """Open something left behind again, for a fact that was not known then; the questions are asked anew."""
    new_fact = new_fact.strip()
    if not new_fact:
        raise Refused(_("What is new? One sentence is enough."), field="new_fact")
    interview = locked(mistake.interview)
    text = f"{mistake.text}\n\n{new_fact}"
    if len(text) > MAX_TEXT:
        raise Refused(_("Please put it more briefly."), field="new_fact")
    move(mistake, Mistake.Status.OPEN, by=by, place=_free_place(interview), text=text, answered=[])
    if interview.closed_at:
        mark_closed(interview, at=None)
    return mistake


@transaction.atomic
def bring_back_mistake(mistake, *, by=None, reason=""):
    """Open one that was done again, because what was to be done about it will not happen. Refused if five are open."""
    interview = locked(mistake.interview)
    move(mistake, Mistake.Status.OPEN, by=by, reason=reason, place=_free_place(interview))
    if interview.closed_at:
        mark_closed(interview, at=None)
    return mistake


def settle_mistake(mistake, status, *, by=None, reason=""):
    """Move a mistake on. Only live ones hold one of the five places."""
    fields = {} if status in Mistake.LIVE else {"place": None}
    return move(mistake, status, by=by, reason=reason, **fields)


def delete_mistake(mistake, *, by):
    """Forget it for good, with everything decided about it."""
    mistake.delete()


def _questions_in(answers):
    """The questions these fields answer."""
    drafted = bool(answers.get("correction") or answers.get("beyond_words"))
    return {name for name in answers if name in ANSWERS} | ({"repair_sentences"} if drafted else set())


def _free_place(interview):
    live = list(interview.mistakes.live())
    taken = {mistake.place for mistake in live}
    free = next((place for place in range(1, OPEN_MISTAKES + 1) if place not in taken), None)
    if free is None:
        choices = [{"public_id": str(mistake.public_id), "text": mistake.text} for mistake in live]
        raise Refused(_("Five is enough for one evening. Which of them can you drop?"), field="drop", choices=choices)
    return free


def _assign(mistake, fields):
    unknown = set(fields) - {*ANSWERS, *ALSO_EDITABLE}
    if unknown:
        raise TypeError(f"a mistake has no {', '.join(sorted(unknown))} to answer")
    for name, value in fields.items():
        setattr(mistake, name, value)
    if mistake.requirement and mistake.requirement.interview_id != mistake.interview_id:
        raise Refused(_("Choose a must-have of this interview."), field="requirement")


def _check(mistake):
    try:
        mistake.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None
