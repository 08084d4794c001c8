"""The composer in a browser: marks in the text while typing, one click and its undo, two windows, a session that ends."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from followups.models import ThankYouNote
from tests import factories
from tests.e2e import journeys
from tests.e2e.conftest import PASSWORD
from tests.eventually import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Dear Grace,\n\nThank you for the talk about the new reading room. I liked hearing how it began.\n\nAchieng\n"
SORRY = "I am so sorry that I was late."
LONG = TEXT.replace(
    "Achieng", "\n\n".join(f"Paragraph {number} about the room, its shelves and a window." for number in range(60))
)
TEXTS = {
    "short": TEXT.replace("I liked", f"{SORRY} I liked"),
    "long": LONG.replace("I liked", f"{SORRY} I liked"),
    "right to left": f"שלום גרייס, תודה רבה על השיחה הנעימה.\n\n{SORRY} תודה.\n\nمرحبا بكم في نيروبي\n",
    "emoji": f"Dear Grace 👩‍👩‍👧🙏🏾,\n\nThank you 😀😀😀 for the talk. {SORRY} ☕\n\nAchieng 𝒜\n",
    "one word without an end": "abcdefghij" * 90 + f". {SORRY}\n",
}
# Same text in same boxes with the same type: then each letter lies over its mark.
ALIGNED = """() => {
    const text = document.querySelector("#id_body"), layer = document.querySelector(".letter-text-marks");
    const look = (each) => {
        const {fontFamily, fontSize, fontWeight, lineHeight, letterSpacing, wordSpacing, paddingLeft, paddingRight, paddingTop,
            borderLeftWidth, borderTopWidth, whiteSpaceCollapse, overflowWrap, direction, unicodeBidi, textAlign, tabSize}
            = getComputedStyle(each);
        const {x, y, width, height} = each.getBoundingClientRect();
        return {fontFamily, fontSize, fontWeight, lineHeight, letterSpacing, wordSpacing, paddingLeft, paddingRight, paddingTop,
            borderLeftWidth, borderTopWidth, whiteSpaceCollapse, overflowWrap, direction, unicodeBidi, textAlign, tabSize,
            x, y, width, height, inside: each.scrollHeight, overflow: each.scrollHeight - each.clientHeight};
    };
    const words = layer.textContent.replace(/\\u200b$/, "");
    return {text: look(text), layer: look(layer), same: words === text.value, overflow: text.scrollHeight - text.clientHeight};
}"""
MARKED = ".letter-text-marks mark.error"


@pytest.fixture
def note(interview):
    person = factories.InterviewerFactory(interview=interview, name="Grace Wanjiru", email="grace@company.example")
    return factories.ThankYouNoteFactory(interview=interview, interviewer=person, body=TEXT, due_at=timezone.now())


@pytest.fixture
def at(note):
    return reverse("note-detail", args=[note.public_id])


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_marks_lie_under_the_words_they_are_about(visit, candidate, note, at, width, theme):
    page = visit(candidate, width=width, theme=theme)
    page.goto(at)
    for text in TEXTS.values():
        page.locator("#id_body").fill(text)
        expect(page.locator(MARKED)).to_have_text(SORRY)
        found = page.evaluate(ALIGNED)
        assert (found["same"], found["overflow"]) == (True, 0)
        assert found["text"] == found["layer"]


def test_a_pause_of_less_than_a_third_of_a_second_is_enough(visit, candidate, note, at):
    """The page's clock stands still but for what is let pass: the question to the server leaves within it, and once."""
    page = visit(candidate)
    page.clock.install()
    page.goto(at)
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/check/") else None)
    body = page.locator("#id_body")
    body.focus()
    for letter in f"{SORRY}\n\n":
        page.keyboard.insert_text(letter)
        page.clock.run_for(100)
    assert asked == []
    with page.expect_request("**/check/"):
        page.clock.run_for(200)
    page.clock.resume()
    expect(page.locator(MARKED)).to_have_text(SORRY)
    assert len(asked) == 1


def test_marks_move_with_the_words_until_the_next_check(visit, candidate, note, at):
    page = visit(candidate)
    page.goto(at)
    body = page.locator("#id_body")
    body.fill(TEXTS["short"])
    expect(page.locator(MARKED)).to_have_text(SORRY)
    page.route("**/check/", lambda route: route.fulfill(status=204))
    body.press("Control+Home")
    page.keyboard.insert_text("Hello! 😀 ")
    assert page.locator(MARKED).text_content() == SORRY
    body.press("Control+End")
    page.keyboard.insert_text("More.")
    assert page.locator(MARKED).text_content() == SORRY
    # Typed into, a mark is about other words: it goes until they are looked at.
    page.evaluate("document.querySelector('#id_body').setSelectionRange(60, 70)")
    body.evaluate(
        "(text, sorry) => text.setSelectionRange(text.value.indexOf(sorry) + 3, text.value.indexOf(sorry) + 5)", SORRY
    )
    page.keyboard.insert_text("was")
    expect(page.locator(MARKED)).to_have_count(0)
    page.unroute("**/check/")
    body.press("End")
    page.keyboard.insert_text("!")
    expect(page.locator(MARKED)).not_to_have_count(0)


def test_one_click_mends_and_one_undoes_it_without_leaving_the_place(visit, candidate, note, at):
    page = visit(candidate, width=390)
    page.goto(at)
    body = page.locator("#id_body")
    body.fill(TEXTS["short"])
    mend = page.get_by_role("button", name="Take this sentence out")
    mend.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    mend.click()
    expect(body).to_have_value(TEXT)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(page.get_by_role("button", name="Undo")).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - place) < 300
    expect(page.locator(".findings")).to_contain_text("Nothing stands in its way.")
    page.keyboard.press("Enter")
    expect(body).to_have_value(TEXTS["short"])
    expect(page.locator(MARKED)).to_have_text(SORRY)


def test_two_windows_never_write_over_each_other(visit, candidate, note, at):
    first, second = visit(candidate), visit(candidate)
    first.goto(at)
    second.goto(at)
    first.locator("#id_body").fill("Written in the first window.")
    eventually(ThankYouNote.objects.filter(body="Written in the first window.\n").exists, what="the first text")
    second.locator("#id_body").fill("Written in the second window.")
    second.get_by_role("button", name="See both texts").click()
    both = second.locator("#both")
    expect(both).to_contain_text("Written in the first window.")
    expect(both).to_contain_text("Written in the second window.")
    second.get_by_role("button", name="Take what I typed here").click()
    expect(second.locator("#id_body")).to_have_value("Written in the second window.\n")
    second.get_by_text("Earlier texts", exact=True).click()
    expect(second.locator("#more")).to_contain_text("Written in the first window.")


def test_a_session_that_ends_while_she_types_loses_nothing(visit, candidate, note, at):
    page = visit(candidate)
    page.goto(at)
    Session.objects.all().delete()
    page.locator("#id_body").fill("Typed when the session was over.")
    page.get_by_label("Your e-mail address").fill(candidate.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#id_body")).to_have_value("Typed when the session was over.")
    eventually(ThankYouNote.objects.filter(body="Typed when the session was over.\n").exists, what="the saved text")


def test_a_minute_to_take_it_back_counts_down(visit, candidate, note, at, settings):
    settings.UNDO_SECONDS = 60
    for scripts in (True, False):
        page = visit(candidate, scripts=scripts)
        page.goto(at)
        page.get_by_role("radio", name="You have 60 seconds").check()
        page.get_by_role("button", name="Approve and send").click()
        left = page.locator(".countdown time")
        expect(left).to_have_text(journeys.seconds())
        before = int(left.text_content())
        # With scripts every second, without them by loading the page anew.
        expect(left).not_to_have_text(str(before))
        assert int(left.text_content()) < before
        page.get_by_role("button", name="Take it back").click()
        expect(page.locator("#note-state")).to_contain_text("Draft")


def test_how_soon_the_marks_are_there_is_measured(visit, candidate, note, at):
    """Prints the figure (`-s`); what is held is the order of events, above."""
    page = visit(candidate)
    page.goto(at)
    page.evaluate(
        """() => {
            window.took = [];
            const text = document.querySelector("#id_body");
            new MutationObserver(() => {
                if (document.querySelector(".letter-text-marks mark")) window.took.push(performance.now() - window.typed);
            }).observe(text.parentElement, {childList: true, subtree: true});
            text.addEventListener("input", () => { window.typed = performance.now(); });
        }"""
    )
    figures = []
    for _round in range(10):
        page.locator("#id_body").fill(TEXT)
        expect(page.locator(MARKED)).to_have_count(0)
        page.evaluate("window.took = []")
        page.locator("#id_body").fill(TEXTS["short"])
        expect(page.locator(MARKED)).to_have_text(SORRY)
        figures.append(page.evaluate("window.took[0]"))
    figures.sort()
    print(
        f"marked after the pause: median {figures[5]:.0f} ms, longest {figures[-1]:.0f} ms (of which the pause itself 150 ms)"
    )
    assert len(figures) == 10
