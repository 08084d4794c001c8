"""Erasing what this app holds of a person: lessons, referees, messages, and of mails everything but that there was one."""

from collections import Counter

from django.utils.translation import gettext as _

from accounts.erasing import forget_typed_about, invitations_of
from accounts.records import Conflict
from followups.models import InterviewImport, Lesson, Referee, RefereeBrief, Reminder, ThankYouNote, TriageDecision
from followups.outbox import erasing as mails
from followups.services import briefs, notes
from interviews import erasing as interviews


def erase(person):
    """Raises Conflict while a letter of theirs is being handed over: a minute later nobody has to ask what became of it."""
    of_theirs = {"interview__candidate": person}
    notes.hold_letters(ThankYouNote.objects.filter(**of_theirs))
    briefs.hold_letters(RefereeBrief.objects.filter(**of_theirs))
    if mails.is_handing_over_letters(person):
        raise Conflict(_("A letter is being handed over just now."))
    gone = Counter()
    forget_about(_ids_of(person))
    mails.forget_person(person)
    gone.update(Reminder.objects.filter(recipient=person).delete()[1])
    for model in (Lesson, Referee, InterviewImport):
        gone.update(model.objects.filter(candidate=person).delete()[1])
    return gone


def forget_about(ids):
    """Messages about records with these public ids, whosever they are; mails about them keep no content; what was typed about them."""
    Reminder.objects.filter(subject_id__in=ids).delete()
    mails.forget_subjects(ids)
    forget_typed_about(ids)


def _ids_of(person):
    named = [
        ThankYouNote.objects.filter(interview__candidate=person),
        RefereeBrief.objects.filter(interview__candidate=person),
        TriageDecision.objects.filter(mistake__interview__candidate=person),
        Lesson.objects.filter(candidate=person),
        Referee.objects.filter(candidate=person),
        Reminder.objects.filter(recipient=person),
        invitations_of(person),
        person.engagements.all(),
    ]
    return {
        person.public_id,
        *interviews.ids_of(person),
        *(public_id for rows in named for public_id in rows.values_list("public_id", flat=True)),
    }
