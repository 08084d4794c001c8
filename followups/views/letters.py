"""A note on its way: by Afterword, or from her own mailbox."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Refused
from accounts.when import to_instant, to_wall
from followups.forms.note import SendForm, SentForm
from followups.services import letters, notes
from followups.views.note_page import page_of
from followups.views.notes import keeps_words, kept, to_note, writable


@require_POST
@keeps_words
def note_schedule(request, public_id):
    """Approve exactly what stands in the form, for a time. An error is asked about once."""
    note = writable(request, public_id)
    form, send_form = kept(request, note), SendForm(request.POST)
    asked = None
    if send_form.is_valid() and not form.errors:
        try:
            _schedule(note, send_form.cleaned_data, by=request.user)
        except letters.BetterChanged as better:
            asked = better.findings
        except Refused as problem:
            _refuse(form, send_form, problem)
        else:
            return to_note(note)
        note.refresh_from_db()
    context = page_of(request, note, form=form, send_form=send_form, asked=asked)
    return render(request, "followups/note_detail.html", context, status=422)


def _schedule(note, data, *, by):
    # Should another window change the note in this very moment, what she sees here is not what would go.
    approval = {"by": by, "despite_findings": data["despite_findings"], "seen_hash": notes.text_hash(note)}
    now = timezone.now()
    suggested = notes.note_times(note, now).suggested_send_at
    if data["when"] == SendForm.NOW or (data["when"] == SendForm.SUGGESTED and suggested <= now):
        return notes.send_now(note, now=now, **approval)
    zone = notes.zone_of(note)
    wall = to_wall(suggested, zone) if data["when"] == SendForm.SUGGESTED else data["send_wall"]
    return notes.schedule_note(note, send_wall=wall, send_zone=zone, now=now, **approval)


def _refuse(form, send_form, problem):
    for each in (form, send_form):
        if problem.field in each.fields:
            each.add_error(problem.field, str(problem))
            return
    send_form.add_error(None, str(problem))


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
    if form.is_valid():
        wall = form.cleaned_data["at"]
        try:
            notes.mark_sent_by_self(note, by=request.user, at=to_instant(wall, request.user.zone) if wall else None)
        except ValueError:
            form.add_error("at", _("This date cannot be right."))
        except Refused as problem:
            form.add_error("at", str(problem))
        else:
            messages.success(request, _("Well done. That one is behind you."))
            return to_note(note)
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
