"""Through the database and the outbox: at changes of offset all over the world each reminder reaches the server once, in time."""

from datetime import timedelta

import pytest

from accounts.when import deliver_at, is_quiet
from followups import outbox, reminders
from followups.models import OutboundEmail, Reminder
from tests import factories
from tests.every_zone import QUARTER, QUIET, changes_of_offset, zones
from tests.followups.test_reminders_plan import interview_that_ended

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
# Every twentieth zone, with a different hour of the night and different quiet hours each.
SAMPLE = zones()[::20]


def person_in(number, zone):
    quiet = QUIET[number % len(QUIET)]
    person = factories.UserFactory(zone=zone, quiet_from=quiet.start, quiet_until=quiet.end)
    change = changes_of_offset(zone)[number % len(changes_of_offset(zone))]
    middle = change.replace(minute=0, second=0, microsecond=0)
    ended = middle + timedelta(hours=number % 48 - 24)
    interview = interview_that_ended(ended, candidate=person, contact_prohibited=True, country="", zone=zone)
    reminders.refresh(interview, now=ended)
    return person, interview


def test_each_once_never_in_quiet_hours(sink):
    cast = [person_in(number, zone) for number, zone in enumerate(SAMPLE)]
    moments = {}
    for person, interview in cast:
        due = interview.ends_at + HOUR
        deadline = due + 24 * HOUR
        moments[person.pk] = deliver_at(due, zone=person.zone, quiet=person.quiet, deadline=deadline)
    looks = sorted({at + step * QUARTER for at in moments.values() for step in (-1, 0, 1)})
    sent = {}
    for now in looks:
        outbox.pump(now=now)
        for row in OutboundEmail.objects.filter(status="sent").exclude(recipient__in=sent):
            sent[row.recipient_id] = now
    assert sent == moments
    assert len(sink.accepted) == len(SAMPLE)
    assert [person.zone for person, _ in cast if is_quiet(sent[person.pk], person.zone, person.quiet)] == []
    assert set(Reminder.objects.filter(kind="debrief").values_list("status", flat=True)) == {"sent"}
