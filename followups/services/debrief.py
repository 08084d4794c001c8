"""The debrief: answers kept as given, and a decision as soon as no answer can change it any more."""

from django.db import transaction

from followups import reminders, triage
from followups.services import closing, decisions
from followups.services.facts import facts_for
from interviews import services as interviews
from interviews.models import Mistake


@transaction.atomic
def log_mistake(interview, *, by, now=None, **fields):
    """Write a mistake down; the decision follows when its questions are answered."""
    mistake = interviews.record_mistake(interview, by=by, **fields)
    if not questions_left(mistake, now=now):
        decisions.decide(mistake, by=by, now=now)
    reminders.refresh(interview, now=now)
    return mistake


@transaction.atomic
def answer(mistake, *, by, now=None, **answers):
    """Keep answers; decide once nothing is left to ask, and anew if a decided one has changed."""
    mistake = interviews.answer_mistake(mistake, by=by, **answers)
    if mistake.status == Mistake.Status.DECIDED:
        decisions.reconsider(mistake, now=now)
    elif not questions_left(mistake, now=now):
        decisions.decide(mistake, by=by, now=now)
    mistake.refresh_from_db()
    return mistake


@transaction.atomic
def drop_mistake(mistake, *, by, now=None):
    """Not worth an answer after all."""
    interviews.drop_mistake(mistake, by=by)
    closing.close_if_done(mistake.interview, now=now)
    return mistake


@transaction.atomic
def reopen_mistake(mistake, *, by, new_fact, now=None):
    """Something new came to mind about what was left behind."""
    interviews.reopen_mistake(mistake, by=by, new_fact=new_fact)
    reminders.refresh(mistake.interview, now=now)
    return mistake


def facts_so_far(mistake, *, now=None):
    """What is known without asking, and her answers: a question that is a key here is answered."""
    facts = facts_for(mistake, now).to_json()
    return {name: value for name, value in facts.items() if name not in triage.ASKED or name in mistake.answered}


def questions_left(mistake, *, now=None):
    """The questions whose answer can still change what is decided."""
    return triage.questions_for(facts_so_far(mistake, now=now))
