"""The public page: no account, no cookie, nothing kept, nothing logged; and what becomes of it with an account."""

import logging
import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import kept, rates
from accounts.models import FormDraft, User
from followups.one_thing import AFTERWARDS, BEGINNINGS, look
from interviews.models import Interview, Mistake
from tests.everything import checksum_of_everything
from tests.factories import CoachFactory, InterviewFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
LEFT_OUT = {"kind": "omitted_information", "around": "must_have", "has_new_information": "yes"}
FORM = {
    "email": "amani@example.org",
    "name": "Amani Otieno",
    "zone": "Africa/Nairobi",
    "password1": "rain on the roof 7",
}


def ask(answers, browser=None, **more):
    return (browser or Client(enforce_csrf_checks=True)).post(reverse("one-thing"), answers, **more)


def heading(response):
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode()).group(1)


def test_three_taps_from_the_landing_page():
    browser = Client(enforce_csrf_checks=True)
    assert reverse("one-thing") in browser.get(reverse("home")).content.decode()
    assert reverse("one-thing") in browser.get(reverse("account_login")).content.decode()
    headings = [heading(browser.get(reverse("one-thing")))]
    answers = {}
    for name, word in LEFT_OUT.items():
        answers[name] = word
        headings.append(heading(ask(answers, browser)))

    assert headings == [
        "One thing on your mind?",
        "Is one of these so?",
        "Is there a fact they have not heard that would change the picture?",
        "An honest answer",
    ]


def test_the_answer_says_what_why_for_against_and_what_to_do():
    response = ask(LEFT_OUT)

    assert response.context["card"] == {
        "action": "thank_you_note",
        "get_action_display": "Two sentences in your thank-you note",
        "why": ["It matters, it is new to them, and two sentences carry it inside the note you are sending anyway."],
        "reasons_for": [
            "It touches something this job cannot do without.",
            "The note is going anyway: nothing extra lands on their desk.",
        ],
        "reasons_against": [
            "Some interviewers value a follow-up; others look at it once more.",
            "It only holds if two sentences are enough. Draft them and see.",
        ],
    }
    assert len(response.context["next_steps"]) == 3
    assert [each["question"].name for each in response.context["could_change"]] == ["when", "writing"]


def all_pages(browser):
    """Every page of the journey, each set of answers, with Back and what is said afterwards."""
    yield browser.get(reverse("home"))
    yield browser.get(reverse("one-thing"))
    todo, walked = [{"kind": kinds[0].value} for kinds in BEGINNINGS] + [{"kind": "nothing"}], []
    while todo:
        answers = todo.pop()
        if answers in walked:
            continue
        walked.append(answers)
        yield ask(answers, browser)
        here = look(answers)
        asked = [here.question] if here.question else here.could_change
        todo += [
            answers | {each.name: option.word} for each in asked for option in each.options if each.name not in answers
        ]
    yield ask({**LEFT_OUT, "back": "1"}, browser)


def test_no_page_of_it_sets_a_cookie_or_keeps_anything(monkeypatch, settings):
    settings.AFTERWORD_DEMO = False
    monkeypatch.setattr(rates, "PER_MINUTE", 10_000)
    browser = Client(enforce_csrf_checks=True)
    before = checksum_of_everything(), Session.objects.count()

    pages = list(all_pages(browser))

    assert len(pages) > 100
    assert {page.status_code for page in pages} == {200}
    assert [page.headers["Set-Cookie"] for page in pages if "Set-Cookie" in page.headers] == []
    assert (dict(browser.cookies), [page for page in pages if page.cookies]) == ({}, [])
    assert (checksum_of_everything(), Session.objects.count()) == before
    assert {page.headers.get("Cache-Control") for page in pages[1:]} == {"no-store, private"}


def test_nothing_of_it_is_in_a_log_or_an_address(caplog):
    caplog.set_level(logging.DEBUG)
    browser = Client()
    ask({"kind": "misleading_claim", "around": "canary-word"}, browser)
    page = ask(LEFT_OUT, browser)
    browser.post(reverse("one-thing-keep"), LEFT_OUT)

    told = caplog.text + repr([vars(record) for record in caplog.records if "request" not in vars(record)])
    assert [word for word in ("misleading", "canary", "omitted", "must_have", "has_new") if word in told] == []
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', page.content.decode())
    assert [address for address in addresses if "omitted" in address or "must_have" in address] == []


def test_back_gives_the_question_before_with_nothing_lost():
    question = ask({**LEFT_OUT, "back": "1"})
    assert question.context["look"] == look({"kind": "omitted_information", "around": "must_have"})
    afterwards = ask({**LEFT_OUT, "when": "longer", "back": "1"})
    assert afterwards.context["look"] == question.context["look"]
    assert heading(ask({"kind": "omitted_information", "back": "1"})) == "One thing on your mind?"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(st.sampled_from(["kind", "around", "when", "back", "x"]), st.text(max_size=60)))
def test_whatever_is_posted_a_page_comes_back(answers):
    assert ask(answers, REMOTE_ADDR=f"10.1.{len(answers)}.{hash(str(answers)) % 250}").status_code in (200, 429)


def test_too_many_at_once_are_asked_to_wait_with_their_answers_kept(one_minute):
    for _time in range(rates.PER_MINUTE):
        ask({"kind": "logistics"})

    response = ask(LEFT_OUT)

    assert (response.status_code, heading(response)) == (429, "A little too fast")
    assert 1 <= int(response.headers["Retry-After"]) <= 61
    assert response.context["fields"] == LEFT_OUT
    assert (dict(response.cookies), ask(LEFT_OUT, REMOTE_ADDR="10.2.0.1").status_code) == ({}, 200)


@pytest.mark.parametrize(
    ("one", "other", "together"), [("2001:db8:1::1", "2001:db8:1::2", True), ("10.0.0.1", "10.0.0.2", False)]
)
def test_one_household_is_one_address(rf, one_minute, one, other, together):
    first, second = (rf.post("/", REMOTE_ADDR=address) for address in (one, other))
    rates.seconds_to_wait(first, "test", per_minute=1)
    assert bool(rates.seconds_to_wait(second, "test", per_minute=1)) is together


# Keeping it


def keep(answers=LEFT_OUT, browser=None, **more):
    return (browser or Client()).post(reverse("one-thing-keep"), {**answers, **more})


def sign_up(sealed, browser=None, **more):
    return (browser or Client()).post(reverse("account_signup"), {**FORM, **more, "kept": sealed})


def come_in(browser, email=FORM["email"]):
    key = EmailConfirmationHMAC.create(EmailAddress.objects.get(email=email)).key
    return browser.post(reverse("account_confirm_email", args=[key]), follow=True)


def sealed_in(response):
    return response.context["form"]["kept"].value()


def test_keeping_stores_nothing_before_she_has_signed_up():
    before = checksum_of_everything()

    response = keep()

    assert (heading(response), checksum_of_everything()) == ("Keep it, and go on", before)
    assert kept.opened(sealed_in(response)) == LEFT_OUT


def test_from_the_public_page_to_the_first_decision():
    browser = Client()
    sealed = sealed_in(keep(browser=browser))
    refused = sign_up(sealed, browser, name="")
    assert sealed_in(refused) == sealed
    sign_up(sealed_in(refused), browser)

    first = come_in(browser)
    assert (first.request["PATH_INFO"], first.context["kept"]) == (reverse("interview-new"), look(LEFT_OUT))
    company = {"company": "Lake Clinic", "ended": "now", "decides": "unknown", "zone": "Africa/Nairobi"}
    debrief = browser.post(reverse("interview-new"), company)
    interview = Interview.objects.get()
    assert debrief.url == reverse("debrief", args=[interview.public_id])
    after = browser.post(debrief.url, {"went_well": "The tour."}, follow=True)
    assert after.context["kept"] == look(LEFT_OUT)
    words = {"kind": "omitted_information", "text": "I never mentioned the stock system.", "topic": "supplies"}
    taken = browser.post(
        f"{reverse('mistake-new', args=[interview.public_id])}?line=left-out&kept=1", words, follow=True
    )

    mistake = Mistake.objects.get()
    assert (mistake.touches_must_have, mistake.asked_for, mistake.has_new_information) == (True, False, True)
    assert (mistake.settled_in_the_room, sorted(mistake.answered)) == (
        "no",
        ["asked_for", "doubt_voiced", "has_new_information", "settled_in_the_room", "touches_must_have"],
    )
    assert taken.context["form"].names == ("repair_sentences",)
    assert kept.answers_of(interview.candidate) == {}


def test_a_decision_that_needs_no_more_questions_is_there_at_once(client_of, candidate):
    interview = InterviewFactory(candidate=candidate)
    browser = client_of(candidate)
    browser.post(reverse("one-thing-take"), {"kind": "regretted_remark", "around": "quiet"})
    words = {"kind": "regretted_remark", "text": "My joke about Mondays.", "topic": ""}

    browser.post(f"{reverse('mistake-new', args=[interview.public_id])}?line=awkward&kept=1", words)

    decision = Mistake.objects.get().decisions.get()
    assert (decision.action, Mistake.objects.get().noticed) == ("let_go", "no")


def test_not_to_be_written_to_becomes_a_fact_about_the_interview(client_of, candidate):
    interview = InterviewFactory(candidate=candidate)
    browser = client_of(candidate)
    browser.post(reverse("one-thing-take"), {**LEFT_OUT, "writing": "no"})
    words = {"kind": "omitted_information", "text": "The stock system.", "topic": ""}

    browser.post(f"{reverse('mistake-new', args=[interview.public_id])}?line=left-out&kept=1", words)

    interview.refresh_from_db()
    assert interview.contact_prohibited is True


def test_not_sure_stays_not_sure(client_of, candidate):
    interview = InterviewFactory(candidate=candidate)
    browser = client_of(candidate)
    browser.post(reverse("one-thing-take"), {"kind": "wrong_fact", "around": "unsure", "relied_on": "unsure"})
    words = {"kind": "wrong_fact", "text": "I said 2019.", "topic": ""}

    browser.post(f"{reverse('mistake-new', args=[interview.public_id])}?line=not-true&kept=1", words)

    mistake = Mistake.objects.get()
    assert (mistake.relied_on, mistake.settled_in_the_room, mistake.private_matter) == ("unknown", "unknown", None)


@pytest.mark.parametrize("sealed", ["", "forged:token:here", kept.SALT, "x" * 1999])
def test_what_is_not_ours_keeps_nothing_and_stops_nobody(sealed):
    browser = Client()
    sign_up(sealed, browser)

    assert (come_in(browser).request["PATH_INFO"], FormDraft.objects.count()) == (reverse("today"), 0)


def test_a_changed_or_old_text_keeps_nothing(monkeypatch):
    sealed = kept.seal(LEFT_OUT)
    assert kept.opened("a" + sealed) is None
    monkeypatch.setattr(kept, "HOURS", -1)
    sign_up(sealed)
    assert FormDraft.objects.count() == 0


def test_two_who_sign_up_with_the_same_text_have_it_each_for_themselves():
    sealed = kept.seal(LEFT_OUT)
    sign_up(sealed)
    sign_up(sealed, email="baraka@example.org")

    assert [kept.answers_of(user) for user in User.objects.all()] == [LEFT_OUT, LEFT_OUT]
    kept.forget(User.objects.get(email=FORM["email"]))
    assert [bool(kept.answers_of(user)) for user in User.objects.order_by("email")] == [False, True]


def test_an_address_that_has_an_account_keeps_nothing_for_whoever_types_it(candidate):
    sign_up(kept.seal(LEFT_OUT), email=candidate.email)
    assert FormDraft.objects.count() == 0


def test_signing_in_brings_it_along(candidate):
    interview = InterviewFactory(candidate=candidate, company="Lake Clinic")
    candidate.set_password(FORM["password1"])
    candidate.save()
    browser = Client()
    page = keep(browser=browser, sign_in="1")
    wrong = {"login": candidate.email, "password": "not this one 12", "kept": sealed_in(page)}
    again = browser.post(reverse("account_login"), wrong)
    assert (sealed_in(again), FormDraft.objects.count()) == (sealed_in(page), 0)

    inside = browser.post(reverse("account_login"), {**wrong, "password": FORM["password1"]}, follow=True)

    assert inside.request["PATH_INFO"] == reverse("one-thing-kept")
    assert (inside.context["kept"], inside.context["recent"]) == (look(LEFT_OUT), [interview])


def test_from_the_sign_up_form_to_the_sign_in_form_it_comes_along():
    first = keep()
    second = Client().post(reverse("one-thing-keep"), {"kept": sealed_in(first), "sign_in": "1"})
    assert (heading(second), kept.opened(sealed_in(second))) == ("Welcome back", LEFT_OUT)


def test_where_nobody_may_sign_up_it_leads_to_signing_in(settings):
    settings.AFTERWORD_OPEN_SIGNUP = False
    assert heading(keep()) == "Welcome back"
    assert "Keep this and write the note" not in ask(LEFT_OUT).content.decode()


def test_it_waits_on_today_until_it_is_taken_up_or_left(client_of, candidate):
    client = client_of(candidate)
    client.post(reverse("one-thing-take"), LEFT_OUT)
    page = client.get(reverse("today")).text
    assert "What you came with" in page
    assert f'href="{reverse("one-thing-kept")}">Begin with it' in page
    client.post(reverse("one-thing-leave"))
    assert "What you came with" not in client.get(reverse("today")).text


def test_half_an_answer_is_not_kept(client_of, candidate):
    half = {"kind": "weak_answer"}
    assert keep(half).url == reverse("one-thing")
    assert client_of(candidate).post(reverse("one-thing-take"), half).url == reverse("one-thing")
    assert FormDraft.objects.count() == 0


def test_nobody_can_plant_it_on_somebody_signed_in(candidate):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(candidate)
    assert browser.post(reverse("one-thing-take"), LEFT_OUT).status_code == 403
    assert (keep(browser=browser).url, FormDraft.objects.count()) == (reverse("one-thing"), 0)


def test_a_session_that_has_ended_meanwhile_loses_nothing(client_of, candidate):
    browser = client_of(candidate)
    browser.logout()
    page = browser.post(reverse("one-thing-take"), LEFT_OUT)
    assert (heading(page), kept.opened(sealed_in(page)), FormDraft.objects.count()) == ("Welcome back", LEFT_OUT, 0)


def test_it_can_be_left_behind(client_of, candidate):
    browser = client_of(candidate)
    browser.post(reverse("one-thing-take"), LEFT_OUT)
    page = browser.get(reverse("interview-new"))
    assert page.context["kept"] == look(LEFT_OUT)

    browser.post(reverse("one-thing-leave"))

    assert (kept.answers_of(candidate), browser.get(reverse("interview-new")).context.get("kept")) == ({}, None)


def test_other_forms_on_the_way_do_not_take_it_away(client_of, candidate):
    browser = client_of(candidate)
    taken = browser.post(
        reverse("one-thing-take"), LEFT_OUT, headers={"Referer": f"http://testserver{reverse('one-thing')}"}
    )
    browser.post(reverse("account_logout"), headers={"Referer": f"http://testserver{taken.url}"})
    assert kept.answers_of(candidate) == LEFT_OUT


def test_those_who_log_no_interviews_keep_nothing(client_of):
    coach = CoachFactory()
    kept.keep(coach, kept.seal(LEFT_OUT))
    assert (client_of(coach).post(reverse("one-thing-take"), LEFT_OUT).status_code, kept.answers_of(coach)) == (403, {})


def test_an_answer_of_an_older_version_is_passed_over(client_of, candidate):
    kept.keep_answers(candidate, {"kind": "omitted_information", "around": "no longer asked"})
    assert client_of(candidate).get(reverse("one-thing-kept")).url == reverse("today")
    assert {question.name for question in AFTERWARDS} == {"when", "writing", "referee"}
