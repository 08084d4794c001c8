"""Somebody was quicker: said in words, and nothing typed is lost."""

import pytest
from django.urls import reverse

from followups.services import decisions
from interviews import services
from tests.factories import MistakeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dropped(interview, candidate):
    """A mistake that another tab has dropped meanwhile."""
    mistake = MistakeFactory(interview=interview)
    decisions.decide(mistake)
    mistake.refresh_from_db()
    services.drop_mistake(mistake, by=candidate)
    return mistake


def test_what_was_typed_is_shown_to_be_kept(client_of, candidate, dropped):
    words = "I never said <b>that</b> I ran the archive."
    address = reverse("mistake-edit", args=[dropped.public_id])

    response = client_of(candidate).post(
        address, {"text": words, "kind": "omitted_information"}, headers={"Referer": f"http://testserver{address}"}
    )

    assert (response.status_code, response.context["typed"]) == (409, [words])
    assert "I never said &lt;b&gt;that&lt;/b&gt; I ran the archive." in response.content.decode()


def test_a_mere_button_leads_back_with_the_reason(client_of, candidate, dropped):
    back = "http://testserver" + reverse("interview-detail", args=[dropped.interview.public_id])

    response = client_of(candidate).post(
        reverse("mistake-drop", args=[dropped.public_id]), headers={"Referer": back}, follow=True
    )

    assert response.redirect_chain == [(back, 302)]
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_nobody_is_led_to_another_site(client_of, candidate, dropped):
    response = client_of(candidate).post(
        reverse("mistake-drop", args=[dropped.public_id]), headers={"Referer": "https://evil.example/"}
    )

    assert (response.status_code, response.context["back"]) == (409, reverse("home"))
