"""Many people invited at once: looked at first, line by line, and nothing written before an admin says so."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roster_reading, services
from accounts.models import AuditEntry, Invitation, Roster, User, hash_token
from accounts.records import Conflict, Refused
from followups.models import OutboundEmail, Reminder
from tests import factories
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
HEADER = "E-mail address,Name,Role,Cohort,Time zone\n"
GOOD = "Zawadi@New.example,Zawadi Kimani,coach,Spring 2027,africa/nairobi\n"


def found_in(lines, admin, header=HEADER):
    return services.preview_roster(services.read_roster((header + lines).encode(), by=admin))


def test_an_admin_looks_at_a_file_and_invites(client_of, admin):
    browser, file = client_of(admin), SimpleUploadedFile("people.csv", (HEADER + GOOD + "amani@new.example\n").encode())

    page = browser.post(reverse("roster-new"), {"file": file}, follow=True)
    assert "Invite 2 people" in page.text
    assert not Invitation.objects.exists()
    roster = Roster.objects.get()
    browser.post(reverse("roster-invite", args=[roster.public_id]))

    first, second = Invitation.objects.order_by("id")
    assert (first.email, first.role, first.cohort, first.zone, first.invited_by) == (
        "zawadi@new.example",
        "coach",
        "Spring 2027",
        "Africa/Nairobi",
        admin,
    )
    assert (second.email, second.role, second.state) == ("amani@new.example", "candidate", "open")
    assert AuditEntry.objects.filter(verb="invited", by=admin).count() == 2
    assert not Roster.objects.exists()


def test_mails_are_written_later_each_once_and_none_to_who_joined_or_was_taken_back(admin):
    people = [{"email": f"{name}@new.example"} for name in ("zawadi", "joined", "taken-back", "late")]
    made = services.invite_roster(services.take_roster(people, by=admin), by=admin)
    factories.UserFactory(email="joined@new.example")
    services.cancel_invitation(made[2], by=admin)
    assert not OutboundEmail.objects.exists()

    services.mail_invitations(timezone.now(), most=1)
    services.mail_invitations(timezone.now())
    services.mail_invitations(timezone.now())

    rows = OutboundEmail.objects.filter(kind="invitation").order_by("id")
    assert [row.subject_id for row in rows] == [made[0].public_id, made[3].public_id]
    assert Reminder.objects.filter(kind="invitation-over").count() == 2
    token = text_of(rows[0]).split("/invitations/")[1].split("/")[0]
    assert Invitation.objects.get(token_hash=hash_token(token)) == made[0]


def test_whoever_joins_brings_cohort_and_zone_along(client_of, admin):
    services.invite_roster(services.read_roster((HEADER + GOOD).encode(), by=admin), by=admin)
    Invitation.objects.update(token_hash=hash_token("known-token"))
    address = reverse("invitation-accept", args=["known-token"])

    form = Client().get(address).context["form"]
    assert (form["name"].value(), form["zone"].value()) == ("Zawadi Kimani", "Africa/Nairobi")
    Client().post(address, {"name": "Zawadi", "zone": "Africa/Nairobi", "password": "a long enough secret"})

    user = User.objects.get(email="zawadi@new.example")
    assert (user.cohort, user.is_coach) == ("Spring 2027", True)
    shown = client_of(admin).get(reverse("people-list") + "?cohort=Spring+2027").context["page"]
    told = client_of(admin).get(reverse("api:person-list") + "?cohort=Spring+2027").json()["results"]
    assert (list(shown), [person["email"] for person in told]) == ([user], ["zawadi@new.example"])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",Zawadi,,,", "E-mail address"),
        ("nobody,Zawadi,,,", "E-mail address"),
        ("a@x.example; b@x.example,Zawadi,,,", "E-mail address"),
        ("a@x.example,see www.evil.example,,,", "Name"),
        (f"a@x.example,{'Z' * 51},,,", "Name"),
        ("a@x.example,Zawadi,boss,,", "Role"),
        ("a@x.example,Zawadi,,a@b,", "Cohort"),
        ("a@x.example,Zawadi,,,Mars/Olympus", "Time zone"),
        ("a@x.example,Zawadi,,,,one more", "Line"),
        ('a@x.example,"Zawadi,,,', "Line"),
    ],
)
def test_what_is_wrong_is_said_by_line_and_column(admin, line, column):
    found = found_in(GOOD + line + "\n", admin)

    assert [(bad.number, [name for name, _reason in bad.problems]) for bad in found.bad] == [(3, [column])]
    assert len(found.good) == 1


def test_those_who_are_here_or_invited_or_twice_on_it_are_told_and_not_invited(admin, stranger):
    factories.InvitationFactory(email="invited@new.example")
    factories.InvitationFactory(email="over@new.example", expires_at=timezone.now() - timedelta(days=1))
    lines = f"{stranger.email.upper()}\ninvited@new.example\nover@new.example\ntwice@new.example\nTwice@new.example\n"

    found = found_in(lines, admin)

    assert [line.number for line in found.good] == [4, 5]
    assert [(line.number, line.known) for line in found.known] == [
        (2, "Has an account here."),
        (3, "Was invited already, and that invitation is open."),
        (6, "Stands on line 5 already."),
    ]


def test_formulas_stay_text(client_of, admin):
    """What our own files guard with a quote is read without it; what would be reckoned is shown as it is."""
    found = found_in("a@x.example,'=1+1,,'+Spring,\n", admin)
    assert [(line.name, line.cohort) for line in found.good] == [("=1+1", "+Spring")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" ", "nothing in this file"),
        (b"Name,Role\nZawadi,coach\n", "No column is called"),
        (HEADER.encode(), "and nobody"),
        (b"PK\x03\x04", "workbook"),
        (b"email\n" + b"x" * roster_reading.MAX_BYTES, "larger than 1 MB"),
        (b"email\n" + b"a@b.example\n" * (roster_reading.MAX_ROWS + 1), "more than 2,000"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(client_of, admin, data, reason):
    page = client_of(admin).post(reverse("roster-new"), {"file": SimpleUploadedFile("people.csv", data)})
    told = client_of(admin).post(reverse("api:roster-list"), data, content_type="text/csv")

    assert (page.status_code, told.status_code) == (422, 422)
    assert reason in page.context["form"].errors["file"][0]
    assert reason in told.json()["errors"]["file"][0]
    assert not Roster.objects.exists()


def test_by_api_a_list_comes_as_csv_or_as_json(client_of, admin):
    browser, address = client_of(admin), reverse("api:roster-list")
    person = {"email": "Zawadi@New.example", "name": "Zawadi Kimani", "role": "coach", "cohort": "Spring 2027"}

    by_csv = browser.post(address, HEADER + GOOD + "bad,,,,\n", content_type="text/csv").json()
    by_json = browser.post(address, {"people": [person, {"email": "bad"}]}, content_type="application/json").json()

    assert [each["ready"] for each in (by_csv, by_json)] == [1, 1]
    assert by_csv["lines"][1]["problems"][0]["column"] == by_json["lines"][1]["problems"][0]["column"]
    done = browser.post(reverse("api:roster-invite", args=[by_json["public_id"]]), content_type="application/json")
    assert (json.loads(done.content), Invitation.objects.get().cohort) == ({"invited": 1}, "Spring 2027")


def test_a_list_is_used_once_and_only_by_its_admin(client_of, admin):
    roster = services.take_roster([{"email": "a@new.example"}], by=admin)
    other = factories.AdminFactory()

    assert client_of(other).get(reverse("roster-detail", args=[roster.public_id])).status_code == 404
    services.invite_roster(roster, by=admin)
    with pytest.raises(Conflict):
        services.invite_roster(roster, by=admin)


def test_while_nobody_may_join_nobody_is_invited(admin):
    roster = services.take_roster([{"email": "a@new.example"}], by=admin)
    services.change_installation(by=admin, sign_up="nobody")

    with pytest.raises(Refused):
        services.invite_roster(roster, by=admin)


def test_a_list_that_nobody_confirmed_is_forgotten_after_a_day(admin):
    services.take_roster([{"email": "a@new.example"}], by=admin)

    services.mail_invitations(timezone.now() + timedelta(hours=23))
    assert Roster.objects.exists()
    services.mail_invitations(timezone.now() + timedelta(hours=25))
    assert not Roster.objects.exists()


@pytest.mark.parametrize("people", [1, 30])
def test_a_list_takes_the_same_queries_at_any_length(admin, people, django_assert_num_queries):
    roster = services.take_roster([{"email": f"p{n}@new.example"} for n in range(people)], by=admin)
    with django_assert_num_queries(10):
        services.invite_roster(roster, by=admin)
