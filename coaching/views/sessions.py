"""Around a session: each person's own notes, and the coach's report, to write and to read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.records import Conflict, Overtaken, Refused
from coaching.forms import posted
from coaching.forms.session import NotesForm, ReportForm
from coaching.models import Booking
from coaching.models.session import SCORES
from coaching.permissions import can_keep_session_note, can_write_report
from coaching.scores import SCORES as ANCHORS
from coaching.services import session_notes, session_reports
from coaching.services.agenda import agenda_for


def seen_booking(request, public_id):
    rows = (
        Booking.objects.visible_to(request.user)
        .shown()
        .select_related("slot", "coach", "candidate", "review", "booked_by")
    )
    return get_object_or_404(rows, public_id=public_id)


def session_of(booking, user, now):
    """For the session's page: this person's notes, and the report or the way to write it; nothing for admins."""
    if not can_keep_session_note(user, booking):
        return {}
    note = session_notes.note_of(booking, user)
    report = session_reports.report_of(booking, user)
    return {
        "notes_form": NotesForm(initial={"text": note.text}),
        "notes_version": session_notes.version(note),
        "report": report,
        "can_report": can_write_report(user, booking)
        and report is None
        and session_reports.is_writable(booking, report, now),
    }


@require_POST
def booking_notes(request, public_id):
    """Kept while typing; what another window changed meanwhile is shown, and hers stays."""
    booking = seen_booking(request, public_id)
    if not can_keep_session_note(request.user, booking):
        raise PermissionDenied
    form, seen = NotesForm(request.POST), request.POST.get("version", "")
    problem, overtaken, status = "", False, 200
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            session_notes.keep_note(booking, by=request.user, text=text, seen=seen)
        except Overtaken as conflict:
            problem, overtaken, status = str(conflict), True, 409
        except Refused as refused:
            problem, status = str(refused), 422
    else:
        problem, status = form.errors["text"][0], 422
    note = session_notes.note_of(booking, request.user)
    context = {
        "booking": booking,
        "problem": problem,
        "is_kept": not problem,
        "overtaken": overtaken,
        "there": note.text,
        # Until one of the two is chosen, what is typed stays beside what stands there.
        "notes_version": seen if overtaken else session_notes.version(note),
        "newest": session_notes.version(note),
    }
    if request.htmx:
        return render(request, "coaching/session_notes.html#kept", context, status=status)
    if problem:
        return render(request, "coaching/session_notes_page.html", {**context, "notes_form": form}, status=status)
    messages.success(request, _("Kept."))
    return redirect("booking-detail", public_id)


def booking_report(request, public_id):
    """The report to read and to print."""
    booking = seen_booking(request, public_id)
    report = session_reports.report_of(booking, request.user)
    if report is None:
        raise Http404
    session_reports.read_report(report, by=request.user)
    now = timezone.now()
    context = {
        "booking": booking,
        "slot": booking.slot,
        "report": report,
        "other": booking.coach if request.user.pk == booking.candidate_id else booking.candidate,
        "results": session_reports.results_of(booking, request.user),
        "scores": [
            {"label": score.label, "number": number, "words": score.in_words(number)}
            for score in ANCHORS
            if (number := getattr(report, score.name))
        ],
        "can_write": can_write_report(request.user, booking) and session_reports.is_writable(booking, report, now),
        "nav_active": "bookings",
    }
    return render(request, "coaching/session_report.html", context)


def booking_report_write(request, public_id):
    """Two sentences and a word on each thing that was on the list. What is typed is kept as in every form."""
    booking = seen_booking(request, public_id)
    user, now = request.user, timezone.now()
    if not can_write_report(user, booking):
        raise PermissionDenied
    report = session_reports.report_of(booking, user)
    agenda = agenda_for(booking, user, now)
    form = ReportForm(posted(request), agenda=agenda, candidate=booking.candidate, given=_given(booking, report, user))
    version, overtaken, status = session_reports.version(booking, report), False, 200
    if request.method == "POST":
        if form.is_valid():
            seen = request.POST.get("version", "")
            try:
                session_reports.send_report(booking, by=user, seen=seen, now=now, **form.report())
            except Overtaken:
                # Her words stay in the form, and the other window's are shown; sending again is then her choice.
                report, overtaken, status = session_reports.report_of(booking, user), True, 409
                version = session_reports.version(booking, report)
            except (Refused, Conflict) as problem:
                form.refuse(problem)
                status = 409 if isinstance(problem, Conflict) else 422
            else:
                messages.success(
                    request, _("Sent. %(name)s has it now.") % {"name": booking.candidate.get_short_name()}
                )
                return redirect("booking-report", public_id)
        else:
            status = 422
    elif not session_reports.is_writable(booking, report, now):
        return redirect("booking-report" if report else "booking-detail", public_id)
    context = {
        "booking": booking,
        "slot": booking.slot,
        "report": report,
        "form": form,
        "version": version,
        "overtaken": overtaken,
        "nav_active": "bookings",
    }
    return render(request, "coaching/session_report_write.html", context, status=status)


def _given(booking, report, user):
    if report is None:
        return {}
    given = {name: getattr(report, name) or "" for name in ("worked", "change", *SCORES)}
    results = session_reports.results_of(booking, user)
    return given | {f"lesson-{row.lesson.public_id}": row.result for row in results}
