"""``python -m odoo_bridge.tests.chaos``: seeded runs of real processes against a real Odoo.

The seed fixes what is done and in which order; how processes interleave, the machine decides.
"""

import argparse
import sys
import time
from pathlib import Path

from portal.testing.own_database import portal_database

COMMAND = "python -m odoo_bridge.tests.chaos"


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(words: list[str] | None = None) -> int:
    """Play; return 1 when something that must hold did not."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--runs", type=int, default=20, help="how many")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--seed", type=int, help="play this one alone, and print its steps")
    parser.add_argument(
        "--last", type=Path, help="go on after the seed in this file; keep the last"
    )
    asked = parser.parse_args(words)
    first = asked.seed if asked.seed is not None else asked.first
    if asked.last and asked.last.exists():
        first = int(asked.last.read_text()) + 1
    with portal_database("chaos"):
        from odoo_bridge.tests.chaos.several import play_several  # noqa: PLC0415

        number = 1 if asked.seed is not None else asked.runs
        began = time.monotonic()
        bad = play_several(range(first, first + number), say, tell=asked.seed is not None)
        say(f"{number} runs in {time.monotonic() - began:.0f} s, {bad} with something wrong")
    if asked.last:
        asked.last.write_text(f"{first + number - 1}\n")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
