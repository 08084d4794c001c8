"""What a session's page says and asks about whether it took place."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coaching import attendance
from coaching.models import Attendance, Booking
from coaching.permissions import can_close_booking
from coaching.services.attendance import role_of


def attendance_of(booking, user, now):
    """For the page: what was said by whom, what this person can still say, and whether it is the thing to do now."""
    words = list(booking.attendances.all())
    mine = next((word.said for word in words if word.role == role_of(user, booking)), "")
    can_say = can_close_booking(user, booking) and attendance.is_open(booking.starts_at, booking.ends_at, now)
    return {
        "sayable": [pair for pair in _sayable(booking, user) if pair[0] != mine] if can_say else [],
        "has_said": bool(mine),
        # The one who knows best is asked; the others may say so.
        "asks_attendance": can_say
        and booking.status == Booking.Status.BOOKED
        and user.pk == booking.coach_id
        and booking.ends_at <= now,
        "said_lines": _lines(booking, words) if booking.status in ("done", "no_show") else [],
        "missed_words": _missed_words(booking, user) if booking.status == Booking.Status.NO_SHOW else "",
    }


def _sayable(booking, user):
    names = {"candidate": booking.candidate.get_short_name(), "coach": booking.coach.get_short_name()}
    me = role_of(user, booking)
    absent = _("I could not come")

    def missing(role):
        return absent if role == me else _("%(name)s did not come") % {"name": names[role]}

    order = ("coach", "candidate") if me == "candidate" else ("candidate", "coach")
    said = {"candidate": Attendance.Said.CANDIDATE_MISSED, "coach": Attendance.Said.COACH_MISSED}
    return [
        (Attendance.Said.TOOK_PLACE, pgettext("session", "It took place")),
        *((said[role], missing(role)) for role in order),
    ]


def _lines(booking, words):
    """What each said, where it needs saying: it did not take place, or they say different things."""
    said = {word.said for word in words}
    if said <= {Attendance.Said.TOOK_PLACE}:
        return []
    names = {"candidate": booking.candidate.get_full_name(), "coach": booking.coach.get_full_name()}
    told = {
        Attendance.Said.TOOK_PLACE: pgettext("session", "It took place"),
        Attendance.Said.CANDIDATE_MISSED: _("%(name)s did not come") % {"name": names["candidate"]},
        Attendance.Said.COACH_MISSED: _("%(name)s did not come") % {"name": names["coach"]},
    }
    return [
        {"who": _("%(name)s says") % {"name": names.get(word.role) or _("An admin")}, "what": told[word.said]}
        for word in words
    ]


def _missed_words(booking, user):
    """Kind, and with one thing that can follow."""
    is_hers = user.pk == booking.candidate_id
    if booking.missed_by == Booking.MissedBy.UNSETTLED:
        return _("It did not take place, and you remember differently why. That counts for nobody.")
    if booking.missed_by == Booking.MissedBy.COACH:
        if not is_hers:
            return _("You could not come. It counts for nothing on your client's side.")
        return _("%(name)s did not come. That counts for nothing on your side.") % {
            "name": booking.coach.get_short_name()
        }
    if not is_hers:
        return _("%(name)s did not come. It happens; another time may suit better.") % {
            "name": booking.candidate.get_short_name()
        }
    return _("You could not come. It happens, and nothing has to follow. Whenever you like, choose another time.")
