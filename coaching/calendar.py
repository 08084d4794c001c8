"""Calendar files of mock sessions (RFC 5545): one event for the life of a session, whatever happens to it."""

from datetime import UTC, timedelta
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import installation, when

REQUEST, CANCEL = "REQUEST", "CANCEL"
# States in which nobody comes.
GONE = ("cancelled", "expired", "moved")


@cache
def _library():
    """Two megabytes that a process which writes no calendar does without."""
    import icalendar  # noqa: PLC0415 -- see above

    return icalendar


def session_calendar(booking, *, reader, method, stamp):
    """The bytes of the .ics for one reader, numbered by the booking's `sequence`.

    Times are instants in UTC; the words beside them are those of page and mail. Neither title nor text names an
    employer, a mistake or a score: calendars are seen over shoulders.
    """
    event = _library().Event()
    event.add("uid", _uid(booking.calendar_id or booking.public_id))
    event.add("sequence", booking.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", booking.starts_at.astimezone(UTC))
    event.add("dtend", booking.ends_at.astimezone(UTC))
    event.add("summary", _("Mock session"))
    event.add("description", _printed(booking, reader))
    event.add("status", _status(booking, method))
    if booking.slot.place:
        event.add("location", booking.slot.place)
    if booking.slot.link:
        event.add("url", booking.slot.link)
    event.add("organizer", _address(installation.name(), installation.sender_address()))
    attendee = _address(reader.get_full_name(), reader.email)
    attendee.params["RSVP"] = _library().vText("FALSE")
    event.add("attendee", attendee)
    calendar = _calendar()
    calendar.add("method", method)
    calendar.add_component(event)
    return calendar.to_ical()


def feed_calendar(reader, sessions, interviews):
    """The bytes of a person's feed: that there is something and when, nothing else. Nothing in it changes by time alone.

    It is read by programs that keep it on other people's servers, so names, places and links stay behind the sign-in; the
    address of each page, which asks for it, stands in the event.
    """
    calendar = _calendar()
    calendar.add("x-wr-calname", installation.name())
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for booking in sessions:
        event = _bare(booking, booking.calendar_id or booking.public_id, _("Mock session"), "booking-detail")
        event.add("dtstart", booking.starts_at.astimezone(UTC))
        event.add("dtend", booking.ends_at.astimezone(UTC))
        event.add("status", _status(booking, REQUEST))
        calendar.add_component(event)
    for interview in interviews:
        event = _bare(interview, interview.public_id, _("Interview"), "interview-detail")
        if interview.starts_at:
            event.add("dtstart", interview.starts_at.astimezone(UTC))
            event.add("dtend", interview.ends_at.astimezone(UTC))
        else:
            # When it begins nobody has said yet; an end alone is no event.
            event.add("dtstart", interview.ends_at.astimezone(UTC))
        calendar.add_component(event)
    return calendar.to_ical()


def own_calendar(reader, sessions, interviews):
    """The bytes of a person's own file, to be kept by herself: with names, places and links, past and cancelled ones too."""
    calendar = _calendar()
    for booking in sessions:
        event = _bare(booking, booking.calendar_id or booking.public_id, _("Mock session"), "booking-detail")
        event.add("dtstart", booking.starts_at.astimezone(UTC))
        event.add("dtend", booking.ends_at.astimezone(UTC))
        other = booking.candidate if reader.pk == booking.coach_id else booking.coach
        words = [other.get_full_name(), _printed(booking, reader), booking.slot.link]
        event.add("description", "\n".join(filter(None, words)))
        event.add("status", "CANCELLED" if booking.status in GONE else "CONFIRMED")
        if booking.slot.place:
            event.add("location", booking.slot.place)
        calendar.add_component(event)
    for interview in interviews:
        title = _("Interview: %(company)s") % {"company": interview.company}
        event = _bare(interview, interview.public_id, title, "interview-detail")
        event.add("dtstart", interview.begins_at.astimezone(UTC))
        if interview.starts_at:
            event.add("dtend", interview.ends_at.astimezone(UTC))
        if interview.role_title:
            event.add("description", interview.role_title)
        if interview.status == interview.Status.CANCELLED:
            event.add("status", "CANCELLED")
        calendar.add_component(event)
    return calendar.to_ical()


def _bare(record, uid, title, page):
    event = _library().Event()
    event.add("uid", _uid(uid))
    event.add("dtstamp", record.updated_at.astimezone(UTC))
    event.add("summary", title)
    event.add("url", settings.BASE_URL + reverse(page, args=[record.public_id]))
    return event


def _uid(public_id):
    return f"{public_id}@{settings.MAIL_DOMAIN}"


def _calendar():
    calendar = _library().Calendar()
    calendar.add("prodid", "-//Afterword//Mock sessions//EN")
    calendar.add("version", "2.0")
    return calendar


def _printed(booking, reader):
    return when.print_range(
        booking.starts_at, booking.ends_at, reader_zone=reader.zone, event_zone=booking.slot.zone, translate=_
    )


def _status(booking, method):
    if method == CANCEL:
        return "CANCELLED"
    return "CONFIRMED" if booking.confirmed_at else "TENTATIVE"


def _address(name, email):
    address = _library().vCalAddress(f"mailto:{email}")
    address.params["CN"] = _library().vText(name)
    return address
