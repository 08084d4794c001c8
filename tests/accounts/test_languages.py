"""Everybody reads their own language."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import formats, translation

from accounts import services
from accounts.models import User, hash_token
from coaching.services.session_mail import tell
from followups.models import OutboundEmail
from followups.services.briefs.drafts import draft_brief
from followups.services.briefs.letters import letter_of
from followups.services.notes.beginning import draft_note
from tests.factories import BookingFactory, InterviewFactory, InvitationFactory, RefereeFactory
from tests.mailing import text_of

pytestmark = pytest.mark.django_db
SWAHILI = {"HTTP_ACCEPT_LANGUAGE": "sw-KE,sw;q=0.9,en;q=0.5"}


@pytest.fixture
def english_alone(settings):
    settings.LANGUAGES = [("en", "English")]


def language_of(page):
    assert f'<html lang="{page["Content-Language"]}">' in page.text
    return page["Content-Language"]


def test_one_language_is_no_choice(english_alone, client_of, candidate):
    assert language_of(Client().get(reverse("help"), **SWAHILI)) == "en"
    page = client_of(candidate).get(reverse("settings-edit"))
    assert "language" not in page.context["form"].fields
    assert reverse("set-language") not in page.text


def test_nobody_reads_what_the_browser_asks_for_until_the_switch_is_pressed(swahili):
    browser = Client(**SWAHILI)
    page = browser.get(reverse("help"))
    assert language_of(page) == "sw"
    assert "Accept-Language" in page["Vary"]
    assert reverse("set-language") in page.text
    assert not browser.cookies
    switch = browser.get(reverse("set-language"), headers={"Referer": f"http://testserver{reverse('help')}?show=all"})
    assert f'name="next" value="{reverse("help")}?show=all"' in switch.text
    pressed = browser.post(reverse("set-language"), {"language": "en", "next": reverse("help")})
    assert pressed.url == reverse("help")
    assert language_of(browser.get(reverse("help"))) == "en"


def test_hers_counts_more_than_the_browser(swahili, client_of, candidate):
    client = client_of(candidate)
    assert language_of(client.get(reverse("help"), **SWAHILI)) == "sw"
    client.post(reverse("set-language"), {"language": "en", "next": reverse("help")}, **SWAHILI)
    candidate.refresh_from_db()
    assert candidate.language == "en"
    # In any other browser too.
    assert language_of(client_of(candidate).get(reverse("help"), **SWAHILI)) == "en"


def by_page(client, language):
    form = {"name": "Achieng", "zone": "Africa/Nairobi", "quiet_from": "22:00", "quiet_until": "07:00"}
    return client.post(reverse("settings-edit"), {**form, "language": language})


def by_api(client, language):
    return client.patch(reverse("api:preferences"), {"language": language}, content_type="application/json")


@pytest.mark.parametrize("save", [by_page, by_api])
def test_she_chooses_it(swahili, client_of, candidate, save):
    client = client_of(candidate)
    assert save(client, "sw").status_code in (200, 302)
    assert language_of(client.get(reverse("settings-edit"))) == "sw"
    assert client.get(reverse("api:preferences")).json()["language"] == "sw"
    # None again: what the browser asks for.
    save(client, "")
    assert language_of(client.get(reverse("settings-edit"))) == "en"


@pytest.mark.parametrize(("save", "status"), [(by_page, 200), (by_api, 400)])
def test_a_language_that_is_not_there_is_refused(swahili, client_of, candidate, save, status):
    assert save(client_of(candidate), "fr").status_code == status
    candidate.refresh_from_db()
    assert candidate.language == ""


def test_a_language_that_is_no_longer_offered_is_english(english_alone, client_of, candidate):
    User.objects.filter(pk=candidate.pk).update(language="sw")
    assert language_of(client_of(candidate).get(reverse("settings-edit"), **SWAHILI)) == "en"
    assert by_api(client_of(candidate), "sw").status_code == 400


def test_a_key_for_programs_gets_the_language_it_asks_for(swahili, candidate):
    """Whoever wrote the program reads its errors, and that need not be whoever chose a language on a page."""
    User.objects.filter(pk=candidate.pk).update(language="sw")
    _token, key = services.make_token(candidate, name="backup", scopes=["read"], days=7)
    program = Client(headers={"Authorization": f"Bearer {key}"})
    assert program.get(reverse("api:preferences"))["Content-Language"] == "en"
    assert program.get(reverse("api:preferences"), **SWAHILI)["Content-Language"] == "sw"


def test_an_account_begins_with_the_language_in_which_it_was_made(swahili):
    invitation = InvitationFactory(token_hash=hash_token("known-token"))
    form = {"name": "Zawadi", "zone": "Africa/Nairobi", "password": "four calm words here"}
    Client(**SWAHILI).post(reverse("invitation-accept", args=["known-token"]), form)
    assert User.objects.get(email=invitation.email).language == "sw"
    form |= {"email": "baraka@people.example", "password1": form["password"]}
    Client(**SWAHILI).post(reverse("account_signup"), form)
    assert User.objects.get(email=form["email"]).language == "sw"


def test_a_mail_is_in_its_readers_language_whoever_causes_it(swahili, candidate, coach):
    """Both are told of the same session, booked on a page in Swahili."""
    User.objects.filter(pk=coach.pk).update(language="sw")
    candidate, coach = User.objects.get(pk=candidate.pk), User.objects.get(pk=coach.pk)
    day = datetime(2099, 3, 4, 9, tzinfo=UTC)
    booking = BookingFactory(candidate=candidate, slot__coach=coach, slot__starts_at=day)
    with translation.override("sw"):
        tell(booking, "booked", by=coach, now=day - timedelta(days=3))
    texts = {row.recipient: text_of(row) for row in OutboundEmail.objects.filter(kind="session")}
    assert "Wednesday 4 March" in texts[candidate] and "Jumatano" not in texts[candidate]
    assert "Jumatano 4 Machi" in texts[coach] and "Wednesday" not in texts[coach]


def test_a_mail_about_her_account_too(swahili, candidate):
    User.objects.filter(pk=candidate.pk).update(language="sw")
    services.ask_erasure(User.objects.get(pk=candidate.pk))
    assert re.search("Juma|Alhamisi|Ijumaa", text_of(OutboundEmail.objects.get(kind="account_deletion")))


def test_letters_are_begun_in_english_whatever_she_reads(swahili, candidate):
    interview = InterviewFactory(candidate=candidate)
    with translation.override("sw"):
        note = draft_note(interview, by=candidate)
        brief = draft_brief(
            interview, RefereeFactory(candidate=candidate, agreed_at=interview.created_at), by=candidate
        )
        assert "Thank you for being ready to speak for me." in letter_of(brief).body
    assert "Thank you for the conversation" in note.body


def test_what_libraries_say_is_in_swahili_too(swahili, client_of, candidate):
    browser = Client(**SWAHILI)
    page = browser.post(reverse("account_login"), {"login": candidate.email, "password": "not this one"})
    assert "Anwani ya barua pepe au nenosiri uliloandika si sahihi." in page.text
    answer = client_of(candidate).patch(
        reverse("api:preferences"), {"zone": ""}, content_type="application/json", **SWAHILI
    )
    assert "Sehemu hii haiwezi kuwa tupu." in answer.text


def test_fields_of_a_swahili_page_hold_what_the_browser_reads_back():
    with translation.override("sw"):
        assert formats.localize_input(date(2026, 11, 29)) == "2026-11-29"
        assert formats.localize_input(Decimal("1234.5")) == "1234.5"
