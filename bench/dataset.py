"""Databases with 1,000 to 1,000,000 interviews and what belongs to them, built by SQL and kept between runs.

Everybody's own share is the same at every size: 40 interviews for a candidate, twelve clients for a coach, 24 reviews of
each waiting in the coach's queue. Only the number of people grows, so that a page shows the same rows beside ever more.
"""

import hashlib
import time
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000, 1_000_000)
EACH = 40  # interviews of a candidate
CLIENTS = 12  # of a coach
COACHES = 20  # at least
ADMIN, FIRST_COACH = 1, 2
PREFIX = "bench"

PEOPLE = """
INSERT INTO accounts_user (id, password, is_superuser, public_id, email, name, is_candidate, is_coach, is_admin, is_active,
  zone, quiet_from, quiet_until, muted_reminders, joined_at, cohort, hints_put_away)
SELECT n, '!', false, gen_random_uuid(), 'person' || n || '@people.example', 'Person ' || n, n > {coaches} + 1,
  n between 2 and {coaches} + 1, n = 1, true, 'Africa/Nairobi', '22:00', '07:00', '{{}}', {now} - n * interval '1 minute', '', '{{}}'
FROM generate_series(1, {people}) n
"""
ENGAGEMENTS = """
INSERT INTO accounts_engagement (id, public_id, created_at, updated_at, status, candidate_agreed_at, coach_agreed_at,
  share_new_interviews, candidate_id, coach_id, for_anybody)
SELECT k, gen_random_uuid(), {now} - interval '90 days' - k * interval '1 minute', {now}, 'active', {now} - interval '90 days',
  {now} - interval '90 days', true, {coaches} + 1 + k, 2 + (k - 1) / {clients}, false
FROM generate_series(1, {candidates}) k
"""
# i: the interview; k: the candidate; n: the number among hers, 0 still to come, 1 to 24 open, the others closed.
NUMBERED = """
(SELECT i, (i - 1) % {candidates} + 1 AS k, (i - 1) / {candidates} AS n, {coaches} + 2 + (i - 1) % {candidates} AS candidate,
  2 + ((i - 1) % {candidates}) / {clients} AS coach, date_trunc('minute', {now}) AS now,
  (ARRAY['Savanna','Kilimo','Pwani','Baobab','Rift','Acacia','Uhuru','Lakeside','Highland','Jua','Nyota'])[1 + i % 11] || ' '
    || (ARRAY['Books','Foods','Bank','Health','Schools','Freight','Media'])[1 + i % 7] || ' ' || i AS company,
  CASE WHEN (i - 1) / {candidates} = 0 THEN interval '-3 days' ELSE (i - 1) / {candidates} * interval '11 hours' END AS ago
FROM generate_series(1, {interviews}) i) AS them
"""
INTERVIEWS = """
INSERT INTO interviews_interview (id, public_id, created_at, updated_at, company, role_title, status, zone, country, ends_wall,
  starts_wall, starts_at, ends_at, decision_on, contact_prohibited, one_note_to_panel, shared_with_coach, notes, went_well,
  outcome, outcome_at, closed_at, candidate_id, ask_outcome, invitation_sequence, invitation_uid, found_by, addresses_look_at)
SELECT i, gen_random_uuid(), now - ago, now - ago, company, 'Content manager', CASE n WHEN 0 THEN 'planned' ELSE 'held' END,
  'Africa/Nairobi', '', (now - ago) at time zone 'Africa/Nairobi', (now - ago - interval '1 hour') at time zone 'Africa/Nairobi',
  now - ago - interval '1 hour', now - ago, (now - ago + interval '20 days')::date, false, false, n <= 24 OR n % 4 <> 3, '',
  'The talk about the reading room.', CASE WHEN n > 24 THEN 'rejected' ELSE 'none' END, CASE WHEN n > 24 THEN now END,
  CASE WHEN n > 24 THEN now END, candidate, true, 0, '', lower(company) || E'\\ncontent manager\\ngrace wanjiru ' || i,
  now + interval '60 days'
FROM {numbered}
"""
INTERVIEWERS = """
INSERT INTO interviews_interviewer (id, public_id, created_at, updated_at, kind, name, title, email, zone, interview_id)
SELECT i, gen_random_uuid(), now, now, 'interviewer', 'Grace Wanjiru ' || i, '', 'grace' || i || '@company.example', '', i
FROM {numbered}
"""
MISTAKES = """
INSERT INTO interviews_mistake (id, public_id, created_at, updated_at, kind, text, topic, status, place, touches_must_have,
  noticed, settled_in_the_room, relied_on, has_new_information, correction, answered, interview_id)
SELECT i, gen_random_uuid(), now - ago, now - ago, 'omitted_information', 'I never mentioned my internship, and they asked twice.',
  'writing', CASE WHEN n > 24 THEN 'done' ELSE 'decided' END, CASE WHEN n > 24 THEN NULL ELSE 1 END, true, '', '', '', true,
  'During my internship I wrote three posts a week.', '{{}}', i
FROM {numbered}
"""
# Two of each: the one of the rules, and the one that took its place.
DECISIONS = """
INSERT INTO followups_triagedecision (id, public_id, created_at, updated_at, action, also, facts, reasons, rule, needs_coach,
  provisional, act_within_hours, policy_version, made, message, is_current, accepted_at, mistake_id)
SELECT 2 * i - 1 + later, gen_random_uuid(), now - ago, now - ago, 'thank_you_note', '{{}}', '{{"kind": "omitted_information"}}',
  '[{{"code": "must_have", "text": "It touches a must-have.", "stance": "for", "strength": "strong"}},
    {{"code": "room", "text": "A note has room for two sentences.", "stance": "rule", "strength": "medium"}}]',
  4, false, false, 24, 1, 'engine', '', later = 1, CASE WHEN later = 1 AND n % 2 = 1 THEN now END, i
FROM {numbered}, generate_series(0, 1) later
"""
NOTES = """
INSERT INTO followups_thankyounote (id, public_id, created_at, updated_at, kind, status, to_name, to_email, subject, stayed_with_me,
  like_them_to_know, body, send_zone, due_at, approved_hash, despite_findings, if_unreviewed, sent_at, failure, round, interview_id,
  interviewer_id, written_in)
SELECT i, gen_random_uuid(), now - ago, now - ago, 'thank_you', CASE WHEN n > 24 THEN 'sent' ELSE 'draft' END, 'Grace Wanjiru ' || i,
  'grace' || i || '@company.example', 'Thank you', '', '', E'Dear Grace,\\n\\nThank you for the talk about the new reading room.\\n\\nAchieng',
  '', CASE WHEN n > 24 THEN now - ago + interval '20 hours' ELSE now + (1 + n) * interval '5 hours' END, '', false, 'send',
  CASE WHEN n > 24 THEN now - ago + interval '20 hours' END, '', 0, i, i, ''
FROM {numbered} WHERE n > 0
"""
REVIEWS = """
INSERT INTO coaching_review (id, public_id, created_at, updated_at, status, question, answer_by, opened_at, answered_at, suggestion,
  message, candidate_id, coach_id, interview_id, note_id)
SELECT i, gen_random_uuid(), now - ago, now - ago,
  CASE WHEN n <= 24 THEN 'open' WHEN n % 3 = 0 THEN 'answered' ELSE 'went_without' END,
  'Is it worth writing about the internship once more, or does it only make it larger?',
  CASE WHEN n <= 24 THEN now + n * interval '4 hours' ELSE now - ago + interval '20 hours' END + k * interval '1 minute', NULL,
  CASE WHEN n > 24 AND n % 3 = 0 THEN now - ago + interval '9 hours' END, '', '', candidate, coach, i, i
FROM {numbered} WHERE n BETWEEN 1 AND 24 OR n % 3 < 2 AND n > 24 AND n % 4 <> 3
"""
ITEMS = """
INSERT INTO coaching_reviewitem (id, public_id, created_at, updated_at, answer, action, message, decision_id, review_id)
SELECT id, gen_random_uuid(), created_at, created_at, CASE status WHEN 'answered' THEN 'agree' ELSE '' END, '', '', 2 * id, id
FROM coaching_review
"""
REMINDERS = """
INSERT INTO followups_reminder (id, public_id, created_at, updated_at, kind, subject_type, subject_id, occurrence, status, due_at,
  deliver_at, sent_at, read_at, recipient_id)
SELECT i, gen_random_uuid(), now - ago, now - ago, 'debrief', 'interviews.interview', gen_random_uuid(), '1',
  CASE n WHEN 0 THEN 'waiting' ELSE 'sent' END, now - ago, now - ago, CASE WHEN n > 0 THEN now - ago END, CASE WHEN n > 2 THEN now END, candidate
FROM {numbered}
"""
# To herself and to those she met; one in twenty fails, and those of the planned ones are to come.
MAILS = """
INSERT INTO followups_outboundemail (id, public_id, created_at, updated_at, kind, urgency, to_third_party, to_address_hash, content_hash,
  is_secret, subject_type, subject_id, status, due_at, next_try_at, ignores_quiet_hours, attempts, stage, code, error, handed_over_at,
  sent_at, finished_at, scrubbed_at, recipient_id, sender_id, bounce_code)
SELECT 2 * i - 1 + letter, gen_random_uuid(), now - ago, now - ago, CASE letter WHEN 1 THEN 'note' ELSE 'reminder' END, 1 + 2 * (1 - letter),
  letter = 1, md5('address' || i), '', false, '', gen_random_uuid(),
  CASE WHEN n = 0 THEN 'queued' WHEN i % 20 = 0 THEN 'failed' ELSE 'sent' END, now - ago, now - ago, false, 1, 'accepted', 250, '',
  now - ago, CASE WHEN n > 0 AND i % 20 <> 0 THEN now - ago END, CASE WHEN n > 0 THEN now - ago END, CASE WHEN n > 0 THEN now END,
  CASE letter WHEN 0 THEN candidate END, CASE letter WHEN 1 THEN candidate END, ''
FROM {numbered}, generate_series(0, 1) letter
"""
EVENTS = """
INSERT INTO {table} (id, old, new, reason, at, subject_id{more}) SELECT row_number() OVER (), '', status, '', created_at, id{empty} FROM {of}
"""
AUDIT = """
INSERT INTO accounts_auditentry (id, at, verb, subject_type, subject_id, by_id, request_id)
SELECT i, now - ago, CASE i % 2 WHEN 0 THEN 'read' ELSE 'invited' END, 'interviews.interview', gen_random_uuid(), coach, ''
FROM {numbered}
"""
# Sixty sessions behind each coach, and four free hours on each of the next 28 days.
SLOTS = """
INSERT INTO coaching_mockslot (id, public_id, created_at, updated_at, status, zone, starts_wall, minutes, buffer_minutes, starts_at,
  ends_at, blocked_until, place, link, coach_id)
SELECT row_number() OVER (), gen_random_uuid(), {now}, {now}, CASE WHEN at < {now} THEN 'done' ELSE 'open' END, 'Africa/Nairobi',
  at at time zone 'Africa/Nairobi', 45, 15, at, at + interval '45 minutes', at + interval '1 hour', '', '', 1 + j
FROM (SELECT j, date_trunc('day', {now}) + d * interval '1 day' + (6 + 2 * h) * interval '1 hour' + j % 4 * interval '15 minutes' AS at
  FROM generate_series(1, {coaches}) j, generate_series(-60, 28) d, generate_series(0, 3) h WHERE d > 1 OR d < -1 AND h = 0) AS them
"""
BOOKINGS = """
INSERT INTO coaching_booking (id, public_id, created_at, updated_at, status, starts_at, ends_at, confirmed_at, sequence, override_reason,
  candidate_id, coach_id, slot_id, given_reason, by_house, missed_by)
SELECT id, gen_random_uuid(), starts_at, starts_at, 'done', starts_at, ends_at, starts_at, 0, '',
  {coaches} + 2 + least((coach_id - 2) * {clients} + id % {clients}, {candidates} - 1), coach_id, id, '', false, ''
FROM coaching_mockslot WHERE status = 'done' AND (coach_id - 2) * {clients} < {candidates}
"""
EVENT_TABLES = {
    "accounts_engagementevent": "accounts_engagement",
    "interviews_interviewevent": "interviews_interview",
    "interviews_mistakeevent": "interviews_mistake",
    "followups_noteevent": "followups_thankyounote",
    "followups_reminderevent": "followups_reminder",
    "followups_outboundemailevent": "followups_outboundemail",
    "coaching_reviewevent": "coaching_review",
    "coaching_slotevent": "coaching_mockslot",
    "coaching_bookingevent": "coaching_booking",
}
FILLED = (
    PEOPLE,
    ENGAGEMENTS,
    INTERVIEWS,
    INTERVIEWERS,
    MISTAKES,
    DECISIONS,
    NOTES,
    REVIEWS,
    ITEMS,
    REMINDERS,
    MAILS,
    AUDIT,
    SLOTS,
    BOOKINGS,
)


def key():
    """Changes when the tables do, or what is written into them."""
    files = [Path(__file__), *sorted(ROOT.glob("*/migrations/0*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def name_of(interviews):
    return f"{PREFIX}_{key()}_{interviews}"


def numbers(interviews):
    """How many of each: whoever measures must know whom there is."""
    candidates = max(interviews // EACH, 1)
    coaches = max(COACHES, -(-candidates // CLIENTS))
    return {"interviews": candidates * EACH, "candidates": candidates, "coaches": coaches, "clients": CLIENTS} | {
        "people": 1 + coaches + candidates
    }


def first_candidate(interviews):
    return numbers(interviews)["coaches"] + 2


def databases(url):
    with psycopg.connect(url, autocommit=True) as server:
        return {row[0] for row in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench%'")}


def make(url, interviews, *, migrate, say):
    """The database of this size, built unless it is there. `migrate` lays out the tables in the database it is given."""
    wanted, empty = name_of(interviews), f"{PREFIX}_{key()}_empty"
    have = databases(url)
    with psycopg.connect(url, autocommit=True) as server:
        for old in have - {wanted, empty} - {name_of(size) for size in SIZES}:
            _drop(server, old)
        if empty not in have:
            _create(server, f"{empty}_draft")
            migrate(f"{empty}_draft")
            _rename(server, f"{empty}_draft", empty)
        if wanted not in have:
            begun = time.monotonic()
            draft = f"{wanted}_draft"
            _create(server, draft, template=empty)
            with psycopg.connect(url, dbname=draft) as database:
                fill(database, interviews)
            # What belongs outside a transaction, so that the first pages measured do not do it.
            with psycopg.connect(url, dbname=draft, autocommit=True) as database:
                database.execute("VACUUM ANALYZE")
            _rename(server, draft, wanted)
            say(f"{interviews:,} interviews built in {time.monotonic() - begun:.0f} s")
    return wanted


def copy_of(url, name, copy):
    """A database like this one, to be written into."""
    with psycopg.connect(url, autocommit=True) as server:
        _drop(server, copy)
        _create(server, copy, template=name)
    return copy


def drop(url, name):
    """Take away a database that is no longer needed."""
    with psycopg.connect(url, autocommit=True) as server:
        _drop(server, name)


def fill(database, interviews):
    """Write everything into empty tables, in one transaction. Indexes and constraints come last: that is four times as fast."""
    how_many = numbers(interviews)
    words = {name: sql.Literal(number) for name, number in how_many.items()} | {"now": sql.SQL("now()")}
    words["numbered"] = sql.SQL(NUMBERED).format(**words)
    database.execute("SET LOCAL session_replication_role = replica")  # no foreign key is looked up row by row
    database.execute("SET LOCAL synchronous_commit = off")
    database.execute("SET LOCAL maintenance_work_mem = '512MB'")
    tables = [statement.split("INSERT INTO ")[1].split(" ", 1)[0] for statement in FILLED] + list(EVENT_TABLES)
    put_back = [line for table in tables for line in _put_aside(database, table)]
    for statement in FILLED:
        database.execute(sql.SQL(statement).format(**words))
    for table, of in EVENT_TABLES.items():
        more, empty = (", text_hash", ", ''") if table == "followups_noteevent" else ("", "")
        database.execute(EVENTS.format(table=table, of=of, more=more, empty=empty))
    for line in put_back:
        database.execute(line)
    for table in tables:
        database.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                table, sql.Identifier(table)
            )
        )


def _put_aside(database, table):
    """Drop all but the primary key and foreign keys of a table; the statements that bring them back."""
    constraints = database.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('u', 'x')",
        [table],
    ).fetchall()
    for name, _definition in constraints:
        database.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name))
        )
    indexes = database.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i WHERE i.indrelid = %s::regclass"
        " AND NOT i.indisprimary",
        [table],
    ).fetchall()
    for name, _definition in indexes:
        database.execute(f"DROP INDEX {name}")
    yield from (definition for _name, definition in indexes)
    yield from (f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}' for name, definition in constraints)


def _create(server, name, template="template1"):
    _drop(server, name)
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def _rename(server, name, new):
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new)))


def _drop(server, name):
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
