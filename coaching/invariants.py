"""The promises that must hold at any moment, each as a query that counts what breaks it (docs/operations.md).

I1, I2 and I4 need the mail server's side too; the fault tests check them against it. Here stands what the database alone can tell.
"""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection

from accounts import erasing, seeds
from accounts.records import Event

GRACE_SECONDS = 60


@dataclass(frozen=True)
class Invariant:
    code: str
    promise: str
    count: int


def check(now):
    """Every invariant with the number of rows that break it; all zero on a healthy installation. `now` is the database's clock."""
    return [
        *(Invariant(code, promise, _scalar(sql, parameters(now))) for code, promise, sql, parameters in QUERIES),
        *(
            Invariant("I7", f"state changes of {model._meta.label} are its event rows", _broken_histories(model))
            for model in machines()
        ),
        Invariant(
            "I8",
            "of a person who was erased nothing is left but a number",
            sum(rows.count() for rows in erasing.leftovers()),
        ),
        Invariant(
            "I9", "each seed of a second step is opened by a key that is there", seeds.shut(Authenticator.objects)
        ),
    ]


def machines():
    """Every model with a status and events."""
    for event in apps.get_models():
        if issubclass(event, Event):
            yield event._meta.get_field("subject").related_model


def _scalar(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


def _broken_histories(model):
    """Rows whose events do not begin at nothing, do not join, or do not end at the present status."""
    events = model._meta.get_field("events").related_model._meta.db_table
    return _scalar(
        f"""
        WITH history AS (
            SELECT subject_id, old, new, id,
                   lag(new, 1, '') OVER (PARTITION BY subject_id ORDER BY id) AS before,
                   row_number() OVER (PARTITION BY subject_id ORDER BY id DESC) AS from_end
            FROM {events}
        ), told AS (
            SELECT subject_id, max(new) FILTER (WHERE from_end = 1) AS last, bool_or(old <> before) AS is_broken
            FROM history GROUP BY subject_id
        )
        SELECT count(*) FROM {model._meta.db_table} record LEFT JOIN told ON told.subject_id = record.id
        WHERE told.last IS DISTINCT FROM record.status OR told.is_broken
        """,
        [],
    )


def _none(now):
    return []


QUERIES = [
    (
        "I3",
        "no mail is stuck longer than its lease and a minute",
        """SELECT count(*) FROM followups_outboundemail
           WHERE status IN ('claimed', 'handing_over') AND lease_until < %s - make_interval(secs => %s)""",
        lambda now: [now, GRACE_SECONDS],
    ),
    (
        "I4",
        "a mail that is sent has the server's answer stored",
        # One that could not be seen, and that a person has looked up, has her word instead.
        """SELECT count(*) FROM followups_outboundemail mail
           WHERE status = 'sent' AND (sent_at IS NULL OR code IS NULL OR code / 100 <> 2)
             AND NOT EXISTS (SELECT FROM followups_outboundemailevent event
                             WHERE event.subject_id = mail.id AND event.new = 'sent' AND event.by_id IS NOT NULL)""",
        _none,
    ),
    (
        "I2",
        "no two mails share a Message-ID",
        "SELECT count(*) FROM (SELECT public_id FROM followups_outboundemail GROUP BY public_id HAVING count(*) > 1) twice",
        _none,
    ),
    (
        "I2",
        "no mail is in the outbox and archived",
        "SELECT count(*) FROM followups_archivedmail archived JOIN followups_outboundemail mail USING (public_id)",
        _none,
    ),
    (
        "I5",
        "nothing went to a suppressed address after it was suppressed",
        """SELECT count(*) FROM followups_outboundemail mail JOIN followups_suppression gone ON gone.address_hash = mail.to_address_hash
           WHERE mail.status = 'sent' AND mail.to_third_party AND mail.handed_over_at > gone.created_at""",
        _none,
    ),
    (
        "I5",
        "a letter went out as it was approved",
        """SELECT count(*) FROM followups_outboundemail mail JOIN followups_thankyounote note
             ON mail.subject_type = 'followups.thankyounote' AND mail.subject_id = note.public_id
           WHERE mail.kind = 'note' AND mail.status = 'sent' AND note.status = 'sent'
             AND mail.dedupe_key = 'note:' || note.public_id || ':' || note.round AND mail.content_hash <> note.approved_hash""",
        _none,
    ),
    (
        "I5",
        "a letter to a referee went out as it was approved",
        """SELECT count(*) FROM followups_outboundemail mail JOIN followups_refereebrief brief
             ON mail.subject_type = 'followups.refereebrief' AND mail.subject_id = brief.public_id
           WHERE mail.kind = 'brief' AND mail.status = 'sent' AND brief.status = 'sent'
             AND mail.dedupe_key = 'brief:' || brief.public_id || ':' || brief.round
             AND mail.content_hash <> brief.approved_hash""",
        _none,
    ),
    (
        "I6",
        "no coach has two live slots at once",
        """SELECT count(*) FROM coaching_mockslot a JOIN coaching_mockslot b ON a.coach_id = b.coach_id AND a.id < b.id
           WHERE a.status IN ('proposed', 'open') AND b.status IN ('proposed', 'open')
             AND tstzrange(a.starts_at, a.blocked_until) && tstzrange(b.starts_at, b.blocked_until)""",
        _none,
    ),
    (
        "I6",
        "no slot has two live bookings",
        """SELECT count(*) FROM (SELECT slot_id FROM coaching_booking WHERE status IN ('held', 'booked')
           GROUP BY slot_id HAVING count(*) > 1) twice""",
        _none,
    ),
    (
        "I6",
        "no candidate has two live sessions at once",
        """SELECT count(*) FROM coaching_booking a JOIN coaching_booking b ON a.candidate_id = b.candidate_id AND a.id < b.id
           WHERE a.status IN ('held', 'booked') AND b.status IN ('held', 'booked')
             AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)""",
        _none,
    ),
    (
        "I6",
        "a live booking has the times of its slot",
        """SELECT count(*) FROM coaching_booking booking JOIN coaching_mockslot slot ON slot.id = booking.slot_id
           WHERE booking.status IN ('held', 'booked')
             AND (booking.starts_at <> slot.starts_at OR booking.ends_at <> slot.ends_at OR booking.coach_id <> slot.coach_id)""",
        _none,
    ),
    (
        "I6",
        "an agenda is open to the coach of its session, while that is on and for a week after it",
        """SELECT count(*) FROM followups_lessongrant sight
           LEFT JOIN coaching_booking booking ON booking.public_id = sight.subject_id AND booking.coach_id = sight.coach_id
             AND booking.status IN ('booked', 'done', 'no_show') AND sight.ends_at = booking.ends_at + interval '7 days'
             AND EXISTS (SELECT FROM coaching_booking_agenda ticked
                         WHERE ticked.booking_id = booking.id AND ticked.lesson_id = sight.lesson_id)
           WHERE booking.id IS NULL""",
        _none,
    ),
    (
        "I6",
        "a mistake that has decisions has one that stands",
        """SELECT count(*) FROM (SELECT mistake_id FROM followups_triagedecision GROUP BY mistake_id
           HAVING count(*) FILTER (WHERE is_current) <> 1) astray""",
        _none,
    ),
]
