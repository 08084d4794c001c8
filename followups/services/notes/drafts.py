"""Writing notes. A note that is not a draft is not changed: it is taken back first."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.records import Conflict, Refused
from followups import drafting
from followups.models import NoteText, ThankYouNote
from followups.services import addresses, corrections
from followups.services.letters import normal_text
from followups.services.notes.beginning import live_notes, write
from followups.services.notes.checks import material_of, mended
from followups.services.notes.sending import locked, move_note
from followups.services.notes.times import note_times
from followups.services.notes.versions import Overtaken, version_of
from interviews.models import Interview, Interviewer

EDITABLE_FIELDS = frozenset({"to_name", "to_email", "subject", "stayed_with_me", "like_them_to_know", "body"})
LETTER_FIELDS = frozenset({"to_name", "to_email", "subject", "body"})
Kind, Status = ThankYouNote.Kind, ThankYouNote.Status


def choice_of(note, now=None):
    """What this note could carry, and what becomes of the others (corrections.NoteChoice)."""
    return corrections.choice_for(note.interview, note.interviewer, now=now)


def outcomes_of(note, now=None):
    """Each thing that wants this note's one place, with what the others become then; [] where there is nothing to choose."""
    if note.kind != Kind.THANK_YOU or note.interview.status != Interview.Status.HELD:
        return []
    choice = choice_of(note, now)
    return corrections.outcomes_of(choice, note.interview, now=now) if len(choice.mistakes) > 1 else []


@transaction.atomic
def edit_note(note, *, by, seen="", page="", keep=False, now=None, **fields):
    """Keep what she typed. A changed letter is no longer approved. Raises Conflict once the note is scheduled or gone.

    `seen` is the version (version_of) that stood on the open page called `page`. If another page or program has changed
    the note since, nothing is kept and Overtaken raised. `keep`: the text that stood there becomes an earlier text.
    """
    if unknown := set(fields) - EDITABLE_FIELDS:
        raise TypeError(f"a note has no {', '.join(sorted(unknown))} to edit")
    note = _editable(note)
    if "body" in fields:
        fields["body"] = normal_text(fields["body"])
    changed = {name for name, value in fields.items() if getattr(note, name) != value}
    if not changed:
        return note
    if seen and seen != version_of(note) and (not page or page != note.written_in):
        raise Overtaken
    before = note.body
    for name in changed:
        setattr(note, name, fields[name])
    _check(note, changed)
    if changed & LETTER_FIELDS:
        _no_longer_approved(note, before)
    if keep and before and "body" in changed:
        _keep(note, before)
    note.written_in = page[:16]
    note.save()
    if "to_email" in changed and note.interviewer:
        # Found out here, it is known for the next letter to this person too.
        Interviewer.objects.filter(pk=note.interviewer.pk, email="").update(email=note.to_email)
    if "to_email" in changed:
        addresses.seen_again(note.interview, now=now)
    if note.status == Status.FAILED:
        move_note(note, Status.DRAFT, by=by, reason="edited", now=now, failure="")
    return note


def _editable(note):
    note = locked(note)
    if note.status not in ThankYouNote.EDITABLE:
        raise Conflict(_("This note is no longer a draft, so it was not changed. Take it back first."))
    return note


def _check(note, names):
    others = {field.name for field in note._meta.fields} - names
    try:
        note.clean_fields(exclude=others)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None


def _no_longer_approved(note, before):
    note.approved_hash, note.approved_at, note.despite_findings = "", None, False
    # A review stands while the correction stands; other words may change.
    words = note.carries.correction if note.carries else ""
    if note.review_asked_at and drafting.find(before, words) and not drafting.find(note.body, words):
        note.review_asked_at = note.answer_by = None


@transaction.atomic
def put_together(note, *, by, now=None):
    """Write the note anew from her answers. What stood there is kept as an earlier text."""
    note = _editable(note)
    before = note.body
    write(note)
    if before and before != note.body:
        _keep(note, before)
    return _save_text(note, before, by, now)


@transaction.atomic
def mend_note(note, key, *, by, now=None):
    """Do what one click on a finding does (checks.mended), and keep the text that stood there. None if it is gone."""
    note = _editable(note)
    text = mended(note, key, now)
    if text is None:
        return None
    before, note.body = note.body, normal_text(text)
    _keep(note, before)
    return _save_text(note, before, by, now)


@transaction.atomic
def bring_back_text(note, text, *, by, now=None):
    """Put an earlier text back; the one it replaces becomes an earlier text itself."""
    note = _editable(note)
    before, note.body = note.body, text.body
    if before and before != note.body:
        _keep(note, before)
    text.delete()
    return _save_text(note, before, by, now)


@transaction.atomic
def readdress_note(note, interviewer, *, by, now=None):
    """Write it to somebody else of this interview (None: nobody in particular). Greeting and request to pass it on follow."""
    note = _editable(note)
    if interviewer and interviewer.interview_id != note.interview_id:
        raise Refused(_("Choose somebody of this interview."), field="interviewer")
    others = live_notes(note.interview, note.kind).exclude(pk=note.pk)
    if others.filter(interviewer=interviewer).exists():
        raise Refused(_("There is a note to this person already."), field="interviewer")
    before, was = note.body, material_of(note)
    note.interviewer = interviewer
    note.to_name, note.to_email = (interviewer.name, interviewer.email) if interviewer else ("", "")
    note.body = normal_text(drafting.readdressed(before, was, material_of(note)))
    note.due_at = note_times(note, now).due_at
    _no_longer_approved(note, before)
    if before.strip() and before != note.body:
        _keep(note, before)
    return _save_text(note, before, by, now)


@transaction.atomic
def carry(note, mistake, *, by, now=None):
    """Her choice of the one thing the note has room for (None: nothing). The sentence in the text follows."""
    note = _editable(note)
    if mistake and mistake.interview_id != note.interview_id:
        raise Refused(_("Choose something from this interview."), field="carries")
    before = note.body
    if note.carries:
        note.body = drafting.without_addition(before, note.carries.correction) or before
    note.carries = mistake
    if mistake:
        corrections.choose_for_notes(note.interview, mistake, by=by, now=now)
        if drafting.find(note.body, mistake.correction) is None:
            note.body = drafting.with_addition(note.body, drafting.added(material_of(note)))
    if before.strip() and before != note.body:
        _keep(note, before)
    return _save_text(note, before, by, now)


@transaction.atomic
def take_out_correction(note, *, by=None, reason="", now=None):
    """Take the one addition out of a draft: the text as it was is kept, and she is told. Says whether the words were found."""
    note = _editable(note)
    before = note.body
    without = drafting.without_addition(before, note.carries.correction) if note.carries else None
    note.carries = None
    if without is not None:
        note.body = normal_text(without)
        _keep(note, before)
        note.failure = reason[:40]
    _save_text(note, before, by, now)
    return without is not None


@transaction.atomic
def keep_aside(note, text, *, by):
    """Keep words she typed elsewhere among the earlier texts; the note itself stays as it is."""
    note = _editable(note)
    text = normal_text(text)[:20_000]
    if text.strip() and text != note.body:
        _keep(note, text)
    return note


def _keep(note, text):
    """The latest few: behind them nobody looks."""
    NoteText.objects.create(note=note, body=text)
    note.earlier_texts.filter(pk__in=list(note.earlier_texts.values_list("pk", flat=True)[NoteText.KEPT :])).delete()


def _save_text(note, before, by, now):
    if note.body != before:
        _no_longer_approved(note, before)
        # Any page that is open somewhere shows another text now.
        note.written_in = ""
    note.save()
    if note.status == Status.FAILED:
        move_note(note, Status.DRAFT, by=by, reason="edited", now=now, failure="")
    return note
