"""One mistake with its decision, and her word on it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from followups import steps
from followups.models import Lesson, Referee
from followups.services import decisions
from interviews import services as interviews
from interviews.models import Mistake
from tests.factories import MistakeFactory, ThankYouNoteFactory


@pytest.fixture
def mistake(interview):
    return MistakeFactory(interview=interview)


def url(mistake):
    return f"/mistakes/{mistake.public_id}/"


def of(decision, verb):
    return f"/decisions/{decision.public_id}/{verb}/"


def small(interview):
    mistake = MistakeFactory(interview=interview, kind="weak_answer", touches_must_have=False, correction="")
    return mistake, decisions.decide(mistake)


def test_who_may_open_it(client_of, candidate, coach, other_coach, admin, stranger, mistake):
    decisions.decide(mistake)
    statuses = [
        client_of(user).get(url(mistake)).status_code for user in (candidate, coach, other_coach, admin, stranger)
    ]
    assert statuses == [200, 200, 404, 404, 404]


def test_her_coach_sees_the_card_without_buttons(client_of, coach, mistake):
    decisions.decide(mistake)
    page = client_of(coach).get(url(mistake)).content.decode()
    assert "Two sentences in your thank-you note" in page and "Done with it" not in page
    # What she may write is a word about it (coaching), nothing that would be her client's own.
    assert "/decisions/" not in page and url(mistake) not in page


@pytest.mark.parametrize("verb", ["drop", "reopen", "delete", "decide"])
def test_only_the_owner_has_a_word(client_of, coach, other_coach, admin, stranger, mistake, verb):
    decision = decisions.decide(mistake)
    people = (coach, other_coach, admin, stranger)
    assert [client_of(user).post(url(mistake) + f"{verb}/").status_code for user in people] == [403, 404, 404, 404]
    assert [client_of(user).post(of(decision, "accept")).status_code for user in people] == [403, 404, 404, 404]
    assert [client_of(user).post(of(decision, "dispute")).status_code for user in people] == [403, 404, 404, 404]
    mistake.refresh_from_db()
    assert mistake.status == "decided"


def test_a_link_that_is_opened_changes_nothing(client_of, candidate, mistake):
    decision = decisions.decide(mistake)
    addresses = [url(mistake) + verb for verb in ("drop/", "reopen/", "decide/")]
    addresses += [of(decision, "accept"), of(decision, "dispute")]
    assert [client_of(candidate).get(address).status_code for address in addresses] == [405] * 5


def test_done_with_it(client_of, candidate, interview):
    mistake, decision = small(interview)
    ThankYouNoteFactory(interview=interview, status="skipped")
    response = client_of(candidate).post(of(decision, "accept"))
    mistake.refresh_from_db()
    assert (mistake.status, response.url) == ("let_go", f"/interviews/{interview.public_id}/closing/")


def test_while_she_is_at_it_the_next_thing_is_asked(client_of, candidate, interview):
    _mistake, decision = small(interview)
    assert client_of(candidate).post(of(decision, "accept")).url == f"/interviews/{interview.public_id}/mistakes/new/"


@pytest.mark.parametrize(("lesson", "status", "lessons"), [("take", "done", 1), ("leave", "let_go", 0)])
def test_practice_is_taken_or_left(client_of, candidate, interview, lesson, status, lessons):
    mistake = MistakeFactory(interview=interview, kind="weak_answer", noticed="no")
    decision = decisions.decide(mistake)
    client = client_of(candidate)
    assert "Leave it behind" in client.get(url(mistake)).content.decode()
    client.post(of(decision, "accept"), {"lesson": lesson})
    mistake.refresh_from_db()
    assert (mistake.status, Lesson.objects.count()) == (status, lessons)


def test_not_so_sure_shows_the_other_ways(client_of, candidate, coach, mistake):
    client = client_of(candidate)
    client.post(of(decisions.decide(mistake), "dispute"))
    response = client.get(url(mistake))
    assert [other["action"] for other in response.context["others"]] == ["let_go", "practice"]
    assert "What would you rather do?" in response.content.decode()
    assert client.post(url(mistake) + "decide/", {"action": "let_go"}).status_code == 302
    mistake.refresh_from_db()
    assert mistake.status == "let_go"


@pytest.mark.parametrize("action", ["referee", "", "panic"])
def test_a_choice_that_is_none_is_told(client_of, candidate, mistake, action):
    decisions.decide(mistake)
    client = client_of(candidate)
    page = url(mistake)
    response = client.post(
        page + "decide/", {"action": action}, headers={"referer": f"http://testserver{page}"}, follow=True
    )
    assert response.status_code == 200 and 'class="notice error"' in response.content.decode()
    mistake.refresh_from_db()
    assert mistake.status == "decided"


def test_an_old_card_is_refused_in_words(client_of, candidate, mistake):
    old = decisions.decide(mistake)
    interviews.answer_mistake(mistake, by=candidate, has_new_information=False)
    decisions.reconsider(mistake)
    page = url(mistake)
    response = client_of(candidate).post(
        of(old, "accept"), headers={"referer": f"http://testserver{page}"}, follow=True
    )
    assert "decided anew in the meantime" in response.content.decode()


def test_a_long_correction_shows_both_outcomes(client_of, candidate, mistake):
    Mistake.objects.update(correction="One. Two. Three.")
    decisions.decide(mistake)
    page = client_of(candidate).get(url(mistake)).content.decode()
    assert "As it stands: Practise it. Cut to two sentences: Two sentences in your thank-you note." in page


def test_what_was_let_go_answers_calmly_and_asks_for_something_new(client_of, candidate, interview):
    mistake, decision = small(interview)
    decisions.accept(decision, by=candidate)
    client = client_of(candidate)
    page = client.get(url(mistake)).content.decode()
    assert "You let this go" in page and "Nothing has changed since. Here is why." in page
    assert "It will not decide this job." in page and "Done with it" not in page
    response = client.post(url(mistake) + "reopen/", {"new_fact": "They asked for it."})
    mistake.refresh_from_db()
    assert (mistake.status, response.url) == ("open", url(mistake) + "questions/")


def test_opening_again_without_anything_new_is_refused_at_the_field(client_of, candidate, interview):
    mistake, decision = small(interview)
    decisions.accept(decision, by=candidate)
    response = client_of(candidate).post(url(mistake) + "reopen/", {"new_fact": " "})
    assert (response.status_code, list(response.context["reopen_form"].errors)) == (422, ["new_fact"])


def test_dropping_and_deleting(client_of, candidate, interview, mistake):
    client = client_of(candidate)
    client.post(url(mistake) + "drop/")
    mistake.refresh_from_db()
    assert mistake.status == "dropped"
    client.post(url(mistake) + "delete/")
    assert not Mistake.objects.exists()


def test_deleting_takes_lesson_and_sentence_along(client_of, candidate, interview):
    mistake = MistakeFactory(interview=interview, kind="weak_answer")
    decisions.accept(decisions.decide(mistake), by=candidate, take_lesson=True)
    note = ThankYouNoteFactory(
        interview=interview,
        carries=mistake,
        body=f"Thank you.\n\nOne thing I would add: {mistake.correction}\n\nAchieng",
    )
    client_of(candidate).post(url(mistake) + "delete/")
    note.refresh_from_db()
    assert mistake.correction not in note.body
    assert not Lesson.objects.exists()


def test_the_engines_later_opinion_is_shown_beside_her_word(client_of, candidate, mistake):
    decisions.decide(mistake)
    decisions.decide_otherwise(mistake, "correct_now", by=candidate)
    interviews.answer_mistake(mistake, by=candidate, has_new_information=False)
    decisions.reconsider(mistake)
    page = client_of(candidate).get(url(mistake)).content.decode()
    assert "Your word" in page and "Looked at afresh: Let it go." in page


def test_a_coachs_word_comes_with_the_message(client_of, candidate, coach, mistake):
    decisions.decide(mistake)
    decisions.decide_otherwise(mistake, "practice", by=coach, message="Keep it for the mock.", made="coach")
    page = client_of(candidate).get(url(mistake)).content.decode()
    assert "Your coach's word" in page and "Keep it for the mock." in page


def test_a_referee_is_asked_in_person(client_of, candidate, mistake):
    Referee.objects.create(candidate=candidate, name="Peter Mwangi", agreed_at=timezone.now())
    Mistake.objects.update(correction="One. Two. Three.")
    decision = decisions.decide(mistake)
    client = client_of(candidate)
    assert "I have asked, or will" in client.get(url(mistake)).content.decode()
    client.post(of(decision, "accept"), {"lesson": "take"})
    mistake.refresh_from_db()
    assert (mistake.status, Lesson.objects.count()) == ("done", 1)


def test_only_what_competes_for_the_note_asks_which(client_of, candidate, interview, mistake):
    rival, (other, _decision) = MistakeFactory(interview=interview), small(interview)
    decisions.decide(mistake)
    decisions.decide(rival)
    asked = "Another thing wants your note too"
    pages = [client_of(candidate).get(url(each)).content.decode() for each in (mistake, rival, other)]
    assert [asked in page for page in pages] == [True, True, False]


def test_the_card_and_the_note_name_the_same_minute(interview, mistake):
    decision = decisions.decide(mistake)
    assert steps.act_by(decision) == interview.ends_at + timedelta(hours=24)


def test_cutting_a_long_correction_is_offered_before_the_answer_to_it(client_of, candidate, mistake):
    """Three sentences: both outcomes first, then what follows from leaving them."""
    Mistake.objects.update(correction="One fact. Two facts. Three facts.")
    mistake.refresh_from_db()
    decisions.decide(mistake)
    page = client_of(candidate).get(url(mistake)).content.decode()
    offer = "As it stands: Practise it. Cut to two sentences: Two sentences in your thank-you note."
    assert 0 < page.index(offer) < page.index('class="decision-head"')


def test_there_is_nothing_to_put_right_where_nothing_was_untrue(client_of, candidate, interview):
    """Unless somebody was hurt: then one plain sentence may be owed."""
    for fields, offered in (
        ({"kind": "omitted_information"}, False),
        ({"kind": "wrong_fact"}, True),
        ({"kind": "regretted_remark", "hurt_someone": True}, True),
    ):
        mistake = MistakeFactory(interview=interview, **fields)
        decision = decisions.dispute(decisions.decide(mistake), by=candidate)
        others = client_of(candidate).get(url(mistake)).context["others"]
        assert offered == ("correct_now" in [decision.action, *(other["action"] for other in others)])
