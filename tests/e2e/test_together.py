"""Two people find each other, write to each other, and end it: she on a phone, he at a desk."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Engagement
from coaching.models import Booking, Comment
from tests import factories
from tests.e2e.looking import troubles_of

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_from_asking_for_somebody_to_the_end(visit, candidate):
    tom = factories.CoachFactory(name="Tom Barasa")
    factories.CannedReplyFactory(coach=tom, title="Let it go", text="Leave it where it is.")
    factories.InterviewFactory(candidate=candidate, company="Kept to herself")
    hers, his = visit(candidate, width=390), visit(tom)

    hers.goto("/engagements/")
    hers.get_by_role("link", name="Ask for a coach").click()
    assert troubles_of(hers) == []
    hers.set_viewport_size(PHONE)
    hers.get_by_role("button", name="Ask").click()
    expect(hers.get_by_text("You have agreed; the other side has been asked.")).to_be_visible()
    engagement = Engagement.objects.get()

    his.goto(reverse("engagement-detail", args=[engagement.public_id]))
    his.get_by_role("button", name="I agree").click()
    shared = factories.InterviewFactory(candidate=candidate, company="Savanna Books")
    hers.goto("/engagements/")
    hers.get_by_label("Savanna Books").check()
    hers.get_by_role("button", name="Save what they can read").click()
    assert troubles_of(hers) == []

    his.goto(reverse("client-detail", args=[candidate.public_id]))
    expect(his.get_by_role("link", name="Savanna Books")).to_be_visible()
    expect(his.get_by_text("Kept to herself")).to_have_count(0)
    his.get_by_label("What shall be different").fill("Stop after two sentences")
    his.get_by_role("button", name="Add it").click()
    assert troubles_of(his) == []
    his.goto(reverse("interview-detail", args=[shared.public_id]))
    his.get_by_text("Write something about it").click()
    his.get_by_label("Your words").fill("Well told.")
    his.get_by_text("Put in one of your replies").click()
    his.get_by_role("button", name="Let it go").click()
    expect(his.get_by_label("Your words")).to_have_value("Well told.\n\nLeave it where it is.")
    his.get_by_label("Achieng too, who is told").check()
    his.get_by_role("button", name="Write it down").click()
    expect(his.get_by_text("Written. Achieng is told.")).to_be_visible()

    slot = factories.SlotFactory(coach=tom)
    booking = factories.BookingFactory(slot=slot, candidate=candidate)
    hers.set_viewport_size(PHONE)
    hers.goto(reverse("engagement-words", args=[engagement.public_id]))
    expect(hers.locator("#words .in-book")).to_contain_text("Leave it where it is.")
    assert troubles_of(hers) == []
    hers.set_viewport_size(PHONE)
    hers.get_by_role("link", name="End it").click()
    hers.get_by_label("Cancel").check()
    assert troubles_of(hers) == []
    hers.set_viewport_size(PHONE)
    hers.get_by_role("button", name="Yes, end it").click()
    expect(hers.get_by_text("Nothing of yours is open to them any more.")).to_be_visible()
    assert Booking.objects.get(pk=booking.pk).status == "cancelled"
    his.goto("/clients/")
    expect(his.get_by_text("Achieng Otieno")).to_have_count(0)
    assert Comment.objects.count() == 1
