"""Pages of notes: the list, a new one, writing one."""

from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import FETCH_RAISE
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.pages import keyset_page
from accounts.records import Conflict, Refused
from followups.forms.interview import InterviewerForm
from followups.forms.note import NoteForm, ReaddressForm, ReaderForm
from followups.models import ThankYouNote
from followups.permissions import can_edit_note
from followups.services import notes
from followups.services.interviews import interview_changed
from followups.views import letters
from followups.views.interviews import refuse
from followups.views.note_page import closed_words, page_of, reading_of
from interviews import services as facts
from interviews.models import Interview, Interviewer
from interviews.permissions import can_edit_interview


def note_list(request):
    """What is to be sent, the nearest deadline first; or everything, the latest first."""
    if not (request.user.is_candidate or request.user.is_coach):
        raise Http404
    everything = request.GET.get("show") == "all"
    rows = ThankYouNote.objects.visible_to(request.user).for_list().fetch_mode(FETCH_RAISE)
    rows = rows.filter(due_at__isnull=False)
    if not everything:
        rows = rows.filter(status__in=ThankYouNote.UNFINISHED)
    page = keyset_page(rows, request, key="due_at", descending=everything)
    context = {"page": page, "everything": everything, "now": timezone.now(), "nav_active": "notes"}
    return render(request, "followups/note_list.html", context)


def note_new(request, public_id):
    """Whom to thank. Where there is no choice, the note begins at once."""
    interview = get_object_or_404(Interview.objects.visible_to(request.user), public_id=public_id)
    if not can_edit_interview(request.user, interview):
        raise PermissionDenied
    form = ReaderForm(request.POST if "interviewer" in request.POST else None, interview=interview)
    person_form = InterviewerForm(request.POST if "name" in request.POST else None, initial={"kind": "interviewer"})
    if request.method == "POST":
        note = _begun(request, interview, form, person_form)
        if note:
            return redirect("note-detail", note.public_id)
    people = list(interview.interviewers.all())
    context = {
        "interview": interview,
        "form": form,
        "person_form": person_form,
        "people": people,
        "is_one_note": notes.is_one_note(interview, [person for person in people if person.kind == "interviewer"]),
        "met": sum(person.kind == "interviewer" for person in people),
        "can_begin": interview.status not in (Interview.Status.CANCELLED, Interview.Status.MISSED),
        "closed_words": closed_words(interview, timezone.now()),
        "there": interview.thank_you_notes.for_list(),
        "nav_active": "notes",
    }
    return render(request, "followups/note_new.html", context)


@transaction.atomic
def _begun(request, interview, form, person_form):
    """The note to somebody chosen, to somebody added here, or to whoever is next; None if that cannot be."""
    reader = None
    if person_form.is_bound:
        if not person_form.is_valid():
            return None
        try:
            reader = facts.add_interviewer(interview, by=request.user, **person_form.cleaned_data)
        except Refused as problem:
            refuse(person_form, problem)
            return None
        interview_changed(interview, by=request.user)
    elif form.is_bound:
        if not form.is_valid():
            return None
        reader = form.cleaned_data["interviewer"]
    elif "together" in request.POST:
        return notes.draft_panel_note(interview, by=request.user)
    return notes.draft_note(interview, reader, by=request.user)


def note_detail(request, public_id):
    """The composer; a coach, and everybody once it is under way, sees the letter and its life."""
    note = readable(request, public_id)
    facts.record_read(note.interview, by=request.user)
    return render(request, "followups/note_detail.html", page_of(request, note))


def keeps_words(view):
    """If the note has moved on meanwhile (in another window, say), what she typed is shown beside it, not lost."""

    @wraps(view)
    def wrapped(request, public_id):
        try:
            return view(request, public_id)
        except notes.Overtaken:
            return _both_texts(request, public_id)
        except Conflict as conflict:
            if not request.POST.get("body"):
                raise
            messages.error(request, str(conflict))
            context = page_of(request, readable(request, public_id)) | {"typed": request.POST["body"]}
            return render(request, "followups/note_detail.html", context, status=409)

    return wrapped


def _both_texts(request, public_id):
    """Two windows wrote one note: hers of this page and what is there now, for her to choose. Nothing is thrown away."""
    note = readable(request, public_id)
    typed = {name: request.POST[name] for name in notes.WRITTEN if name in request.POST}
    labels = NoteForm.base_fields
    other = [
        {"label": labels[name].label, "typed": text, "there": getattr(note, name)}
        for name, text in typed.items()
        if name != "body" and text.strip() != getattr(note, name).strip()
    ]
    context = page_of(request, note) | {"overtaken": {"typed": typed, "other": other}}
    return render(request, "followups/note_detail.html", context, status=409)


@require_POST
@keeps_words
def note_edit(request, public_id):
    """Keep what she typed, and say so. Of two windows' texts, the one she does not take is kept among the earlier ones."""
    note = writable(request, public_id)
    if "theirs" in request.POST:
        notes.keep_aside(note, request.POST.get("body", ""), by=request.user)
        messages.success(request, _("The note stays as it is. What you typed here is among the earlier texts."))
        return to_note(note, "#writing")
    before = note.body
    form = kept(request, note)
    if form.errors:
        return render(request, "followups/note_detail.html", page_of(request, note, form=form))
    if "mine" in request.POST:
        messages.success(request, _("Your words are in the note. What stood there is among the earlier texts."))
        return to_note(note, "#writing", before=before)
    messages.success(request, _("Saved."))
    return to_note(note)


@require_POST
@keeps_words
def note_check(request, public_id):
    """While she types: keep the draft, look at it. Without JavaScript a button does the same."""
    note = writable(request, public_id)
    if not request.htmx:
        form = kept(request, note)
        if form.errors:
            return render(request, "followups/note_detail.html", page_of(request, note, form=form))
        return to_note(note, "#reading")
    problem, overtaken = "", False
    try:
        form = kept(request, note)
    except Conflict as conflict:
        form, problem, overtaken = NoteForm(instance=note), str(conflict), isinstance(conflict, notes.Overtaken)
    context = {"note": note, "form": form, "problem": problem, "can_write": True, **reading_of(note, timezone.now())}
    if overtaken:
        # What she has not seen stays unseen: the next save must not go over it either.
        context |= {"overtaken_while_typing": True, "seen": request.POST.get("seen", "")}
    return render(request, "followups/note_detail.html#reading", context)


@require_POST
@keeps_words
def note_rewrite(request, public_id):
    """One click mends one finding, if it is still there; another click puts it back."""
    note = writable(request, public_id)
    kept(request, note)
    before = note.body
    if notes.mend_note(note, request.POST.get("finding", ""), by=request.user) is None:
        messages.info(request, _("That sentence is no longer there as it was."))
    return to_note(note, "#writing", before=before)


@require_POST
@keeps_words
def note_compose(request, public_id):
    """Put her answers into the note; the text that stood there is kept."""
    note = writable(request, public_id)
    kept(request, note)
    before = note.body
    notes.put_together(note, by=request.user)
    return to_note(note, "#writing", before=before)


@require_POST
@keeps_words
def note_restore(request, public_id):
    """Bring an earlier text back."""
    note = writable(request, public_id)
    kept(request, note)
    text = note.earlier_texts.filter(pk=_number(request.POST.get("text"))).first()
    if text is None:
        raise Http404
    notes.bring_back_text(note, text, by=request.user)
    return to_note(note, "#writing")


@require_POST
@keeps_words
def note_carry(request, public_id):
    """Which one thing the note has room for."""
    note = writable(request, public_id)
    kept(request, note)
    before = note.body
    wanted = request.POST.get("carries", "")
    mistakes = {str(mistake.public_id): mistake for mistake in notes.choice_of(note).mistakes}
    if wanted and wanted not in mistakes:
        raise Http404
    notes.carry(note, mistakes.get(wanted), by=request.user)
    return to_note(note, "#writing", before=before)


@require_POST
@keeps_words
@transaction.atomic
def note_readdress(request, public_id):
    """To somebody else: greeting and the request to pass it on follow. Whoever is missing is added right here."""
    note = writable(request, public_id)
    form, other = kept(request, note), ReaddressForm(request.POST, note=note)
    before = note.body
    if other.is_valid():
        try:
            with transaction.atomic():
                reader = other.person or facts.add_interviewer(
                    note.interview,
                    by=request.user,
                    name=other.cleaned_data["name"],
                    kind=other.cleaned_data["kind"] or Interviewer.Kind.INTERVIEWER,
                    email=other.cleaned_data["email"],
                )
                notes.readdress_note(note, reader, by=request.user)
        except Refused as problem:
            other.add_error(problem.field if problem.field in other.fields else "reader", str(problem))
            note.refresh_from_db()
        else:
            return to_note(note, "#writing", before=before)
    context = page_of(request, note, form=form, other=other)
    return render(request, "followups/note_detail.html", context, status=422)


def note_eml(request, public_id):
    """The note as a file for her own mail program."""
    note = writable(request, public_id)
    headers = {"Content-Disposition": 'attachment; filename="note.eml"'}
    return HttpResponse(notes.eml_of(note), content_type="message/rfc822", headers=headers)


def readable(request, public_id):
    rows = ThankYouNote.objects.visible_to(request.user).select_related(
        "interview__candidate", "interviewer", "carries"
    )
    return get_object_or_404(rows, public_id=public_id)


def writable(request, public_id):
    note = readable(request, public_id)
    if not can_edit_note(request.user, note):
        raise PermissionDenied
    return note


def kept(request, note):
    """Save the parts of the form that can be used; the bound form tells about the others."""
    # She has seen both texts and taken this one: the other is kept as an earlier text.
    page = {"seen": request.POST.get("seen", ""), "page": request.POST.get("page", ""), "keep": "mine" in request.POST}
    return letters.kept(NoteForm(request.POST, instance=note), partial(notes.edit_note, note, by=request.user, **page))


def to_note(note, place="", *, before=None):
    """Back to the note; with `before`, the text that a click has just replaced, one more click undoes it."""
    address = reverse("note-detail", args=[note.public_id])
    if before is not None and before != note.body and (text := note.earlier_texts.first()):
        address += f"?undo={text.pk}"
    return redirect(address + place)


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 18 else None
