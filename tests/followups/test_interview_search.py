"""Finding an interview again: by company, job or person, by what has become of it, on page and API; always by index."""

from itertools import cycle, islice, product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.records import move
from followups.services.interviews import interview_changed
from interviews import services
from interviews.models import Interview
from tests.factories import EngagementFactory, InterviewFactory, UserFactory
from tests.followups.test_interview_list import QUERIES, full

URL = "/interviews/"
API = "/api/v1/interviews/"


def companies(response):
    return [interview.company for interview, _step in response.context["rows"]]


def search(client, text, **more):
    """What the page finds, and that the API finds the same."""
    on_page = companies(client.get(URL, {"search": text, **more}))
    by_api = [row["company"] for row in client.get(API, {"search": text, **more}).json()["results"]]
    assert sorted(by_api) == sorted(on_page)
    return on_page


@pytest.fixture
def kijani(candidate):
    return InterviewFactory(candidate=candidate, company="Kijani Foods", role_title="Editor", ended_hours_ago=9)


@pytest.fixture
def world(candidate, kijani):
    InterviewFactory(candidate=candidate, company="Café Rouge", role_title="Head of Content", ended_hours_ago=8)
    InterviewFactory(candidate=candidate, company="100 % Juice_Bar", role_title="Editor", ended_hours_ago=7)
    InterviewFactory(candidate=candidate, company=r"O'Neil \ Sons", role_title="", ended_hours_ago=6)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kijani", ["Kijani Foods"]),
        ("JANI FOO", ["Kijani Foods"]),
        ("foods editor", ["Kijani Foods"]),
        ("editor", ["100 % Juice_Bar", "Kijani Foods"]),
        ("cafe", ["Café Rouge"]),
        ("CAFÉ content", ["Café Rouge"]),
        ("ed", ["Café Rouge", "100 % Juice_Bar", "Kijani Foods"][1:]),
        ("j", ["100 % Juice_Bar", "Kijani Foods"]),
        ("%", ["100 % Juice_Bar"]),
        ("_", ["100 % Juice_Bar"]),
        ("\\", [r"O'Neil \ Sons"]),
        ("o’neil", [r"O'Neil \ Sons"]),
        ('"; drop table', []),
        ("kijani rouge", []),
    ],
)
def test_words_find_company_and_job(client_of, candidate, world, text, found):
    assert search(client_of(candidate), text) == found


@pytest.mark.parametrize("text", ["", "   ", "''", "x" * 5000, "\x00"])
def test_odd_searches_do_no_harm(client_of, candidate, world, text):
    expected = 0 if "x" in text else 4
    assert len(companies(client_of(candidate).get(URL, {"search": text}))) == expected


def test_people_find_it_as_soon_as_they_are_added_and_no_longer_than_they_are_there(client_of, candidate, kijani):
    client = client_of(candidate)
    client.post(f"{URL}{kijani.public_id}/interviewers/new/", {"name": "Grace Wanjirũ", "kind": "interviewer"})
    person = kijani.interviewers.get()
    assert search(client, "wanjiru kijani") == ["Kijani Foods"]
    client.post(f"/interviewers/{person.public_id}/edit/", {"name": "Peter Otieno", "kind": "interviewer"})
    assert (search(client, "wanjiru"), search(client, "otieno")) == ([], ["Kijani Foods"])
    client.post(f"/interviewers/{person.public_id}/remove/")
    assert search(client, "otieno") == []


def test_the_same_by_api(client_of, candidate, kijani):
    client, json_type = client_of(candidate), {"content_type": "application/json"}
    body = {"interview": str(kijani.public_id), "name": "Grace Wanjiru"}
    made = client.post("/api/v1/interviewers/", body, **json_type).json()["public_id"]
    assert search(client, "wanjiru") == ["Kijani Foods"]
    client.delete(f"/api/v1/interviewers/{made}/")
    assert search(client, "wanjiru") == []


def test_a_changed_name_is_found_and_the_old_one_is_not(client_of, candidate, kijani):
    services.add_interviewer(kijani, by=candidate, name="Grace")
    interview_changed(kijani, by=candidate)
    services.edit_interview(kijani, by=candidate, company="Savanna Books")
    client = client_of(candidate)
    assert (search(client, "kijani"), search(client, "grace savanna")) == ([], ["Savanna Books"])


def test_nobody_finds_what_is_not_theirs_to_see(client_of, candidate, coach, other_coach, stranger, kijani):
    shared = InterviewFactory(candidate=candidate, company="Kijani Two", shared_with_coach=True)
    found = {who.name: search(client_of(who), "kijani") for who in (candidate, coach, other_coach, stranger)}
    assert found == {
        candidate.name: ["Kijani Two", "Kijani Foods"],
        coach.name: [shared.company],
        other_coach.name: [],
        stranger.name: [],
    }


def test_a_coach_finds_clients_by_name_and_sees_whose_it_is(client_of, candidate, coach, interview):
    other = UserFactory(name="Brian Kíp")
    EngagementFactory(candidate=other, coach=coach)
    InterviewFactory(candidate=other, company="Savanna", shared_with_coach=True)
    InterviewFactory(candidate=other, company="Private", shared_with_coach=False)
    client = client_of(coach)
    assert (search(client, "kip"), search(client, "achieng"), search(client, "kip savanna")) == (
        ["Savanna"],
        [interview.company],
        ["Savanna"],
    )
    assert "Brian Kíp" in client.get(URL, {"search": "kip"}).content.decode()


SHOWN = {
    "": ["planned", "open", "closed", "next", "offer", "no", "old"],
    "planned": ["planned"],
    "open": ["open", "offer", "no", "next", "old"],
    "closed": ["closed"],
    "next-round": ["next"],
    "offer": ["offer"],
    "no": ["no"],
    "month": ["open", "closed", "next", "offer", "no"],
    "nonsense": ["planned", "open", "closed", "next", "offer", "no", "old"],
}


@pytest.mark.parametrize("show", SHOWN)
def test_the_list_can_be_narrowed(client_of, candidate, show, time_machine):
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    now = timezone.now()
    InterviewFactory(candidate=candidate, company="planned", status="planned", ended_hours_ago=-24 * 12)
    InterviewFactory(candidate=candidate, company="open")
    InterviewFactory(candidate=candidate, company="closed", closed_at=now)
    for company, outcome in (("next", "next_round"), ("offer", "offer"), ("no", "rejected")):
        InterviewFactory(candidate=candidate, company=company, outcome=outcome, outcome_at=now)
    # 21:30 UTC on the last of October is November in Nairobi, 20:30 is not.
    InterviewFactory(candidate=candidate, company="old", ended_hours_ago=24 * 19 + 12.5)
    client = client_of(candidate)
    assert sorted(companies(client.get(URL, {"show": show}))) == sorted(SHOWN[show])
    if show != "nonsense":
        assert sorted(row["company"] for row in client.get(API, {"show": show}).json()["results"]) == sorted(
            SHOWN[show]
        )


def test_the_month_begins_by_her_own_clock(client_of, candidate, time_machine):
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)
    InterviewFactory(candidate=candidate, company="in", ended_hours_ago=24 * 19 + 11.5)
    InterviewFactory(candidate=candidate, company="out", ended_hours_ago=24 * 19 + 12.5)
    assert companies(client_of(candidate).get(URL, {"show": "month"})) == ["in"]


def test_pages_keep_words_and_filter(client_of, candidate):
    for number in range(30):
        InterviewFactory(candidate=candidate, company=f"Kijani {number}", ended_hours_ago=2 * number + 1)
        InterviewFactory(candidate=candidate, company="Other", ended_hours_ago=2 * number + 2)
    client = client_of(candidate)
    first = client.get(URL, {"search": "kijani", "show": "open"})
    second = client.get(URL + first.context["page"].next_url)
    assert companies(first) + companies(second) == [f"Kijani {number}" for number in range(30)]
    assert companies(client.get(URL + second.context["page"].previous_url)) == companies(first)


def test_chips_keep_the_words_and_the_form_keeps_the_filter(client_of, candidate, kijani):
    response = client_of(candidate).get(URL, {"search": "ki & co", "show": "open"})
    assert dict((name, url) for name, _label, url in response.context["chips"])["offer"] == (
        "?search=ki+%26+co&show=offer"
    )
    page = response.content.decode()
    assert '<input type="hidden" name="show" value="open">' in page
    assert 'value="ki &amp; co"' in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"search": "nothing like it"}, "A part of a word is enough"),
        ({"show": "offer"}, "None of this kind"),
        ({"search": "kijani", "show": "offer"}, "Look in all of them"),
    ],
)
def test_an_empty_result_helps(client_of, candidate, kijani, query, words):
    response = client_of(candidate).get(URL, query)
    assert (companies(response), words in response.content.decode()) == ([], True)


@pytest.mark.parametrize(("viewer", "queries"), [("candidate", QUERIES), ("coach", QUERIES - 2)])
@pytest.mark.parametrize("rows", [1, 30])
def test_thirty_found_cost_what_one_does(client_of, candidate, coach, rows, viewer, queries, django_assert_num_queries):
    for hours in range(rows):
        full(candidate, company="Kijani", ended_hours_ago=hours + 1)
    client = client_of({"candidate": candidate, "coach": coach}[viewer])
    with django_assert_num_queries(queries):
        response = client.get(URL, {"search": "kijani", "show": "open"})
    assert len(response.context["rows"]) == min(rows, 25)


@pytest.fixture
def crowd(candidate, coach):
    """A table worth an index: most of it others', a part hers, a part another client's. Copies of one row, made by the database."""
    others = User.objects.bulk_create(User(email=f"{n}@crowd.example", is_candidate=True) for n in range(100))
    client = EngagementFactory(coach=coach).candidate
    owners = [*islice(cycle(others), 8_000), *[candidate] * 500, *[client] * 500]
    one = InterviewFactory(candidate=client, company="Company", zone="UTC")
    own = {
        "public_id": "gen_random_uuid()",
        "candidate_id": "(%s::bigint[])[n]",
        "ends_at": "ends_at - n * interval '1 minute'",
        "shared_with_coach": "n %% 2 = 0",
        "found_by": "to_char(n, 'FM00000') || ' ' || md5(n::text)",
    }
    columns = [field.column for field in Interview._meta.concrete_fields if not field.primary_key]
    values = ", ".join(own.get(column, f'"{column}"') for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO interviews_interview ("{'", "'.join(columns)}")
            SELECT {values} FROM interviews_interview, generate_series(1, 9000) n WHERE id = %s""",
            [[owner.pk for owner in owners], one.pk],
        )
        cursor.execute("SELECT gin_clean_pending_list('interview_found_by')")
        cursor.execute("ANALYZE interviews_interview")


ASKED = [{}, {"search": "4e732"}, {"search": "ab"}, {"search": "4e7 32c", "show": "open"}, {"show": "month"}]


@pytest.mark.parametrize("viewer", ["candidate", "coach"])
def test_no_list_reads_the_whole_table(client_of, candidate, coach, crowd, viewer):
    client = client_of({"candidate": candidate, "coach": coach}[viewer])
    for url, query in product((URL, API), ASKED):
        with CaptureQueriesContext(connection) as asked:
            client.get(url, query)
        [statement] = [one["sql"] for one in asked if 'FROM "interviews_interview"' in one["sql"].split("WHERE")[0]]
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (FORMAT JSON) " + statement)
            [[plan]] = cursor.fetchone()
        whole = [node["Relation Name"] for node in nodes(plan["Plan"]) if node["Node Type"] == "Seq Scan"]
        assert (url, query, "interviews_interview" in whole) == (url, query, False)


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def test_the_words_index_is_used_where_it_is_the_quicker_way(candidate, crowd):
    found = Interview.objects.search("c4ca4238a0", by=candidate)
    assert "interview_found_by" in found.explain()


def test_states_do_not_touch_the_words(candidate, kijani):
    move(kijani, "cancelled", by=candidate)
    kijani.save(update_fields=["went_well"])
    kijani.refresh_from_db()
    assert kijani.found_by == "kijani foods editor"
