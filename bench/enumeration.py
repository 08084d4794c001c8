# ruff: noqa: PLC0415 -- Django is set up only once the servers are there
"""Whether the time that a door takes tells if an address has an account: signing in, a new password, signing up.

    ./dev bench enumeration [--pairs 200] [--doors account_signup …]

PostgreSQL is started for the run, or DATABASE_URL names one; the web server is gunicorn as tests/faults starts it. Addresses
with and without an account are asked about in turn, by a coin, one at a time, each from an address of its own. A line for
each door: the medians, and how often somebody who calls the slower half "known" would be right about a pair (the area under
the curve; 0.5 is a guess), beside what chance alone does to that figure (two standard deviations).
"""

import argparse
import http.client
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

PASSWORD = "rain on the roof 7"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument(
        "--doors", nargs="*", help="some of them only: account_login, account_reset_password, account_signup"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures too")
    asked = parser.parse_args()
    from config.embedded.services import services

    env = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings", **os.environ}
    # Each request comes from another address: else the limits of the doors answer instead of the doors.
    env |= {"LOG_LEVEL": "CRITICAL", "DJANGO_ALLOW_ASYNC_UNSAFE": "1", "BEHIND_TLS_PROXY": "1"}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        with services(Path(name), durable=True, env=env, say=lambda text: None) as these:
            os.environ.update(these.env)
            measure(asked.pairs, asked.doors, asked.json)


def measure(pairs, some, file=None):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.urls import reverse

    from tests.faults.crowd import web_server

    call_command("migrate", verbosity=0)
    people = {kind: make_people(kind, pairs + 5) for kind in ("known", "closed")}
    connections.close_all()
    doors = [
        ("sign in", "account_login", "known", lambda email: {"login": email, "password": "not the right one"}),
        ("sign in, closed", "account_login", "closed", lambda email: {"login": email, "password": "not the right one"}),
        ("new password", "account_reset_password", "known", lambda email: {"email": email}),
        (
            "sign up",
            "account_signup",
            "known",
            lambda email: {"email": email, "name": "Amani", "zone": "Africa/Nairobi", "password1": PASSWORD},
        ),
    ]
    found = {}
    with web_server() as site:
        for title, name, kind, fields in doors:
            if some and name not in some:
                continue
            caller = Caller(site, reverse(name))
            taken = {True: [], False: []}
            for number, known in enumerate(people[kind]):
                pair = [(True, known), (False, f"nobody{number}.{name}@people.example")]
                random.shuffle(pair)
                seconds = {is_known: caller.seconds(fields(email)) for is_known, email in pair}
                if number >= 5:  # the first warm the workers up
                    for is_known, spent in seconds.items():
                        taken[is_known].append(spent)
            print(line(title, taken[True], taken[False]), flush=True)
            found[title] = auc(taken[True], taken[False]), chance(taken[True], taken[False])
    if file:
        file.write_text(json.dumps(found))


def make_people(kind, number):
    """So many with the same password, hashed once."""
    from django.contrib.auth.hashers import make_password

    from tests import factories

    hashed = make_password(PASSWORD)
    return [
        factories.UserFactory(email=f"{kind}{each}@people.example", password=hashed, is_active=kind == "known").email
        for each in range(number)
    ]


class Caller:
    """Posts a form as a browser without a session does, each time from another address."""

    def __init__(self, site, path):
        self.port, self.path, self.number = urlsplit(site).port, path, random.randrange(2**23)

    def seconds(self, fields):
        self.number += 1
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        head = {
            "Host": "localhost",
            "Cookie": "csrftoken=" + "a" * 32,
            "X-CSRFToken": "a" * 32,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}",
        }
        connection.connect()
        began = time.perf_counter()
        connection.request("POST", self.path, urlencode(fields), head)
        answer = connection.getresponse()
        answer.read()
        spent = time.perf_counter() - began
        connection.close()
        if answer.status not in (200, 302):
            raise SystemExit(f"{self.path} answered {answer.status}")
        return spent


def line(title, known, unknown):
    area, alone = auc(known, unknown), chance(known, unknown)
    medians = [1000 * statistics.median(times) for times in (known, unknown)]
    return (
        f"{title:16} known {medians[0]:6.1f} ms   unknown {medians[1]:6.1f} ms   AUC {area:.3f} (chance: 0.5 ± {alone:.3f})"
        f"   {'tells nothing' if abs(area - 0.5) <= alone else 'TELLS'}"
    )


def chance(known, unknown):
    """Two standard deviations of that area where nothing is told."""
    return 2 * ((len(known) + len(unknown) + 1) / (12 * len(known) * len(unknown))) ** 0.5


def auc(known, unknown):
    """How often a time of a known address is longer than one of an unknown address; ties count half."""
    return sum((a > b) + (a == b) / 2 for a in known for b in unknown) / (len(known) * len(unknown))


if __name__ == "__main__":
    main()
