"""``python -m odoo_bridge.tests.simulation``: many histories, or one of them again, by its seed."""

import argparse
import sys
from pathlib import Path

from portal.testing.own_database import portal_database

COMMAND = "python -m odoo_bridge.tests.simulation"


def main(words: list[str] | None = None) -> int:
    """Play; return 1 when something that must hold did not."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--histories", type=int, default=3000, help="how many")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--seed", type=int, help="play this one alone, and print its steps")
    parser.add_argument(
        "--last", type=Path, help="go on after the seed in this file; keep the last"
    )
    asked = parser.parse_args(words)
    with portal_database("simulation"):
        from odoo_bridge.tests.simulation.report import play_many, tell_one  # noqa: PLC0415

        if asked.seed is not None:
            return tell_one(asked.seed)
        first = asked.first
        if asked.last and asked.last.exists():
            first = int(asked.last.read_text()) + 1
        code = play_many(first, asked.histories)
        if asked.last:
            asked.last.write_text(f"{first + asked.histories - 1}\n")
        return code


if __name__ == "__main__":
    sys.exit(main())
