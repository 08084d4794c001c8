"""The report of a session: sent as soon as it is written, and the lessons follow in the same transaction."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.records import Conflict, Overtaken, Refused, version_of
from coaching import attendance
from coaching.models import Booking, BookingEvent, SessionReport
from coaching.models.session import SCORES
from coaching.services.agenda import agenda_for
from coaching.services.attendance import record
from coaching.services.locks import places_of
from followups import outbox, reminders
from followups.models import Lesson, LessonResult
from followups.services import recalls

WRITTEN_UNTIL = timedelta(days=30)
CHANGED_UNTIL = timedelta(hours=24)
WORDS = ("worked", "change")


def report_of(booking, reader):
    """The report as `reader` may see it, or None."""
    return SessionReport.objects.visible_to(reader).filter(booking=booking).first()


def results_of(booking, reader):
    """(lesson, result) of those whose names `reader` may read."""
    rows = LessonResult.objects.filter(subject_id=booking.public_id, lesson__in=Lesson.objects.visible_to(reader))
    return list(rows.select_related("lesson").order_by("lesson_id"))


def is_writable(booking, report, now):
    """Whether its coach may write or still change it at `now`."""
    if booking.status not in (Booking.Status.BOOKED, Booking.Status.DONE):
        return False
    if report is not None:
        return now < report.sent_at + CHANGED_UNTIL
    return booking.starts_at + attendance.SAID_FROM <= now < booking.ends_at + WRITTEN_UNTIL


def version(booking, report):
    """Names exactly what was sent, for a page to bring back; empty before."""
    if report is None:
        return ""
    results = LessonResult.objects.filter(subject_id=booking.public_id).order_by("lesson_id")
    fields = [getattr(report, name) for name in (*WORDS, *SCORES)]
    return version_of([*fields, *results.values_list("lesson_id", "result")])


def send_report(booking, *, by, worked, change, results, scores=None, seen=None, now=None):
    """Write it, or within a day write it anew. Sent twice with the same words it is sent once.

    `results`: {lesson: result} for each lesson of the agenda that the coach can read. `seen`: the version a page showed;
    Overtaken if another window was quicker. Raises Refused for what is missing, Conflict when it is too early, late or off.
    """
    now = now or timezone.now()
    given = {name: (scores or {}).get(name) for name in SCORES} | {"worked": worked.strip(), "change": change.strip()}
    with places_of(booking.coach, booking.candidate):
        booking = Booking.objects.select_related("slot", "coach", "candidate", "review").get(pk=booking.pk)
        report = SessionReport.objects.filter(booking=booking).first()
        results = _checked(booking, by, given, results, now)
        if report is not None and _is_same(booking, report, given, results):
            return report
        if seen is not None and seen != version(booking, report):
            raise Overtaken
        if not is_writable(booking, report, now):
            raise Conflict(_when_not(booking, report, now))
        report = _write(booking, report, given, now)
        BookingEvent.objects.create(
            subject=booking,
            old=booking.status,
            new=booking.status,
            by=by,
            reason="report changed" if report.changed_at else "report",
        )
        recalls.keep_results(results, subject_id=booking.public_id, at=booking.ends_at, by=by, now=now)
        record(booking, by=by, said=attendance.TOOK_PLACE, now=now)
        if not report.changed_at:
            _tell(booking, report, now)
        reminders.refresh(booking, now=now)
    return report


@transaction.atomic
def read_report(report, *, by, now=None):
    """She has opened it: it no longer stands on her day."""
    if by.pk == report.booking.candidate_id and report.read_at is None:
        SessionReport.objects.filter(pk=report.pk, read_at=None).update(read_at=now or timezone.now())


def _checked(booking, by, given, results, now):
    """The results as they are kept. Refused for whatever is missing, at its field."""
    for name in WORDS:
        if not given[name]:
            raise Refused(_("One sentence is enough, and it is needed."), field=name)
    for name in SCORES:
        if given[name] is not None and given[name] not in range(1, 5):
            raise Refused(_("A score is a number from 1 to 4."), field=name)
    agenda = agenda_for(booking, by, now)
    missing = [lesson for lesson in agenda if lesson not in results]
    if missing:
        raise Refused(_("Say of each thing on the list what came of it."), field=str(missing[0].public_id))
    if set(results) - set(agenda) or set(results.values()) - set(LessonResult.Result.values):
        raise Refused(_("Only what is on the list has a result."), field="results")
    return results


def _is_same(booking, report, given, results):
    kept = dict(LessonResult.objects.filter(subject_id=booking.public_id).values_list("lesson_id", "result"))
    said = {lesson.pk: result for lesson, result in results.items()}
    return all(getattr(report, name) == value for name, value in given.items()) and kept | said == kept


def _write(booking, report, given, now):
    if report is None:
        report = SessionReport(booking=booking, sent_at=now)
    else:
        report.changed_at = now
    for name, value in given.items():
        setattr(report, name, value)
    try:
        report.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=field) from None
    report.save()
    return report


def _when_not(booking, report, now):
    if report is not None:
        return _("It was sent more than a day ago, and stays as it is.")
    if booking.status not in (Booking.Status.BOOKED, Booking.Status.DONE):
        return _("This session is “%(state)s”: say first that it took place.") % {"state": booking.get_status_display()}
    if now < booking.starts_at + attendance.SAID_FROM:
        return _("A report is written once the session has begun.")
    return _("This session was more than a month ago.")


def _tell(booking, report, now):
    context = {
        "booking": booking,
        "slot": booking.slot,
        "report": report,
        "coach": booking.coach,
        "link": settings.BASE_URL + reverse("booking-report", args=[booking.public_id]),
    }
    message = reminders.compose_unless_muted("report", "session_report", to=booking.candidate, context=context)
    if message is not None:
        outbox.queue(
            message,
            kind="session-report",
            recipient=booking.candidate,
            subject=booking,
            dedupe_key=f"session-report:{booking.public_id}",
        )
