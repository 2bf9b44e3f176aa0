"""``python -m odoo_bridge.tests.simulation.planted``: does the harness catch what it must?"""

import argparse
import sys

from portal.testing.own_database import portal_database

COMMAND = "python -m odoo_bridge.tests.simulation.planted"


def main(words: list[str] | None = None) -> int:
    """Print a table; return 1 when a bug is not caught."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--most", type=int, default=1000, help="histories for each bug")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    parser.add_argument("--only", default="", help="bugs with this in their names")
    asked = parser.parse_args(words)
    with portal_database("planted"):
        from odoo_bridge.tests.simulation.report import plant_all  # noqa: PLC0415

        return plant_all(range(asked.first, asked.first + asked.most), only=asked.only)


if __name__ == "__main__":
    sys.exit(main())
