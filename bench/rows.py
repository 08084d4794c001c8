# ruff: noqa: PLC0415 -- Django is set up only once the servers are there
"""The works of the table, each a function of a `Run` that gives one or more rows."""

import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import cycle, islice

import psycopg

from bench import alone, dataset
from bench.load import LINES, load, request
from bench.table import Goal, Ratios, Row, at_least, at_most
from bench.world import BARE, FLOOR, OURS, memory_of_children
from config.embedded.processes import end, spawn, wait_until

MAIN = 10_000
PEOPLE = 24  # who ask, in turn: one alone would be slowed down for her number of requests a minute
BOOKED = "bench_copy_ours", "bench_copy_floor"


@dataclass
class Run:
    world: object
    say: object
    rounds: int
    requests: int  # of each side of a round
    sizes: tuple
    is_quick: bool
    found: Counter = field(default_factory=Counter)

    def database(self, interviews):
        return self.world.build(interviews, self.say)

    def beside(self, ours, other):
        """[(ours, other) of each round]: each is called in turn, the first calls warm up."""
        ours(), other()
        return [(ours(), other()) for _ in range(self.rounds)]

    def loads(self, port, requests):
        """A call for `beside`: one load, whose failures are counted."""

        def one():
            before = self.world.processor_time(port)
            found = load(port, islice(cycle(requests), self.requests))
            spent = 1000 * (self.world.processor_time(port) - before) / max(len(found.times), 1)
            found = replace(found, processor=spent)
            self.found["requests"] += len(found.times)
            self.found["failed"] += found.failed
            return found

        return one


def coaches_of(interviews):
    number = dataset.numbers(interviews)
    return range(dataset.FIRST_COACH, dataset.FIRST_COACH + max(number["candidates"] // dataset.CLIENTS, 1))


def candidates_of(interviews):
    first = dataset.first_candidate(interviews)
    return range(first, first + min(dataset.numbers(interviews)["candidates"], PEOPLE))


def requests(path, cookies, people):
    return [request(path, cookies[person]) for person in people]


def pages(run):
    """Lists as pages and by the API, each beside the same rows with nothing around them."""
    database = run.database(MAIN)
    people, coaches = candidates_of(MAIN), coaches_of(MAIN)
    ours, floor = (run.world.cookies(database, [*people, *coaches], settings) for settings in (OURS, FLOOR))
    works = [
        ("queue", "coach's queue, page", "/reviews/", coaches, "/floor/reviews/", 0.6, 8),
        ("interviews", "interviews, page", "/interviews/", people, "/floor/interviews/", 0.6, 8),
        ("today-coach", "Today of a coach, page", "/today/", coaches, "/floor/reviews/", 0.6, 8),
        ("today", "Today of a candidate, page", "/today/", people, "/floor/interviews/", 0.6, 8),
        ("api-interviews", "interviews by API", "/api/v1/interviews/", people, "/floor/api/interviews/", 0.8, 5),
        ("api-decisions", "decisions by API", "/api/v1/decisions/", people, "/floor/api/decisions/", 0.8, 5),
    ]
    with run.world.server(OURS, database) as mine, run.world.server(FLOOR, database) as theirs:
        for name, work, path, who, beside, least, most in works:
            rounds = run.beside(
                run.loads(mine, requests(path, ours, who)), run.loads(theirs, requests(beside, floor, who))
            )
            statements = {
                size: len(run.world.look(at, path, cookie)[1]) for size, at, cookie in _sizes(run, who is coaches)
            }
            yield _against(name, work, f"bare Django, {beside}", rounds, least, most, statements)


def _sizes(run, is_coach):
    """(size, database, a session) of everybody's like at every size."""
    for size in run.sizes:
        person = dataset.FIRST_COACH if is_coach else dataset.first_candidate(size)
        database = run.database(size)
        yield size, database, run.world.cookies(database, [person])[person]


def _against(name, work, beside, rounds, least, most, statements):
    ratios = Ratios.of([one.rate for one, _ in rounds], [other.rate for _, other in rounds])
    asked = sorted(set(statements.values()))
    goals = [at_least(ratios, least), Goal(f"≤ {most} queries", str(asked[-1]), asked[-1] <= most)]
    goals.append(Goal("the same at each size", "-".join(map(str, asked)), len(asked) == 1))
    rate = statistics.median(one.rate for one, _ in rounds)
    other = statistics.median(one.rate for _, one in rounds)
    sizes = [
        round(sum(load.bytes for load in side) / sum(len(load.times) for load in side))
        for side in zip(*rounds, strict=True)
    ]
    costs = [statistics.median(load.processor for load in side) for side in zip(*rounds, strict=True)]
    found = f"{rate:.0f}/s beside {other:.0f}/s; {costs[0]:.1f} ms of processor beside {costs[1]:.1f}; {sizes[0]:,} beside {sizes[1]:,} bytes"
    figures = {
        "ratios": ratios.rounds,
        "verdict": ratios.verdict,
        "rates": [one.rate for one, _ in rounds],
        "floor": [one.rate for _, one in rounds],
    }
    figures |= {
        "queries": statements,
        "p50_ms": 1000 * statistics.median(one.p50 for one, _ in rounds),
        "bytes": sizes,
        "processor_ms": costs,
    }
    return Row(name, work, beside, found, tuple(goals), figures)


def slots(run):
    """Free slots of a week by the API, beside the statement that finds them."""
    from django.utils import timezone

    database = run.database(1_000)
    people = candidates_of(1_000)
    cookies = run.world.cookies(database, people)
    begin = timezone.now() + timezone.timedelta(days=3)
    week = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (begin, begin + timezone.timedelta(days=7))]
    path = f"/api/v1/slots/?free=true&starts_after={week[0]}&starts_before={week[1]}"
    _answer, statements = run.world.look(database, path, cookies[people[0]])
    statement = next(one for one in statements if "coaching_mockslot" in one and "ORDER BY" in one)

    def alone():
        with ThreadPoolExecutor(LINES) as threads:
            lines = [psycopg.connect(run.world.url, dbname=database, autocommit=True) for _ in range(LINES)]
            begun = time.perf_counter()
            list(
                threads.map(
                    lambda line: [line.execute(statement).fetchall() for _ in range(run.requests // LINES)], lines
                )
            )
            spent = time.perf_counter() - begun
        for line in lines:
            line.close()
        return run.requests / spent

    with run.world.server(OURS, database) as port:
        rounds = run.beside(run.loads(port, requests(path, cookies, people)), alone)
    ratios = Ratios.of([one.rate for one, _ in rounds], [rate for _, rate in rounds])
    found = f"{statistics.median(one.rate for one, _ in rounds):.0f}/s beside {statistics.median(rate for _, rate in rounds):.0f}/s"
    goals = (at_least(ratios, 0.3), Goal("≤ 5 queries", str(len(statements)), len(statements) <= 5))
    yield Row(
        "slots",
        "free slots, a week, 20 coaches",
        "the one statement by psycopg",
        found,
        goals,
        {"ratios": ratios.rounds},
    )


def booking(run):
    """Each request another slot, on copies: what is booked is gone."""
    original = run.database(MAIN)
    people = list(candidates_of(MAIN))
    sides = []
    for copy, settings in zip(BOOKED, (OURS, FLOOR), strict=True):
        dataset.copy_of(run.world.url, original, copy)
        cookies = run.world.cookies(copy, people, settings)
        sides.append((copy, settings, bookings(run, copy, people, cookies, settings)))
    (copy, _, mine), (other, _, theirs) = sides
    with run.world.server(OURS, copy) as ours, run.world.server(FLOOR, other) as floor:
        rounds = run.beside(some(run, ours, mine), some(run, floor, theirs))
    ratios = Ratios.of([one.rate for one, _ in rounds], [one.rate for _, one in rounds])
    rates = [statistics.median(load.rate for load in side) for side in zip(*rounds, strict=True)]
    found = f"{rates[0]:.0f}/s beside {rates[1]:.0f}/s"
    yield Row(
        "booking",
        "book a slot, signed in, all that belongs to it",
        "bare Django view: read the slot, insert the row",
        found,
        (at_least(ratios, 0.5),),
        {"ratios": ratios.rounds},
    )


def bookings(run, copy, people, cookies, settings):
    """Requests for the free slots, soonest first, each by the next person: nobody gets two at one time."""
    path = "/api/v1/bookings/" if settings == OURS else "/floor/book/"
    with psycopg.connect(run.world.url, dbname=copy) as database:
        rows = database.execute(
            "SELECT public_id FROM coaching_mockslot WHERE status = 'open' AND starts_at > now() + interval '1 day' ORDER BY starts_at, id"
        ).fetchall()
    token = "b" * 32
    from django.conf import settings as product

    for (slot,), person in zip(rows, cycle(people), strict=False):
        cookie = f"{cookies[person]}; {product.CSRF_COOKIE_NAME}={token}"
        body = json.dumps({"slot": str(slot)}).encode()
        yield request(path, cookie, method="POST", body=body, headers=[f"X-CSRFToken: {token}"])


def some(run, port, requests):
    """A call for `beside`: the next requests."""

    def one():
        found = load(port, islice(requests, run.requests))
        run.found["requests"] += len(found.times)
        run.found["failed"] += found.failed
        return found

    return one


# Lists, search, first pages and deep ones, of every role: (role, address, how many pages further on). The smallest
# set has as many pages of each.
LISTS = [
    ("candidate", "/interviews/", 0),
    ("candidate", "/interviews/?search=savanna", 0),
    ("candidate", "/notes/?show=all", 0),
    ("candidate", "/today/", 0),
    ("candidate", "/slots/", 0),
    ("candidate", "/reminders/", 0),
    ("candidate", "/api/v1/interviews/", 0),
    ("candidate", "/api/v1/decisions/", 0),
    ("coach", "/reviews/", 0),
    ("coach", "/reviews/", 8),
    ("coach", "/interviews/", 0),
    ("coach", "/interviews/", 10),
    ("coach", "/interviews/?search=savanna", 0),
    ("coach", "/clients/", 0),
    ("coach", "/today/", 0),
    ("coach", "/bookings/?show=past", 0),
    ("coach", "/api/v1/interviews/", 0),
    ("coach", "/api/v1/decisions/", 10),
    ("admin", "/today/", 0),
    ("admin", "/people/", 0),
    ("admin", "/people/audit/", 10),
    ("admin", "/engagements/", 0),
    ("admin", "/bookings/?show=past", 5),
    ("admin", "/mail/", 0),
    ("admin", "/mail/", 20),
    ("admin", "/mail/?status=failed", 0),
    ("admin", "/slots/", 0),
    ("admin", "/reviews/figures/", 0),
]


def growth(run):
    """The same pages for the same rows of one person, at the smallest and the largest size, in shuffled order."""
    from django.utils import timezone

    from coaching import figures

    small, large = run.sizes[0], run.sizes[-1]
    at = {}
    for size in (small, large):
        database = run.database(size)
        run.world.use(database)
        figures.keep(timezone.now())  # as beat does every hour
        who = {"candidate": dataset.first_candidate(size), "coach": dataset.FIRST_COACH, "admin": dataset.ADMIN}
        cookies = run.world.cookies(database, who.values())
        at[size] = database, {role: cookies[person] for role, person in who.items()}
    works = {}
    for role, path, deep in LISTS:
        for size, (database, cookies) in at.items():
            works[role, path, deep, size] = _deep(run.world, database, path, cookies[role], deep)
    from contextlib import ExitStack

    times = {cell: [] for cell in works}
    with ExitStack() as stack:
        ports = {
            size: stack.enter_context(run.world.server(OURS, database, workers=1)) for size, (database, _) in at.items()
        }
        for number in range(run.rounds + 1):
            order = list(works)
            random.Random(number).shuffle(order)
            for cell in order:
                role, *_, size = cell
                found = load(
                    ports[size], [request(works[cell], at[size][1][role])] * (3 if run.is_quick else 15), lines=1
                )
                run.found["requests"] += len(found.times)
                run.found["failed"] += found.failed
                if number:
                    times[cell].append(found.p50)
    for role, path, deep in LISTS:
        ratios = Ratios.of(times[role, path, deep, large], times[role, path, deep, small])
        asked, touched = {}, {}
        read_whole = []
        for size in (small, large):
            database, cookies = at[size]
            _answer, statements = run.world.look(database, works[role, path, deep, size], cookies[role])
            asked[size] = len(statements)
            read_whole, touched[size] = run.world.plans(database, statements)
        name = f"growth {role} {path}{' deep' if deep else ''}"
        goals = (
            Goal("p50 ≤ 1.25 times", str(ratios), ratios.median <= 1.25),
            Goal("no more queries", f"{asked[small]} and {asked[large]}", asked[large] <= asked[small]),
            Goal("no growing table read whole", ", ".join(read_whole) or "none", not read_whole),
        )
        p50 = [1000 * statistics.median(times[role, path, deep, size]) for size in (small, large)]
        found = f"{p50[0]:.1f} ms and {p50[1]:.1f} ms; {touched[small]:,} and {touched[large]:,} pages of memory"
        yield Row(
            name,
            f"{role}: `{path}`{f', {deep} pages on' if deep else ''}",
            f"{small:,} and {large:,} interviews",
            found,
            goals,
            {"ratios": ratios.rounds, "queries": asked, "buffers": touched},
        )


def _deep(world, database, path, cookies, deep):
    """The address so many pages further on: as far as the list goes."""
    for _ in range(deep):
        onward = onward_from(world.look(database, path, cookies)[0].content.decode(), path)
        if onward is None:
            break
        path = onward
    return path


def onward_from(text, path):
    """The address of the next page that this text of `path` links to; None on the last."""
    found = re.findall(r'rel="next" href="([^"]+)"', text) or re.findall(r'"next":"https?://[^/]+([^"]+)"', text)
    if not found:
        return None
    # Where a page has two lists, the last is the long one.
    following = unescape(found[-1])
    return path.partition("?")[0] + following if following.startswith("?") else following


def memory(run):
    """What a web worker and a Celery child weigh after some work, beside a bare Django's."""
    database = run.database(MAIN)
    people, coaches = candidates_of(MAIN), coaches_of(MAIN)
    cookies = run.world.cookies(database, [*people, *coaches])
    paths = ["/interviews/", "/today/", "/notes/", "/slots/", "/api/v1/interviews/", "/api/v1/decisions/"]
    asked = [text for path in paths for text in requests(path, cookies, people)]
    asked += [text for path in ["/reviews/", "/today/", "/clients/"] for text in requests(path, cookies, coaches)]
    with run.world.server(OURS, database) as mine, run.world.server(BARE, database) as theirs:
        run.loads(mine, asked)()
        run.loads(theirs, [request("/interviews/", ""), request("/api/interviews/", "")])()
        ours, bare = (run.world.memory_of_workers(port) for port in (mine, theirs))
    yield _weighed("memory-web", "memory of a web worker after the load", ours, bare)
    ours = celery(run, database, "config", OURS, "followups.tasks.pump")
    bare = celery(run, database, "bench.bare.celery", BARE, "bare.look")
    yield _weighed("memory-celery", "memory of a Celery child after the load", ours, bare)


def celery(run, database, app, settings, task):
    from celery import Celery

    env = run.world.env | {"DATABASE_URL": run.world.url_of(database), "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, "-m", "celery", f"--app={app}", "worker", "--concurrency=1", "--loglevel=ERROR"]
    worker = spawn(command, env=env)
    try:
        line = Celery(broker=env["REDIS_URL"], set_as_current=False)
        wait_until(lambda: line.control.ping(timeout=1), "the Celery worker", seconds=120, process=worker)
        for _ in range(30):
            line.send_task(task)
        with line.connection_for_read() as broker:
            queue = broker.default_channel.client
            wait_until(lambda: not queue.llen("celery") and not queue.hlen("unacked"), "the tasks' end", seconds=120)
        return memory_of_children(worker.pid)
    finally:
        end(worker)


def _weighed(name, work, ours, bare):
    (mine, own), (theirs, their_own) = (map(statistics.median, zip(*side, strict=True)) for side in (ours, bare))
    found = (
        f"{mine:.0f} MB beside {theirs:.0f} MB; by its share of what is shared (PSS) {own:.0f} beside {their_own:.0f}"
    )
    return Row(name, work, "bare Django", found, (at_most(mine / theirs, 1.5, " times"),), {"ours": ours, "bare": bare})


WORKS = {"pages": pages, "slots": slots, "booking": booking, "growth": growth, "memory": memory} | alone.WORKS
