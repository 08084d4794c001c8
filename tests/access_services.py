"""What services look at once more, past the pages: each says what is wrong, or nothing."""

from types import SimpleNamespace

from django.utils import timezone

from accounts.models import Engagement
from accounts.records import Conflict, Refused
from coaching import reminders
from coaching.models import Booking, Comment, MockSlot, Review
from coaching.services import bookings, comments, handing_on, relocation, reviews, slot_changes
from interviews.models import Interview


def no(act, kind, **more):
    """Whether this kind of no comes of it, at this field where one is named."""
    try:
        act()
    except kind as problem:
        return more.get("field") == getattr(problem, "field", None)
    return False


def an_heir_reads_the_interview(walk):
    review = Review(
        interview=_alone(walk),
        candidate=walk.people["owner"],
        coach=walk.people["other_coach"],
        answer_by=timezone.now(),
    )
    return handing_on.heir_of(review) is None


def a_mail_about_a_review_is_not_wanted_where_it_is_closed(walk):
    review = Review.objects.get(interview=_alone(walk), status="open")
    row = SimpleNamespace(subject_id=review.public_id, recipient=walk.people["coach"])
    return reviews.still_wanted(row) == "no_engagement"


def a_review_is_asked_of_whoever_reads_the_interview(walk):
    people = {"coach": walk.people["coach"], "by": walk.people["owner"]}
    return no(lambda: reviews.ask_review(_alone(walk), **people), Refused, field="share")


def a_word_is_written_about_what_its_writer_reads(walk):
    people = {"candidate": walk.people["owner"], "by": walk.people["coach"]}
    words = {"interview": _alone(walk), "decision": None, "text": "Two words", "visibility": "shared"}
    return no(lambda: comments.write_comment(**people, **words), Refused, field="interview")


def a_word_of_hers_has_a_reader(walk):
    people = {"candidate": walk.people["owner"], "by": walk.people["owner"]}
    words = {"interview": _alone(walk), "decision": None, "text": "Two words", "visibility": "shared"}
    return no(lambda: comments.write_comment(**people, **words), Refused)


def another_time_is_for_what_the_house_took(walk):
    booking = Booking.objects.get(public_id=walk.rows["booking"])
    return no(lambda: relocation.rebook(booking, slot=_slot(walk), by=walk.people["owner"]), Conflict)


def a_coach_books_for_clients(walk):
    people = {"candidate": walk.people["stranger"], "by": walk.people["coach"]}
    return no(lambda: bookings.book(_slot(walk), **people), Refused, field="candidate")


def a_coach_gives_times_of_her_own(walk):
    booking = Booking.objects.get(public_id=walk.rows["booking"])
    places = slot_changes._places(booking, by=walk.people["coach"], now=timezone.now())
    return {place.coach for place in places} <= {walk.people["coach"]}


def a_reminder_of_words_is_about_those_its_reader_sees(walk):
    engagement = Engagement.objects.get(public_id=walk.rows["engagement"])
    latest = Comment.objects.get(public_id=walk.rows["once_comment"]).created_at
    wanted = reminders.comment(engagement, timezone.now())
    return [one.due_at for one in wanted if one.recipient == walk.people["coach"]] == [latest + reminders.A_PAUSE]


def _alone(walk):
    return Interview.objects.get(public_id=walk.rows["alone"])


def _slot(walk):
    return MockSlot.objects.get(public_id=walk.rows["slot"])


SERVICES = (
    an_heir_reads_the_interview,
    a_mail_about_a_review_is_not_wanted_where_it_is_closed,
    a_review_is_asked_of_whoever_reads_the_interview,
    a_word_is_written_about_what_its_writer_reads,
    a_word_of_hers_has_a_reader,
    another_time_is_for_what_the_house_took,
    a_coach_books_for_clients,
    a_coach_gives_times_of_her_own,
    a_reminder_of_words_is_about_those_its_reader_sees,
)
