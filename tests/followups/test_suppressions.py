"""Addresses that are not written to: added, found and lifted by their fingerprint; who did it stays written down."""

import pytest
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.urls import reverse

from accounts.records import Refused
from followups import outbox
from followups.models import OutboundEmail, Suppression, SuppressionChange
from followups.outbox.clock import database_now
from followups.services import notes
from tests import factories
from tests.mailing import EMPLOYER, queue_letter, trust

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_only_a_fingerprint_is_kept(admin):
    outbox.suppress(EMPLOYER, reason="asked", by=admin)
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text, c::text FROM followups_suppression s, followups_suppressionchange c")
        stored = str(cursor.fetchall())
    assert not any(word in stored for word in ("grace", "company"))
    assert outbox.suppression_of(f" {EMPLOYER.upper()} ").by == admin


def test_twice_is_once(admin):
    assert [outbox.suppress(EMPLOYER, reason="asked"), outbox.suppress(EMPLOYER.title(), reason="admin")] == [
        True,
        False,
    ]
    assert list(Suppression.objects.values_list("reason", flat=True)) == ["asked"]


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b.example, c@d.example", "a@b.example\nc@d.example", "ü@b.example"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Refused):
        outbox.suppress(address, reason="asked")


def test_lifting_needs_a_reason_and_leaves_a_trace(admin):
    outbox.suppress(EMPLOYER, reason="complaint")
    with pytest.raises(Refused):
        outbox.lift_suppression(EMPLOYER, why=" ", by=admin)
    outbox.lift_suppression(EMPLOYER, why="They wrote to us", by=admin)
    assert outbox.suppression_of(EMPLOYER) is None
    assert [(change.verb, change.reason, change.why, change.by) for change in outbox.changes_of(EMPLOYER)] == [
        ("added", "complaint", "", None),
        ("lifted", "complaint", "They wrote to us", admin),
    ]
    with pytest.raises(Refused):
        outbox.lift_suppression(EMPLOYER, why="again", by=admin)


def test_after_a_change_of_keys_it_is_found_and_lifted(admin, settings):
    settings.AFTERWORD_MAIL_KEYS = ["old"]
    outbox.suppress(EMPLOYER, reason="asked")
    settings.AFTERWORD_MAIL_KEYS = ["new", "old"]
    assert outbox.suppress(EMPLOYER, reason="admin") is False
    outbox.lift_suppression(EMPLOYER, why="ok", by=admin)
    assert (outbox.suppression_of(EMPLOYER), Suppression.objects.count()) == (None, 0)


def test_the_trace_is_append_only(admin):
    outbox.suppress(EMPLOYER, reason="asked", by=admin)
    for act in (lambda rows: rows.update(verb="lifted"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(SuppressionChange.objects.all())
    assert SuppressionChange.objects.update(by=None) == 1


def test_she_learns_it_before_she_schedules(candidate, client_of):
    trust(candidate)
    note = factories.ThankYouNoteFactory(interview__candidate=candidate, interviewer__email=EMPLOYER)
    outbox.suppress(EMPLOYER, reason="asked")
    words = "This address does not take mail from here"
    assert outbox.against_address(candidate, note.to_email, database_now()).startswith(words)
    with pytest.raises(Refused, match=words):
        notes.send_now(note, by=candidate, despite_findings=True)
    page = client_of(candidate).get(reverse("note-detail", args=[note.public_id])).content.decode()
    checked = client_of(candidate).post(f"/api/v1/notes/{note.public_id}/check/").json()
    assert (words in page, checked["not_by_afterword"].startswith(words)) == (True, True)
    assert notes.mark_sent_by_self(note, by=candidate).status == "sent_by_self"


@pytest.mark.parametrize("is_hers", [False, True])
def test_why_an_address_is_closed_is_nobodys_to_find_out_but_hers_whose_letter_came_back(candidate, admin, is_hers):
    writer = candidate if is_hers else factories.UserFactory()
    row = queue_letter(writer)
    OutboundEmail.objects.filter(pk=row.pk).update(status="sent", sent_at=database_now(), bounced_at=database_now())
    said = set()
    for reason in Suppression.Source.values:
        outbox.suppress(EMPLOYER, reason=reason)
        said.add(outbox.against_address(candidate, EMPLOYER, database_now()))
        outbox.lift_suppression(EMPLOYER, why="A test", by=admin)
    words = "Mail from here to this address came back." if is_hers else "This address does not take mail from here."
    assert said == {f"{words} Your own mailbox stays open."}


def test_no_letter_slips_past_the_list(candidate):
    outbox.suppress(EMPLOYER, reason="bounce")
    with pytest.raises(Refused):
        queue_letter(candidate)


def test_the_page(admin, client_of):
    client = client_of(admin)
    assert client.post(reverse("suppression-new"), {"address": EMPLOYER}).status_code == 302
    found = client.post(reverse("suppression-find"), {"address": EMPLOYER.upper()})
    assert (found.context["entry"].reason, found.context["entry"].by) == ("admin", admin)
    assert EMPLOYER not in client.get(reverse("suppression-list")).content.decode()
    refused = client.post(reverse("suppression-lift"), {"address": EMPLOYER, "why": "mail me at a@b.example"})
    assert (refused.status_code, refused.context["lift_form"].errors.keys()) == (422, {"why"})
    assert client.post(reverse("suppression-lift"), {"address": EMPLOYER, "why": "a mistake"}).status_code == 302
    assert client.post(reverse("suppression-find"), {"address": EMPLOYER}).context["entry"] is None


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_number_of_queries_however_many(admin, client_of, number, django_assert_num_queries):
    for each in range(number):
        outbox.suppress(f"p{each}@company.example", reason="asked", by=admin)
    client = client_of(admin)
    with django_assert_num_queries(3):  # session, person, list
        client.get(reverse("suppression-list"))


def test_the_api(admin, client_of):
    client = client_of(admin)
    made = client.post("/api/v1/suppressions/", {"address": EMPLOYER, "reason": "complaint"}, JSON)
    assert (made.status_code, made.json()["is_suppressed"], made.json()["reason"]) == (201, True, "complaint")
    listed = client.get("/api/v1/suppressions/")
    assert [(row["reason"], row["by"]) for row in listed.json()["results"]] == [("complaint", "Mary Wafula")]
    assert EMPLOYER not in listed.content.decode()
    lifted = client.post("/api/v1/suppressions/lift/", {"address": EMPLOYER, "why": "a mistake"}, JSON)
    assert (lifted.status_code, lifted.json()["is_suppressed"]) == (200, False)
    assert [change["verb"] for change in lifted.json()["changes"]] == ["added", "lifted"]
    again = client.post("/api/v1/suppressions/lift/", {"address": EMPLOYER, "why": "a mistake"}, JSON)
    assert again.status_code == 422
