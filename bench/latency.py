"""``python -m bench.latency``: how long until a change made in Odoo is seen here.

The whole portal runs as it does in production. Odoo tells of its changes by webhooks.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from bench.live import portal_beside
from bench.pairs import Ratio, report
from odoo_bridge.client import Kind, OdooClient
from portal.testing.own_database import portal_database
from portal.testing.real_odoo import ProvisionedOdoo
from portal.testing.running import RunningPortal, within

if TYPE_CHECKING:
    from odoo_bridge.sync.columns import MirrorSpec

SEED = 7
PAUSE = (0.05, 0.6)  # seconds between two changes
LOST = 30  # seconds


def main() -> int:
    """Measure; return how many bars were missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="1,000 changes instead of 200")
    changes = 1000 if words.parse_args().full else 200
    with portal_database("bench"):
        from portal.testing.real_odoo import provisioned_copy  # noqa: PLC0415

        odoo = provisioned_copy()
        with portal_beside(odoo) as portal:
            figures, ratios = measure(odoo, portal, changes)
    return report("latency", figures, ratios)


def measure(
    odoo: ProvisionedOdoo, portal: RunningPortal, changes: int
) -> tuple[dict[str, object], list[Ratio]]:
    """Change records one by one; return the seconds that have a bar."""
    tell(odoo, portal)
    rng = Random(SEED)
    changed = [change(odoo.client(), rng) for _change in range(changes)]
    figures: dict[str, object] = {"changes": len(changed), "longest s": f"{max(changed):.2f}"}
    late = statistics.quantiles(changed, n=100)[98]
    return figures, [
        Ratio("seconds until it shows, median", [statistics.median(changed)], 1, most=True),
        Ratio("seconds until it shows, 99th percentile", [late], 2, most=True),
    ]


def tell(odoo: ProvisionedOdoo, portal: RunningPortal) -> None:
    """Have Odoo post to this portal."""
    from odoo_bridge.provision.hints import Hints  # noqa: PLC0415 - Django must be set up
    from odoo_bridge.services.keep_hint_secret import keep_hint_secret  # noqa: PLC0415

    now = timezone.now()
    keep_hint_secret(given="", rotate=False, now=now)
    hints = Hints.of(odoo.client(), changing(), instance=odoo.access["instance"])
    hints.make(base=portal.url)


def changing() -> list[MirrorSpec]:
    """Return the mirrors whose records are changed."""
    from odoo_bridge.sync import specs  # noqa: PLC0415

    return [specs.LEAD, specs.PARTNER, specs.SALE_ORDER]


def change(client: OdooClient, rng: Random) -> float:
    """Rename a record in Odoo; return the seconds from its commit until it shows here."""
    time.sleep(rng.uniform(*PAUSE))
    spec = rng.choice(changing())
    ids = spec.model.objects.filter(deleted_at=None).values_list("odoo_id", flat=True)
    record, name = rng.choice(sorted(ids)), f"Renamed {rng.random()}"
    client.call(
        spec.odoo_model, "write", kind=Kind.WRITE_RECORDS, ids=[record], vals={"name": name}
    )
    began = time.perf_counter()
    within(LOST, spec.model.objects.filter(odoo_id=record, name=name).exists)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
