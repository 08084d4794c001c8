"""Reads by anybody but the owner are shown to her."""

import pytest
from django.urls import reverse

from interviews import services
from tests.factories import InterviewFactory

pytestmark = pytest.mark.django_db


def test_she_sees_who_opened_it(client_of, candidate, coach, interview):
    client_of(coach).get(reverse("interview-detail", args=[interview.public_id]))
    client_of(coach).get(reverse("interview-detail", args=[interview.public_id]))
    client_of(candidate).get(reverse("interview-detail", args=[interview.public_id]))

    rows = client_of(candidate).get(reverse("reading-list")).context["rows"]

    assert [(read.by, company) for read, company in rows] == [(coach, interview.company)]


def test_by_api_too(client_of, candidate, coach, interview):
    services.record_read(interview, by=coach)

    [told] = client_of(candidate).get(reverse("api:readers")).json()["results"]

    del told["at"]
    assert told == {
        "reader": coach.get_full_name(),
        "interview": str(interview.public_id),
        "company": interview.company,
    }


def test_nobody_sees_the_reads_of_others(client_of, stranger, coach, interview):
    services.record_read(interview, by=coach)

    assert client_of(stranger).get(reverse("reading-list")).context["rows"] == []
    assert client_of(stranger).get(reverse("api:readers")).json()["results"] == []
    assert [client_of(coach).get(reverse(name)).status_code for name in ("reading-list", "api:readers")] == [404, 404]


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("name", ["reading-list", "api:readers"])
def test_the_same_queries_at_any_length(client_of, candidate, coach, name, rows, django_assert_num_queries):
    for _ in range(rows):
        services.record_read(InterviewFactory(candidate=candidate), by=coach)
    browser = client_of(candidate)
    with django_assert_num_queries(3):
        browser.get(reverse(name))
