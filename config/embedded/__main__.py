"""The commands that `./dev` calls."""

import argparse
import sys

from config.embedded import demo, testing
from config.embedded.processes import CannotStart


def main(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    command, *rest = arguments
    try:
        if command == "test":
            return testing.run(rest)
        if command == "faults":
            return testing.run_faults(rest)
        if command == "mutate-access":
            return testing.run_mutation(rest)
        if command == "axe":
            return testing.run_axe(rest)
        if command == "run":
            return demo.run_command(rest)
        parser = argparse.ArgumentParser(prog="./dev up", description="Start Afterword with its demo world.")
        parser.add_argument(
            "--port", type=int, help=f"the port of the web server (else {demo.DEFAULT_PORT} or the next free one)"
        )
        demo.up(parser.parse_args(rest).port)
    except CannotStart as reason:
        print(f"afterword: {reason}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 0 if command == "up" else 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
