"""Pages that the demo's world does not show: the desk, one's own words again, what ran out, closed days. No trouble in them."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone

from accounts import links, services
from accounts.models import Engagement
from coaching.models import Closure
from coaching.services import desk
from tests import factories
from tests.e2e.looking import troubles_of

ROSTER = b"E-mail address,Name,Role,Team\nzawadi@people.example,Zawadi,candidate,a\nnobody,,,\ncoach@cast.example,Tom,coach,b\n"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pages(candidate, coach, admin, settings):
    """Addresses by role, over one record of each kind."""
    settings.AFTERWORD_DROP_IN_DESK = True
    settings.LIVE_SECONDS = 600
    asked, taken = factories.DeskReviewFactory.create_batch(2)
    desk.take(taken, by=coach)
    alone = factories.InterviewFactory(candidate=asked.candidate, status="held")
    now = timezone.now()
    over = factories.InvitationFactory(invited_by=coach, name="Zawadi", expires_at=now - timedelta(days=1))
    leaving = factories.UserFactory(email="leaving@people.example")
    services.ask_erasure(leaving)
    roster = services.read_roster(ROSTER, by=admin)
    lost, told = factories.CoachFactory.create_batch(2)
    for each in (lost, told):
        TOTP.activate(each, generate_totp_secret())
    removal = services.ask_step_removal(told, by=admin)
    Closure.objects.create(from_on=date(2030, 12, 25), until_on=date(2030, 12, 26), title="Holiday")

    def at(name, record):
        return reverse(name, args=[record.public_id])

    return {
        "coach": (
            coach,
            [
                reverse("desk-list"),
                at("review-detail", taken),
                at("comment-edit", factories.CommentFactory(candidate=candidate, author=coach)),
                at("reply-edit", factories.CannedReplyFactory(coach=coach)),
                reverse("engagement-list"),
                at("invitation-again", over),
                reverse("closure-list"),
            ],
        ),
        "admin": (
            admin,
            [
                at("series-end", factories.SeriesFactory(coach=coach)),
                reverse("closure-list"),
                reverse("people-list"),
                at("invitation-again", over),
                at("roster-detail", roster),
                at("person-second-step", lost),
                at("person-second-step", told),
            ],
        ),
        "somebody who has lost the phone": (
            None,
            [
                urlsplit(links.url("second-step", told, removal.public_id, ends_at=removal.due_at)).path,
                reverse("socialaccount_login_cancelled"),
            ],
        ),
        "nobody's client": (
            asked.candidate,
            [at("review-detail", asked), at("review-ask", alone), at("interview-detail", alone)],
        ),
        "somebody who leaves": (leaving, [reverse("account-delete"), reverse("help")]),
    }


@pytest.mark.parametrize(
    "who", ["coach", "admin", "nobody's client", "somebody who leaves", "somebody who has lost the phone"]
)
def test_pages_seldom_seen(pages, visit, who):
    person, addresses = pages[who]
    page = visit(person)
    troubles = {}
    for address in addresses:
        assert page.goto(address).status == 200
        troubles[address] = troubles_of(page)
    assert {address: found for address, found in troubles.items() if found} == {}


def test_the_first_page_of_an_installation(visit, transactional_db):
    page = visit()
    page.goto(urlsplit(services.link_for_first_admin()).path)
    found = troubles_of(page)
    page.get_by_label("Your e-mail address").fill("mary@office.example")
    page.get_by_label("Your name").fill("Mary")
    page.get_by_label("A password").fill("afterword")
    page.get_by_role("button", name="Make my account").click()
    page.get_by_text("Please leave out “Afterword”").wait_for()
    assert found + troubles_of(page) == []


def test_pages_after_a_form_that_was_sent(visit, candidate, coach):
    """Words without a word in them, and a coach where none has room."""
    page = visit(coach)
    page.goto(reverse("client-detail", args=[candidate.public_id]))
    page.eval_on_selector("form[action$='/comments/new/']", "form => form.submit()")
    page.wait_for_url("**/comments/new/")
    found = troubles_of(page)

    Engagement.objects.all().delete()
    type(coach).objects.update(capacity=0)
    page = visit(candidate)
    page.goto(reverse("engagement-new"))
    found += troubles_of(page)
    page.get_by_role("button", name="Say that I would like a coach").click()
    page.get_by_text("You have asked.").wait_for()
    assert found + troubles_of(page) == []
