"""``python -m bench.first_load``: orders, lines and partners into empty mirrors.

Beside it, in the same run: the same pages read and thrown away, and four other clients.
"""

import argparse
import statistics
import sys
import threading
from collections.abc import Callable
from functools import partial

from bench.pairs import Ratio, by_turns, divided, report, seconds_of
from portal.local.odoo_config import TEMPLATE
from portal.testing.own_database import portal_database

TURNS = 3
LOOKS = 15  # at Odoo's own list, for each figure of the polite mode


def main() -> int:
    """Measure all; return how many bars were missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="50,000 orders instead of 10,000")
    words.add_argument("--orders", type=int, help="another number of orders")
    asked = words.parse_args()
    orders = asked.orders or (50_000 if asked.full else 10_000)
    with portal_database("bench"):
        from bench.orders_in_odoo import fill  # noqa: PLC0415 - Django must be set up
        from portal.testing.real_odoo import copy_of  # noqa: PLC0415

        odoo = copy_of(TEMPLATE)
        fill(odoo, orders)
        figures, ratios = measure(odoo)
    return report("first_load", figures, ratios)


def measure(odoo: object) -> tuple[dict[str, object], list[Ratio]]:
    """Return the seconds of each way, and the ratios that have a bar."""
    from bench.first_load_ways import Ways  # noqa: PLC0415

    ways = Ways(odoo)
    ways.warm_up()
    names = ["ours", "raw", "OdooRPC", "XML-RPC", "odoo-client-lib", "Odooly"]
    timed: list[Callable[[], float]] = [
        ways.ours,
        *(
            partial(seconds_of, read)
            for read in (ways.raw, ways.odoorpc, ways.xmlrpc, ways.odoolib, ways.odooly)
        ),
    ]
    seconds = dict(zip(names, by_turns(*timed, pairs=TURNS), strict=True))
    figures: dict[str, object] = {
        f"records a second, {name}": f"{ways.records / statistics.median(taken):,.0f}"
        for name, taken in seconds.items()
    }
    ours = seconds["ours"]
    return figures, [
        Ratio("fast load / raw pages thrown away", divided(seconds["raw"], ours), 0.7),
        Ratio("fast load / OdooRPC", divided(seconds["OdooRPC"], ours), 3),
        Ratio("fast load / XML-RPC", divided(seconds["XML-RPC"], ours), 5),
        Ratio("fast load / odoo-client-lib", divided(seconds["odoo-client-lib"], ours), 1),
        Ratio("fast load / Odooly", divided(seconds["Odooly"], ours), 1),
        Ratio("Odoo's list beside the polite load / alone", beside(ways), 2, most=True),
    ]


def beside(ways: object) -> list[float]:
    """Return how much longer Odoo's own list takes while the polite load runs."""
    from bench.first_load_ways import Ways  # noqa: PLC0415

    assert isinstance(ways, Ways)
    found = []
    for _turn in range(TURNS):
        alone = statistics.median(seconds_of(ways.list_of_odoo) for _look in range(LOOKS))
        ways.empty()
        load = threading.Thread(target=ways.politely)
        load.start()
        looks = []
        while load.is_alive():
            looks.append(seconds_of(ways.list_of_odoo))
        load.join()
        assert len(looks) > LOOKS, "the load was over too soon to say anything"
        found.append(statistics.median(looks) / alone)
    return found


if __name__ == "__main__":
    sys.exit(main())
