"""Pages and API of reviews, each with the cast."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from accounts.models import Engagement
from accounts.services import end_engagement
from coaching import presence
from coaching.differences import Piece, differences
from coaching.models import Review
from coaching.services import reviews
from followups.services import decisions, notes
from tests import factories
from tests.coaching.conftest import ADDITION

pytestmark = pytest.mark.django_db
API = "/api/v1/reviews/"


def at(name, record):
    return reverse(name, args=[record.public_id])


def post(client, address, **body):
    return client.post(address, body, content_type="application/json")


def listed(client, **query):
    page = client.get(reverse("review-list"), query)
    assert page.status_code == 200
    return [one.pk for one in page.context["page"]]


def test_review_list_for_the_cast(review, candidate, coach, other_coach, stranger, admin, client_of):
    assert listed(client_of(candidate)) == listed(client_of(coach)) == [review.pk]
    assert listed(client_of(other_coach)) == listed(client_of(stranger)) == []
    assert client_of(admin).get(reverse("review-list")).status_code == 404


def test_the_queue_and_what_went_without(review, coach, client_of):
    client = client_of(coach)
    assert (listed(client), listed(client, show="without"), listed(client, show="past")) == ([review.pk], [], [])
    reviews.go_without(review, now=timezone.now())
    assert (listed(client), listed(client, show="without")) == ([], [review.pk])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "as your client approved it; what you write until then still reaches them"),
        ({"status": "draft", "if_unreviewed": "hold"}, "waits for your client"),
        ({"status": "sent", "sent_at": Now()}, "It went as your client approved it"),
        ({"status": "failed"}, "what your client decided stands"),
    ],
)
def test_what_became_of_the_note_without_an_answer(review, note, coach, client_of, fields, words):
    reviews.go_without(review, now=timezone.now())
    if fields:
        type(note).objects.filter(pk=note.pk).update(**fields)
    assert words in client_of(coach).get(at("review-detail", review)).text


def test_her_note_says_that_it_was_answered_and_no_longer_that_it_waits(review, note, candidate, coach, client_of):
    waits = "Without an answer it goes as you approved it."
    before = client_of(candidate).get(at("note-detail", note)).text
    reviews.answer_review(review, by=coach, answers={item: {"answer": "agree"} for item in review.items.all()})
    after = client_of(candidate).get(at("note-detail", note)).text
    answered = f"{coach.get_short_name()} has looked at it and answered."
    assert ((waits in before, answered in before), (waits in after, answered in after)) == (
        (True, False),
        (False, True),
    )


@pytest.mark.parametrize(("role", "queries"), [("coach", 3), ("candidate", 3)])
def test_review_list_asks_as_often_for_thirty_as_for_one(
    role, queries, request, coach, candidate, client_of, django_assert_num_queries
):
    def make():
        Review.objects.create(
            interview=factories.InterviewFactory(candidate=candidate, shared_with_coach=True),
            candidate=candidate,
            coach=coach,
            answer_by=timezone.now() + timedelta(hours=5),
        )

    client = client_of(request.getfixturevalue(role))
    make()
    client.get(reverse("review-list"))
    with django_assert_num_queries(queries):
        client.get(reverse("review-list"))
    for _number in range(29):
        make()
    with django_assert_num_queries(queries):
        assert len(client.get(reverse("review-list")).context["page"]) == 25


def test_review_detail_for_the_cast(review, candidate, coach, other_coach, stranger, admin, client_of):
    for user, status in (
        (candidate, 200),
        (coach, 200),
        (other_coach, 404),
        (stranger, 404),
        (admin, 404),
        (None, 302),
    ):
        assert client_of(user).get(at("review-detail", review)).status_code == status


def test_one_screen_her_words_first_and_who_reads(review, coach, client_of):
    page = client_of(coach).get(at("review-detail", review)).text
    her_words, rules, note = (
        page.index("I never mentioned my internship."),
        page.index("Why, by the rules"),
        page.index("reading room"),
    )
    assert her_words < rules < note
    assert "Achieng Otieno and you can read this page." in page
    assert "Too much?" in page


def test_it_is_shown_who_has_it_open_and_afterwards_who_had(review, candidate, coach, client_of, empty_cache):
    page = lambda: client_of(candidate).get(at("review-detail", review)).text  # noqa: E731
    assert "opened it" not in page() and "has this open" not in page()
    client_of(coach).get(at("review-detail", review))
    assert "Tom has this open, since " in page()
    presence.leave(review, by=coach, now=timezone.now())
    assert "Tom opened it " in page()


def test_her_coachs_sight_ends_at_once(review, candidate, coach, client_of):
    """An open page, a save, the API and the lists: with the same commit."""
    client, item = client_of(coach), review.items.get()
    assert client.get(at("review-detail", review)).status_code == 200
    end_engagement(Engagement.objects.get(coach=coach, candidate=candidate), by=candidate)
    assert client.get(at("review-detail", review)).status_code == 404
    assert client.post(at("review-answer", review), {f"{item.public_id}-answer": "agree"}).status_code == 404
    assert client.get(f"{API}{review.public_id}/").status_code == 404
    assert post(client, f"{API}{review.public_id}/answer/", items=[]).status_code == 404
    assert listed(client) == []
    assert client.get(at("client-detail", candidate)).status_code == 404
    assert client.get(at("interview-detail", review.interview)).status_code == 404
    assert client.get(at("note-detail", review.note)).status_code == 404
    assert "Kijani" not in client.get(reverse("today")).text
    review.refresh_from_db()
    assert review.status == "went_without"


def test_the_coach_answers_and_nothing_typed_is_lost(review, coach, client_of):
    client, item = client_of(coach), review.items.get()
    page = client.post(
        at("review-answer", review), {f"{item.public_id}-message": "Half a thought", "message": "Well done"}
    )
    assert page.status_code == 200
    assert "Agree, change or ask" in page.text
    assert ("Half a thought" in page.text, "Well done" in page.text) == (True, True)
    answer = client.post(at("review-answer", review), {f"{item.public_id}-answer": "agree", "message": "Well done"})
    assert answer.url == reverse("review-list")
    review.refresh_from_db()
    assert (review.status, review.message) == ("answered", "Well done")


def test_the_second_answer_is_refused_kindly(review, coach, client_of):
    client, item = client_of(coach), review.items.get()
    body = {f"{item.public_id}-answer": "agree"}
    client.post(at("review-answer", review), body)
    again = body | {f"{item.public_id}-message": "Half a thought", "message": "Written in another tab"}
    page = client.post(at("review-answer", review), again)
    assert page.status_code == 409
    assert "answered already" in page.text
    assert ("Half a thought" in page.text, "Written in another tab" in page.text) == (True, True)
    assert "It has not been sent" in page.text


@pytest.mark.parametrize(
    ("answer", "field", "words"),
    [("change", "action", "Choose what to do instead."), ("ask", "message", "Write what you would like to ask.")],
)
def test_what_is_missing_is_said_at_its_field(review, coach, client_of, answer, field, words):
    item = review.items.get()
    page = client_of(coach).post(at("review-answer", review), {f"{item.public_id}-answer": answer})
    [row] = page.context["rows"]
    assert row["form"].errors == {field: [words]}


def test_whose_client_left_meanwhile_keeps_her_own_words(review, note, candidate, coach, client_of):
    client, item = client_of(coach), review.items.get()
    end_engagement(Engagement.objects.get(coach=coach, candidate=candidate), by=candidate)
    body = {f"{item.public_id}-answer": "agree", "message": "Well done", "suggestion": note.body}
    page = client.post(at("review-answer", review), body)
    assert (page.status_code, "Well done" in page.text, ADDITION in page.text) == (404, True, False)
    review.refresh_from_db()
    assert review.answered_at is None


def test_nobody_else_answers(review, candidate, other_coach, admin, client_of):
    for user, status in ((candidate, 403), (other_coach, 404), (admin, 404)):
        assert client_of(user).post(at("review-answer", review)).status_code == status


def test_a_change_after_her_approval_is_hers_to_follow(review, note, candidate, coach, client_of):
    item = review.items.get()
    client_of(coach).post(
        at("review-answer", review), {f"{item.public_id}-answer": "change", f"{item.public_id}-action": "let_go"}
    )
    client = client_of(candidate)
    assert "Send it without them" in client.get(at("review-detail", review)).text
    assert client_of(coach).post(at("review-without", review), {"item": str(item.public_id)}).status_code == 403
    assert [client.post(at("review-without", review), {"item": odd}).status_code for odd in ("", "odd")] == [404, 404]
    client.post(at("review-without", review), {"item": str(item.public_id)})
    note.refresh_from_db()
    assert (note.status, ADDITION in note.body) == ("scheduled", False)
    assert "Send it without them" not in client.get(at("review-detail", review)).text


def test_she_sees_the_difference_and_takes_her_own_version(review, note, candidate, coach, client_of):
    item = review.items.get()
    note.refresh_from_db()
    suggestion = note.body.replace("I liked hearing", "I enjoyed hearing")
    client_of(coach).post(at("review-answer", review), {f"{item.public_id}-answer": "agree", "suggestion": suggestion})
    client = client_of(candidate)
    page = client.get(at("review-detail", review)).text
    assert ("<del>liked</del>" in page, "<ins>enjoyed</ins>" in page) == (True, True)
    answer = client.post(at("review-take", review), {"text": suggestion.replace("enjoyed", "loved")})
    assert answer.url == at("note-detail", note)
    note.refresh_from_db()
    assert (note.status, "I loved hearing" in note.body) == ("scheduled", True)
    assert client.post(at("review-take", review)).status_code == 403


def test_she_takes_the_ticked_parts_and_leaves_the_others(review, note, candidate, coach, client_of):
    item = review.items.get()
    note.refresh_from_db()
    before = note.body
    suggestion = before.replace("liked hearing", "enjoyed hearing").replace("Kind regards", "Warm regards")
    client_of(coach).post(at("review-answer", review), {f"{item.public_id}-answer": "agree", "suggestion": suggestion})
    client = client_of(candidate)
    assert at("review-detail", review) in client.get(at("note-detail", note)).text
    page = client.get(at("review-detail", review))
    changes = {part.come: part.number for part in page.context["parts"] if part.number is not None}
    assert sorted(changes) == ["Warm", "enjoyed"]
    ticked = {"base": page.context["base"], "part": [changes["enjoyed"], "nonsense", "9" * 5000]}

    assert client.post(at("review-take", review), ticked).url == at("note-detail", note)

    note.refresh_from_db()
    assert (note.status, note.body) == ("scheduled", before.replace("liked hearing", "enjoyed hearing"))
    assert note.earlier_texts.get().body == before
    assert at("review-detail", review) not in client.get(at("note-detail", note)).text


def test_none_ticked_leaves_the_letter_on_its_way_untouched(review, note, candidate, coach, client_of):
    item = review.items.get()
    note.refresh_from_db()
    answer = {f"{item.public_id}-answer": "agree", "suggestion": note.body.replace("liked", "enjoyed")}
    client_of(coach).post(at("review-answer", review), answer)
    client = client_of(candidate)
    base = client.get(at("review-detail", review)).context["base"]
    events = note.events.count()
    client.post(at("review-take", review), {"base": base})
    note.refresh_from_db()
    assert (note.status, "liked" in note.body, note.events.count()) == ("scheduled", True, events)


def test_parts_of_a_note_that_has_changed_meanwhile_are_not_taken(review, note, candidate, coach, client_of):
    item = review.items.get()
    note.refresh_from_db()
    answer = {f"{item.public_id}-answer": "agree", "suggestion": note.body.replace("liked", "enjoyed")}
    client_of(coach).post(at("review-answer", review), answer)
    client = client_of(candidate)
    url = f"/api/v1/reviews/{review.public_id}/"
    offered = client.get(f"{url}parts/").json()
    assert client_of(coach).get(f"{url}parts/").status_code == 403
    notes.unschedule_note(note, by=candidate)
    notes.edit_note(note, by=candidate, body=note.body + "P.S. More.")
    stale = {"parts": [0], "base": offered["base"]}
    assert client.post(f"{url}take/", stale, content_type="application/json").status_code == 409
    for bad in ({"parts": [0]}, {"parts": [0], "base": "x", "text": "y"}, {"parts": [-1], "base": "x"}):
        assert client.post(f"{url}take/", bad, content_type="application/json").status_code == 400
    fresh = client.get(f"{url}parts/").json()
    numbers = {part["come"]: part["number"] for part in fresh["parts"] if part["number"] is not None}
    taken = client.post(
        f"{url}take/", {"parts": [numbers["enjoyed"]], "base": fresh["base"]}, content_type="application/json"
    )
    assert taken.status_code == 200
    note.refresh_from_db()
    assert ("enjoyed" in note.body, "P.S. More." in note.body) == (True, True)


def test_words_better_changed_are_asked_about_once_more_and_kept(review, note, candidate, coach, client_of):
    item = review.items.get()
    note.refresh_from_db()
    suggestion = note.body.replace("I liked hearing", "I enjoyed hearing")
    client_of(coach).post(at("review-answer", review), {f"{item.public_id}-answer": "agree", "suggestion": suggestion})
    client = client_of(candidate)
    hers = {"text": suggestion.replace("I enjoyed", "I am sorry that I was late, and enjoyed")}
    page = client.post(at("review-take", review), hers)
    assert ("sorry that I was late" in page.text, "Send it as it is" in page.text) == (True, True)
    note.refresh_from_db()
    assert (note.status, "I liked hearing" in note.body) == ("scheduled", True)
    assert client.post(at("review-take", review), hers | {"despite_findings": "on"}).url == at("note-detail", note)


def test_she_asks_with_a_draft_and_says_when_it_goes(note, candidate, coach, client_of, in_hours):
    client = client_of(candidate)
    page = client.get(at("review-ask", note.interview))
    assert page.status_code == 200
    decision = decisions.current_decision(note.carries)
    wall = in_hours(5)["send_wall"].strftime("%Y-%m-%dT%H:%M")
    body = {
        "decisions": [str(decision.public_id)],
        "with_note": "on",
        "send_wall": wall,
        "if_unreviewed": "send",
        "question": "Too much?",
    }
    answer = client.post(at("review-ask", note.interview), body)
    review = Review.objects.get()
    assert answer.url == at("review-detail", review)
    note.refresh_from_db()
    assert (review.note, note.status, note.approved_hash) == (note, "scheduled", notes.text_hash(note))
    assert client.get(at("review-ask", note.interview)).url == at("review-detail", review)


def test_asking_is_hers_alone_and_needs_a_coach(note, candidate, coach, other_coach, stranger, admin, client_of):
    for user, status in ((coach, 403), (other_coach, 404), (stranger, 404), (admin, 404)):
        assert client_of(user).get(at("review-ask", note.interview)).status_code == status
    end_engagement(Engagement.objects.get(coach=coach, candidate=candidate), by=coach)
    assert client_of(candidate).get(at("review-ask", note.interview)).status_code == 403


def test_asking_shares_what_was_private_only_with_her_yes(note, candidate, coach, client_of):
    note.interview.shared_with_coach = False
    note.interview.save()
    client, body = (
        client_of(candidate),
        {"question": "?", "decisions": [str(decisions.current_decision(note.carries).public_id)]},
    )
    assert "share" in client.post(at("review-ask", note.interview), body).context["form"].errors
    assert client.post(at("review-ask", note.interview), body | {"share": "on"}).status_code == 302
    note.interview.refresh_from_db()
    assert note.interview.shared_with_coach


def test_an_apology_is_told_before_anybody_is_asked(note, candidate, coach, client_of, in_hours):
    notes.edit_note(note, by=candidate, body=f"{note.body}\n\nI am sorry that I was so nervous.")
    wall = in_hours(5)["send_wall"].strftime("%Y-%m-%dT%H:%M")
    page = client_of(candidate).post(
        at("review-ask", note.interview), {"with_note": "on", "send_wall": wall, "question": "Keep me"}
    )
    assert {finding.code for finding in page.context["findings"]} >= {"apology"}
    assert "Keep me" in page.text
    assert not Review.objects.exists()


def test_where_too_little_time_is_left_the_note_is_not_offered(candidate, coach, client_of, mistake):
    interview = mistake.interview
    note = notes.draft_note(interview, by=candidate)
    interview.outcome, interview.outcome_at = "rejected", timezone.now()
    interview.save()
    page = client_of(candidate).get(at("review-ask", interview))
    assert (page.context["note"], page.context["asking"].note_left_out) == (None, True)
    assert note.status == "draft"


def test_she_may_stop_waiting(review, candidate, coach, client_of):
    assert client_of(coach).post(at("review-withdraw", review)).status_code == 403
    assert client_of(candidate).post(at("review-withdraw", review)).status_code == 302
    review.refresh_from_db()
    assert review.status == "withdrawn"


def test_api_she_asks_and_her_coach_answers(note, candidate, coach, stranger, client_of, in_hours):
    wall = in_hours(5)
    body = {
        "interview": str(note.interview.public_id),
        "coach": str(coach.public_id),
        "note": str(note.public_id),
        "send_wall": wall["send_wall"].strftime("%Y-%m-%dT%H:%M"),
        "send_zone": wall["send_zone"],
        "question": "Too much?",
    }
    assert post(client_of(stranger), API, **body).status_code == 400
    made = post(client_of(candidate), API, **body)
    assert made.status_code == 201
    assert [item["decision"]["action"] for item in made.json()["items"]] == ["thank_you_note"]
    assert post(client_of(candidate), API, **body).status_code == 409

    client, address = client_of(coach), f"{API}{made.json()['public_id']}/"
    item = client.get(address).json()["items"][0]["public_id"]
    assert post(client_of(candidate), f"{address}answer/", items=[]).status_code == 403
    incomplete = post(client, f"{address}answer/", items=[])
    assert (incomplete.status_code, list(incomplete.json()["errors"])) == (422, [item])
    answered = post(client, f"{address}answer/", items=[{"item": item, "answer": "agree"}], message="Clear and warm.")
    assert (answered.status_code, answered.json()["status"], answered.json()["message"]) == (
        200,
        "answered",
        "Clear and warm.",
    )
    assert post(client, f"{address}answer/", items=[{"item": item, "answer": "agree"}]).status_code == 409


def test_api_for_the_cast(review, candidate, coach, other_coach, stranger, admin, client_of):
    for user, status, rows in (
        (candidate, 200, 1),
        (coach, 200, 1),
        (other_coach, 404, 0),
        (stranger, 404, 0),
        (admin, 404, 0),
    ):
        client = client_of(user)
        assert client.get(f"{API}{review.public_id}/").status_code == status
        assert len(client.get(API).json()["results"]) == rows
    assert client_of(None).get(API).status_code == 401


def test_api_list_asks_as_often_for_thirty_as_for_one(review, candidate, coach, client_of, django_assert_num_queries):
    client = client_of(coach)
    client.get(API)
    with django_assert_num_queries(7):
        client.get(API)
    for _number in range(29):
        interview = factories.InterviewFactory(candidate=candidate, shared_with_coach=True)
        decision = decisions.decide(factories.MistakeFactory(interview=interview))
        more = Review.objects.create(interview=interview, candidate=candidate, coach=coach, answer_by=timezone.now())
        more.items.create(decision=decision)
    client.get(API)
    with django_assert_num_queries(7):
        assert len(client.get(API).json()["results"]) == 25


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("same words", "same words", [Piece("same", "same words")]),
        (
            "I liked it",
            "I loved it",
            [Piece("same", "I "), Piece("out", "liked"), Piece("in", "loved"), Piece("same", " it")],
        ),
        (
            "one thing I would add: more",
            "one more thing: more",
            [
                Piece("same", "one "),
                Piece("out", "thing I would add:"),
                Piece("in", "more thing:"),
                Piece("same", " more"),
            ],
        ),
        ("", "new", [Piece("in", "new")]),
        ("old", "", [Piece("out", "old")]),
        ("x " * 5000, "y", [Piece("out", "x " * 5000), Piece("in", "y")]),
    ],
)
def test_differences(old, new, pieces):
    assert differences(old, new) == pieces
