"""``python -m odoo_bridge.tests.simulation``: many histories, or one of them again, by its seed."""

import sys

from odoo_bridge.tests.seeds import Seeds
from portal.testing.own_database import portal_database

COMMAND = "python -m odoo_bridge.tests.simulation"


def main(words: list[str] | None = None) -> int:
    """Play; return 1 when something that must hold did not."""
    seeds = Seeds.asked(COMMAND, __doc__, words, end=3000)
    with portal_database("simulation"):
        from odoo_bridge.tests.simulation.report import play_many, tell_one  # noqa: PLC0415

        return tell_one(seeds.first) if seeds.alone else play_many(seeds)


if __name__ == "__main__":
    sys.exit(main())
