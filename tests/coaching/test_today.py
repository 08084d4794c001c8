"""Today: the first page of every role, and a coach's clients."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import when
from accounts.models import Engagement
from accounts.services import end_engagement
from coaching import today
from coaching.models import Review
from coaching.services import attendance, bookings, reviews
from coaching.services.agenda import set_agenda
from followups import steps
from followups.models import Lesson
from followups.services import closing, decisions, notes, outcomes, story
from followups.services.interviews import stop_asking
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = "/today/"


def text_of(client_of, user, address=TODAY):
    answer = client_of(user).get(address)
    assert answer.status_code == 200
    return answer.text


def steps_of(day):
    return [*day.now, *day.today, *(item for item in day.later if item.needs_her)]


def done(interview):
    """Its note is out, and nothing else is to do."""
    factories.ThankYouNoteFactory(interview=interview, status="sent", sent_at=timezone.now())


def test_first_use_leads_to_the_first_interview_in_one_click(stranger, client_of):
    page = client_of(stranger).get(TODAY)
    assert page.context["mine"].is_first_use
    main = page.text.partition('<main id="main"')[2]
    assert main.partition('<a class="btn primary" href="')[2].partition('"')[0] == reverse("interview-new")
    assert "Nothing else is due" not in main


def test_an_empty_evening_is_said_to_be_one(interview, candidate, client_of):
    done(interview)
    assert today.of_candidate(candidate, timezone.now()).day.is_empty
    page = text_of(client_of, candidate)
    assert ("Nothing needs you" in page, "That is all. Nothing else is due." in page) == (True, True)


def test_what_is_due_stands_by_deadline_each_with_one_step(candidate, coach, mistake, client_of):
    booking = bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=coach)
    day = today.of_candidate(candidate, timezone.now()).day
    steps = steps_of(day)
    assert [item.at for item in steps] == sorted(item.at for item in steps)
    assert {item.label for item in steps} == {"Look at it", "Answer"}
    assert booking.confirm_by in [item.at for item in steps]
    bookings.confirm(booking, by=candidate)
    day = today.of_candidate(candidate, timezone.now()).day
    assert [item.label for item in day.now] == ["Look at it"]
    assert [(item.label, item.at) for item in day.later] == [("", booking.starts_at)]


def test_what_goes_by_itself_is_not_due(review, candidate, mistake, client_of):
    decisions.accept(decisions.current_decision(mistake), by=candidate)
    day = today.of_candidate(candidate, timezone.now()).day
    assert (day.now, day.today, [item.at for item in day.later]) == ((), (), [review.note.send_at])
    assert "goes without you" in text_of(client_of, candidate)


def test_a_coachs_answer_with_a_question_comes_up(review, candidate, coach):
    answers = {review.items.get(): {"answer": "ask", "message": "Did they ask?"}}
    reviews.answer_review(review, by=coach, answers=answers)
    titles = [item.title for item in steps_of(today.of_candidate(candidate, timezone.now()).day)]
    assert "Tom has answered" in titles


def test_a_decision_shows_no_other_letters_deadline(candidate, interview):
    """It was shown the deadline of a letter that puts a fact right, which has no room for it."""
    done(interview)
    letter = factories.ThankYouNoteFactory(
        interview=interview, interviewer=None, to_name="", to_email="", kind="correction", status="draft",
        due_at=timezone.now() + timedelta(hours=3),
    )  # fmt: skip
    decision = decisions.decide(factories.MistakeFactory(interview=interview, touches_must_have=False))
    assert decision.action == "let_go"
    step = steps_of_interview(interview)
    assert (step.label, step.at) == ("Finish the note", letter.due_at)
    letter.delete()
    step = steps_of_interview(interview)
    assert (step.label, step.at) == ("Look at it", None)


def test_a_thing_that_is_not_decided_yet_comes_before_the_note_it_may_go_into(candidate, interview):
    factories.MistakeFactory(interview=interview)
    note = factories.ThankYouNoteFactory(interview=interview, due_at=timezone.now() + timedelta(hours=9))
    factories.ThankYouNoteFactory(interview=interview, kind="correction", due_at=timezone.now() + timedelta(hours=2))
    step = steps_of_interview(interview)
    assert (step.label, step.at) == ("Go on with it", note.due_at)


def steps_of_interview(interview):
    row = steps.with_steps(type(interview).objects.filter(pk=interview.pk)).get()
    return steps.step_of_interview(row, timezone.now())


def test_the_question_how_it_ended_stands_there_for_its_week(candidate, interview):
    done(interview)
    closing.close_if_done(interview)
    asked_at, _company = story.next_moment(interview, timezone.now())
    day = timedelta(days=1)

    def labels(now):
        return [item.label for item in today.of_candidate(candidate, now).day.now]

    asks = [labels(asked_at - day), labels(asked_at), labels(asked_at + 6 * day), labels(asked_at + 8 * day)]
    assert asks == [[], ["Say how it ended"], ["Say how it ended"], []]
    outcomes.say(interview, "rejected", by=candidate)
    assert labels(asked_at) == []


def test_thanks_to_a_referee_are_an_offer_and_never_due(candidate, interview, client_of):
    done(interview)
    brief = factories.RefereeBriefFactory(interview=interview, status="shared_by_self", sent_at=timezone.now())
    outcomes.say(interview, "offer", by=candidate)
    day = today.of_candidate(candidate, timezone.now()).day
    assert (day.is_calm, [(item.title, item.label) for item in day.later]) == (
        True,
        [(brief.referee.name, "Say thank you")],
    )
    assert "Nothing needs you" in text_of(client_of, candidate)


def test_what_waits_above_is_not_denied_on_the_closing_page(candidate, coach, interview):
    """A session somebody booked for her waits for her word, and one she agreed to is the next date."""
    done(interview)
    stop_asking(interview, by=candidate)  # Else the question how it ended may come first.
    booking = bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=coach)
    assert story.closing_text(interview, candidate)[-1] == "Nothing more is needed here; the rest stands on Today."
    bookings.confirm(booking, by=candidate)
    assert story.next_moment(interview, timezone.now()) == (booking.starts_at, "")


@pytest.mark.parametrize("number", [0, 1, 12, 60])
def test_today_says_all_and_asks_no_more_of_the_database(
    number, candidate, coach, client_of, django_assert_max_num_queries
):
    for _number in range(number):
        make_for_candidate(candidate, coach)
    make_some_of_each(candidate, coach)
    client = client_of(candidate)
    client.get(TODAY)
    with django_assert_max_num_queries(8):
        page = client.get(TODAY)
    day = page.context["day"]
    assert len(steps_of(day)) == number + 3
    assert page.text.count('class="row-link"') == len(day.today) + len(day.later)
    assert "That is all. Nothing else is due." in page.text


def make_some_of_each(candidate, coach):
    """One of everything that Today gathers: a note by itself, a planned one, sessions, an engagement, an answer, thanks."""
    now = timezone.now()
    factories.InterviewFactory(candidate=candidate, status="planned", ended_hours_ago=-30)
    waiting = factories.InterviewFactory(candidate=candidate)
    factories.ThankYouNoteFactory(
        interview=waiting, status="scheduled", send_at=now + timedelta(hours=2), approved_hash="x"
    )
    bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=coach)
    factories.BookingFactory(candidate=candidate, slot=factories.SlotFactory(coach=coach))
    factories.EngagementFactory(candidate=candidate, status="invited", candidate_agreed_at=None)
    answered = factories.InterviewFactory(candidate=candidate, contact_prohibited=True, went_well="All of it.")
    review = Review.objects.create(
        interview=answered, candidate=candidate, coach=coach, answer_by=now, status="answered", answered_at=now
    )
    decision = decisions.decide(factories.MistakeFactory(interview=answered, touches_must_have=False))
    review.items.create(decision=decision, answer="ask")
    decisions.accept(decision, by=candidate)
    type(answered).objects.filter(pk=answered.pk).update(closed_at=None)
    thanked = factories.InterviewFactory(candidate=candidate)
    done(thanked)
    factories.RefereeBriefFactory(interview=thanked, status="shared_by_self", sent_at=now)
    outcomes.say(thanked, "offer", by=candidate)


def test_the_api_has_the_same_groups(candidate, coach, admin, client_of):
    make_some_of_each(candidate, coach)
    make_for_candidate(candidate, coach)
    answer = client_of(candidate).get("/api/v1/today/").json()
    day = today.of_candidate(candidate, timezone.now()).day
    for group in ("now", "today", "later"):
        assert [(item["title"], item["label"], item["url"]) for item in answer[group]] == [
            (item.title, item.label, item.url) for item in getattr(day, group)
        ]
    assert (len(answer["now"]), answer["nothing_else"]) == (1, True)
    assert [client_of(user).get("/api/v1/today/").status_code for user in (coach, admin)] == [403, 403]


def test_a_coachs_home_sessions_waiting_and_gone_without(review, candidate, coach, other_coach, client_of):
    soon = timezone.now() + timedelta(minutes=1)
    session = bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=candidate)
    type(session).objects.filter(pk=session.pk).update(starts_at=soon, ends_at=soon + timedelta(minutes=45))
    now = timezone.now()
    home = today.of_coach(coach, now)
    assert home.waiting == [review]
    assert home.went_without == []
    nothing = today.of_coach(other_coach, now)
    assert (nothing.sessions, nothing.waiting, nothing.went_without) == ([], [], [])
    assert "Too much?" in text_of(client_of, coach)
    reviews.go_without(review, now=now)
    home = today.of_coach(coach, now)
    assert (home.waiting, home.went_without) == ([], [review])


def test_a_coachs_home_names_the_next_session_and_asks_about_those_that_are_over(candidate, coach, client_of):
    now = timezone.now()
    ahead = factories.BookingFactory(candidate=candidate, slot=factories.SlotFactory(coach=coach))
    over = factories.BookingFactory(candidate=candidate, slot=factories.SlotFactory(coach=coach))
    for booking, at in ((ahead, now + timedelta(days=3)), (over, now - timedelta(days=1))):
        type(over).objects.filter(pk=booking.pk).update(starts_at=at, ends_at=at + timedelta(minutes=45))
    home = today.of_coach(coach, now)
    assert (home.sessions, home.next_session, home.to_close) == ([], ahead, [over])
    assert "Did it take place?" in text_of(client_of, coach)
    over.refresh_from_db()
    attendance.say(over, by=coach, said="took_place")
    assert today.of_coach(coach, now).to_close == []


def test_what_ends_with_the_engagement(review, candidate, coach, client_of):
    assert candidate.name in text_of(client_of, coach)
    end_engagement(Engagement.objects.get(coach=coach, candidate=candidate), by=coach)
    assert candidate.name not in text_of(client_of, coach)
    assert client_of(coach).get(reverse("client-detail", args=[candidate.public_id])).status_code == 404
    assert candidate.name not in text_of(client_of, coach, reverse("client-list"))


def test_an_admin_sees_counts_and_never_content(note, candidate, coach, admin, client_of, in_hours):
    interview = note.interview
    interview.company, interview.role_title = "Canary Company", "Canary role"
    interview.save()
    notes.edit_note(note, by=candidate, body=note.body.replace("reading room", "canary room"))
    review = reviews.ask_review(
        interview, coach=coach, by=candidate, note=note, question="Canary question?", **in_hours(5)
    )
    reviews.answer_review(
        review,
        by=coach,
        answers={review.items.get(): {"answer": "ask", "message": "Canary answer"}},
        message="Canary word",
    )
    booking = bookings.book(factories.SlotFactory(coach=coach), candidate=candidate, by=candidate)
    set_agenda(booking, [Lesson.objects.create(candidate=candidate, title="Canary lesson")], by=candidate)
    pages = [
        TODAY,
        "/slots/",
        "/bookings/",
        "/people/",
        "/mail/",
        "/engagements/",
        reverse("booking-detail", args=[booking.public_id]),
    ]
    for page in pages:
        assert "canary" not in text_of(client_of, admin, page).lower(), page


def test_small_counts_of_people_are_blurred():
    assert [today.few(number) for number in (0, 1, 4, 5)] == ["0", "fewer than 5", "fewer than 5", "5"]


def test_client_page_leads_to_a_session_for_this_client_and_review(review, candidate, coach, client_of):
    slot = factories.SlotFactory(coach=coach)
    address = reverse("client-detail", args=[candidate.public_id]) + f"?review={review.public_id}"
    link = f"{reverse('slot-book', args=[slot.public_id])}?client={candidate.public_id}&amp;review={review.public_id}"
    client = client_of(coach)
    assert link in client.get(address).text
    answer = client.post(link.replace("&amp;", "&"), {"candidate": str(candidate.public_id)})
    booking = slot.bookings.get()
    assert answer.url == reverse("booking-detail", args=[booking.public_id])
    assert (booking.review, booking.confirmed_at) == (review, None)


def test_what_is_not_shared_is_not_on_the_client_page(interview, candidate, coach, client_of):
    interview.shared_with_coach, interview.company = False, "Canary Company"
    interview.save()
    assert "Canary" not in text_of(client_of, coach, reverse("client-detail", args=[candidate.public_id]))


def make_for_candidate(candidate, coach):
    factories.MistakeFactory(interview=factories.InterviewFactory(candidate=candidate, shared_with_coach=True))


def make_for_coach(candidate, coach):
    client = factories.EngagementFactory(coach=coach).candidate
    interview = factories.InterviewFactory(candidate=client, shared_with_coach=True)
    Review.objects.create(
        interview=interview, candidate=client, coach=coach, answer_by=timezone.now() + timedelta(hours=5)
    )


def make_for_admin(candidate, coach):
    factories.BookingFactory()


@pytest.mark.parametrize(
    ("role", "make", "address"),
    [
        ("candidate", make_for_candidate, "today"),
        ("coach", make_for_coach, "today"),
        ("admin", make_for_admin, "today"),
        ("coach", make_for_coach, "client-list"),
    ],
)
def test_pages_ask_as_often_for_thirty_as_for_one(
    role, make, address, request, candidate, coach, client_of, django_assert_num_queries, django_assert_max_num_queries
):
    client = client_of(request.getfixturevalue(role))
    make(candidate, coach)
    client.get(reverse(address))
    with django_assert_max_num_queries({"candidate": 8, "admin": 13}.get(role, 11)) as asked:
        client.get(reverse(address))
    asked = len(asked)
    for _number in range(29):
        make(candidate, coach)
    with django_assert_num_queries(asked):
        assert client.get(reverse(address)).status_code == 200


def test_client_page_asks_as_often_for_twenty_five_interviews_as_for_one(
    candidate, coach, client_of, django_assert_num_queries
):
    client, address = client_of(coach), reverse("client-detail", args=[candidate.public_id])
    for more in (1, 29):
        for _number in range(more):
            make_for_candidate(candidate, coach)
        client.get(address)
        with django_assert_num_queries(8):
            client.get(address)


def next_of(client_of, user):
    """Where the box that says what comes next leads; "" where nothing does."""
    box = text_of(client_of, user).partition('<div class="next')[2].partition("</div>")[0]
    return box.partition('<a class="btn primary" href="')[2].partition('"')[0]


def test_a_coachs_home_begins_with_what_is_most_urgent(candidate, coach, note, in_hours, client_of):
    assert (next_of(client_of, coach), "No client waits for a word of yours." in text_of(client_of, coach)) == (
        "",
        True,
    )
    asked = factories.EngagementFactory(coach=coach, status="invited", coach_agreed_at=None)
    assert next_of(client_of, coach) == reverse("engagement-detail", args=[asked.public_id])
    review = reviews.ask_review(note.interview, coach=coach, by=candidate, note=note, **in_hours(5))
    assert next_of(client_of, coach) == reverse("review-detail", args=[review.public_id])


def test_an_admins_home_begins_with_what_nobody_else_can_do(admin, client_of):
    assert (next_of(client_of, admin), "Slots, mails and people are all right." in text_of(client_of, admin)) == (
        "",
        True,
    )
    factories.SlotFactory(status="proposed")
    assert next_of(client_of, admin) == reverse("slot-proposals")


def test_of_very_many_an_admin_reads_that_they_are(admin, client_of, monkeypatch):
    monkeypatch.setattr("coaching.today.COUNTED", 1)
    tomorrow = when.to_wall(timezone.now() + timedelta(days=1), "Africa/Nairobi")
    factories.SlotFactory.create_batch(2, starts_wall=tomorrow)
    assert client_of(admin).get("/today/").context["admin_home"].shown["free_slots"] == "1+"
