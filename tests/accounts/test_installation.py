"""What the admins choose for all: by page and by API, and where it shows."""

import json
from email.utils import parseaddr

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import installation, services
from accounts.models import AuditEntry, Installation, User
from accounts.records import Overtaken, Refused
from followups.models import OutboundEmail
from followups.services import notes
from tests import factories
from tests.mailing import message_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
CHOSEN = {
    "name": "Coaching at Kisumu",
    "sender_name": "Kisumu, the coaches",
    "sign_up": "domains",
    "sign_up_domains": "Office.example\n@büro.example",
    "panel_rule": "always",
}
NEWCOMER = {"name": "Amani Otieno", "zone": "Africa/Nairobi", "password1": "rain on the roof 7"}


def choose(by, **fields):
    return services.change_installation(by=by, **fields)


def sign_up(email):
    return Client().post(reverse("account_signup"), NEWCOMER | {"email": email})


def test_an_admin_chooses_on_the_page(client_of, admin):
    page = client_of(admin).post(reverse("installation-edit"), CHOSEN, follow=True)

    row = Installation.objects.get()
    assert (row.name, row.sign_up_domains) == ("Coaching at Kisumu", ["office.example", "xn--bro-hoa.example"])
    assert "· Coaching at Kisumu</title>" in page.text
    assert sorted(AuditEntry.objects.values_list("verb", flat=True)) == [
        "installation named",
        "panel rule set",
        "sender named",
        "sign-up domains set",
        "sign-up rule set",
    ]
    assert not AuditEntry.objects.exclude(by=admin).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sign_up_domains", ""),
        ("sign_up_domains", "mary@office.example"),
        ("sign_up_domains", "\n".join(f"d{n}.example" for n in range(21))),
        ("name", "Eve <eve@evil.example>"),
        ("sender_name", "see www.evil.example"),
        ("panel_rule", "never"),
        ("sign_up", "all"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_kept(client_of, admin, field, value):
    page = client_of(admin).post(reverse("installation-edit"), CHOSEN | {field: value})
    told = client_of(admin).patch(
        reverse("api:installation"),
        CHOSEN | {"sign_up_domains": ["office.example"]} | {field: value.split("\n") if "domains" in field else value},
        content_type="application/json",
    )

    form = page.context["form"]
    assert (list(form.errors), form[field].value(), form["name"].value()) == (
        [field],
        value,
        value if field == "name" else CHOSEN["name"],
    )
    assert (told.status_code in (400, 422), list(told.json()["errors"])) == (True, [field])
    assert not Installation.objects.exists()


def test_two_admins_at_once_do_not_undo_each_other(client_of, admin):
    browser = client_of(admin)
    seen = browser.get(reverse("installation-edit")).context["form"]["seen"].value()
    etag = browser.get(reverse("api:installation")).headers["ETag"]
    choose(admin, name="First")

    page = browser.post(reverse("installation-edit"), CHOSEN | {"name": "Second", "seen": seen})
    told = browser.patch(
        reverse("api:installation"), {"name": "Third"}, content_type="application/json", headers={"If-Match": etag}
    )

    assert (page.context["form"]["name"].value(), told.status_code) == ("Second", 412)
    assert Installation.objects.get().name == "First"
    again = page.context["form"]["seen"].value()
    browser.post(reverse("installation-edit"), CHOSEN | {"name": "Second", "seen": again})
    assert Installation.objects.get().name == "Second"


def test_by_api_some_of_it_is_changed_and_the_rest_stays(client_of, admin):
    choose(admin, name="Coaching at Kisumu")
    address = reverse("api:installation")

    told = client_of(admin).patch(address, {"panel_rule": "chosen"}, content_type="application/json").json()

    assert (told["name"], told["panel_rule"], told["sign_up"]) == ("Coaching at Kisumu", "chosen", "anybody")
    assert json.dumps(told) == json.dumps(client_of(admin).get(address).json())


def test_there_is_one_row_and_no_second(admin):
    choose(admin, name="One")
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(name="Two")
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(name="Two", is_the_one=False)
    with pytest.raises(Overtaken):
        choose(admin, seen="something else", name="Two")


def test_until_somebody_chooses_it_is_as_the_environment_says(settings):
    settings.AFTERWORD_OPEN_SIGNUP, settings.INSTALLATION_NAME = False, "Named outside"

    assert (installation.current().sign_up, installation.name()) == ("invited", "Named outside")
    assert not Installation.objects.exists()


def test_a_process_reads_it_once_in_a_while(admin, django_assert_num_queries):
    choose(admin, name="Coaching at Kisumu")
    with django_assert_num_queries(1):
        assert [installation.name() for _ in range(10)] == ["Coaching at Kisumu"] * 10


def test_a_test_mail_comes_from_the_sender_that_was_named(client_of, admin, settings):
    settings.DEFAULT_FROM_EMAIL = "Us <us@afterword.example.org>"
    choose(admin, sender_name='Kisumu, the "coaches"')

    client_of(admin).post(reverse("installation-test-mail"))
    client_of(admin).post(reverse("api:installation-test-mail"))

    rows = list(OutboundEmail.objects.filter(kind="installation_test"))
    assert [row.recipient for row in rows] == [admin, admin]
    assert parseaddr(str(message_of(rows[0])["From"])) == ('Kisumu, the "coaches"', "us@afterword.example.org")


def test_test_mails_are_few(admin):
    with time_machine.travel(timezone.now(), tick=False), pytest.raises(Refused):
        for _ in range(4):
            services.send_test_mail(by=admin)
    assert OutboundEmail.objects.count() == 3


def test_the_page_says_what_the_dns_of_the_sender_needs(client_of, admin, settings):
    settings.DEFAULT_FROM_EMAIL, settings.SMTP_HOST = "us@office.org", "mail.provider.net"
    settings.BOUNCE_ADDRESS = "bounces@back.office.org"

    page = client_of(admin).get(reverse("installation-edit")).text
    told = client_of(admin).get(reverse("api:installation")).json()["mail_records"]

    assert [(record["kind"], record["host"]) for record in told] == [
        ("SPF", "back.office.org"),
        ("DKIM", "afterword._domainkey.office.org"),
        ("DMARC", "_dmarc.office.org"),
    ]
    assert told[0]["value"] == "v=spf1 a:mail.provider.net ~all"
    assert all(record["value"] in page for record in told)


def test_a_sender_of_this_machine_alone_needs_none(client_of, admin, settings):
    settings.DEFAULT_FROM_EMAIL = "afterword@localhost.localdomain"
    assert client_of(admin).get(reverse("api:installation")).json()["mail_records"] == []
    assert "only good on this machine" in client_of(admin).get(reverse("installation-edit")).text


@pytest.mark.parametrize(("rule", "met", "one"), [("chosen", 5, False), ("over_three", 3, False), ("over_three", 4, True), ("always", 1, False), ("always", 2, True)])  # fmt: skip
def test_from_how_many_on_a_panel_gets_one_note(admin, candidate, rule, met, one):
    choose(admin, panel_rule=rule)
    interview = factories.InterviewFactory(candidate=candidate)
    people = [factories.InterviewerFactory(interview=interview) for _ in range(met)]

    note = notes.draft_note(interview, by=candidate)

    assert (note.interviewer not in people) == one


def test_a_letter_that_waits_goes_under_the_name_it_was_seen_with(admin):
    """Renaming the installation must not stop what was approved before."""
    note = factories.ThankYouNoteFactory()
    before = notes.text_hash(note)
    choose(admin, name="Coaching at Kisumu")

    assert notes.text_hash(note) == before
    assert "(via Coaching at Kisumu)" in notes.letter_of(note).from_name


@pytest.mark.parametrize(
    ("rule", "email", "joins"),
    [
        ("anybody", "amani@elsewhere.example", True),
        ("domains", "Amani+x@OFFICE.example", True),
        ("domains", "amani@elsewhere.example", False),
        ("domains", "amani@mail.office.example", False),
        ("invited", "amani@office.example", False),
        ("nobody", "amani@office.example", False),
    ],
)
def test_who_may_sign_up(admin, rule, email, joins):
    choose(admin, sign_up=rule, sign_up_domains=["office.example"])

    answer = sign_up(email)

    assert (User.objects.filter(email=email.lower()).exists(), answer.status_code) == (joins, 302 if joins else 200)
    if not joins:
        with pytest.raises(Refused):
            services.check_may_sign_up(email)
    if rule == "domains" and not joins:
        assert list(answer.context["form"].errors) == ["email"]


def test_the_rule_about_domains_tells_nobody_who_has_an_account(admin):
    factories.UserFactory(email="known@elsewhere.example")
    factories.UserFactory(email="known@office.example")
    choose(admin, sign_up="domains", sign_up_domains=["office.example"])

    pages = [sign_up(f"{who}@elsewhere.example") for who in ("known", "unknown")]
    inside = [sign_up(f"{who}@office.example") for who in ("known", "unknown")]

    assert pages[0].context["form"].errors == pages[1].context["form"].errors
    assert {(page.status_code, page.url) for page in inside} == {(302, reverse("account_email_verification_sent"))}


def test_an_address_with_letters_of_another_script_is_kept_as_mail_servers_write_it():
    sign_up("amani@büro.example")

    user = User.objects.get()
    assert user.email == "amani@xn--bro-hoa.example"
    EmailAddress.objects.update(verified=True)
    answers = {"login": "amani@büro.example", "password": NEWCOMER["password1"]}
    assert Client().post(reverse("account_login"), answers).url == reverse("today")


def test_while_nobody_may_join_invitations_wait(admin):
    invitation = factories.InvitationFactory()
    choose(admin, sign_up="nobody")

    with pytest.raises(Refused):
        services.invite(email="new@new.example", role="candidate", by=admin)
    with pytest.raises(Refused):
        services.accept_invitation(invitation, password="a long enough secret", name="Z", zone="Africa/Nairobi")
    choose(admin, sign_up="invited")
    services.accept_invitation(invitation, password="a long enough secret", name="Z", zone="Africa/Nairobi")
    assert User.objects.filter(email=invitation.email).exists()
