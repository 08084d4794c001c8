"""Pages of referees and of what they are told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from followups.models import OutboundEmail, Referee, RefereeBrief
from followups.services import briefs, decisions
from followups.services import interviews as interview_services
from interviews.models import Interview
from tests.factories import InterviewFactory, MistakeFactory, RefereeBriefFactory, RefereeFactory

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("referee-list"), reverse("referee-new")
FORM = {"skill": "Sums", "project": "", "words": "I did them.", "job": "the job", "who_may_ring": "Grace"}


@pytest.fixture
def writer(candidate):
    candidate.joined_at = timezone.now() - timedelta(days=30)
    candidate.save()
    return candidate


@pytest.fixture
def client(writer, client_of):
    return client_of(writer)


@pytest.fixture
def brief(writer, interview):
    return RefereeBriefFactory(interview=interview, referee__email="lydia@friends.example")


def url(brief, name="brief-detail"):
    return reverse(name, args=[brief.public_id])


def fresh(brief):
    return RefereeBrief.objects.get(pk=brief.pk)


# Referees


def test_the_empty_list_teaches(client):
    text = client.get(LIST).content.decode()
    assert ("Employers often ring somebody who worked with you." in text, NEW in text) == (True, True)


def test_adding_keeps_the_moment_of_the_agreement(client, writer):
    before = timezone.now()
    response = client.post(NEW, {"name": "Lydia Were", "email": "lydia@friends.example", "has_agreed": "on"})
    referee = Referee.objects.get()
    assert (response.url, referee.candidate, referee.name) == (LIST, writer, "Lydia Were")
    assert before <= referee.agreed_at <= timezone.now()


def test_unasked_is_no_agreement(client):
    client.post(NEW, {"name": "Lydia Were"})
    assert Referee.objects.get().agreed_at is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Lydia\nBcc: all@example.org"),
        ("name", "Lydia \u202e Were"),
        ("name", "see www.spam.example"),
        ("name", "x" * 51),
        ("email", "lydia"),
        ("email", "a@b.example, c@d.example"),
        ("email", "Lydia <lydia@friends.example>"),
        ("email", "lydia@friends.example\nBcc: x@y.example"),
        ("email", "ü@friends.example"),
        ("email", "l" * 300 + "@friends.example"),
        ("email", "CANDIDATE@cast.example"),
        ("email", "LYDIA@friends.example"),
        ("relation", "my\x00boss"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(client, writer, field, value):
    RefereeFactory(candidate=writer, email="lydia@friends.example")
    typed = {"name": "Samuel Kibet", "relation": "a friend of work", "email": "s@k.example", field: value}
    response = client.post(NEW, typed)
    assert (response.status_code, list(response.context["form"].errors), Referee.objects.count()) == (200, [field], 1)
    other = "name" if field != "name" else "relation"
    assert response.context["form"][other].value() == typed[other]


def test_the_same_address_may_serve_two_candidates(client, writer):
    RefereeFactory(email="lydia@friends.example")
    client.post(NEW, {"name": "Lydia", "email": "lydia@friends.example"})
    assert Referee.objects.filter(candidate=writer).count() == 1


def test_removing_ends_links_and_letters(client, brief):
    brief.events.create(new="draft")
    briefs.send_now(brief, by=brief.candidate)
    response = client.post(reverse("referee-remove", args=[brief.referee.public_id]))
    assert (response.url, Referee.objects.exists(), RefereeBrief.objects.exists()) == (LIST, False, False)
    assert OutboundEmail.objects.get().status == "cancelled"


@pytest.mark.parametrize("rows", [1, 15])
def test_the_list_asks_as_often_for_many_as_for_one(client, writer, rows, django_assert_num_queries):
    for number in range(rows):
        referee = RefereeFactory(candidate=writer, name=f"Person {number}")
        RefereeBriefFactory(interview=InterviewFactory(candidate=writer), referee=referee)
    with django_assert_num_queries(6):
        client.get(LIST)


# Beginning a brief


def test_the_decision_leads_to_the_brief(client, writer, interview):
    RefereeFactory(candidate=writer)
    mistake = MistakeFactory(interview=interview, correction="One. Two. Three. Four.")
    decision = decisions.decide(mistake)
    card = client.get(reverse("mistake-detail", args=[mistake.public_id])).content.decode()
    assert card.count('name="go" value="brief"') == 1
    response = client.post(reverse("decision-accept", args=[decision.public_id]), {"go": "brief"})
    assert response.url == f"{reverse('brief-new', args=[interview.public_id])}?mistake={mistake.public_id}"
    begun = client.post(response.url, {"referee": str(Referee.objects.get().public_id)})
    brief = RefereeBrief.objects.get()
    assert (begun.url, brief.mistake, brief.words) == (url(brief), mistake, "One. Two.")


def test_somebody_new_is_added_on_the_same_page(client, interview):
    response = client.post(reverse("brief-new", args=[interview.public_id]), {"name": "Lydia Were", "has_agreed": "on"})
    brief = RefereeBrief.objects.get()
    assert (response.url, brief.referee.name) == (url(brief), "Lydia Were")


def test_somebody_who_was_not_asked_is_not_added_in_passing(client, interview):
    response = client.post(reverse("brief-new", args=[interview.public_id]), {"name": "Lydia Were"})
    assert (response.status_code, Referee.objects.exists(), RefereeBrief.objects.exists()) == (422, False, False)
    assert response.context["problem"] == "Ask Lydia Were first, and note here that they agreed."
    assert response.context["person_form"]["name"].value() == "Lydia Were"


def test_a_false_statement_is_refused_with_the_reason(client, writer, interview):
    referee = RefereeFactory(candidate=writer)
    mistake = MistakeFactory(interview=interview, kind="misleading_claim")
    response = client.post(
        reverse("brief-new", args=[interview.public_id]) + f"?mistake={mistake.public_id}",
        {"referee": str(referee.public_id)},
    )
    assert (response.status_code, RefereeBrief.objects.exists()) == (422, False)
    assert response.context["problem"].startswith("A referee is never asked to stand in")


@pytest.mark.parametrize("wanted", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_mistake_of_another_interview_is_not_found(client, interview, wanted):
    MistakeFactory()
    assert client.get(reverse("brief-new", args=[interview.public_id]) + f"?mistake={wanted}").status_code == 404


# Writing


def test_what_she_types_is_kept_and_shown_as_it_arrives(client, brief):
    htmx = {"HX-Request": "true"}
    text = client.post(url(brief, "brief-check"), FORM, headers=htmx).content.decode()
    assert (fresh(brief).skill, fresh(brief).words) == ("Sums", "I did them.")
    assert text.count("this is the one thing I hope you can mention: Sums.") == 2
    assert text.count("Nothing stands in its way.") == 1
    assert text.startswith("\n<section") or text.lstrip().startswith("<section")


def test_the_page_has_the_ways_to_her_phone(client, brief):
    text = client.get(url(brief)).content.decode()
    assert 'href="https://wa.me/?text=Hello%20Lydia%20Were' in text
    assert 'target="_blank" rel="noreferrer noopener"' in text
    assert ('data-share="#message-text" hidden' in text, 'data-copy="#message-text"' in text) == (True, True)
    assert "form-action 'self'" in client.get(url(brief)).headers["Content-Security-Policy"]


def test_one_bad_field_does_not_lose_the_others(client, brief):
    response = client.post(url(brief, "brief-edit"), FORM | {"skill": "see www.spam.example"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["skill"])
    assert response.context["form"]["skill"].value() == "see www.spam.example"
    assert (fresh(brief).words, fresh(brief).skill) == ("I did them.", "Writing every week")


def test_a_scripts_words_stay_words(client, brief):
    client.post(url(brief, "brief-edit"), FORM | {"words": "<script>alert(1)</script> I did."})
    text = client.get(url(brief)).content.decode()
    assert ("<script>alert" in text, "&lt;script&gt;alert" in text) == (False, True)


# Telling them


def test_sending_now(client, brief, writer):
    brief.events.create(new="draft")
    response = client.post(url(brief, "brief-schedule"), FORM | {"when": "now"})
    assert (response.url, fresh(brief).status, fresh(brief).words) == (url(brief), "scheduled", "I did them.")
    assert client.post(url(brief, "brief-unschedule")).status_code == 302
    assert fresh(brief).status == "draft"


def test_a_finding_is_asked_about_once(client, brief):
    brief.events.create(new="draft")
    sorry = FORM | {"words": "I am sorry that I never said it.", "when": "now"}
    response = client.post(url(brief, "brief-schedule"), sorry)
    assert (response.status_code, [each["code"] for each in response.context["asked"]]) == (422, ["apology"])
    assert client.post(url(brief, "brief-schedule"), sorry | {"despite_findings": "on"}).status_code == 302
    assert fresh(brief).status == "scheduled"


def test_three_sentences_are_refused_at_the_words(client, brief):
    response = client.post(url(brief, "brief-schedule"), FORM | {"words": "One. Two. Three.", "when": "now"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["words"])
    assert response.context["form"]["words"].value() == "One. Two. Three."


def test_without_an_address_the_phone_is_left(client, brief):
    Referee.objects.update(email="")
    page = client.get(url(brief))
    assert page.context["closed"] == "We have no address of Lydia Were. Your own phone needs none."


def test_did_it_go(client, brief):
    brief.events.create(new="draft")
    response = client.post(url(brief, "brief-told"), {"at": ""})
    assert (response.url, fresh(brief).status) == (url(brief), "shared_by_self")


@pytest.mark.parametrize("at", ["2999-01-01T10:00", "1990-01-01T10:00", "soon"])
def test_an_impossible_time_is_told_at_its_field(client, brief, at):
    response = client.post(url(brief, "brief-told"), {"at": at})
    assert (response.status_code, list(response.context["told_form"].errors)) == (422, ["at"])


def test_thanks_afterwards(client, brief, writer):
    briefs.share_by_self(brief, by=writer)
    assert client.get(url(brief)).context["is_to_thank"] is False
    client.post(url(brief, "brief-called"))
    assert client.get(url(brief)).context["is_to_thank"] is True
    response = client.post(url(brief, "brief-thank"))
    thanks = RefereeBrief.objects.get(kind="thanks")
    assert response.url == url(thanks)
    page = client.get(url(thanks))
    assert ("skill" in page.context["form"].fields, "link" in page.context["letter"].body) == (False, False)
    client.post(url(thanks, "brief-told"), {"at": ""})
    assert fresh(thanks).status == "shared_by_self"


def of_today(client):
    day = client.get(reverse("today")).context["day"]
    return [*day.now, *day.today, *day.later]


def test_today_and_the_closing_page_mention_thanks_until_they_are_said(client, brief, interview, writer):
    briefs.share_by_self(brief, by=writer)
    interview_services.record_outcome(interview, "offer", by=writer)
    names = [item.title for item in of_today(client)]
    line = "Lydia Were stood ready to speak for you"
    closing = client.get(reverse("interview-closing", args=[interview.public_id])).content.decode()
    assert (names.count("Lydia Were"), closing.count(line)) == (1, 1)
    briefs.share_by_self(briefs.draft_thanks(brief, by=writer), by=writer)
    names = [item.title for item in of_today(client)]
    closing = client.get(reverse("interview-closing", args=[interview.public_id])).content.decode()
    assert (names.count("Lydia Were"), closing.count(line)) == (0, 0)


def test_today_names_a_brief_that_nobody_has_yet(client, brief):
    Interview.objects.update(contact_prohibited=True)
    texts = [item.text for item in of_today(client) if item.needs_her]
    assert texts == ["Lydia Were does not know yet what to mention."]


# Who sees what


def test_her_coach_reads_the_text_but_not_the_address(client_of, brief, coach):
    page = client_of(coach).get(url(brief))
    text = page.content.decode()
    assert (page.status_code, "Writing every week" in text, "lydia@friends.example" in text) == (200, True, False)
    assert ("wa.me" in text, "<form" in text.split("<main")[1].split("</main>")[0]) == (False, False)
    assert AuditEntry.objects.filter(verb="read", by=coach).count() == 1


def test_admins_see_the_mails_life_and_nothing_of_the_brief(client_of, brief, admin):
    brief.events.create(new="draft")
    briefs.send_now(brief, by=brief.candidate)
    page = client_of(admin).get(reverse("mail-list"))
    text = page.content.decode()
    assert [mail.kind for mail in page.context["page"]] == ["brief"]
    assert ("Lydia" in text, "Writing" in text, "friends.example" in text) == (False, False, False)
