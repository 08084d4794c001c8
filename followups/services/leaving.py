"""Somebody has asked for her account to be deleted: no letter of hers leaves any more."""

from django.db import transaction

from accounts.records import Conflict
from followups.models import RefereeBrief, ThankYouNote
from followups.services import briefs, notes
from followups.services.letters.following import WAITING


def stop_letters(person, *, now):
    """Letters that wait become drafts again. What is being handed over at this moment is on its way, and goes."""
    hers = {"interview__candidate": person}
    notes.hold_letters(ThankYouNote.objects.filter(**hers))
    briefs.hold_letters(RefereeBrief.objects.filter(**hers))
    for model, take_back in ((ThankYouNote, notes.unschedule_note), (RefereeBrief, briefs.unschedule_brief)):
        for letter in model.objects.filter(status__in=WAITING, **hers).order_by("pk"):
            try:
                with transaction.atomic():
                    take_back(letter, by=person, reason="leaving", now=now)
            except Conflict:
                continue
