"""A note on its way: by Afterword, or from her own mailbox."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from followups.forms.letter import SendForm
from followups.forms.note import SentForm
from followups.services import notes
from followups.views.letters import approved, told_by_self
from followups.views.note_page import next_reader, page_of
from followups.views.notes import keeps_words, kept, to_note, writable
from followups.views.onward import after_all


@require_POST
@keeps_words
def note_schedule(request, public_id):
    """Approve exactly what stands in the form, for a time. An error is asked about once."""
    note = writable(request, public_id)
    form, send_form = kept(request, note), SendForm(request.POST)
    done, asked = approved(notes.LIFE, note, form, send_form, by=request.user)
    if done:
        return to_note(note)
    context = page_of(request, note, form=form, send_form=send_form, asked=asked)
    return render(request, "followups/note_detail.html", context, status=422)


@require_POST
def note_unschedule(request, public_id):
    note = writable(request, public_id)
    notes.unschedule_note(note, by=request.user)
    messages.success(request, _("Taken back. It is a draft again."))
    return to_note(note)


@require_POST
@transaction.atomic
def note_sent(request, public_id):
    """Did it go? From her own mailbox, with the time."""
    note = writable(request, public_id)
    form = SentForm(request.POST)
    if told_by_self(notes.LIFE, note, form, by=request.user):
        messages.success(request, _("Well done. That one is behind you."))
        return to_note(note) if next_reader(note.interview, timezone.now()) else redirect(after_all(note.interview))
    return render(request, "followups/note_detail.html", page_of(request, note, sent_form=form), status=422)


@require_POST
def note_skip(request, public_id):
    note = writable(request, public_id)
    notes.skip_note(note, by=request.user)
    is_letter = note.kind == note.Kind.CORRECTION
    messages.info(
        request,
        _("Put away. You can take it up again.")
        if is_letter
        else _("No note to this person. You can take it up again."),
    )
    return to_note(note)


@require_POST
def note_reopen(request, public_id):
    note = writable(request, public_id)
    notes.reopen_note(note, by=request.user)
    return to_note(note)


@require_POST
def note_resolve(request, public_id):
    """We can't see whether it arrived: leave it, sent from her own mailbox, or send again."""
    note = writable(request, public_id)
    notes.resolve_unknown(note, request.POST.get("choice", ""), by=request.user)
    return to_note(note)
