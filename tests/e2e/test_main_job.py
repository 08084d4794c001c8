"""The whole mission with real parts: worker, beat, SMTP, and three people in browsers of their own."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from accounts.when import to_wall
from followups.models import OutboundEmail, Reminder, ThankYouNote
from tests.e2e import journeys
from tests.e2e.conftest import PASSWORD
from tests.e2e.post import calendar_of, text_of

pytestmark = pytest.mark.browser

GRACE = "grace@savanna.example"


def test_from_the_interview_to_the_mock_session(visit, workers, inbox, candidate, coach, admin):
    hers = visit()
    journeys.sign_in(hers, candidate.email, PASSWORD)
    expect(hers.get_by_role("heading", name="Today")).to_be_visible()

    interview = log_the_interview(hers)
    decide_about_the_omission(hers, interview)
    letter = write_the_note(hers, interview)
    asked = ask_for_a_review(hers)

    desk = visit(coach)
    agree(desk)
    hers.goto(asked)
    expect(hers.locator(".next")).to_contain_text("Tom has answered")

    let_its_time_come()
    check_the_letter(inbox, letter)
    inbox.first(candidate.email, "Your note went out")
    hers.goto(interview)
    expect(hers.get_by_role("main")).to_contain_text("Sent")

    office = visit(admin)
    add_a_slot(office, coach)
    book_for_her(desk)
    confirm(hers)
    check_the_calendars(inbox, candidate, coach)
    check_the_reminder(inbox, candidate)
    read_the_closing_page(hers, interview)


def log_the_interview(page):
    decision_on = to_wall(timezone.now() + timedelta(days=4), "Africa/Nairobi").date()
    page.get_by_role("link", name="Log your first interview").click()
    interview = journeys.log_interview(
        page,
        company="Savanna Stories",
        role="Content manager",
        decision_on=f"{decision_on:%Y-%m-%d}",
        went_well="We laughed about the first issue of the magazine.",
    )
    journeys.add_interviewer(page, interview, name="Grace Wanjiru", email=GRACE)
    journeys.add_must_have(page, interview, "Writes every week")
    return interview


def decide_about_the_omission(page, interview):
    decision = journeys.leave_something_out(
        page,
        interview,
        text="I never mentioned the newsletter that I write for our church.",
        topic="writing",
        sentences="For three years I have written the newsletter of our church, every week.",
    )
    expect(decision.get_by_role("heading")).to_have_text("Two sentences in your thank-you note")
    expect(decision).to_contain_text("It touches something this job cannot do without.")
    decision.get_by_role("button", name="Done with it", exact=True).click()


def write_the_note(page, interview):
    """Drafted from her words; an apology is stopped with its reason and mended by one click. The letter as it is shown."""
    journeys.begin_note(page, interview)
    page.get_by_label("What stayed with you?").fill(
        "Your story of the first issue, printed in a garage, made me smile."
    )
    page.get_by_role("button", name="Put my answers into the note").click()
    note = page.get_by_label("Your note")
    expect(note).to_have_value(journeys.holding("printed in a garage"))
    letter = note.input_value()
    assert "When we spoke about writing, one thing I would add: for three years I have written the newsletter" in letter

    note.fill(letter.replace("Kind regards", "I apologise for not mentioning it.\n\nKind regards"))
    finding = page.locator(".finding.error")
    expect(finding).to_contain_text("An apology moves the attention from you to what went wrong")
    journeys.choose_time(page, journeys.wall(hours=20))
    page.get_by_role("button", name="Approve and send").click()
    expect(page.get_by_role("alert")).to_contain_text("Send it as it is?")
    finding.get_by_role("button", name="Take this sentence out").click()
    expect(page.locator(".findings")).to_contain_text("Nothing stands in its way.")
    expect(note).to_have_value(letter)
    return {
        name.casefold(): value
        for name, value in zip(
            page.locator(".letter-lines dt").all_inner_texts(),
            page.locator(".letter-lines dd").all_inner_texts(),
            strict=True,
        )
    } | {"body": page.locator("#letter-body").text_content()}


def ask_for_a_review(page):
    """Of decision and note; she approves text and time here. The address of the review."""
    page.get_by_role("link", name="Ask Tom to look at it first").click()
    page.get_by_label("Your note goes").fill(journeys.wall(hours=20))
    page.get_by_label("What would you like to know?").fill("Is the addition short enough?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".next")).to_contain_text("answered or not")
    return page.url


def agree(page):
    page.goto("/today/")
    page.get_by_role("link", name="Achieng Otieno · Savanna Stories").click()
    expect(page.get_by_role("main")).to_contain_text("Is the addition short enough?")
    page.get_by_label("agree").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("main")).to_contain_text("Achieng has been told")


def let_its_time_come():
    """Move what is stored of the time she chose to now; the sending is the worker's."""
    now = timezone.now()
    assert ThankYouNote.objects.filter(status="scheduled").update(send_at=now) == 1
    assert OutboundEmail.objects.filter(kind="note", status="queued").update(due_at=now, next_try_at=now) == 1


def check_the_letter(inbox, shown):
    """It arrives exactly as it was shown."""
    mail = inbox.first(GRACE, shown["subject"])
    assert len(inbox.to(GRACE)) == 1
    assert text_of(mail).replace("\r\n", "\n") == shown["body"]
    assert mail["To"] == shown["to"]
    assert str(mail["From"]).replace('"', "") == shown["from"]
    assert mail["From"].addresses[0].display_name == "Achieng Otieno (via Afterword)"
    assert mail["Reply-To"] == shown["reply to"]
    assert mail["Reply-To"].addresses[0].addr_spec == "candidate@cast.example"
    assert mail.get_content_type() == "text/plain"
    assert "afterword" not in text_of(mail).casefold()


def add_a_slot(page, coach):
    page.goto("/slots/")
    page.get_by_role("link", name="New slot").first.click()
    page.get_by_label("Coach").select_option(label=coach.get_full_name())
    page.get_by_label("Start", exact=True).fill(journeys.wall(days=3))
    page.get_by_label("Place").fill("Room 4")
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("main")).to_contain_text("It can be booked now.")


def book_for_her(page):
    page.goto("/clients/")
    page.get_by_role("link", name="Achieng Otieno").click()
    section = page.locator("section").filter(has=page.get_by_role("heading", name="Book a session"))
    section.get_by_role("link").click()
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_role("main")).to_contain_text("Achieng Otieno is asked to confirm.")


def confirm(page):
    page.goto("/today/")
    expect(page.get_by_role("main")).to_contain_text("Booked for you. Does the time suit you?")
    page.get_by_role("link", name="Answer").click()
    page.get_by_role("button", name="Yes, it suits me").click()
    expect(page.get_by_role("main")).to_contain_text("It is settled.")


def check_the_calendars(inbox, candidate, coach):
    """The calendar file of the settled session, for both of them: one event, and a request."""
    events = []
    for person in (candidate, coach):
        mail = inbox.first(person.email, "Your mock session is settled")
        part = calendar_of(mail)
        assert part.get_param("method") == "REQUEST"
        calendar = Calendar.from_ical(part.get_payload(decode=True))
        assert calendar["METHOD"] == "REQUEST"
        events.append(calendar.events[0])
    hers, his = events
    assert hers["UID"] == his["UID"]
    assert hers["DTSTART"].dt == his["DTSTART"].dt
    assert hers["STATUS"] == "CONFIRMED"
    assert (hers["ATTENDEE"], his["ATTENDEE"]) == (f"mailto:{candidate.email}", f"mailto:{coach.email}")


def check_the_reminder(inbox, person):
    """The day before the session comes now; the worker writes and sends the reminder."""
    reminder = Reminder.objects.get(kind="mock-session", recipient=person, occurrence__startswith="day:")
    assert Reminder.objects.filter(pk=reminder.pk, status="waiting").update(deliver_at=timezone.now()) == 1
    mail = inbox.first(person.email, "Your mock session")
    assert "your mock session with Tom Barasa" in text_of(mail)
    reminder.refresh_from_db()
    assert reminder.status == "sent"


def read_the_closing_page(page, interview):
    page.goto(f"{interview}closing/")
    story = page.locator("article.closing")
    expect(story).to_contain_text("That was the interview at Savanna Stories.")
    expect(story).to_contain_text("We laughed about the first issue of the magazine.")
    expect(story).to_contain_text(re.compile(r"One note, gone .+ Nairobi, with what you wanted to add\."))
    expect(story).to_contain_text("Nothing needs you before")
