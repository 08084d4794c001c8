"""What went wrong, what to do next, and the words that were typed: on every page that says no."""

import re

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from accounts import installation
from accounts.models import Installation

pytestmark = pytest.mark.django_db
FROM_HERE = {"Origin": "http://testserver", "Referer": "http://testserver/interviews/new/"}


def failing(error):
    """Every statement to the database ends like this."""

    def fail(*_args):
        raise error

    return connection.execute_wrapper(fail)


@pytest.fixture
def hers(client_of, candidate):
    browser = client_of(candidate)
    browser.raise_request_exception = False
    return browser


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_without_a_database_pages_and_programs_are_told_when_to_come_back(hers, error):
    with failing(error):
        page, program = hers.get(reverse("today")), hers.get("/api/v1/today/")

    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert "Away for a moment" in page.text and f'href="{reverse("today")}">Try again' in page.text
    assert (program.status_code, program["Retry-After"]) == (503, "30")
    assert (program["Content-Type"], program.json()["status"]) == ("application/problem+json", 503)


def test_a_page_that_is_not_there_needs_the_database_too(hers):
    """It shows who is signed in."""
    with failing(OperationalError("gone")):
        assert hers.get("/nowhere/").status_code == 503


@pytest.mark.parametrize("path", ["/", "/help/", "/help/candidate/", "/one-thing/", "/language/"])
def test_pages_that_need_nothing_of_it_stay_up_and_keep_the_name(path):
    Installation.objects.create(name="Kilele Careers")
    installation.forget()
    assert "Kilele Careers" in Client().get(path).text
    installation.keep(installation.current(), seconds=0)
    with failing(OperationalError("gone")):
        page = Client().get(path)
        assert (page.status_code, "Kilele Careers" in page.text) == (200, True)
        installation.forget()
        page = Client().get(path)
        assert (page.status_code, settings.INSTALLATION_NAME in page.text) == (200, True)


def test_what_breaks_is_a_problem_for_a_program_and_a_page_for_people(hers):
    with failing(RuntimeError("a row: Achieng Otieno")):
        page, program = hers.get(reverse("today")), hers.get("/api/v1/today/")

    assert (page.status_code, "That was us, not you" in page.text, "Achieng" in page.text) == (500, True, False)
    assert (program.status_code, program.json()["title"]) == (
        500,
        "Something broke on our side, and it has been noted.",
    )
    assert "Achieng" not in program.text


@pytest.mark.parametrize(("error", "status"), [(OperationalError("gone"), 503), (RuntimeError("oops"), 500)])
def test_the_words_of_a_form_that_met_it_are_shown(hers, error, status):
    with failing(error):
        page = hers.post(reverse("interview-new"), {"company": "Kilele <b>Media</b> Ltd"}, headers=FROM_HERE)

    assert page.status_code == status
    assert "Kilele &lt;b&gt;Media&lt;/b&gt; Ltd" in page.text
    assert 'href="/interviews/new/">Back to the form' in page.text


@pytest.mark.parametrize(("origin", "is_shown"), [("http://testserver", True), ("https://evil.example", False)])
def test_words_behind_a_stale_token_are_shown_to_whoever_sent_them_from_here(candidate, origin, is_shown):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(candidate)

    page = browser.post(reverse("interview-new"), {"company": "Kilele Media"}, headers={**FROM_HERE, "Origin": origin})

    assert (page.status_code, "Please send it once more" in page.text) == (403, True)
    assert ("Kilele Media" in page.text) == is_shown


def test_a_text_that_is_far_too_long(hers):
    words = {"company": "a " * 600_000}

    page, program = hers.post(reverse("interview-new"), words), hers.post("/api/v1/interviews/", words)

    assert (page.status_code, "a million characters" in page.text) == (413, True)
    assert program.status_code in (413, 415)


def test_who_is_too_fast_is_led_back_to_the_form_with_the_words_of_it(empty_cache):
    form = f"{reverse('account_signup')}?next=/notes/"
    headers = {"Origin": "http://testserver", "Referer": f"http://testserver{form}"}
    browser, statuses = Client(), []
    while 429 not in statuses and len(statuses) < 100:
        page = browser.post(form, {"name": "Achieng Otieno"}, headers=headers)
        statuses.append(page.status_code)

    assert set(statuses) == {200, 429}
    assert ("A little too fast" in page.text, "Achieng Otieno" in page.text) == (True, True)
    assert f'href="{form}">Back to the form' in page.text


def test_what_is_not_hers_to_do_any_more_keeps_the_words_and_leads_back(hers):
    page = hers.post(reverse("slot-new"), {"place": "Room with a view"}, headers=FROM_HERE)

    assert (page.status_code, "it may have changed meanwhile" in page.text) == (403, True)
    assert "Room with a view" in page.text and 'href="/interviews/new/">Have another look' in page.text
    looked = hers.get(reverse("slot-new"))
    assert (looked.status_code, "ask whoever runs this installation" in looked.text) == (403, True)


def test_a_host_that_is_not_ours(hers):
    page, program = (hers.get(path, headers={"Host": "evil.example"}) for path in ("/", "/api/v1/today/"))

    assert (page.status_code, "did not make sense" in page.text) == (400, True)
    assert (program.status_code, program["Content-Type"]) == (400, "application/problem+json")


def test_the_address_of_a_button_is_no_empty_page(hers):
    page = hers.get(reverse("account-keep"))

    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "a button, not a page" in page.text


@pytest.mark.parametrize("name", ["400", "403", "404", "405", "409", "413", "429", "500", "503"])
def test_each_leads_on(name):
    from django.template.loader import render_to_string  # noqa: PLC0415

    page = render_to_string(f"{name}.html", {"back": "/interviews/", "megabytes": 16})

    main = page[page.index("<main") : page.index("</main>")]
    assert len(re.findall("<h1", main)) == 1
    assert re.search(r'class="btn primary"[^>]*href="/|href="/[^"]*"[^>]*class="btn primary"', main)
