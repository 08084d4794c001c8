"""The promises that must hold at any moment, each as a query that counts what breaks it (docs/operations.md).

I1, I2 and I4 need the mail server's side too; the fault tests check them against it. Here stands what the database alone can tell.

All rows of a large installation take minutes to read. So each query has one table that it goes through, and can be asked about
a part of it: what a row breaks is counted with that row, whatever it breaks it with.
"""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection
from django.db.models import Max, Min

from accounts import erasing, seeds
from accounts.records import Event

GRACE_SECONDS = 60
HOURS = 24
# Most that goes wrong is new.
NEWEST = 10_000


@dataclass(frozen=True)
class Invariant:
    code: str
    promise: str
    count: int


def check(now, *, hour=None):
    """Every invariant with the number of rows that break it; all zero on a healthy installation. `now` is the database's clock.

    With an `hour` of the day: among the newest rows of each table, and a twenty-fourth of the others, another each hour.
    """
    return [
        *(
            Invariant(code, promise, _scalar(sql.replace("{part}", _part(f"{row}.id", table, hour)), parameters(now)))
            for code, promise, row, table, sql, parameters in QUERIES
        ),
        *(
            Invariant("I7", f"state changes of {model._meta.label} are its event rows", _broken_histories(model, hour))
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


def _part(column, table, hour):
    """The condition on the ids of this table's rows: all, or those of this hour."""
    if hour is None or table is None:
        return "true"
    [rows] = (model._base_manager for model in apps.get_models() if model._meta.db_table == table)
    ids = rows.aggregate(first=Min("pk"), last=Max("pk"))
    first, end = ids["first"] or 0, (ids["last"] or 0) + 1
    begin, until = (first + (end - first) * number // HOURS for number in (hour, hour + 1))
    return f"({column} >= {end - NEWEST} OR ({column} >= {begin} AND {column} < {until}))"


def _broken_histories(model, hour):
    """Rows whose events do not begin at nothing, do not join, or do not end at the present status."""
    table, events = model._meta.db_table, model._meta.get_field("events").related_model._meta.db_table
    return _scalar(
        f"""
        WITH history AS (
            SELECT subject_id, old, new, id,
                   lag(new, 1, '') OVER (PARTITION BY subject_id ORDER BY id) AS before,
                   row_number() OVER (PARTITION BY subject_id ORDER BY id DESC) AS from_end
            FROM {events} WHERE {_part("subject_id", table, hour)}
        ), told AS (
            SELECT subject_id, max(new) FILTER (WHERE from_end = 1) AS last, bool_or(old <> before) AS is_broken
            FROM history GROUP BY subject_id
        )
        SELECT count(*) FROM {table} record LEFT JOIN told ON told.subject_id = record.id
        WHERE {_part("record.id", table, hour)} AND (told.last IS DISTINCT FROM record.status OR told.is_broken)
        """,
        [],
    )


def _none(now):
    return []


# Code, promise, which row is gone through and of which table (None: by an index that holds hardly any), the query, its parameters.
QUERIES = [
    (
        "I3",
        "no mail is stuck longer than its lease and a minute",
        "mail",
        None,
        """SELECT count(*) FROM followups_outboundemail mail
           WHERE status IN ('claimed', 'handing_over') AND lease_until < %s - make_interval(secs => %s)""",
        lambda now: [now, GRACE_SECONDS],
    ),
    (
        "I4",
        "a mail that is sent has the server's answer stored",
        "mail",
        None,
        # One that could not be seen, and that a person has looked up, has her word instead.
        """SELECT count(*) FROM followups_outboundemail mail
           WHERE status = 'sent' AND (sent_at IS NULL OR code IS NULL OR code < 200 OR code >= 300)
             AND NOT EXISTS (SELECT FROM followups_outboundemailevent event
                             WHERE event.subject_id = mail.id AND event.new = 'sent' AND event.by_id IS NOT NULL)""",
        _none,
    ),
    (
        "I2",
        "no two mails share a Message-ID",
        "mail",
        "followups_outboundemail",
        """SELECT count(*) FROM followups_outboundemail mail WHERE {part} AND EXISTS (
             SELECT FROM followups_outboundemail other WHERE other.public_id = mail.public_id AND other.id < mail.id)""",
        _none,
    ),
    (
        "I2",
        "no mail is in the outbox and archived",
        "archived",
        "followups_archivedmail",
        """SELECT count(*) FROM followups_archivedmail archived JOIN followups_outboundemail mail USING (public_id)
           WHERE {part}""",
        _none,
    ),
    (
        "I5",
        "nothing went to a suppressed address after it was suppressed",
        "mail",
        "followups_outboundemail",
        """SELECT count(*) FROM followups_outboundemail mail JOIN followups_suppression gone ON gone.address_hash = mail.to_address_hash
           WHERE {part} AND mail.status = 'sent' AND mail.to_third_party AND mail.handed_over_at > gone.created_at""",
        _none,
    ),
    (
        "I5",
        "a letter went out as it was approved",
        "mail",
        "followups_outboundemail",
        """SELECT count(*) FROM followups_outboundemail mail JOIN followups_thankyounote note
             ON mail.subject_type = 'followups.thankyounote' AND mail.subject_id = note.public_id
           WHERE {part} AND mail.kind = 'note' AND mail.status = 'sent' AND note.status = 'sent'
             AND mail.dedupe_key = 'note:' || note.public_id || ':' || note.round AND mail.content_hash <> note.approved_hash""",
        _none,
    ),
    (
        "I5",
        "a letter to a referee went out as it was approved",
        "mail",
        "followups_outboundemail",
        """SELECT count(*) FROM followups_outboundemail mail JOIN followups_refereebrief brief
             ON mail.subject_type = 'followups.refereebrief' AND mail.subject_id = brief.public_id
           WHERE {part} AND mail.kind = 'brief' AND mail.status = 'sent' AND brief.status = 'sent'
             AND mail.dedupe_key = 'brief:' || brief.public_id || ':' || brief.round
             AND mail.content_hash <> brief.approved_hash""",
        _none,
    ),
    (
        "I6",
        "no coach has two live slots at once",
        "slot",
        "coaching_mockslot",
        # The ranges as in the index of the constraint, so that it finds them.
        """SELECT count(*) FROM coaching_mockslot slot JOIN coaching_mockslot other
             ON other.coach_id = slot.coach_id AND other.id < slot.id
           WHERE {part} AND slot.status IN ('proposed', 'open') AND other.status IN ('proposed', 'open')
             AND tstzrange(other.starts_at, other.blocked_until, '[)') && tstzrange(slot.starts_at, slot.blocked_until, '[)')""",
        _none,
    ),
    (
        "I6",
        "no slot has two live bookings",
        "booking",
        "coaching_booking",
        """SELECT count(*) FROM coaching_booking booking JOIN coaching_booking other
             ON other.slot_id = booking.slot_id AND other.id < booking.id
           WHERE {part} AND booking.status IN ('held', 'booked') AND other.status IN ('held', 'booked')""",
        _none,
    ),
    (
        "I6",
        "no candidate has two live sessions at once",
        "booking",
        "coaching_booking",
        """SELECT count(*) FROM coaching_booking booking JOIN coaching_booking other
             ON other.candidate_id = booking.candidate_id AND other.id < booking.id
           WHERE {part} AND booking.status IN ('held', 'booked') AND other.status IN ('held', 'booked')
             AND tstzrange(other.starts_at, other.ends_at) && tstzrange(booking.starts_at, booking.ends_at)""",
        _none,
    ),
    (
        "I6",
        "a live booking has the times of its slot",
        "booking",
        "coaching_booking",
        """SELECT count(*) FROM coaching_booking booking JOIN coaching_mockslot slot ON slot.id = booking.slot_id
           WHERE {part} AND booking.status IN ('held', 'booked')
             AND (booking.starts_at <> slot.starts_at OR booking.ends_at <> slot.ends_at OR booking.coach_id <> slot.coach_id)""",
        _none,
    ),
    (
        "I6",
        "an agenda is open to the coach of its session, while that is on and for a week after it",
        "sight",
        "followups_lessongrant",
        """SELECT count(*) FROM followups_lessongrant sight
           LEFT JOIN coaching_booking booking ON booking.public_id = sight.subject_id AND booking.coach_id = sight.coach_id
             AND booking.status IN ('booked', 'done', 'no_show') AND sight.ends_at = booking.ends_at + interval '7 days'
             AND EXISTS (SELECT FROM coaching_booking_agenda ticked
                         WHERE ticked.booking_id = booking.id AND ticked.lesson_id = sight.lesson_id)
           WHERE {part} AND booking.id IS NULL""",
        _none,
    ),
    (
        "I6",
        "a mistake that has decisions has one that stands",
        "mistake",
        "interviews_mistake",
        """SELECT count(*) FROM interviews_mistake mistake
           WHERE {part} AND EXISTS (SELECT FROM followups_triagedecision WHERE mistake_id = mistake.id)
             AND 1 <> (SELECT count(*) FROM followups_triagedecision WHERE mistake_id = mistake.id AND is_current)""",
        _none,
    ),
]
