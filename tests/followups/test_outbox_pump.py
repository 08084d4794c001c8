"""The pump: what is due goes out, once, and what came of it is written down."""

import email
import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection, connections
from django.utils import timezone

from accounts.records import Conflict, Refused
from followups import outbox
from followups.models import Heartbeat, OutboundEmail, OutboundEmailEvent, Suppression
from followups.outbox import claims, guards, passes, rows, smtp
from tests.factories import UserFactory
from tests.faults.sink import CUT_AFTER_DOT, CUT_BEFORE_DOT, LOSE_AFTER_DOT, SILENT, Say
from tests.mailing import EMPLOYER, history_of, later, queue_letter, queue_mail, status_of, trust

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def registered(monkeypatch):
    """Guards and followers of one test only."""
    monkeypatch.setattr(guards, "_guards", {})
    monkeypatch.setattr(guards, "_followers", {})
    monkeypatch.setattr(guards, "_sources", [])


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(smtp, "PATIENCE", dict.fromkeys(smtp.PATIENCE, 0.3))


def test_a_mail_goes_out(candidate, sink):
    row = queue_mail(candidate)
    assert outbox.pump() == 1
    row.refresh_from_db()
    assert (row.status, row.stage, row.code, row.attempts) == ("sent", "accepted", 250, 1)
    assert row.sent_at is not None and row.finished_at == row.sent_at
    assert history_of(row) == ["queued", "claimed", "handing_over", "sent"]
    assert Heartbeat.objects.filter(name="pump").count() == 1


def test_a_letter_arrives_as_it_was_written(candidate, sink):
    row = queue_letter(candidate)
    outbox.pump()
    [mail] = sink.accepted
    assert mail.to == EMPLOYER
    assert sorted(name for name, _ in email.message_from_bytes(mail.content).items()) == [
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Reply-To",
        "Subject",
        "To",
    ]
    assert mail.message_id == f"<{row.public_id}@localhost.localdomain>"
    assert mail.message.get_content() == "Dear Grace,\r\n\r\nthank you.\r\n"


def test_lines_that_begin_with_a_dot_arrive(candidate, sink):
    from django.core.mail import EmailMessage  # noqa: PLC0415

    outbox.queue(EmailMessage("Dots", ".\n..\n.end\n", to=[candidate.email]), kind="t", ignores_quiet_hours=True)
    outbox.pump()
    assert sink.accepted[0].message.get_content() == ".\r\n..\r\n.end\r\n"


def test_the_most_urgent_goes_first(candidate, sink):
    urgencies = [3, 1, 2, 0]
    for urgency in urgencies:
        queue_mail(candidate, subject=str(urgency), urgency=urgency)
    outbox.pump()
    assert [mail.message["Subject"] for mail in sink.accepted] == ["0", "1", "2", "3"]


def test_what_is_not_due_waits(candidate, sink):
    row = queue_mail(candidate, due_at=later(minutes=5))
    assert outbox.pump() == 0
    assert outbox.pump(now=later(minutes=6)) == 1
    assert status_of(row) == "sent"


def test_a_guard_stops_a_mail(candidate, sink, registered):
    outbox.register_guard("test-letter", lambda row: "text_changed" if row.content_hash != "approved" else "")
    changed, approved = queue_letter(candidate, content_hash="other"), queue_letter(candidate, content_hash="approved")
    outbox.pump()
    assert (status_of(changed), status_of(approved)) == ("suppressed", "sent")
    assert changed.events.last().reason == "text_changed"


def divide(row):
    return 1 / 0


def divide_in_the_database(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


@pytest.mark.parametrize("guard", [divide, divide_in_the_database])
def test_a_guard_that_breaks_stops_its_mail_only(candidate, sink, registered, guard):
    outbox.register_guard("broken", guard)
    broken, fine = queue_mail(candidate, kind="broken"), queue_mail(candidate)
    assert outbox.pump() == 1
    assert (status_of(broken), status_of(fine)) == ("failed", "sent")


def test_nobody_writes_to_a_suppressed_address(candidate, sink, settings):
    settings.AFTERWORD_MAIL_KEYS = ["old"]
    row = queue_letter(candidate)
    outbox.suppress(EMPLOYER.upper(), reason="asked")
    settings.AFTERWORD_MAIL_KEYS = ["new", "old"]
    outbox.pump()
    assert (status_of(row), sink.accepted) == ("suppressed", [])
    assert Suppression.objects.count() == 1


def test_account_mail_reaches_its_owner_all_the_same(candidate, sink):
    outbox.suppress(candidate.email, reason="asked")
    row = queue_mail(candidate, urgency=OutboundEmail.Urgency.ACCOUNT)
    outbox.pump()
    assert status_of(row) == "sent"


@pytest.mark.parametrize("gone", ["sender", "recipient"])
def test_mail_of_or_to_a_closed_account_does_not_go(candidate, sink, gone):
    row = queue_letter(candidate) if gone == "sender" else queue_mail(candidate)
    candidate.is_active = False
    candidate.save()
    outbox.pump()
    row.refresh_from_db()
    assert (row.status, row.error, sink.accepted) == ("suppressed", f"{gone}_gone", [])


def test_quiet_hours_are_looked_at_once_more(candidate, sink):
    row = queue_mail(candidate, ignores_quiet_hours=False, useless_after=later(days=2))
    clock = timezone.localtime(timezone.now(), timezone.get_fixed_timezone(0))
    candidate.zone = "UTC"
    candidate.quiet_from = (clock - timedelta(hours=1)).time()
    candidate.quiet_until = (clock + timedelta(hours=1)).time()
    candidate.save()
    OutboundEmail.objects.filter(pk=row.pk).update(next_try_at=timezone.now())
    outbox.pump()
    row.refresh_from_db()
    assert (row.status, sink.accepted) == ("queued", [])
    assert row.next_try_at > later(minutes=58)


def test_taking_back_what_waits(candidate, stranger, sink):
    rows = [queue_mail(candidate, subject=str(n)) for n in range(2)]
    claimed = queue_mail(candidate)
    OutboundEmail.objects.update(subject_type=stranger._meta.label_lower, subject_id=stranger.public_id)
    OutboundEmail.objects.filter(pk=claimed.pk).update(
        status="handing_over", claim_id=stranger.public_id, lease_until=later(minutes=1)
    )
    OutboundEmailEvent.objects.create(subject=claimed, old="queued", new="handing_over")
    assert outbox.cancel(stranger, kind="other") == 0
    assert outbox.cancel(stranger, by=candidate) == 2
    assert [status_of(row) for row in (*rows, claimed)] == ["cancelled", "cancelled", "handing_over"]


def test_a_cancel_between_claim_and_hand_over_wins(candidate, sink):
    row = queue_mail(candidate)
    [claimed] = claims.claim(10, timezone.now())
    rows.cancel_one(OutboundEmail.objects.get(pk=row.pk), by=candidate)
    with smtp.Channel() as channel:
        assert passes.deliver(claimed, passes._Line(channel).carry, timezone.now) is None
    assert (status_of(row), sink.accepted) == ("cancelled", [])


@pytest.mark.parametrize("code", [421, 450, 452])
@pytest.mark.parametrize("stage", ["rcpt", "dot"])
def test_a_temporary_no_is_tried_again_under_the_same_name(candidate, sink, stage, code):
    row = queue_letter(candidate)
    sink.script(EMPLOYER, Say(stage, code))
    assert outbox.pump() == 0
    row.refresh_from_db()
    assert (row.status, row.stage, row.code, row.attempts) == ("queued", stage, code, 1)
    assert 9 <= (row.next_try_at - timezone.now()).total_seconds() <= 13
    assert outbox.pump(now=later(minutes=1)) == 1
    assert sink.message_ids() == [f"<{row.public_id}@localhost.localdomain>"]


def test_waits_grow_to_half_an_hour_until_it_would_be_useless(candidate, sink):
    row = queue_letter(candidate, useless_after=later(hours=3))
    sink.script(EMPLOYER, *[Say("rcpt", 450)] * 40)
    waits, now = [], timezone.now()
    while status_of(row) == "queued":
        row.refresh_from_db()
        now = max(now, row.next_try_at)
        outbox.pump(now=now)
        row.refresh_from_db()
        waits.append((row.next_try_at - now).total_seconds())
    assert waits[0] < 14 and max(waits) < 1801 and sum(wait > 1400 for wait in waits) >= 2
    assert (row.status, row.code) == ("failed", 450)
    assert len(waits) == sink.tries[EMPLOYER] < 20


@pytest.mark.parametrize("code", [550, 552, 554])
@pytest.mark.parametrize("stage", ["rcpt", "dot"])
def test_a_final_no_is_shown_at_once_and_not_tried_again(candidate, stranger, sink, stage, code):
    row, other = queue_letter(candidate), queue_mail(stranger)
    sink.script(EMPLOYER, Say(stage, code))
    outbox.pump()
    row.refresh_from_db()
    assert (row.status, row.stage, row.code, status_of(other)) == ("failed", stage, code, "sent")
    outbox.pump(now=later(days=1))
    assert sink.tries[EMPLOYER] == 1


def test_a_line_cut_before_the_dot_is_not_accepted(candidate, sink):
    row = queue_letter(candidate)
    sink.script(EMPLOYER, CUT_BEFORE_DOT)
    outbox.pump()
    row.refresh_from_db()
    assert (row.status, row.stage) == ("queued", "data")
    outbox.pump(now=later(minutes=1))
    assert len(sink.accepted) == 1


@pytest.mark.parametrize("cut", [CUT_AFTER_DOT, LOSE_AFTER_DOT])
def test_a_letter_lost_after_the_dot_cannot_be_seen(candidate, sink, cut):
    row = queue_letter(candidate)
    sink.script(EMPLOYER, cut)
    outbox.pump()
    row.refresh_from_db()
    assert (row.status, row.stage) == ("unknown", "dot")
    outbox.pump(now=later(days=2))
    assert len(sink.accepted) == (cut == CUT_AFTER_DOT)


def test_a_mail_to_our_own_lost_after_the_dot_goes_again_under_the_same_name(candidate, sink):
    row = queue_mail(candidate)
    sink.script(candidate.email, CUT_AFTER_DOT)
    outbox.pump()
    assert status_of(row) == "queued"
    outbox.pump(now=later(minutes=1))
    assert status_of(row) == "sent"
    assert sink.message_ids() == [f"<{row.public_id}@localhost.localdomain>"] * 2


def test_a_server_that_never_answers_is_left(candidate, sink, impatient):
    letter, mail = queue_letter(candidate), queue_mail(candidate)
    sink.script(EMPLOYER, SILENT)
    sink.script(candidate.email, SILENT)
    outbox.pump()
    assert (status_of(letter), status_of(mail)) == ("unknown", "queued")


@pytest.mark.parametrize("trouble", ["away", "refuses"])
def test_while_the_server_is_away_rows_wait_and_no_attempt_counts(candidate, sink, trouble):
    mails = [queue_mail(candidate), queue_letter(candidate)]
    if trouble == "away":
        sink.stop()
    else:
        sink.default = Say("helo", 554)
    assert outbox.pump() == 0
    assert {(row.status, row.attempts, row.events.count()) for row in OutboundEmail.objects.all()} == {("queued", 0, 1)}
    sink.stop()
    sink.default = "accept"
    sink.start()
    assert outbox.pump() == 2
    assert {status_of(row) for row in mails} == {"sent"}


def test_what_nobody_needs_any_more_fails_even_while_the_server_is_away(candidate, sink):
    sink.stop()
    row = queue_mail(candidate, useless_after=later(minutes=10))
    outbox.pump(now=later(minutes=11))
    row.refresh_from_db()
    assert (row.status, row.error) == ("failed", "too_late")


def test_a_line_the_server_closed_meanwhile_is_opened_again(candidate, sink):
    rows = [queue_mail(candidate), queue_mail(candidate)]
    sink.script(candidate.email, "accept and close")
    real = smtp.Channel.hand_over

    def closing_after_the_first(channel, *mail):
        outcome = real(channel, *mail)
        if len(sink.accepted) == 1:
            channel._line.sock.shutdown(2)
        return outcome

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtp.Channel, "hand_over", closing_after_the_first)
        assert outbox.pump() == 2
    assert [status_of(row) for row in rows] == ["sent", "sent"]


def claimed_by_a_dead_worker(row, status):
    OutboundEmail.objects.filter(pk=row.pk).update(
        status=status, claim_id=row.public_id, lease_until=later(seconds=-1), handed_over_at=timezone.now()
    )
    OutboundEmailEvent.objects.create(subject=row, old="queued", new=status)


@pytest.mark.parametrize(
    "status, is_letter, becomes",
    [
        ("claimed", True, "sent"),
        ("claimed", False, "sent"),
        ("handing_over", True, "unknown"),
        ("handing_over", False, "sent"),
    ],
)
def test_rows_of_a_dead_worker(candidate, sink, status, is_letter, becomes):
    row = queue_letter(candidate) if is_letter else queue_mail(candidate)
    claimed_by_a_dead_worker(row, status)
    outbox.pump()
    assert status_of(row) == becomes


def test_who_lost_the_claim_changes_nothing(candidate, sink):
    row = queue_letter(candidate)
    [mine] = claims.claim(10, timezone.now())
    OutboundEmail.objects.filter(pk=row.pk).update(lease_until=later(seconds=-1))
    claims.recover(timezone.now())
    [theirs] = claims.claim(10, timezone.now())
    with smtp.Channel() as channel:
        assert passes.deliver(mine, passes._Line(channel).carry, timezone.now) is None
        assert passes.deliver(theirs, passes._Line(channel).carry, timezone.now).verdict == "accepted"
    assert len(sink.accepted) == 1


def test_an_answer_that_comes_after_the_lease_settles_what_was_unknown(candidate, sink):
    row = queue_letter(candidate)
    [claimed] = claims.claim(10, timezone.now())
    real = smtp.Channel.hand_over

    def slow(channel, *mail):
        OutboundEmail.objects.filter(pk=row.pk).update(lease_until=later(seconds=-1))
        claims.recover(timezone.now())
        return real(channel, *mail)

    with pytest.MonkeyPatch.context() as patch, smtp.Channel() as channel:
        patch.setattr(smtp.Channel, "hand_over", slow)
        passes.deliver(claimed, passes._Line(channel).carry, timezone.now)
    assert history_of(row) == ["queued", "claimed", "handing_over", "unknown", "sent"]


def test_account_mail_is_forgotten_when_it_is_final(candidate, sink):
    secret, plain = queue_mail(candidate, is_secret=True), queue_mail(candidate)
    outbox.pump()
    secret.refresh_from_db()
    assert (secret.message_encrypted, secret.to_address_encrypted, secret.scrubbed_at is None) == (None, None, False)
    outbox.pump(now=later(days=29))
    plain.refresh_from_db()
    assert plain.message_encrypted is not None
    outbox.pump(now=later(days=31))
    plain.refresh_from_db()
    assert (plain.message_encrypted, plain.to_address_encrypted) == (None, None)


def test_a_row_that_cannot_be_read_fails_alone(candidate, sink):
    broken = queue_mail(candidate, urgency=0)
    OutboundEmail.objects.filter(pk=broken.pk).update(message_encrypted=b"rubbish")
    fine = [queue_mail(candidate) for _ in range(3)]
    assert outbox.pump() == 3
    broken.refresh_from_db()
    assert (broken.status, broken.error, {status_of(row) for row in fine}) == ("failed", "InvalidToken", {"sent"})


def test_no_transaction_is_open_while_the_server_talks(candidate, sink, registered):
    outbox.register_guard("test-letter", lambda row: "")
    queue_letter(candidate)
    seen = []
    real = smtp.Channel.hand_over

    def watch(channel, *mail):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("SELECT state FROM pg_stat_activity WHERE pid = %s", [pid])
            seen.append(cursor.fetchone()[0])
        other.close()
        return real(channel, *mail)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtp.Channel, "hand_over", watch)
        outbox.pump()
    assert seen == ["idle"]


def test_pumps_that_race_send_each_mail_once(sink):
    people = UserFactory.create_batch(6)
    mails = [queue_letter(person, to=f"p{n}@company.example") for n, person in enumerate(people)]
    mails += [queue_mail(person, subject=str(n)) for n in range(9) for person in people]
    barrier = threading.Barrier(4)

    def run():
        barrier.wait()
        try:
            outbox.pump()
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sink.message_ids()) == sorted(f"<{row.public_id}@localhost.localdomain>" for row in mails)
    assert {status_of(row) for row in mails} == {"sent"}


def test_the_limit_holds_for_letters_written_at_the_same_moment(candidate, settings):
    settings.LETTERS_PER_SENDER_A_DAY = 3
    trust(candidate)
    barrier, refused = threading.Barrier(6), []

    def run(number):
        barrier.wait()
        try:
            queue_letter(candidate, to=f"p{number}@company.example")
        except Refused as reason:
            refused.append(reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (OutboundEmail.objects.count(), len(refused)) == (3, 3)


def test_a_follower_goes_along_in_the_same_transaction(candidate, sink, registered):
    steps = []
    outbox.register_follower("test-letter", lambda row, old, new: steps.append((old, new, connection.in_atomic_block)))
    queue_letter(candidate)
    outbox.pump()
    assert steps == [("queued", "claimed", True), ("claimed", "handing_over", True), ("handing_over", "sent", True)]


def test_a_mail_whose_follower_has_moved_on_does_not_go(candidate, sink, registered):
    def follow(row, old, new):
        raise Conflict("moved on")

    outbox.register_follower("test-letter", follow)
    letter, mail = queue_letter(candidate), queue_mail(candidate)
    outbox.pump()
    assert (status_of(letter), status_of(mail), len(sink.accepted)) == ("failed", "sent", 1)


def test_asked_to_stop_it_finishes_the_mail_in_hand_and_frees_the_rest(candidate, sink):
    mails = [queue_mail(candidate) for _ in range(3)]
    assert outbox.pump(stopping=lambda: len(sink.accepted) == 1) == 1
    assert [status_of(row) for row in mails] == ["sent", "queued", "queued"]
    assert outbox.pump() == 2


def test_an_admin_sends_again_what_has_failed(candidate, admin, sink):
    row = queue_letter(candidate)
    sink.script(EMPLOYER, Say("rcpt", 550))
    outbox.pump()
    row.refresh_from_db()
    outbox.retry(row, by=admin)
    outbox.pump()
    assert history_of(row)[-4:] == ["queued", "claimed", "handing_over", "sent"]
    assert row.events.filter(reason="retry").get().by == admin


def test_what_is_forgotten_cannot_be_sent_again(candidate, admin, sink):
    row = queue_mail(candidate, is_secret=True)
    sink.script(candidate.email, Say("rcpt", 550))
    outbox.pump()
    row.refresh_from_db()
    with pytest.raises(Conflict):
        outbox.retry(row, by=admin)


@pytest.mark.parametrize("arrived, becomes", [(True, "sent"), (False, "cancelled")])
def test_a_person_settles_what_cannot_be_seen(candidate, sink, arrived, becomes):
    row = queue_letter(candidate)
    sink.script(EMPLOYER, LOSE_AFTER_DOT)
    outbox.pump()
    row.refresh_from_db()
    outbox.resolve_unknown(row, by=candidate, arrived=arrived)
    assert status_of(row) == becomes
    with pytest.raises(Conflict):
        outbox.resolve_unknown(row, by=candidate, arrived=arrived)


def test_a_source_that_breaks_keeps_nobody_back(candidate, sink, registered):
    outbox.register_source("broken", lambda now: 1 / 0)
    queue_mail(candidate)
    assert outbox.pump() == 1


def test_how_the_pump_is(candidate, sink):
    now = timezone.now()
    assert (outbox.pump_age(now), outbox.oldest_due(now)) == (None, None)
    queue_mail(candidate, due_at=now - timedelta(seconds=30))
    assert outbox.oldest_due(now) == timedelta(seconds=30)
    outbox.pump()
    assert outbox.pump_age(later(seconds=5)) > timedelta(seconds=4)
    assert outbox.oldest_due(later(seconds=5)) is None
