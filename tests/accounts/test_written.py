"""Queries that are written once: the same rows as Django would find, and none of anybody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.written import Written, among
from interviews.models import Interview
from tests.factories import InterviewFactory, UserFactory

pytestmark = pytest.mark.django_db


def ended(*, user, now, since):
    """With a moment that is reckoned from another, a day, and a number."""
    is_late = Q(ends_at__gt=now - timedelta(days=3)) | Q(decision_on__gte=(now - timedelta(days=2)).date())
    return Interview.objects.filter(is_late, candidate=user, ends_at__gte=since).order_by("id")


def test_each_call_finds_its_own(django_assert_num_queries):
    now = timezone.now()
    people = [UserFactory() for _ in range(2)]
    for person in people:
        for days in (1, 2, 5, 9):
            on = (now - timedelta(days=days - 3)).date()
            InterviewFactory(candidate=person, ends_at=now - timedelta(days=days, hours=1), decision_on=on)
    written = Written(ended)
    for person in people:
        for moment in (now, now - timedelta(days=2), now - timedelta(days=700), now + timedelta(days=4)):
            for since in (now - timedelta(days=6), now - timedelta(days=1, hours=3)):
                values = {"user": person.pk, "now": moment, "since": since}
                expected = list(ended(**values))
                with django_assert_num_queries(1):
                    assert written.rows(**values) == expected
    assert len(written.rows(user=people[0].pk, now=now, since=now - timedelta(days=30))) == 3


def test_a_row_comes_as_django_would_give_it(candidate):
    interview = InterviewFactory(candidate=candidate)
    found = Written(
        lambda pk: Interview.objects.filter(pk=pk).select_related("candidate").prefetch_related("interviewers").only(
            "company", "candidate__email"
        )
    ).rows(pk=interview.pk)  # fmt: skip
    assert [(one.company, one.candidate.email) for one in found] == [(interview.company, candidate.email)]
    assert found[0].get_deferred_fields() >= {"zone", "ends_at"}
    pairs = Written(lambda pk: Interview.objects.filter(pk=pk).values("pk", "company")).rows(pk=interview.pk)
    assert pairs == [{"pk": interview.pk, "company": interview.company}]


def test_any_number_of_numbers(candidate):
    interviews = [InterviewFactory(candidate=candidate) for _ in range(3)]
    written = Written(lambda ids: Interview.objects.filter(among("pk", ids)).order_by("pk"))
    for number in (3, 1, 0, 2):
        chosen = interviews[:number]
        assert written.rows(ids=[interview.pk for interview in chosen]) == chosen


def test_each_shape_is_written_for_itself(candidate, coach):
    written = Written(lambda is_coach, *, pk: User.objects.filter(pk=pk, is_coach=is_coach))
    assert (written.rows(True, pk=coach.pk), written.rows(False, pk=candidate.pk)) == ([coach], [candidate])
    assert (written.rows(False, pk=coach.pk), written.rows(True, pk=candidate.pk)) == ([], [])


def test_it_is_planned_once_whatever_its_values(candidate, coach):
    now, text = timezone.now(), "a sign of 100 % that stands in the statement"
    written = Written(
        lambda *, pk, others, now: User.objects.filter(Q(pk=pk) | among("pk", others), joined_at__lte=now).exclude(
            name=text
        )
    )
    for pk, others in [(1, []), (candidate.pk, [2**40]), (2**40, [coach.pk]), (None, [])] * 4:
        found = written.rows(pk=pk, others=others, now=now + timedelta(days=1))
        assert found == [one for one in (candidate, coach) if one.pk in (pk, *others)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parameter_types::text FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{text}%"]
        )
        assert ('{bigint,bigint[],"timestamp with time zone"}',) in cursor.fetchall()


def test_a_moment_that_would_stand_still_is_refused():
    """Or a grant that has ended would go on opening what it opened when the query was written."""
    with pytest.raises(AssertionError, match="the same in every call"):
        Written(lambda user: Interview.objects.filter(candidate=user, ends_at__gt=timezone.now())).rows(user=1)
