"""The agenda of a session: lessons she ticks for it, open to that session's coach until a week after it, and to nobody else.

`Booking.agenda` is the list, `LessonGrant` the sight that comes with it. Only her own tick opens a lesson: what her coach puts
on the list is open to that coach as long as it is shared, like all else, until she confirms it.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.records import Conflict
from coaching.models import Booking
from coaching.services.locks import places_of
from coaching.services.session_notes import carry_notes
from followups.models import Lesson, LessonGrant
from followups.services import lessons

SEEN_AFTER = timedelta(days=7)
# In these states a session's coach reads its agenda; a place given back closes it.
SEEN_IN = (Booking.Status.BOOKED, Booking.Status.DONE, Booking.Status.NO_SHOW)


def set_agenda(booking, ticked, *, by):
    """Put these lessons on the agenda, of them those that are hers. Call it inside the transaction of the booking."""
    ids = [getattr(lesson, "pk", lesson) for lesson in ticked]
    hers = list(booking.candidate.lessons.filter(pk__in=ids).values_list("pk", flat=True))
    booking.agenda.set(hers)
    if by == booking.candidate:
        LessonGrant.objects.bulk_create(
            [LessonGrant(lesson_id=pk, **_sight(booking)) for pk in hers], ignore_conflicts=True
        )
    follow(booking)


def choose_agenda(booking, ticked, *, by):
    """What to work on, said anew by her. Raises Conflict once the session is off or over."""
    with places_of(booking.coach, booking.candidate):
        booking = Booking.objects.select_related("candidate", "coach", "slot", "review").get(pk=booking.pk)
        if booking.status != Booking.Status.BOOKED:
            raise Conflict(
                _("This session is no longer booked: it is “%(state)s”.") % {"state": booking.get_status_display()}
            )
        set_agenda(booking, ticked, by=by)
    return booking


def carry(old, new):
    """A session has moved: its list goes along, and with the same coach the sight of it. Another one reads what is ticked anew."""
    if old.coach_id == new.coach_id:
        new.agenda.set(old.agenda.all())
        LessonGrant.objects.filter(subject_id=old.public_id).update(subject_id=new.public_id)
    carry_notes(old, new)
    follow(old)
    follow(new)


def follow(booking):
    """Make sight of the agenda fit the booking as it is now. Call it after each change of its coach, time, state or list."""
    granted = LessonGrant.objects.filter(subject_id=booking.public_id)
    if booking.status not in SEEN_IN:
        granted.delete()
        return
    granted.exclude(lesson__in=booking.agenda.all(), coach=booking.coach_id).delete()
    granted.update(ends_at=_sight(booking)["ends_at"])


def agendas_of(bookings, reader, now):
    """{booking's id: its lessons as they are practised now}, of each what `reader` may see; two queries for any number."""
    if not bookings:
        return {}
    theirs = Q(
        booking__coach=reader,
        booking__status__in=SEEN_IN,
        booking__ends_at__gt=now - SEEN_AFTER,
        lesson__in=Lesson.objects.visible_to(reader),
    )
    rows = (
        Booking.agenda.through.objects.filter(booking__in=[booking.pk for booking in bookings])
        .filter(Q(booking__candidate=reader) | theirs)
        .select_related("lesson__joined_into")
        .order_by("lesson_id")
    )
    ticked = {booking.pk: [] for booking in bookings}
    for row in rows:
        ticked[row.booking_id].append(row.lesson)
    return lessons.as_practised_each(ticked, reader=reader)


def agenda_for(booking, reader, now):
    """One session's agenda, or nothing for whoever may not see it: admins neither."""
    return agendas_of([booking], reader, now)[booking.pk]


def _sight(booking):
    return {
        "coach_id": booking.coach_id,
        "subject_id": booking.public_id,
        "ends_at": booking.ends_at + SEEN_AFTER,
    }
