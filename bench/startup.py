"""How long `./dev up` takes until its first page, the first time and again, and what each of its processes weighs then.

    ./dev bench startup [--json FILE]

The data are put aside: a folder of its own is the demo's, thrown away in the end. Packages are there already.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.embedded.demo import page_answers
from config.embedded.processes import ROOT, free_port

FIRST_PAGE = 180  # seconds, the first time on a machine


def main():
    parser = argparse.ArgumentParser(
        prog="./dev bench startup", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures too")
    asked = parser.parse_args()
    found = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for name in ("cold", "warm"):
            found[name] = start(Path(folder))
            print(
                f"{name}: the first page after {found[name]['seconds']:.1f} s; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
    print(
        "| process | how many | resident MB, together | of its own and its share of what is shared |\n|---|---|---|---|"
    )
    for name, (number, resident, own) in found["warm"]["memory"].items():
        print(f"| {name} | {number} | {resident:.0f} | {own:.0f} |")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1))
    return found["cold"]["seconds"] > FIRST_PAGE


def start(folder):
    """Seconds to the first page, and memory by process a moment later."""
    folder.chmod(0o711)
    port, begun = free_port(), time.monotonic()
    env = {name: value for name, value in os.environ.items() if not name.endswith("_URL")} | {
        "AFTERWORD_VAR": str(folder / "var")
    }
    command = [sys.executable, "-m", "config.embedded", "up", "--port", str(port)]
    demo = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        while not page_answers(f"http://localhost:{port}/"):
            if demo.poll() is not None:
                raise SystemExit("./dev up ended before its first page; its words are above.")
            time.sleep(0.05)
        seconds = time.monotonic() - begun
        time.sleep(5)  # workers and beat are still on their way
        return {"seconds": seconds, "memory": memory_below(demo.pid)}
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(timeout=60)


def memory_below(pid):
    """{name: (how many, resident MB, proportional MB)} of a process and all below it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {}
    for process in parents:
        above = process
        while above not in (pid, 0):
            above = parents.get(above, 0)
        if above == pid and (figures := memory_of(process)):
            number, resident, own = found.get(figures[0], (0, 0, 0))
            found[figures[0]] = number + 1, resident + figures[1], own + figures[2]
    return dict(sorted(found.items()))


def memory_of(process):
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    megabytes = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines[1:]}
    return name_of(command), megabytes["Rss:"], megabytes["Pss:"]


def name_of(command):
    """What it is called in the table."""
    for sign, name in (
        ("gunicorn", "web"),
        (" beat", "beat"),
        (" worker", "worker"),
        ("pump_outbox", "pump"),
        ("postgres", "PostgreSQL"),
        ("valkey", "Valkey"),
        ("redis", "Valkey"),
        ("config.embedded up", "./dev up itself"),
    ):
        if sign in command:
            return name
    return command.split(" ", 1)[0].rpartition("/")[2] or "other"


if __name__ == "__main__":
    sys.exit(main())
