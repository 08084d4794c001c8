"""Rows of the table whose work runs in a process of its own (`./dev bench NAME`), on servers of its own."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import note_check
from bench.table import Goal, Ratios, Row, at_least, at_most
from bench.world import PRODUCTION
from config.embedded.processes import ROOT

# Set for the servers of the table, where each of these starts its own.
OF_THE_TABLE = set(PRODUCTION) | {
    "DATABASE_URL",
    "REDIS_URL",
    "SMTP_HOST",
    "SMTP_PORT",
    "SMTP_SECURITY",
    "AFTERWORD_MAILDIR",
    "DJANGO_SETTINGS_MODULE",
}


def figures_of(name, *arguments):
    """What `./dev bench NAME` found."""
    env = {key: value for key, value in os.environ.items() if key not in OF_THE_TABLE} | {"DEBUG": "1"}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "figures.json")
        command = [sys.executable, "-m", f"bench.{name}", *arguments, "--json", str(file)]
        ended = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
        if not file.exists():
            raise SystemExit(f"./dev bench {name} ended with {ended.returncode}:\n{ended.stderr[-2000:]}")
        return json.loads(file.read_text())


def crowd(run):
    """Many people at one slot: one has it, all others hear so."""
    people, rounds = 200, 2 if run.is_quick else 10
    found = figures_of("booking_crowd", f"--people={people}", f"--rounds={rounds}")
    statuses = {int(status): number for status, number in found["statuses"].items()}
    yield Row(
        "crowd",
        f"{people} bookers, 1 slot, {rounds} times",
        "",
        "; ".join(f"{number} × {status}" for status, number in sorted(statuses.items())),
        (
            Goal("1 winner", f"{statuses.get(201, 0) / rounds:g}", statuses.get(201) == rounds),
            Goal("the others 409", str(statuses.get(409, 0)), statuses.get(409) == rounds * (people - 1)),
            at_most(found["p95"], 2, " s"),
            Goal("no promise broken", str(found["broken"] or "none"), not found["broken"]),
        ),
        found,
    )


def mails(run):
    """Mails that are due, from the claim to the server's word, beside Django's own loop on one connection."""
    found = figures_of("outbox", *(["--mails=100", "--rounds=3"] if run.is_quick else []))
    works = {"outbox": "mails that are due → SMTP accepted", "reminders": "reminders that are due → SMTP accepted"}
    besides = {"floor": "bare Django send loop", "composed": "the same, with the reminder's templates"}
    for name, beside in found["beside"].items():
        ours, other = found["rates"][name], found["rates"][beside]
        ratios = Ratios.of(ours, other)
        speed = f"{sorted(ours)[len(ours) // 2]:.0f} mails/s beside {sorted(other)[len(other) // 2]:.0f}"
        yield Row(name, works[name], besides[beside], speed, (at_least(ratios, 0.85),), {"ratios": ratios.rounds})


def reminders_memory(run):
    """Not in a quick run: to put 100,000 tasks into Redis alone takes minutes, and fewer tell something else."""
    if run.is_quick:
        return
    found = figures_of("reminders_memory")
    ratio, late = found["rows"] / found["eta"], found["late"]["rows"] - found["tick"]
    yield Row(
        "reminders-memory",
        "100,000 future reminders: memory, lateness",
        "the same as Celery ETA tasks",
        f"{found['rows']:.0f} MB beside {found['eta']:.0f} MB",
        (at_most(ratio, 0.15, " of it"), Goal("p95 ≤ tick + 0.2 s", f"tick {late:+.2f} s", late <= 0.2)),
        found,
    )


def checking(run):
    """The note check, by time of the processor."""
    found = note_check.measure(seconds=5 if run.is_quick else 20)
    yield Row(
        "note-check",
        "note check: 200 words; 20,000 characters of anything",
        "",
        f"worst of {found.tried} texts: `{found.worst!r}` again and again".replace("|", "¦"),
        (
            at_most(found.usual, 5, " ms"),
            at_most(found.longest, 100, " ms"),
            Goal("linear", f"{found.growth:.2f} times for twice the text", found.growth <= 2.6),
        ),
        {"times": dict(zip(found.sizes, found.times, strict=True)), "mistyped": found.mistyped},
    )


def enumeration(run):
    """Whether the time of a door tells if an address has an account. Three standard deviations: four doors are asked."""
    found = figures_of("enumeration", f"--pairs={30 if run.is_quick else 200}")
    for door, (area, chance) in found.items():
        alone = 1.5 * chance
        yield Row(
            f"enumeration {door}",
            f"{door}: an address with an account",
            "one without",
            f"the slower is the known one in {area:.0%} of pairs",
            (Goal(f"50 % ± {alone:.0%}", f"{area:.0%}", abs(area - 0.5) <= alone),),
            {"area": area, "chance": chance},
        )


WORKS = {
    "crowd": crowd,
    "mails": mails,
    "reminders-memory": reminders_memory,
    "note-check": checking,
    "enumeration": enumeration,
}
