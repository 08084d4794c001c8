"""A list from elsewhere becomes interviews once she has seen what it would become; and hers go out as a file."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.records import Conflict
from coaching.services import sweep
from followups import reminders
from followups.models import InterviewImport, OutboundEmail, Reminder
from followups.services import spreadsheets
from interviews import services as facts
from interviews.models import Interview, Interviewer
from tests.everything import checksum_of_everything
from tests.factories import InterviewerFactory, InterviewFactory

NEW = "/interviews/import/"
EXPORT = "/interviews/export/"
API = "/api/v1/imports/"
HEADER = "Company,Job title,Date,Start,End,Decision,Interviewers,E-mail,Outcome,State,Notes\n"
LIST = HEADER + (
    "Kijani,Editor,2026-03-04,10:00,11:00,2026-03-11,Grace Wanjiru,grace@kijani.example,a no,,Third floor\n"
    "Savanna,,2026-03-05,,,,,,,,\n"
    "Lake,,soon,,,,,,,,\n"
    "Later,,2026-12-24,09:00,10:00,,,,offer,,\n"
    "Off,,2026-03-06,09:00,10:00,,,,,cancelled,\n"
)
UNCLEAR = "Company,Date,End\nKijani,03/04/2026,10:00\nLake,05/04/2026,10:00\n"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november(time_machine):
    time_machine.move_to("2026-11-20T09:00:00Z", tick=False)


def upload(client, text, name="my list.csv"):
    """Choose a file; the answer, and the list that waits if there is one."""
    data = text if isinstance(text, bytes) else text.encode()
    answer = client.post(NEW, {"file": SimpleUploadedFile(name, data)})
    return answer, InterviewImport.objects.order_by("-id").first()


def page_of(client, kept):
    return client.get(f"/imports/{kept.public_id}/")


def names(group):
    return [checked.row.company for checked in group]


def test_nothing_is_an_interview_before_she_says_so(client_of, candidate):
    client = client_of(candidate)
    answer, kept = upload(client, LIST)
    assert answer.url == f"/imports/{kept.public_id}/"
    found = page_of(client, kept).context["found"]
    assert (names(found.good), names(found.known), names(found.bad)) == (
        ["Kijani", "Savanna", "Later", "Off"],
        [],
        ["Lake"],
    )
    assert [(checked.row.number, checked.problems) for checked in found.bad] == [
        (4, ["“soon” is not a day we can read. 2026-11-03 and 3 November 2026 can be read."])
    ]
    assert (Interview.objects.count(), Reminder.objects.count()) == (0, 0)


def test_her_word_makes_interviews_of_all_good_rows_and_forgets_the_list(client_of, candidate):
    client = client_of(candidate)
    _answer, kept = upload(client, LIST)
    answer = client.post(f"/imports/{kept.public_id}/confirm/", follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["4 interviews are in your list."]
    assert list(Interview.objects.order_by("ends_at").values_list("company", "status", "outcome")) == [
        ("Kijani", "held", "rejected"),
        ("Savanna", "held", "none"),
        ("Off", "cancelled", "none"),
        ("Later", "planned", "none"),
    ]
    first = Interview.objects.get(company="Kijani")
    assert (first.candidate, first.role_title, first.notes, first.zone) == (
        candidate, "Editor", "Third floor", "Africa/Nairobi",
    )  # fmt: skip
    assert (first.starts_at.isoformat(), first.decision_on.isoformat()) == ("2026-03-04T07:00:00+00:00", "2026-03-11")
    assert list(Interviewer.objects.values_list("name", "email")) == [("Grace Wanjiru", "grace@kijani.example")]
    assert list(first.events.values_list("old", "new", "by")) == [("", "held", candidate.pk)]
    off = Interview.objects.get(company="Off")
    assert list(off.events.values_list("old", "new")) == [("", "planned"), ("planned", "cancelled")]
    assert not InterviewImport.objects.exists()
    assert [row["company"] for row in client.get("/api/v1/interviews/?search=wanjiru").json()["results"]] == ["Kijani"]


def test_old_interviews_ask_nothing_of_her_and_a_new_one_does(candidate):
    text = "Company,Date,End,Decision\nOld,2026-03-04,11:00,2026-03-11\nNew,2026-11-20,11:00,2026-11-27\n"
    made = spreadsheets.bring_in(spreadsheets.read_list(text.encode(), by=candidate), by=candidate)
    old, new = made
    assert (old.closed_at, old.ask_outcome) == (old.ends_at, False)
    assert (new.closed_at, new.ask_outcome) == (None, True)
    waiting = Reminder.objects.filter(status="waiting")
    assert set(waiting.values_list("subject_id", flat=True)) == {new.public_id}
    assert not OutboundEmail.objects.exists()


def test_one_they_are_still_to_decide_about_is_asked_about(candidate):
    text = "Company,Date,End,Decision\nOld,2026-10-01,11:00,2026-12-01\n"
    [old] = spreadsheets.bring_in(spreadsheets.read_list(text.encode(), by=candidate), by=candidate)
    assert (old.closed_at, old.ask_outcome) == (old.ends_at, True)
    assert list(Reminder.objects.filter(status="waiting").values_list("kind", flat=True)) == ["outcome"]


def test_what_she_has_is_recognised_by_company_and_day(client_of, candidate, stranger):
    text = "Company,Date,End\nkijáni,2026-03-04,11:00\nKijani,2026-03-05,11:00\nKIJANI,2026-03-05,15:00\nSavanna,2026-03-05,11:00\n"
    facts.log_interview(candidate=candidate, by=candidate, company="Kijani", ends_wall=_wall("2026-03-04T15:00"))
    facts.log_interview(candidate=stranger, by=stranger, company="Savanna", ends_wall=_wall("2026-03-05T11:00"))
    client = client_of(candidate)
    _answer, kept = upload(client, text)
    found = page_of(client, kept).context["found"]
    assert [[checked.row.number for checked in group] for group in (found.good, found.known)] == [[3, 5], [2, 4]]
    client.post(f"/imports/{kept.public_id}/confirm/")
    assert Interview.objects.filter(candidate=candidate).count() == 3


def test_she_may_bring_them_in_all_the_same(client_of, candidate):
    InterviewFactory(candidate=candidate, company="Kijani", ends_wall=_wall("2026-03-04T15:00"))
    client = client_of(candidate)
    _answer, kept = upload(client, "Company,Date,End\nKijani,2026-03-04,11:00\n")
    client.post(f"/imports/{kept.public_id}/confirm/", {"known": "on"})
    assert Interview.objects.count() == 2


def _wall(text):
    return timezone.datetime.fromisoformat(text)


def test_dates_that_can_mean_two_days_are_asked_about_first(client_of, candidate):
    client = client_of(candidate)
    _answer, kept = upload(client, UNCLEAR)
    page = page_of(client, kept)
    assert (page.context["unclear"], page.context["found"].good) == ("03/04/2026", [])
    refused = client.post(f"/imports/{kept.public_id}/confirm/")
    assert (refused.status_code, Interview.objects.count()) == (422, 0)
    assert client.post(f"/imports/{kept.public_id}/order/").status_code == 422
    for order, days in (("month", [(3, 4), (5, 4)]), ("day", [(4, 3), (4, 5)])):
        client.post(f"/imports/{kept.public_id}/order/", {"order": order})
        good = page_of(client, kept).context["found"].good
        assert [(checked.row.ends_wall.month, checked.row.ends_wall.day) for checked in good] == days


SWAPPED = "Date,Company,Colour\nKijani,2026-03-04,red\nSavanna,2026-03-05,blue\n"


def columns_of(*meanings):
    return {f"column-{place}": meaning for place, meaning in enumerate(meanings)}


def test_columns_that_were_taken_for_each_other_are_put_right_without_the_file(client_of, candidate):
    client = client_of(candidate)
    _answer, kept = upload(client, SWAPPED)
    before = page_of(client, kept)
    assert (names(before.context["found"].good), len(before.context["found"].bad)) == ([], 2)
    assert [(field.label, field.value(), field.help_text) for field in before.context["columns_form"]] == [
        ("Date", "date", "such as “Kijani”"),
        ("Company", "company", "such as “2026-03-04”"),
        ("Colour", "", "such as “red”"),
    ]
    answer = client.post(f"/imports/{kept.public_id}/columns/", columns_of("company", "date", "notes"), follow=True)
    found = answer.context["found"]
    assert (names(found.good), found.bad, [checked.row.notes for checked in found.good]) == (
        ["Kijani", "Savanna"],
        [],
        ["red", "blue"],
    )
    client.post(f"/imports/{kept.public_id}/confirm/", {"seen": answer.context["kept"].updated_at.isoformat()})
    assert set(Interview.objects.values_list("company", "notes")) == {("Kijani", "red"), ("Savanna", "blue")}


def test_two_columns_of_one_meaning_are_told_at_the_second_and_nothing_chosen_is_lost(client_of, candidate):
    client = client_of(candidate)
    _answer, kept = upload(client, SWAPPED)
    answer = client.post(f"/imports/{kept.public_id}/columns/", columns_of("company", "date", "company"))
    form = answer.context["columns_form"]
    assert (answer.status_code, form.errors) == (422, {"column-2": ["“Date” has this meaning already."]})
    assert [field.value() for field in form] == ["company", "date", "company"]
    assert 'aria-describedby="id_column-2_helptext id_column-2_error"' in answer.content.decode()
    kept.refresh_from_db()
    assert kept.sheet["meanings"] == ["date", "company", ""]


@pytest.mark.parametrize(
    ("meanings", "where", "words"),
    [
        (["", "date", ""], "__all__", "Which column is the company? Each interview needs one."),
        (["company", "", "notes"], "__all__", "Which column is the date? Each interview needs its day."),
        (["colour", "date", ""], "column-0", "Select a valid choice. colour is not one of the available choices."),
        ([], "__all__", "Which column is the company? Each interview needs one."),
    ],
)
def test_a_meaning_that_cannot_be_is_told_in_words(client_of, candidate, meanings, where, words):
    client = client_of(candidate)
    _answer, kept = upload(client, SWAPPED)
    answer = client.post(f"/imports/{kept.public_id}/columns/", columns_of(*meanings))
    assert (answer.status_code, answer.context["columns_form"].errors) == (422, {where: [words]})


def test_a_list_in_another_language_is_asked_about_and_not_refused(client_of, candidate):
    client = client_of(candidate)
    _answer, kept = upload(client, "Empresa;Fecha\nKijani;2026-03-04\n")
    page = page_of(client, kept)
    assert (page.context["missing"], page.context["found"].rows) == (
        "Which column is the company? Each interview needs one.",
        [],
    )
    refused = client.post(f"/imports/{kept.public_id}/confirm/")
    assert (refused.status_code, Interview.objects.count()) == (422, 0)
    answer = client.post(f"/imports/{kept.public_id}/columns/", columns_of("company", "date"), follow=True)
    assert names(answer.context["found"].good) == ["Kijani"]


def test_a_date_that_means_two_days_is_asked_about_once_its_column_is_known(client_of, candidate):
    client = client_of(candidate)
    _answer, kept = upload(client, "Firm,Fecha\nKijani,03/04/2026\n")
    answer = client.post(f"/imports/{kept.public_id}/columns/", columns_of("company", "date"), follow=True)
    assert (answer.context["missing"], answer.context["unclear"]) == ("", "03/04/2026")


def test_what_another_window_reads_otherwise_is_not_brought_in_unseen(client_of, candidate, time_machine):
    client = client_of(candidate)
    _answer, kept = upload(client, SWAPPED.replace("Kijani,2026", "2026-03-06,2026"))
    seen = page_of(client, kept).context["kept"].updated_at.isoformat()
    time_machine.move_to("2026-11-20T09:01:00Z", tick=False)
    client.post(f"/imports/{kept.public_id}/columns/", columns_of("company", "date", ""))
    answer = client.post(f"/imports/{kept.public_id}/confirm/", {"seen": seen})
    assert (answer.status_code, Interview.objects.count()) == (409, 0)
    again = page_of(client, kept).context["kept"].updated_at.isoformat()
    assert client.post(f"/imports/{kept.public_id}/confirm/", {"seen": again}).url == "/interviews/"


@pytest.mark.parametrize("seen", ["", "soon", "2026-13-45T00:00", "x" * 50])
def test_what_is_no_time_says_nothing_about_what_was_seen(client_of, candidate, seen):
    client = client_of(candidate)
    _answer, kept = upload(client, LIST)
    assert client.post(f"/imports/{kept.public_id}/confirm/", {"seen": seen}).status_code == 302


@pytest.mark.parametrize("change", [("choose_order", "day"), ("choose_columns", ["company", "date", ""])])
def test_a_list_that_is_gone_is_not_read_otherwise(candidate, change):
    verb, value = change
    kept = spreadsheets.read_list(SWAPPED.encode(), by=candidate)
    InterviewImport.objects.get(pk=kept.pk).delete()
    with pytest.raises(Conflict):
        getattr(spreadsheets, verb)(kept, value, by=candidate)


def test_by_api_columns_are_put_right_too(client_of, candidate, time_machine):
    client, json = client_of(candidate), {"content_type": "application/json"}
    made = client.post(API, SWAPPED.encode(), content_type="text/csv").json()
    assert (made["header"], made["meanings"], made["missing"]) == (
        ["Date", "Company", "Colour"],
        ["date", "company", ""],
        "",
    )
    address = f"{API}{made['public_id']}/"
    for meanings, status in (
        (["company", "date", "company"], 422),
        (["company", "date"], 422),
        (["", "date", ""], 422),
        (["colour", "date", ""], 400),
    ):
        refused = client.patch(address, {"meanings": meanings}, **json)
        assert (refused.status_code, list(refused.json()["errors"])) == (status, ["meanings"])
    assert client.patch(address, {}, **json).status_code == 400
    time_machine.move_to("2026-11-20T09:01:00Z", tick=False)
    told = client.patch(address, {"meanings": ["company", "date", ""], "order": "day"}, **json).json()
    assert [row["company"] for row in told["rows"]] == ["Kijani", "Savanna"]
    assert client.post(f"{address}confirm/", {"seen": made["updated_at"]}, **json).status_code == 409
    assert len(client.post(f"{address}confirm/", {"seen": told["updated_at"]}, **json).json()["interviews"]) == 2


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("x" * 81 + ",2026-03-04,10:00,11:00,,,,,,", "Company: Ensure this value has at most 80 characters (it has 81)."),
        ("www.kijani.example,2026-03-04,10:00,11:00,,,,,,", "Company: Please leave out links and @ signs here."),
        ("K,2026-03-04,12:00,11:00,,,,,,", "The interview ends before it starts."),
        ("K,1999-03-04,10:00,11:00,,,,,,", "This date cannot be right."),
        ("K,0001-01-01,00:00,01:00,,,,,,", "This date cannot be right."),
        ("K,9999-12-31,22:00,23:59,,,,,,", "This date cannot be right."),
        ("K,2026-12-04,10:00,11:00,,,,,held,", "That is still to come. Log it as planned, and come back when it is over."),
        ("K,2026-03-04,10:00,11:00,2026-03-01,,,,,", "They cannot decide before the interview is over."),
        ("K,2026-03-04,10:00,11:00,,Grace,grace at kijani,,,", "E-mail address: Enter one e-mail address, such as grace@example.org."),
        ("K,2026-03-04,10:00,11:00,,,grace@kijani.example,,,", "There are more e-mail addresses than people."),
        (f"K,2026-03-04,10:00,11:00,,{'Grace;' * 21},,,,", "That is a very large panel. Address one note to all of them."),
        (f"K,2026-03-04,10:00,11:00,,,,,,{'x' * 4001}", "Notes: Ensure this value has at most 4000 characters (it has 4001)."),
    ],
)  # fmt: skip
def test_each_bad_row_has_its_reason_in_words(candidate, row, problem):
    text = "Company,Date,Start,End,Decision,Interviewers,E-mail,Outcome,State,Notes\n" + row + "\n"
    [checked] = spreadsheets.preview(spreadsheets.read_list(text.encode(), by=candidate)).bad
    assert checked.problems == [problem]


def test_an_outcome_of_what_has_not_been_is_left_out_and_said(candidate):
    found = spreadsheets.preview(spreadsheets.read_list(LIST.encode(), by=candidate))
    [later] = [checked for checked in found.good if checked.row.company == "Later"]
    assert later.hints == ["Only an interview that took place has an outcome: left out."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "There is nothing in this file."),
        (b"PK\x03\x04", "This is a workbook"),
        (b"Company,Date\n" + b"K,2026-03-04\n" * 50_000, "This file has 50,000 rows; 1,000 can be brought in at once."),
        (b"x" * 2_000_001, "This file is larger than 2 MB."),
        (b"Name\nx\n", "No column is called “Company”."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_its_field(client_of, candidate, data, words):
    answer, kept = upload(client_of(candidate), data)
    [message] = answer.context["form"].errors["file"]
    assert (answer.status_code, message.startswith(words), kept) == (422, True, None)


def test_no_file_is_asked_for_one(client_of, candidate):
    answer = client_of(candidate).post(NEW)
    assert list(answer.context["form"].errors) == ["file"]


def test_no_cell_is_markup(client_of, candidate):
    client = client_of(candidate)
    _answer, kept = upload(client, "Company,Date,<b>x</b>\n<script>alert(1)</script>,2026-03-04,\n=1+1,2026-03-05,\n")
    page = page_of(client, kept).content.decode()
    assert ("<script>alert" in page, "<b>x</b>" in page, "&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (
        False, False, True,
    )  # fmt: skip


@pytest.mark.parametrize("rows", [2, 60])
def test_a_long_list_is_brought_in_by_as_many_statements_as_a_short_one(candidate, rows, django_assert_num_queries):
    text = "Company,Date,Interviewers\n" + "".join(f"Company {number},2026-03-04,Grace\n" for number in range(rows))
    kept = spreadsheets.read_list(text.encode(), by=candidate)
    with django_assert_num_queries(12):
        assert len(spreadsheets.bring_in(kept, by=candidate)) == rows


def test_those_still_to_come_are_limited(candidate, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ALIVE", 2)
    text = "Company,Date\nA,2026-12-01\nB,2025-12-02\nC,2026-12-03\nD,2026-12-04\n"
    found = spreadsheets.preview(spreadsheets.read_list(text.encode(), by=candidate))
    assert (names(found.good), [checked.problems for checked in found.bad]) == (
        ["A", "B", "C"],
        [["Only 2 that are recent or still to come can be brought in at once."]],
    )


def test_her_coach_reads_what_is_new_and_nothing_from_before(candidate, coach):
    text = b"Company,Date\nBefore,2026-11-19\nAfter,2026-11-21\n"
    spreadsheets.bring_in(spreadsheets.read_list(text, by=candidate), by=candidate)
    assert [interview.company for interview in Interview.objects.visible_to(coach)] == ["After"]


def test_the_same_list_twice_is_one(candidate):
    kept = spreadsheets.read_list(LIST.encode(), by=candidate)
    in_another_tab = InterviewImport.objects.get(pk=kept.pk)
    spreadsheets.bring_in(kept, by=candidate)
    with pytest.raises(Conflict):
        spreadsheets.bring_in(in_another_tab, by=candidate)
    assert Interview.objects.count() == 4


def test_all_or_nothing(candidate, monkeypatch):
    kept = spreadsheets.read_list(LIST.encode(), by=candidate)
    before = checksum_of_everything()
    monkeypatch.setattr(reminders, "refresh", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        spreadsheets.bring_in(kept, by=candidate)
    assert checksum_of_everything() == before


def test_put_away_or_left_for_a_day_it_is_gone(client_of, candidate, time_machine):
    client = client_of(candidate)
    _answer, kept = upload(client, LIST)
    client.post(f"/imports/{kept.public_id}/cancel/")
    assert not InterviewImport.objects.exists()

    _answer, kept = upload(client, LIST)
    later = timezone.now() + timedelta(hours=23, minutes=59)
    sweep.run(later)
    assert InterviewImport.objects.count() == 1
    time_machine.move_to(later + timedelta(minutes=2), tick=False)
    assert page_of(client_of(candidate), kept).status_code == 404
    sweep.run(timezone.now())
    assert not InterviewImport.objects.exists()


def test_only_the_last_five_lists_wait(candidate, stranger):
    others = spreadsheets.read_list(LIST.encode(), by=stranger)
    mine = [spreadsheets.read_list(LIST.encode(), by=candidate) for _number in range(7)]
    assert set(InterviewImport.objects.values_list("pk", flat=True)) == {others.pk, *(row.pk for row in mine[2:])}


@pytest.mark.parametrize("rows", [1, 60])
def test_a_long_list_is_looked_at_by_as_many_queries_as_a_short_one(candidate, rows, django_assert_num_queries):
    text = "Company,Date\n" + "".join(f"Company {number},2026-03-04\n" for number in range(rows))
    kept = spreadsheets.read_list(text.encode(), by=candidate)
    with django_assert_num_queries(1):
        assert len(spreadsheets.preview(kept).good) == rows


def test_by_api_it_is_the_same(client_of, candidate):
    client, json = client_of(candidate), {"content_type": "application/json"}
    refused = client.post(API, b"PK\x03\x04", content_type="text/csv")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["file"])
    made = client.post(API, UNCLEAR.encode(), content_type="text/csv")
    address = f"{API}{made.json()['public_id']}/"
    assert (made.status_code, made.json()["unclear"], made.json()["rows"]) == (201, "03/04/2026", [])
    assert client.post(f"{address}confirm/", {}, **json).status_code == 422
    told = client.patch(address, {"order": "day"}, **json).json()
    assert [(row["line"], row["company"], row["ends_wall"], row["problems"]) for row in told["rows"]] == [
        (2, "Kijani", "2026-04-03T10:00", []),
        (3, "Lake", "2026-04-05T10:00", []),
    ]
    assert client.get(API).json()["results"][0]["public_id"] == made.json()["public_id"]
    answer = client.post(f"{address}confirm/", {}, **json)
    assert answer.json() == {"interviews": [str(row.public_id) for row in Interview.objects.order_by("ends_at")]}
    assert client.get(address).status_code == 404


def test_by_api_a_list_of_two_megabytes_is_too_large_and_not_an_error(client_of, candidate):
    answer = client_of(candidate).post(API, b"x" * 2_500_000, content_type="text/csv")
    assert (answer.status_code, answer.json()["detail"]) == (422, "This file is larger than 2 MB. Please bring it in by parts.")  # fmt: skip
    keyed = client_of(candidate).post(API, b"x" * 1_500_000, content_type="text/csv", headers={"Idempotency-Key": "1"})
    assert keyed.status_code == 413


def given_out(client, url=EXPORT, **more):
    answer = client.get(url, **more)
    return answer, b"".join(answer.streaming_content)


def test_what_goes_out_comes_in_again(client_of, candidate, stranger):
    fields = {"outcome": "offer", "outcome_at": timezone.now(), "went_well": "-1 was funny", "notes": 'a "b", c\nd'}
    whole = InterviewFactory(candidate=candidate, company="=Kijani", zone="Europe/London", **fields)
    whole.starts_wall = whole.ends_wall - timedelta(hours=1)
    whole.save()
    InterviewerFactory(interview=whole, name="Grace (the elder)", title="", email="grace@kijani.example")
    InterviewerFactory(interview=whole, name="Peter", title="CTO", kind="hr", email="")
    InterviewFactory(candidate=candidate, company="Later", status="planned", ended_hours_ago=-99, decision_on=None)
    InterviewFactory(candidate=candidate, company="Off", status="cancelled", ended_hours_ago=99)
    InterviewFactory(candidate=stranger, company="Not hers")

    answer, data = given_out(client_of(candidate))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="interviews.csv"'
    again = spreadsheets.bring_in(spreadsheets.read_list(data, by=stranger), by=stranger)

    compared = [
        "company", "role_title", "status", "zone", "starts_wall", "ends_wall", "decision_on", "outcome", "went_well", "notes",
    ]  # fmt: skip

    def table(who):
        return list(Interview.objects.filter(candidate=who).exclude(company="Not hers").order_by("ends_at").values_list(*compared))  # fmt: skip

    assert table(stranger) == table(candidate)
    people = [list(Interviewer.objects.filter(interview__candidate=who).order_by("id").values_list("name", "title", "kind", "email")) for who in (candidate, stranger)]  # fmt: skip
    assert people[0] == people[1]
    assert len(again) == 3


def test_what_goes_out_is_no_formula(client_of, candidate):
    InterviewFactory(candidate=candidate, company="=1+1", notes="@SUM(A1)", went_well="\t+1")
    _answer, data = given_out(client_of(candidate))
    line = data.decode("utf-8-sig").splitlines()[1]
    assert [cell for cell in ("'=1+1", "'@SUM(A1)", "'\t+1") if cell not in line] == []


def test_by_api_the_same_file(client_of, candidate):
    InterviewFactory.create_batch(3, candidate=candidate)
    client = client_of(candidate)
    page = given_out(client)[1]
    for accept in ("*/*", "text/csv"):
        assert given_out(client, "/api/v1/interviews/export/", headers={"Accept": accept})[1] == page


def test_the_list_leads_to_both(client_of, candidate, coach):
    for user, links in ((candidate, [NEW]), (coach, [])):
        page = client_of(user).get("/interviews/").content.decode()
        assert [link for link in (NEW, EXPORT) if link in page] == links
    InterviewFactory(candidate=candidate, shared_with_coach=True)
    for user, links in ((candidate, [NEW, EXPORT]), (coach, [])):
        page = client_of(user).get("/interviews/").content.decode()
        assert [link for link in (NEW, EXPORT) if link in page] == links
