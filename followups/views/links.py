"""Pages that mails lead to, each for one thing, without signing in: GET shows, POST acts (accounts/links.py)."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.links import one_purpose, show
from accounts.records import Conflict, Refused
from accounts.when import print_date, print_instant, to_wall
from followups.forms.reminder import NoteSentForm, SnoozeForm
from followups.models import OutboundEmail, Reminder, ThankYouNote
from followups.outbox import letters
from followups.reminders import snoozing
from followups.reminders.kinds import outcome as outcome_wanted
from followups.services import notes, outcomes
from followups.views.own_letters import described, with_life
from interviews.models import Interview
from interviews.permissions import can_edit_interview

Status = ThankYouNote.Status
GONE = (Status.SENT, Status.SENT_BY_SELF)


def _interview_of(link):
    """By the same doors as when she is signed in."""
    rows = Interview.objects.visible_to(link.person).select_related("candidate")
    interview = rows.filter(public_id=link.public_id).first()
    if interview is None or not can_edit_interview(link.person, interview):
        raise Http404
    return interview


@one_purpose("note")
def link_note(request, link):
    """I sent it: a thank-you note went from her own mailbox."""
    interview = _interview_of(link)
    there = list(interview.thank_you_notes.order_by("id"))
    open_notes = [note for note in there if note.status in ThankYouNote.UNFINISHED]
    may_say = bool(open_notes) or not any(note.kind == ThankYouNote.Kind.THANK_YOU for note in there)
    if request.method == "POST" and not may_say:
        return redirect(request.path)
    form = NoteSentForm(request.POST if request.method == "POST" else None, notes=open_notes, person=link.person)
    if request.method == "POST" and form.is_valid():
        try:
            _mark_sent(interview, link.person, **form.cleaned_data)
        except (Refused, Conflict) as problem:
            form.add_error(problem.field if getattr(problem, "field", None) in form.fields else None, str(problem))
        else:
            return redirect(request.path)
    context = {
        "interview": interview,
        "may_say": may_say,
        "form": form,
        "gone": [note for note in there if note.status in GONE],
        "event_zone": interview.zone,
    }
    return show(request, link, "followups/link_note.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _mark_sent(interview, person, *, note, moment):
    """One that was never begun here is begun and marked in one."""
    note = note or notes.draft_note(interview, by=person)
    notes.mark_sent_by_self(note, by=person, at=moment)


@one_purpose("outcome")
def link_outcome(request, link):
    """How it ended: next round, an offer, a no, not heard yet, or not to be asked."""
    interview, problem = _interview_of(link), ""
    if request.method == "POST":
        try:
            _say_outcome(interview, request.POST.get("answer", ""), by=link.person)
        except (Refused, Conflict) as error:
            problem = str(error)
        else:
            return redirect(request.path)
    context = {
        "interview": interview,
        "answers": outcomes.ANSWERS,
        "next_day": _next_day(interview, link.person),
        "problem": problem,
    }
    return show(request, link, "followups/link_outcome.html", context, status=422 if problem else 200)


def _say_outcome(interview, answer, *, by):
    """Once there is an answer the link changes nothing more: an old mail must not turn an offer into a no."""
    if interview.outcome != Interview.Outcome.NONE:
        raise Conflict(_("You have told us already."))
    if answer == Interview.Outcome.NONE:
        raise Refused(_("Choose one of the answers."))
    return outcomes.say(interview, answer, by=by)


def _next_day(interview, person):
    """The day on which it is asked once more, in words; "" if it is not."""
    now = timezone.now()
    due = [one.due_at for one in outcome_wanted(interview, now) if one.due_at > now and interview.not_heard_at]
    return print_date(to_wall(due[0], person.zone).date(), translate=_) if due else ""


@one_purpose("snooze")
def link_snooze(request, link):
    """Not now: a reminder comes again later."""
    reminder = Reminder.objects.visible_to(link.person).for_list().filter(public_id=link.public_id).first()
    if reminder is None:
        raise Http404
    form, context = snooze_page(reminder, request.POST if request.method == "POST" else None, by=link.person)
    if form is None:
        return redirect(request.path)
    return show(request, link, "followups/link_snooze.html", context, status=422 if form.errors else 200)


@one_purpose("letter")
def link_letter(request, link):
    """We can't see whether it arrived: leave it, sent from her own mailbox, or send again. Settled, it says what became of it."""
    row = with_life(OutboundEmail.objects.letters_of(link.person)).filter(public_id=link.public_id).first()
    if row is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            letters.resolve(row, request.POST.get("choice", ""), by=link.person)
        except (Refused, Conflict) as error:
            problem = str(error)
        else:
            return redirect(request.path)
        row.refresh_from_db()
    context = {"letter": described([row])[0], "is_open": row.status == row.Status.UNKNOWN, "problem": problem}
    return show(request, link, "followups/link_letter.html", context, status=422 if problem else 200)


def snooze_page(reminder, data, *, by):
    """Form and context of a page on which a reminder is snoozed; (None, …) once it was, with these data."""
    now = timezone.now()
    form = SnoozeForm(data, person=by)
    if data is not None and form.is_valid():
        try:
            again = snoozing.snooze(reminder, until=form.cleaned_data["moment"], by=by, now=now)
        except (Refused, Conflict) as problem:
            form.add_error("at" if form.cleaned_data["until"] == "chosen" else None, str(problem))
        else:
            return None, {"again": again}
    kind, one = snoozing.what_it_asks(reminder, now)
    can = kind is not None and kind.can_snooze
    return form, {
        "reminder": reminder,
        "title": kind.title if kind else "",
        "form": form,
        "choices": snoozing.choices(kind, one, now) if can else {},
        "limit": one.limit(now) if can else None,
        "can_snooze": can,
        "until": snoozing.snoozed_until(reminder),
    }


def said_when(instant, person):
    return print_instant(instant, reader_zone=person.zone, translate=_)
