"""A coach's own replies: hers alone, one of each name, put into what she writes with and without scripts."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.records import Refused
from coaching.models import CannedReply
from coaching.services import canned_replies
from tests.factories import CannedReplyFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/canned-replies/"
JSON = {"content_type": "application/json"}


@pytest.fixture
def reply(coach):
    return CannedReplyFactory(coach=coach, title="Shorter, please", text="Two sentences are enough.")


def test_a_coach_keeps_changes_and_removes_one(coach, client_of):
    browser = client_of(coach)

    browser.post(reverse("reply-new"), {"title": "Let it go", "text": "They have forgotten it."})
    reply = CannedReply.objects.get()
    browser.post(reverse("reply-edit", args=[reply.public_id]), {"title": "Let go", "text": "It is behind you."})
    reply.refresh_from_db()
    assert (reply.coach, reply.title, reply.text) == (coach, "Let go", "It is behind you.")

    browser.post(reverse("reply-remove", args=[reply.public_id]))
    assert CannedReply.objects.count() == 0


def test_the_same_by_api(coach, client_of):
    browser = client_of(coach)

    made = browser.post(API, {"title": "Let it go", "text": "They have forgotten it."}, **JSON)
    address = f"{API}{made.json()['public_id']}/"
    changed = browser.patch(address, {"text": "It is behind you."}, **JSON)

    assert (made.status_code, changed.json()["text"]) == (201, "It is behind you.")
    assert [row["title"] for row in browser.get(API).json()["results"]] == ["Let it go"]
    assert (browser.delete(address).status_code, CannedReply.objects.count()) == (204, 0)


def test_nobody_else_sees_them(reply, candidate, other_coach, admin, client_of):
    for person in (candidate, other_coach, admin):
        assert client_of(person).get(API).json()["results"] == []
        assert client_of(person).get(f"{API}{reply.public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "SHORTER, please", "You have one of this name already."),
        ("title", "see https://example.org", "Please leave out links and @ signs here."),
        ("text", "x" * 2001, "Ensure this value has at most 2000 characters (it has 2001)."),
        ("text", "   ", "This field is required."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(reply, coach, client_of, field, value, words):
    fields = {"title": "Another", "text": "Words."} | {field: value}

    page = client_of(coach).post(reverse("reply-new"), fields)

    assert (page.context["form"].errors, CannedReply.objects.count()) == ({field: [words]}, 1)
    assert client_of(coach).post(API, fields, **JSON).status_code in (400, 422)


def test_there_is_an_end_to_them(coach):
    CannedReplyFactory.create_batch(canned_replies.MAX_REPLIES, coach=coach)

    with pytest.raises(Refused):
        canned_replies.add_reply(by=coach, title="One more", text="Words.")


def test_a_button_puts_the_words_behind_what_is_there(reply, coach):
    data = QueryDict(f"message=Good.&insert=message:{reply.public_id}")

    assert canned_replies.inserted(data, by=coach)["message"] == "Good.\n\nTwo sentences are enough."


@pytest.mark.parametrize("value", ["", "message:", "message:nonsense", "nonsense"])
def test_a_button_that_names_nothing_changes_nothing(coach, value):
    data = QueryDict("message=Good.", mutable=True)
    data["insert"] = value

    assert (canned_replies.inserted(data, by=coach) or data)["message"] == "Good."


def test_anothers_reply_is_not_put_in(reply, other_coach):
    data = QueryDict(f"message=Good.&insert=message:{reply.public_id}")

    assert canned_replies.inserted(data, by=other_coach)["message"] == "Good."


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_often_for_thirty_as_for_one(coach, client_of, rows, django_assert_num_queries):
    CannedReplyFactory.create_batch(rows, coach=coach)
    browser = client_of(coach)
    with django_assert_num_queries(3):
        assert len(browser.get(reverse("reply-list")).context["replies"]) == rows
