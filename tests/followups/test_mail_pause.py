"""All mail can be paused: nothing leaves, everything else goes on; and what a restored backup held is settled before it may."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.records import Conflict
from config import health
from followups import alerts, outbox
from followups.models import Alert, MailPause, OutboundEmail, ThankYouNote
from followups.outbox import claims, passes, smtp, together
from followups.outbox import rows as outbox_rows
from followups.outbox.clock import database_now
from followups.services import notes
from tests.followups.test_notes_sending import note, writer  # noqa: F401 -- hers, ready to go
from tests.mailing import history_of, later, queue_letter, queue_mail, status_of, text_of, trust

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def restored(db):
    """As `manage.py restore` leaves it before what waited was looked through."""
    now = database_now()
    return MailPause.objects.create(began_at=now, taken_at=now - DAY)


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_and_then_all_of_it_does(candidate, admin, sink):
    rows = [queue_letter(candidate), queue_mail(candidate), queue_mail(candidate, urgency=0)]
    outbox.pause_mail(by=admin)
    assert outbox.pump() == 0
    assert ([status_of(row) for row in rows], sink.accepted) == (["queued"] * 3, [])
    outbox.resume_mail(by=admin)
    assert outbox.pump() == 3
    assert {status_of(row) for row in rows} == {"sent"}


@pytest.mark.django_db(transaction=True)
def test_what_was_picked_up_already_goes_back(candidate, admin, sink):
    rows = [queue_letter(candidate), queue_mail(candidate)]
    claimed = claims.claim(10, timezone.now())
    outbox.pause_mail(by=admin)
    with smtp.Channel() as channel:
        passes._hand_over(claimed, channel, timezone.now, together.Pace(), lambda: False)
    assert [history_of(row) for row in rows] == [["queued", "claimed", "queued"]] * 2
    assert sink.accepted == []


def test_one_pause_at_a_time_with_who_and_when_in_the_audit(admin):
    pause = outbox.pause_mail(by=admin)
    with pytest.raises(Conflict, match="paused already"):
        outbox.pause_mail(by=admin)
    outbox.resume_mail(by=None)
    with pytest.raises(Conflict, match="not paused"):
        outbox.resume_mail(by=admin)
    pause.refresh_from_db()
    assert (pause.by, pause.ended_by, pause.ended_at is not None) == (admin, None, True)
    audit = AuditEntry.objects.filter(subject_id=pause.public_id).order_by("pk")
    assert list(audit.values_list("verb", "by")) == [("mail paused", admin.pk), ("mail let go", None)]


def test_the_commands(capsys):
    call_command("pause")
    with pytest.raises(CommandError, match="paused already"):
        call_command("pause")
    call_command("resume")
    with pytest.raises(CommandError, match="not paused"):
        call_command("resume")
    assert capsys.readouterr().out.splitlines() == [
        "All mail is paused. `manage.py resume` lets it go again.",
        "Mail leaves again.",
    ]


def test_the_switch_on_the_page_and_in_the_api(admin, client_of):
    client = client_of(admin)
    assert "Let all mail go again" not in client.get(reverse("mail-list")).content.decode()
    assert client.post(reverse("mail-pause")).status_code == 302
    page = client.get(reverse("mail-list")).content.decode()
    assert ("Let all mail go again" in page, "Pause all mail now" in page) == (True, False)
    since = client.get("/api/v1/punctuality/").json()
    assert (since["mail_paused_since"] is not None, since["restored_from"]) == (True, None)
    assert client.post("/api/v1/mails/pause/").status_code == 409
    assert client.post("/api/v1/mails/resume/").json() == {"is_paused": False}
    assert client.post("/api/v1/mails/pause/").json() == {"is_paused": True}
    assert client.post(reverse("mail-resume")).status_code == 302
    assert client.get("/api/v1/punctuality/").json()["mail_paused_since"] is None


def test_monitors_and_the_pages_of_admins_say_so(restored, admin, client_of):
    now = database_now()
    words = f"all mail is paused after a restore since {restored.began_at:%Y-%m-%dT%H:%MZ}"
    assert health.state_of(health.paused) == words
    assert [alert.cause for alert in alerts.standing(now, pause=outbox.mail_pause())] == ["all_paused"]
    assert "All mail is paused" in client_of(admin).get(reverse("today")).content.decode()
    MailPause.objects.update(ended_at=now)
    assert (health.state_of(health.paused), outbox.mail_pause()) == ("ok", None)


def test_mails_that_wait_for_its_end_are_no_alert(candidate, admin):
    row = queue_mail(candidate)
    OutboundEmail.objects.filter(pk=row.pk).update(next_try_at=later(minutes=-30))
    outbox.pause_mail(by=admin)
    alerts.look(database_now())
    assert not Alert.objects.exists()


def test_a_restored_backup_is_let_go_only_when_it_is_settled(restored, admin, client_of):
    with pytest.raises(Conflict, match="restore --finish"):
        outbox.resume_mail(by=admin)
    page = client_of(admin).get(reverse("mail-list")).content.decode()
    assert ("It is not restored to the end yet" in page, "Let all mail go again" in page) == (True, False)
    outbox.settle(restored, erased=2)
    page = client_of(admin).get(reverse("mail-list")).content.decode()
    assert ("2 people were erased again." in page, "Let all mail go again" in page) == (True, True)
    outbox.resume_mail(by=admin)


def test_no_letter_of_a_backup_goes_by_the_machine(restored, candidate):
    due, coming, claimed, in_hand = (
        queue_letter(candidate, to=f"{number}@company.example", due_at=later(hours=number))
        for number in (-3, 3, -2, -1)
    )
    lease = {"claim_id": "00000000-0000-0000-0000-000000000001", "lease_until": later(hours=-1)}
    for row, states in ((claimed, ["claimed"]), (in_hand, ["claimed", "handing_over"])):
        for state in states:
            outbox_rows.move(row, state, at=database_now(), **(lease if state == "claimed" else {}))
    pause = outbox.settle(restored)
    assert [status_of(row) for row in (due, coming, claimed, in_hand)] == ["unknown", "cancelled", "unknown", "unknown"]
    assert (pause.found["letters_unseen"], pause.found["letters_back"]) == (3, 1)


def test_mail_to_our_own_people_goes_as_long_as_it_is_of_use(restored, candidate):
    too_late, due, coming = (
        queue_mail(candidate, due_at=later(hours=due), useless_after=later(hours=of_use))
        for due, of_use in ((-5, -1), (-5, 1), (5, 9))
    )
    pause = outbox.settle(restored)
    assert [status_of(row) for row in (too_late, due, coming)] == ["failed", "queued", "queued"]
    assert (pause.found["mails_dropped"], pause.found["mails_again"]) == (1, 1)


def test_looked_through_again_nothing_is_counted_twice(restored, candidate):
    queue_letter(candidate)
    outbox.settle(restored)
    assert outbox.settle(restored).found["letters_unseen"] == 1


@pytest.mark.parametrize(("hours", "status"), [(0, "unknown"), (20, "draft")])
def test_her_note_asks_her_or_is_a_draft_again_and_she_is_told(restored, note, candidate, hours, status):  # noqa: F811
    now = database_now()
    notes.send_now(note, by=trust(candidate))
    OutboundEmail.objects.filter(kind="note").update(next_try_at=now + timedelta(hours=hours), due_at=now)
    outbox.settle(restored)
    assert ThankYouNote.objects.get(pk=note.pk).status == status
    if status == "draft":
        told = OutboundEmail.objects.get(kind="note_taken_back")
        assert (told.recipient, "an admin has taken it back" in text_of(told)) == (candidate, False)
