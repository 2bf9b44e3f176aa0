"""``python -m bench.idle``: what the portal and Odoo do while nobody does anything.

Odoo's share of a core beside the portal is compared with its share alone, by turns.
"""

import argparse
import datetime as dt
import statistics
import sys
import time

from django.utils import timezone

from bench.live import portal_beside
from bench.pairs import Ratio, report
from bench.usage import PORTAL, SERVERS, queries_in_log, seconds_of_core, write_down_queries
from portal.testing.own_database import portal_database
from portal.testing.running import RunningPortal

MIRRORS = 12  # which the bar is for; there are more
TURNS = 2
ROUND = 20  # seconds, longer than from one poll to the next
SETTLED = 5  # seconds
Shares = dict[str, float]


def main() -> int:
    """Measure; return how many bars were missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="ten minutes instead of two")
    seconds = 150 if words.parse_args().full else 30
    with portal_database("bench") as database:
        from portal.testing.real_odoo import provisioned_copy  # noqa: PLC0415

        write_down_queries(database)
        odoo = provisioned_copy()
        with portal_beside(odoo) as portal:
            figures, ratios = measure(portal, database, seconds)
    return report("idle", figures, ratios)


def measure(
    portal: RunningPortal, database: str, seconds: int
) -> tuple[dict[str, object], list[Ratio]]:
    """Return what is worth knowing, and the shares that have a bar."""
    from odoo_bridge.models import PollCursor  # noqa: PLC0415 - Django must be set up

    # As if nothing had been written for an hour: what is young is read again for some minutes.
    PollCursor.objects.update(moved_at=timezone.now() - dt.timedelta(hours=1))
    time.sleep(ROUND)
    beside, alone, queries = [], [], []
    for _turn in range(TURNS):
        time.sleep(SETTLED)
        asked = queries_in_log(database)
        beside.append(shares(portal, seconds))
        queries.append((queries_in_log(database) - asked) / seconds)
        portal.stop("beat")
        time.sleep(SETTLED)
        alone.append(shares(portal, seconds))
        portal.start("beat")
    figures: dict[str, object] = {
        f"percent of a core, {name}": f"{100 * statistics.median(one[name] for one in beside):.2f}"
        for name in (*PORTAL, *SERVERS)
    }
    figures["percent of a core, odoo without the portal"] = (
        f"{100 * statistics.median(one['odoo'] for one in alone):.2f}"
    )
    figures["mirrors that are polled"] = PollCursor.objects.count()
    share = MIRRORS / PollCursor.objects.count()
    more = [share * (one["odoo"] - b["odoo"]) for one, b in zip(beside, alone, strict=True)]
    ours = [sum(one[name] for name in PORTAL) for one in beside]
    return figures, [
        Ratio(f"cores that Odoo needs for {MIRRORS} mirrors", more, 0.02, most=True),
        Ratio("cores that the portal needs", ours, 0.03, most=True),
        Ratio("queries a second", queries, 5, most=True),
    ]


def shares(portal: RunningPortal, seconds: int) -> Shares:
    """Return each process's share of a core during these seconds."""
    before = seconds_of_core(portal)
    time.sleep(seconds)
    after = seconds_of_core(portal)
    return {name: (after[name] - before[name]) / seconds for name in after}


if __name__ == "__main__":
    sys.exit(main())
