"""The composer: two windows, every click undone, who gets it, what is counted, and each case in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.records import Refused
from followups import outbox
from followups.models import OutboundEmail, Suppression, ThankYouNote
from followups.services import decisions, notes
from tests import factories
from tests.mailing import trust

pytestmark = pytest.mark.django_db
TEXT = "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\nAchieng\n"
SORRY = TEXT.replace("I liked", "I am so sorry that I was late. I liked")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def note(candidate):
    trust(candidate)
    interview = factories.InterviewFactory(candidate=candidate)
    person = factories.InterviewerFactory(interview=interview, name="Grace Wanjiru", email="grace@company.example")
    return factories.ThankYouNoteFactory(
        interview=interview, interviewer=person, body=TEXT, due_at=timezone.now() + timedelta(hours=20)
    )


@pytest.fixture
def browser(candidate, client_of):
    return client_of(candidate)


def page(note, name="detail"):
    return reverse(f"note-{name}", args=[note.public_id])


def typed(note, body, **more):
    fields = {name: getattr(note, name) for name in notes.WRITTEN}
    return {**fields, "body": body, **more}


def body_of(note):
    return ThankYouNote.objects.get(pk=note.pk).body


# Two windows -----------------------------------------------------------------


def open_window(browser, note):
    """What a page that is open carries along."""
    context = browser.get(page(note)).context
    return {"seen": context["seen"], "page": context["page_id"]}


def test_the_second_window_is_shown_both_texts_and_keeps_nothing(browser, note):
    first, second = open_window(browser, note), open_window(browser, note)
    browser.post(page(note, "edit"), typed(note, "From the first window\n", **first))

    answer = browser.post(page(note, "edit"), typed(note, "From the second window\n", subject="Thanks!", **second))

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "From the first window" in text and "From the second window" in text
    assert [(each["typed"], each["there"]) for each in answer.context["overtaken"]["other"]] == [
        ("Thanks!", "Thank you")
    ]
    assert body_of(note) == "From the first window\n"


def test_she_takes_hers_and_the_other_is_an_earlier_text(browser, note):
    first, second = open_window(browser, note), open_window(browser, note)
    browser.post(page(note, "edit"), typed(note, "From the first window\n", **first))
    answer = browser.post(page(note, "edit"), typed(note, "From the second window\n", **second))

    browser.post(
        page(note, "edit"), answer.context["overtaken"]["typed"] | {"seen": answer.context["seen"], "mine": "on"}
    )

    assert body_of(note) == "From the second window\n"
    assert [text.body for text in note.earlier_texts.all()] == ["From the first window\n"]


def test_she_leaves_the_note_and_hers_is_an_earlier_text(browser, note):
    browser.post(page(note, "edit"), {"body": "From the second\r\nwindow", "theirs": "on"})
    assert body_of(note) == TEXT
    assert [text.body for text in note.earlier_texts.all()] == ["From the second\nwindow\n"]


def test_one_window_is_never_in_its_own_way(browser, note):
    """An answer that got lost leaves the page with what it had seen before: it is still the one that wrote last."""
    window = open_window(browser, note)
    for body in ("One\n", "One two\n", "One two three\n"):
        assert browser.post(page(note, "check"), typed(note, body, **window), headers=HTMX).status_code == 200
    assert body_of(note) == "One two three\n"


def test_while_typing_the_other_window_is_told_and_does_not_overwrite(browser, note):
    first, second = open_window(browser, note), open_window(browser, note)
    browser.post(page(note, "check"), typed(note, "From the first window\n", **first), headers=HTMX)
    for _again in range(2):
        answer = browser.post(page(note, "check"), typed(note, "From the second window\n", **second), headers=HTMX)
        assert "See both texts" in answer.content.decode()
        assert f'name="seen" value="{second["seen"]}"' in answer.content.decode()
    assert body_of(note) == "From the first window\n"


def test_a_click_elsewhere_counts_as_another_window(browser, note):
    window = open_window(browser, note)
    window["seen"] = browser.post(page(note, "check"), typed(note, SORRY, **window), headers=HTMX).context["seen"]
    note.refresh_from_db()
    finding = next(found for found in notes.findings_of(note) if found.code == "apology")
    notes.mend_note(note, finding.key, by=note.candidate)
    note.refresh_from_db()

    answer = browser.post(page(note, "check"), typed(note, SORRY + "More\n", **window), headers=HTMX)

    assert "See both texts" in answer.content.decode()
    assert body_of(note) == TEXT


def test_a_program_that_knows_nothing_of_windows_just_writes(candidate, note):
    notes.edit_note(note, by=candidate, body="By a program")
    assert body_of(note) == "By a program\n"


# Undo ------------------------------------------------------------------------


def test_every_click_on_the_text_can_be_undone(browser, note, candidate):
    mistake = factories.MistakeFactory(interview=note.interview)
    decisions.decide(mistake)
    notes.edit_note(note, by=candidate, body=SORRY)
    finding = next(found for found in notes.findings_of(note) if found.code == "apology")
    clicks = {
        "rewrite": {"finding": finding.key},
        "compose": {"stayed_with_me": "The shelf."},
        "carry": {"carries": mistake.public_id},
    }
    for name, chosen in clicks.items():
        answer = browser.post(page(note, name), typed(note, SORRY, **chosen), follow=True)
        assert body_of(note) != SORRY
        assert answer.context["undo"].body == SORRY
        browser.post(page(note, "restore"), typed(note, body_of(note), text=answer.context["undo"].pk))
        assert body_of(note) == SORRY


def test_an_undo_of_another_note_is_no_undo(browser, note):
    other = factories.ThankYouNoteFactory(interview__candidate=note.candidate)
    stranger = other.earlier_texts.create(body="Elsewhere")
    for number in (stranger.pk, "nonsense", "9" * 30, "²"):
        assert browser.get(page(note), {"undo": number}).context["undo"] is None


def test_only_the_latest_ten_texts_are_kept(note, candidate):
    for number in range(12):
        notes.edit_note(note, by=candidate, body=f"Text {number}", keep=True)
    assert [text.body for text in note.earlier_texts.all()] == [f"Text {number}\n" for number in range(10, 0, -1)]


# Findings with a click -------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "body", "mended"),
    [
        ("wrong_name", TEXT.replace("Dear Grace,", "Dear Brian,"), "Dear Grace Wanjiru,"),
        ("placeholder", TEXT.replace("the talk", "the talk at [Company]"), "the talk at Savanna Stories about"),
        ("placeholder", TEXT.replace("Dear Grace,", "Dear [Name],"), "Dear Grace Wanjiru,"),
        ("generic", "Dear Grace,\n\nThank you for your time.\n\nAchieng\n", "The shelf you built."),
        ("no_thanks", "Dear Grace,\n\nThe reading room stayed with me.\n\nAchieng\n", "Thank you for the conversation"),
    ],
)
def test_one_click_puts_the_right_words_in(note, candidate, code, body, mended):
    note.interview.company = "Savanna Stories"
    note.interview.save()
    notes.edit_note(note, by=candidate, body=body, stayed_with_me="The shelf you built.")
    finding = next(found for found in notes.findings_of(note) if found.code == code)
    notes.mend_note(note, finding.key, by=candidate)
    assert mended in note.body
    assert code not in {found.code for found in notes.findings_of(note)}


def test_one_click_keeps_as_many_sentences_as_there_is_room_for(note, candidate):
    addition = "One thing I would add: I ran the shop for two years. I did the books. I hired three people. All of them stayed."
    notes.edit_note(note, by=candidate, body=TEXT.replace("\n\nAchieng", f"\n\n{addition}\n\nKind regards,\nAchieng"))
    finding = next(found for found in notes.findings_of(note) if found.code == "too_long")
    notes.mend_note(note, finding.key, by=candidate)
    assert "I did the books.\n\nKind regards" in note.body
    assert notes.counts_of(note).addition == 2
    letter = factories.ThankYouNoteFactory(interview=note.interview, kind="correction", body=(
        "Dear Grace,\n\nThe course is done. The exam is in March. It is in writing. It takes a day.\n\nKind regards,\nAchieng\n"
    ))  # fmt: skip
    finding = next(found for found in notes.findings_of(letter) if found.code == "too_long")
    notes.mend_note(letter, finding.key, by=candidate)
    assert letter.body.split("\n\n")[1] == "The course is done. The exam is in March. It is in writing."


# Counting --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addition", "sentences"),
    [
        ("When we spoke about writing, one thing I would add: I wrote three posts a week.", 1),
        ("When we spoke about the shop floor, one thing I would add: I ran it. For two years. Alone.", 3),
        ("One thing I would add: I wrote posts. They were read.", 2),
        ("Nothing of the kind.", None),
    ],
)
def test_the_sentences_of_the_addition_are_counted_as_she_has_changed_them(note, addition, sentences):
    note.body = f"Dear Grace,\n\nThank you for the talk.\n\n{addition}\n\nKind regards,\nAchieng\n"
    counts = notes.counts_of(note)
    assert (counts.addition, counts.room) == (sentences, 2)


def test_a_letter_that_puts_right_has_room_for_three(note):
    note.kind, note.body = (
        "correction",
        "Dear Grace,\n\nOne. Two is here. Three is there. Four is too many.\n\nAchieng\n",
    )
    counts = notes.counts_of(note)
    assert (counts.sentences, counts.addition, counts.room) == (counts.addition, counts.sentences, 3)


# Who gets it -----------------------------------------------------------------


def test_somebody_new_is_added_without_leaving_the_composer(browser, note):
    new = {"other-reader": "new", "other-kind": "hr", "other-name": "Mercy Auma", "other-email": "hr@company.example"}
    browser.post(page(note, "readdress"), typed(note, TEXT.replace("I liked", "I still like"), **new))
    note.refresh_from_db()
    assert (note.to_name, note.to_email, note.interviewer.kind) == ("Mercy Auma", "hr@company.example", "hr")
    assert "I still like" in note.body
    assert "Please pass this on to Grace Wanjiru." in note.body


def test_greeting_thanks_and_passing_on_follow_the_reader(candidate):
    interview = factories.InterviewFactory(candidate=candidate)
    grace = factories.InterviewerFactory(interview=interview, name="Grace Wanjiru")
    office = factories.InterviewerFactory(interview=interview, name="Mercy Auma", kind="recruiter")
    note = notes.draft_note(interview, grace, by=candidate)
    before = note.body

    notes.readdress_note(note, office, by=candidate)
    assert note.body == (
        "Dear Mercy Auma,\n\nThank you for arranging the interview.\n\nPlease pass this on to Grace Wanjiru.\n\n"
        "Kind regards,\nAchieng Otieno\n"
    )
    notes.readdress_note(note, grace, by=candidate)
    assert note.body == before
    notes.readdress_note(note, None, by=candidate)
    assert (note.to_name, note.to_email, note.body.splitlines()[0]) == ("", "", "Hello,")


def test_what_is_missing_is_told_at_its_field_and_the_words_are_kept(browser, note):
    new = {"other-reader": "new", "other-kind": "hr", "other-name": "", "other-email": "hr at company"}
    answer = browser.post(page(note, "readdress"), typed(note, "Something typed\n", **new))
    assert (answer.status_code, sorted(answer.context["other"].errors)) == (422, ["email", "name"])
    assert answer.context["other"]["email"].value() == "hr at company"
    assert body_of(note) == "Something typed\n"
    assert note.interview.interviewers.count() == 1


def test_nobody_is_written_to_twice(candidate, note):
    other = factories.ThankYouNoteFactory(interview=note.interview)
    with pytest.raises(Refused, match="already"):
        notes.readdress_note(note, other.interviewer, by=candidate)


def test_an_address_found_out_here_is_known_for_the_next_letter(candidate):
    person = factories.InterviewerFactory(interview__candidate=candidate, email="")
    note = factories.ThankYouNoteFactory(interview=person.interview, interviewer=person)
    notes.edit_note(note, by=candidate, to_email="found@company.example")
    person.refresh_from_db()
    assert person.email == "found@company.example"


# Which one thing -------------------------------------------------------------


def test_both_outcomes_are_shown_and_ours_comes_first(browser, note):
    first = factories.MistakeFactory(interview=note.interview, correction="I wrote posts.")
    second = factories.MistakeFactory(interview=note.interview, correction="I speak Luo.", doubt_voiced=True)
    for mistake in (first, second):
        decisions.decide(mistake)
    outcomes = browser.get(page(note)).context["outcomes"]
    found = [
        (each.mistake, each.is_ours, [(other, decision.action) for other, decision in each.others]) for each in outcomes
    ]
    assert found == [(second, True, [(first, "practice")]), (first, False, [(second, "practice")])]
    text = browser.get(page(note)).content.decode()
    assert "Then “I speak Luo.”: yours to practise." in text and "Then “I wrote posts.”: yours to practise." in text


# Each case in words ----------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "facts", "words"),
    [
        (0, {}, "Let a quarter of an hour pass after the interview"),
        (5, {}, "There is time. Most people send it within a day."),
        (30, {}, "A day has passed, which is fine."),
        (60, {}, "It is late, but still read."),
        (200, {}, "The time for this note has passed"),
        (5, {"outcome": "rejected"}, "They have decided, so no note is needed any more."),
        (5, {"outcome": "offer"}, "They have made you an offer"),
        (5, {"outcome": "next_round"}, "You meet again: thank them there."),
        (5, {"contact_prohibited": True}, "They asked not to be contacted, so this note would go against it."),
        (-5, {"status": "planned"}, "The interview is still to come."),
    ],
)
def test_each_case_has_its_words(browser, candidate, hours, facts, words):
    if "outcome" in facts:
        facts = facts | {"outcome_at": timezone.now()}
    interview = factories.InterviewFactory(candidate=candidate, ended_hours_ago=hours, **facts)
    assert words in browser.get(page(factories.ThankYouNoteFactory(interview=interview))).content.decode()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (None, "Nobody to write to is a common case."),
        ("interviewer", "The invitation may show it."),
        ("hr", "The invitation usually came from their address."),
    ],
)
def test_no_address_has_its_words(browser, candidate, kind, words):
    interview = factories.InterviewFactory(candidate=candidate)
    person = kind and factories.InterviewerFactory(interview=interview, kind=kind, email="")
    note = notes.draft_note(interview, person, by=candidate)
    text = browser.get(page(note)).content.decode()
    assert words in text
    assert "other-name" in text


def test_a_day_full_of_letters_is_said_before_she_tries(browser, note, candidate):
    OutboundEmail.objects.bulk_create(
        OutboundEmail(
            kind="note", sender=candidate, to_third_party=True, status="sent", sent_at=timezone.now(),
            due_at=timezone.now(), next_try_at=timezone.now(), message_encrypted=b"x",
        )
        for _ in range(20)
    )  # fmt: skip
    assert "more than 20 letters in one day" in browser.get(page(note)).context["closed"]
    assert "Open in my mail program" in browser.get(page(note)).content.decode()


def test_an_address_that_takes_no_mail_is_said_at_the_address(browser, note):
    Suppression.objects.create(address_hash=outbox.hashes_of(note.to_email)[0], reason="asked")
    assert "This address does not take mail from here." in browser.get(page(note)).context["against_address"]
    answer = browser.post(page(note, "schedule"), typed(note, TEXT, when="now"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["to_email"])
    assert not OutboundEmail.objects.exists()


def test_a_page_without_scripts_counts_down_by_loading_anew(browser, note, candidate, settings):
    settings.UNDO_SECONDS = 60
    notes.send_now(note, by=candidate)
    answer = browser.get(page(note))
    # With its address: the fragment that the button before left behind would make it no loading at all.
    refresh = f'<noscript><meta http-equiv="refresh" content="5; url={page(note)}"></noscript>'
    assert refresh in answer.content.decode()
    assert 0 < answer.context["seconds_left"] <= 60
    assert "Take it back" in answer.content.decode()
    ThankYouNote.objects.filter(pk=note.pk).update(send_at=timezone.now() + timedelta(hours=5))
    assert "http-equiv" not in browser.get(page(note)).content.decode()


# What a bad evening shows ----------------------------------------------------


REGRET = TEXT.replace(
    "I liked",
    "I am sorry I was so nervous and did not do myself justice. I wish I had answered better. I hope you can overlook it. "
    "I liked",
)


def test_words_found_twice_stand_on_one_card_and_advice_is_given_once(browser, note):
    note.body = REGRET
    note.save()
    found = notes.findings_of(note)
    cards = browser.get(page(note)).context["findings"]
    places = [(card["finding"].start, card["finding"].end) for card in cards]
    assert len(places) == len(set(places)) < len(found)
    assert sum(len(card["messages"]) for card in cards) == len(found)
    advice = [card["suggestion"] for card in cards if card["suggestion"]]
    assert len(advice) == len(set(advice))
    assert "Take these 3 sentences out" in browser.get(page(note)).content.decode()


def test_the_question_before_sending_is_where_the_button_leads(browser, note):
    ThankYouNote.objects.filter(pk=note.pk).update(body=REGRET)
    before = browser.get(page(note)).content.decode()
    assert (f'formaction="{page(note, "schedule")}#asked"' in before, 'id="asked"' in before) == (True, False)
    answer = browser.post(page(note, "schedule"), typed(note, REGRET, when="now"))
    assert (answer.status_code, 'id="asked" tabindex="-1"' in answer.content.decode()) == (422, True)
    assert len(answer.context["asked_why"]) == len(set(answer.context["asked_why"])) < len(answer.context["asked"])


def test_a_missing_address_is_said_beside_the_times_until_it_is_there(browser, candidate, note):
    asks = '<p class="notice" id="no-address"'
    ThankYouNote.objects.filter(pk=note.pk).update(to_email="")
    assert f"{asks}>" in browser.get(page(note)).content.decode()
    answer = browser.post(page(note, "check"), typed(note, TEXT, to_email="grace@company.example"), headers=HTMX)
    assert f'{asks} hx-swap-oob="true" hidden>' in answer.content.decode()


def test_nobody_is_advised_to_send_what_was_not_wanted(browser, candidate):
    trust(candidate)
    interview = factories.InterviewFactory(candidate=candidate, contact_prohibited=True)
    text = browser.get(page(factories.ThankYouNoteFactory(interview=interview))).content.decode()
    assert ("Recommended" in text, "At a decent hour there" in text) == (False, False)
    assert "It would go against what they asked, so you are asked once more." in text


@pytest.mark.parametrize(
    ("kind", "person", "is_unwelcome"),
    [
        ("thank_you", "hr", True),
        ("correction", "interviewer", True),
        ("correction", "hr", False),
        ("correction", "recruiter", False),
    ],
)
def test_only_papers_may_be_put_right_where_nobody_is_to_be_written_to(browser, candidate, kind, person, is_unwelcome):
    interview = factories.InterviewFactory(candidate=candidate, contact_prohibited=True)
    person = factories.InterviewerFactory(interview=interview, kind=person)
    note = factories.ThankYouNoteFactory(interview=interview, interviewer=person, kind=kind)
    codes = {finding.code for finding in notes.findings_of(note)}
    said = (
        "They asked not to be contacted, so this note would go against it." in browser.get(page(note)).content.decode()
    )
    assert ("contact_prohibited" in codes, said) == (is_unwelcome, is_unwelcome)


def test_a_letter_is_put_away_and_not_refused_to_a_person(browser, note):
    ThankYouNote.objects.filter(pk=note.pk).update(kind="correction")
    assert "Put this letter away" in browser.get(page(note)).content.decode()
    text = browser.post(page(note, "skip"), follow=True).content.decode()
    assert ("Put away. You can take it up again." in text, "No note to this person" in text) == (True, False)


@pytest.mark.parametrize(("minutes", "offered"), [(40, True), (20, False)])
def test_a_coach_is_offered_only_where_there_is_time_to_answer(browser, note, candidate, minutes, offered):
    factories.EngagementFactory(candidate=candidate, coach=factories.CoachFactory(name="Tom Barasa"))
    at = timezone.now() + timedelta(minutes=minutes)
    ThankYouNote.objects.filter(pk=note.pk).update(status="scheduled", send_at=at, approved_hash="x")
    assert ("Ask Tom to look at it before" in browser.get(page(note)).content.decode()) is offered
