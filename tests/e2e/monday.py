"""A coach's Monday with 34 reviews, by keyboard alone, measured.

    ./dev test tests/e2e/monday.py -s

Prints the keys pressed and the seconds the browser and the server took. Reading and typing are reckoned, not slept: the words
on each page at READING words a minute (silent reading of non-fiction, Brysbaert 2019), a moment's thought for each decision,
and what is typed at TYPING keys a minute. Not part of the tests: nothing in it may depend on the speed of a machine.
"""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.when import to_wall
from coaching.models import Review, ReviewItem
from coaching.services import reviews
from followups.services import decisions, notes
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REVIEWS, CLIENTS = 34, 8
READING, THOUGHT, TYPING = 238, 3.0, 200
KINDS = ("omitted_information", "weak_answer", "regretted_remark")
QUESTION = "Did she ask about it, or was it you who brought it up?"
INSTEAD = "Nobody noticed. Leave it."


class Keyboard:
    """Counts what is pressed."""

    def __init__(self, page):
        self.page, self.pressed, self.typed = page, 0, 0

    def press(self, key):
        self.pressed += 1
        self.page.keyboard.press(key)

    def type(self, text):
        self.typed += len(text)
        self.page.keyboard.type(text)


@pytest.fixture
def week_end(coach):
    """What was asked since Friday: up to three decisions each, two of three with a note that goes today or tomorrow."""
    clients = [factories.UserFactory(vouched_at=timezone.now()) for _number in range(CLIENTS)]
    for client in clients:
        factories.EngagementFactory(candidate=client, coach=coach)
    for number in range(REVIEWS):
        _asked(clients[number % CLIENTS], coach, number)


def _asked(client, coach, number):
    interview = factories.InterviewFactory(candidate=client, shared_with_coach=True)
    factories.InterviewerFactory(interview=interview, name="Grace Wanjiru")
    mistakes = [
        factories.MistakeFactory(
            interview=interview, kind=kind, noticed="unsure", text=f"It went by too quickly ({kind})."
        )
        for kind in KINDS[: 1 + number % 3]
    ]
    made = [decisions.decide(mistake) for mistake in mistakes]
    if number % 3 == 2:
        return reviews.ask_review(interview, coach=coach, by=client, decisions=made, question="Would you leave it?")
    note = notes.draft_note(interview, by=client)
    body = "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began, and how the pupils run it.\n\nKind regards"
    notes.edit_note(note, by=client, body=body, subject="Thank you for today")
    at = to_wall(timezone.now() + timedelta(hours=3 + number % 18), "Africa/Nairobi").replace(microsecond=0)
    return reviews.ask_review(
        interview, coach=coach, by=client, note=note, decisions=made, send_wall=at, send_zone="Africa/Nairobi"
    )


def test_a_monday(visit, coach, week_end):
    page = visit(coach)
    keys, waited, words, thoughts = Keyboard(page), 0.0, 0, 0
    begin = time.monotonic()
    page.goto("/reviews/")
    page.locator(".row-link").first.focus()
    keys.press("Enter")
    expect(page.locator("[data-review-item]").first).to_be_visible()
    for number in range(REVIEWS):
        items = page.locator("[data-review-item]").count()
        words += len(re.findall(r"\w+", page.locator("#review").inner_text()))
        thoughts += items
        _decide(keys, number, items)
        here, start = page.url, time.monotonic()
        keys.press("Control+Enter")
        page.wait_for_url(lambda url, here=here: url != here)
        page.wait_for_load_state("domcontentloaded")
        waited += time.monotonic() - start
    took = time.monotonic() - begin
    expect(page.get_by_role("main")).to_contain_text("Nobody waits for you")
    assert not Review.objects.filter(coach=coach).exclude(status="answered").exists()
    given = {word: ReviewItem.objects.filter(answer=word).count() for word in ReviewItem.Answer.values}
    minutes = (words / READING) + (thoughts * THOUGHT + waited) / 60 + keys.typed / TYPING
    print(
        f"\nmonday: {REVIEWS} reviews, {thoughts} decisions {given}; {keys.pressed} keys and {keys.typed} letters typed; "
        f"the browser took {took:.1f} s in all, {waited / REVIEWS:.2f} s from one review to the next; {words} words to read. "
        f"With {READING} words and {TYPING} letters a minute and {THOUGHT:.0f} s a decision: {minutes:.0f} minutes."
    )


def _decide(keys, number, items):
    """Mostly agreed; every fifth review has a change, every seventh a question, in its first decision."""
    if number % 5 == 4:
        keys.press("c")
        keys.press("End" if number % 2 else "ArrowDown")
        keys.press("Tab")
        while keys.page.evaluate("document.activeElement.tagName") != "TEXTAREA":
            keys.press("Tab")
        keys.type(INSTEAD)
        keys.press("Escape")
    elif number % 7 == 6:
        keys.press("q")
        keys.type(QUESTION)
        keys.press("Escape")
    else:
        keys.press("a")
    for place in range(1, items):
        if keys.page.evaluate(
            "place => document.activeElement !== document.querySelectorAll('[data-review-item]')[place]", place
        ):
            keys.press("j")
        keys.press("a")
