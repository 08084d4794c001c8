"""What people do on the pages, by the words they see there."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from accounts.when import to_wall


def sign_in(page, email, password):
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def log_interview(page, *, company, role="", ended="Just now", ends_wall="", decision_on="", went_well=""):
    """From the list of interviews to the second step of the debrief."""
    page.goto("/interviews/new/")
    page.get_by_label("Which company?").fill(company)
    page.get_by_label(ended, exact=True).check()
    if ends_wall:
        page.get_by_label("It ended, or will end, at").fill(ends_wall)
    if decision_on:
        page.get_by_label("On a day I know").check()
        page.get_by_label("The day").fill(decision_on)
    if role:
        page.get_by_text("Job title and time zone").click()
        page.get_by_label("What is the job called?").fill(role)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What went well?").fill(went_well)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is on your mind?")
    return page.url.replace("mistakes/new/", "")


def add_interviewer(page, interview, *, name, email):
    page.goto(interview)
    people = page.locator("section").filter(has=page.get_by_role("heading", name="People"))
    people.get_by_role("link", name="Add").click()
    page.get_by_label("Name", exact=False).first.fill(name)
    page.get_by_label("E-mail", exact=False).fill(email)
    page.get_by_role("button", name="Save").click()


def add_must_have(page, interview, text):
    page.goto(interview)
    section = page.locator("section").filter(has=page.get_by_role("heading", name="Must-haves"))
    section.get_by_role("link", name="Add").click()
    page.get_by_label("What can this job not do without?").fill(text)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(text)).to_be_visible()


def begin_mistake(page, interview, *, line, text, topic=""):
    """Say it in plain words; the questions about it come next."""
    page.goto(f"{interview}mistakes/new/")
    page.get_by_role("link", name=line).click()
    page.get_by_label("What happened, in your words?").fill(text)
    if topic:
        page.get_by_label("What were you talking about?").fill(topic)
    page.get_by_role("button", name="Go on").click()


def answer(page, question, choice):
    """One question on a screen of its own."""
    page.get_by_role("group", name=question).get_by_label(choice, exact=True).check()
    page.get_by_role("button", name="Go on").click()


def leave_something_out(page, interview, *, text, topic, sentences):
    """An omission that touches a must-have, told and answered up to its decision."""
    begin_mistake(page, interview, line="I left something out", text=text, topic=topic)
    page.get_by_label("It touches something this job cannot do without").check()
    page.get_by_role("button", name="Go on").click()
    answer(page, "Was it put right there and then?", "No")
    answer(page, "Is there a fact they have not heard", "Yes")
    page.get_by_label("The two sentences, as they would stand in your note").fill(sentences)
    page.get_by_role("button", name="Go on").click()
    return page.locator("article.decision")


def begin_note(page, interview):
    page.goto(interview)
    page.get_by_role("main").get_by_role("link", name="Begin the note").first.click()
    page.get_by_role("button", name="Begin the note").click()


def choose_time(page, wall_time):
    page.get_by_label("At another time").check()
    page.get_by_label("Day and time in Nairobi").fill(wall_time)


def holding(words):
    """A pattern for a field that holds these words among others."""
    return re.compile(re.escape(words))


def wall(**ahead):
    """A moment so far ahead, as a clock in Nairobi shows it and a field for date and time takes it."""
    return f"{to_wall(timezone.now() + timedelta(**ahead), 'Africa/Nairobi'):%Y-%m-%dT%H:%M}"


def seconds():
    """A pattern for a number of seconds on a page."""
    return re.compile(r"^[0-9]{1,2}$")
