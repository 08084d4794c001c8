"""A session that ends over a form: what was typed is shown to be copied, and the way back leads to the page."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(candidate):
    return factories.ThankYouNoteFactory(interview__candidate=candidate)


def test_words_typed_without_a_session_are_not_lost(client_of, note):
    page = reverse("note-detail", args=[note.public_id])
    answer = client_of(None).post(
        reverse("note-edit", args=[note.public_id]),
        {"body": "Dear <Grace>, thank you.", "to_name": "Grace"},
        headers={"Referer": f"http://testserver{page}"},
    )
    assert answer.status_code == 401
    assert answer.context["typed"] == ["Dear <Grace>, thank you."]
    assert "Dear &lt;Grace&gt;, thank you." in answer.content.decode()
    assert answer.context["back"] == f"{reverse('account_login')}?next={page.replace('/', '%2F')}"
    note.refresh_from_db()
    assert "<Grace>" not in note.body


def test_a_password_of_several_words_is_shown_to_nobody(client_of):
    answer = client_of(None).post(
        reverse("account_change_password"),
        {name: "correct horse battery staple" for name in ("oldpassword", "password1", "password2")},
    )
    assert (answer.status_code, "horse" in answer.content.decode()) == (302, False)


def test_the_way_back_never_leads_elsewhere(client_of, note):
    for referer in ("https://elsewhere.example/a", "nonsense", "//elsewhere.example"):
        answer = client_of(None).post(
            reverse("note-edit", args=[note.public_id]), {"body": "Dear Grace, hello."}, headers={"Referer": referer}
        )
        assert "elsewhere" not in answer.context["back"]


def test_a_button_pressed_without_a_session_leads_back_to_its_page(client_of, note):
    """Its own address takes buttons only: after the sign-in it would be a dead end."""
    page = reverse("note-detail", args=[note.public_id])
    for referer, back in ((f"http://testserver{page}", page), ("https://elsewhere.example/a", reverse("today"))):
        answer = client_of(None).post(reverse("note-skip", args=[note.public_id]), headers={"Referer": referer})
        assert answer.url == f"{reverse('account_login')}?next={back.replace('/', '%2F')}"


def test_nothing_typed_leads_straight_to_the_sign_in(client_of, note):
    answer = client_of(None).post(reverse("note-skip", args=[note.public_id]))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))
    htmx = client_of(None).post(
        reverse("note-check", args=[note.public_id]), {"body": "Dear Grace, hello."}, headers={"HX-Request": "true"}
    )
    assert htmx.status_code == 302
