"""``python -m odoo_bridge.tests.chaos``: seeded runs of real processes against a real Odoo.

The seed fixes what is done and in which order; how processes interleave, the machine decides.
"""

import sys

from odoo_bridge.tests.seeds import Seeds
from portal.testing.own_database import portal_database

COMMAND = "python -m odoo_bridge.tests.chaos"


def main(words: list[str] | None = None) -> int:
    """Play; return 1 when something that must hold did not."""
    seeds = Seeds.asked(COMMAND, __doc__, words, end=20)
    with portal_database("chaos"):
        from odoo_bridge.tests.chaos.several import play_several  # noqa: PLC0415

        return play_several(seeds)


if __name__ == "__main__":
    sys.exit(main())
