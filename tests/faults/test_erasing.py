"""Somebody is erased while the pump has her letter, her coach writes about her, or she has second thoughts."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from accounts import services
from accounts.models import Erasure, User
from accounts.records import Conflict
from coaching.models import Review
from coaching.services import reviews
from followups import outbox
from followups.models import OutboundEmail
from interviews.models import Interview
from tests import factories
from tests.faults.queueing import with_history
from tests.mailing import later, queue_letter, queue_mail, sink  # noqa: F401 -- a fixture among them

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
ROUNDS = pytest.mark.parametrize(
    "rounds", [pytest.param(3, marks=pytest.mark.suite), pytest.param(20, marks=pytest.mark.quick)]
)


@pytest.fixture(autouse=True)
def _no_grace(settings):
    settings.AFTERWORD_ERASE_AFTER_DAYS = 0


def together_now(*acts):
    """Let these happen at once; what each of them raised, or None."""
    barrier, raised = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        barrier.wait()
        try:
            act()
        except Exception as error:
            raised[number] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def leave(person):
    services.ask_erasure(person)
    services.carry_out_due(timezone.now())


@ROUNDS
def test_with_the_pump(sink, audit, rounds):  # noqa: F811
    for _number in range(rounds):
        person = factories.UserFactory()
        queue_letter(person)
        queue_mail(person)
        assert together_now(lambda: outbox.pump(now=later(seconds=1)), lambda person=person: leave(person)) == [
            None,
            None,
        ]
        # What was being handed over at that moment is waited for.
        services.carry_out_due(timezone.now())
        person.refresh_from_db()
        assert person.erased_at is not None
    outbox.pump()
    rows = OutboundEmail.objects.all()
    assert not rows.exclude(message_encrypted=None, recipient=None, sender=None).exists()
    # Each letter went whole before she left, or not at all.
    found = audit()
    assert (found.broken, set(rows.values_list("status", flat=True)) <= {"sent", "cancelled", "suppressed"}) == (
        set(),
        True,
    )


@ROUNDS
def test_with_a_coach_who_writes_about_her(rounds):
    coach = factories.CoachFactory()
    for _number in range(rounds):
        person = factories.UserFactory()
        with_history(factories.EngagementFactory(candidate=person, coach=coach))
        interview = with_history(factories.InterviewFactory(candidate=person, shared_with_coach=True))
        review = with_history(
            Review.objects.create(interview=interview, candidate=person, coach=coach, answer_by=later(hours=5))
        )
        wrote, left = together_now(
            lambda review=review: reviews.answer_review(review, by=coach, answers={}, message="Well told."),
            lambda person=person: leave(person),
        )
        assert (left, wrote in (None, Conflict, Review.DoesNotExist, IntegrityError, OperationalError)) == (None, True)
        services.carry_out_due(timezone.now())
        person.refresh_from_db()
        assert person.erased_at is not None
    assert not (Review.objects.exists() or Interview.objects.exists())


@ROUNDS
def test_with_second_thoughts(rounds):
    ends = set()
    for _number in range(rounds):
        person = factories.UserFactory(name="Achieng")
        services.ask_erasure(person)
        undone, _erased = together_now(
            lambda person=person: services.undo_erasure(person), lambda: services.carry_out_due(timezone.now())
        )
        # Held by the other just then, it is left to the next pass.
        services.carry_out_due(timezone.now())
        person.refresh_from_db()
        status = Erasure.objects.latest("pk").status
        ends.add((undone, status, person.is_active, person.name))
    assert ends <= {(None, "undone", True, "Achieng"), (Conflict, "done", False, "")}
    assert not User.objects.filter(is_active=False, erased_at=None).exists()
