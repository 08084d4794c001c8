"""Two web servers, three workers, two beats and a pump on one database, to which a PgBouncer lends them six connections, each for
one transaction: nothing that one of them left on a connection is there for the next."""

import contextlib
import subprocess
import sys
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from coaching.models import Booking
from coaching.services import bookings
from config.embedded.pgbouncer import PgBouncer
from config.embedded.testing import throwaway_folder
from followups.models import OutboundEmail
from followups.outbox import claims
from tests.e2e.processes import environment
from tests.eventually import eventually
from tests.factories import CoachFactory, SlotFactory, UserFactory
from tests.faults.crowd import CROWDED, Caller, at_once, web_server
from tests.faults.pump_process import celery_command, ended, pump_command
from tests.faults.queueing import queue_many, with_history
from tests.faults.test_many_hands import WORKER
from tests.mailing import later

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults, pytest.mark.quick]
CONNECTIONS = 6
PASSWORD = "jacaranda-in-november"


@pytest.fixture(scope="module")
def pooler(django_db_setup):
    with throwaway_folder() as folder, PgBouncer(folder / "pooler", _direct(), connections=CONNECTIONS) as server:
        yield server


def _direct():
    return environment()["DATABASE_URL"]


@pytest.fixture(scope="module")
def pooled(pooler):
    """The environment of a process that reaches the database through it. PGOPTIONS belong to a connection, so they cannot pass."""
    return {"DATABASE_URL": pooler.url, "DATABASE_POOLED": "1", "PGOPTIONS": ""}


@pytest.fixture(scope="module")
def sites(pooled):
    """Two web servers, for all tests here: they keep nothing of them."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(web_server("config.wsgi", CROWDED, "--workers=2", **pooled)) for _ in range(2)]


@pytest.fixture
def workers(pooled, sink):
    """Everything that works in the background: three workers, two beats, a pump."""
    with throwaway_folder() as folder:
        beats = [
            celery_command(sink, "beat", f"--schedule={folder / name}", "--pidfile=", "--loglevel=ERROR", **pooled)
            for name in ("one", "two")
        ]
        with ended(*beats, *(celery_command(sink, *WORKER, **pooled) for _ in range(3)), pump_command(sink, **pooled)):
            yield


def people(number):
    """Who can sign in at a real web server, which knows no other hasher than Argon2."""
    hasher = Argon2PasswordHasher()
    made = UserFactory.create_batch(number)
    User.objects.filter(pk__in=[person.pk for person in made]).update(password=hasher.encode(PASSWORD, hasher.salt()))
    return made


def sign_in(site, person):
    """By the form, as people do; asks pages in this person's name."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.open(site + reverse("account_login")).read()
    token = next(cookie.value for cookie in jar if cookie.name == settings.CSRF_COOKIE_NAME)
    words = {"csrfmiddlewaretoken": token, "login": person.email, "password": PASSWORD}
    with browser.open(site + reverse("account_login"), urlencode(words).encode()) as answer:
        assert (answer.status, answer.url) == (200, site + reverse("today"))
    return browser


def at_both(sites, requests):
    """Half of them at each web server, all at the same moment; the answers, in any order."""
    with ThreadPoolExecutor(len(sites)) as pool:
        halves = [pool.submit(at_once, site, requests[n :: len(sites)]) for n, site in enumerate(sites)]
        return [answer for half in halves for answer in half.result()]


def lent():
    """How many connections to the database there are, without the test's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def test_two_webs_three_workers_two_beats_and_a_pump(sites, workers, sink, audit):
    hers, *others = people(5)
    queued = len(queue_many(others, letters=100, own=200))

    # Who signs in at one web server is known to the other.
    browsers = [sign_in(sites[n % 2], person) for n, person in enumerate([hers, *others])]
    for n, browser in enumerate(browsers):
        for site in (sites[n % 2], sites[1 - n % 2]):
            for page in ("today", "interview-list", "booking-list"):
                assert browser.open(site + reverse(page)).url == site + reverse(page)

    # Forty people at one slot, at both web servers at once, again and again.
    coach = CoachFactory()
    callers = [Caller(person) for person in UserFactory.create_batch(40)]
    for number in range(4):
        slot, _near = (
            with_history(SlotFactory(coach=coach, starts_at=timezone.now() + timedelta(days=3 + number, hours=hour)))
            for hour in (0, 5)
        )
        body = {"slot": str(slot.public_id)}
        answers = at_both(sites, [caller.post(reverse("api:booking-list"), **body) for caller in callers])
        assert Counter(answer.status for answer in answers) == {201: 1, 409: len(callers) - 1}
        assert all(answer.data["choices"] for answer in answers if answer.status == 409)
        winner = Booking.objects.get(slot=slot, status="booked")
        bookings.cancel(winner, by=winner.candidate)
        assert lent() <= CONNECTIONS

    # What a booking says may wait for the morning, by its reader's clock.
    due = OutboundEmail.objects.exclude(status__in=OutboundEmail.FINAL).filter(next_try_at__lte=timezone.now())
    eventually(lambda: not due.exists(), seconds=120, what="the sending")
    found = audit(is_over=False, on_time=True)
    assert (found.broken, found.lost, found.unknown, found.doubled, found.again) == (set(), 0, 0, 0, 0)
    assert found.accepted >= queued


# Each leaves something on a connection that it has only until the end of a transaction.
LEAVES = {
    "a cursor": "from accounts.models import User; [list(User.objects.iterator(chunk_size=1)) for _ in range(9)]",
    # While statements are logged, as in development, no value travels beside one.
    "a plan": "from django.conf import settings; settings.DEBUG = False; from accounts.written import values_beside; "
    "[values_beside().execute('SELECT %s', [n]) for n in range(30)]",
}


@pytest.mark.parametrize("what", LEAVES)
def test_control_something_is_left_on_a_connection(pooled, what):
    """As the setting has it nothing is; without it the next transaction looks for it where it is not."""
    people(3)
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", LEAVES[what]]

    def run(**env):
        return subprocess.run(command, env=environment(**pooled | env), capture_output=True, text=True)

    assert run().returncode == 0
    left = run(DATABASE_POOLED="0")
    assert (left.returncode, "does not exist" in left.stderr) == (1, True)


def test_the_pooler_dies_and_comes_back_while_mails_go_out(pooler, sites, workers, sink, audit):
    queue_many(people(5), letters=100, own=200)
    left = OutboundEmail.objects.exclude(status__in=OutboundEmail.FINAL)
    for goal in (60, 160):
        eventually(lambda goal=goal: len(sink.accepted) >= goal, seconds=60, what="the sending")
        pooler.kill()
        pooler.start()
    eventually(lambda: not left.filter(status="queued").exists(), seconds=120, what="the rest")
    # What somebody had in hand when its connection went is free after its lease.
    claims.recover(later(minutes=10))
    eventually(lambda: not left.exists(), seconds=120, what="what was in hand")
    found = audit()
    assert (found.broken, found.lost, found.doubled) == (set(), 0, 0)
    reader = Caller(UserFactory())
    answers = at_both(sites, [reader.get(reverse("today"))] * 2)
    assert [answer.status for answer in answers] == [200, 200]
