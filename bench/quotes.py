"""``python -m bench.quotes``: 2,000 addresses priced, beside the pure arithmetic.

There is no network and no key: the places are known, and ways are the crow's times a factor. Then
a road server of this machine tells the ways, once.
"""

import argparse
import http.server
import json
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from random import Random

from django.utils import timezone

from bench.pairs import Ratio, by_turns, divided, report, seconds_of, typical
from portal.local.ports import HOST
from portal.testing.own_database import portal_database

ADDRESSES = 2000
SEED = 7
TENTH = Decimal("0.1")
STREETS = ("Oak", "Quarry", "Mill", "Hickory", "Ridge")


def main() -> int:
    """Measure; return how many bars were missed."""
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    with portal_database("bench"):
        addresses = known_addresses()
        figures, ratios = measure(addresses)
        figures.update(told_once(addresses))
    return report("quotes", figures, ratios)


def known_addresses() -> list[str]:
    """Make places within some fifty miles of the yard; return their addresses."""
    from scheduling.geo.address_key import key_of  # noqa: PLC0415 - Django must be set up
    from scheduling.models import Place  # noqa: PLC0415
    from scheduling.selectors.rates import price_list  # noqa: PLC0415

    yard, rng = price_list().yard, Random(SEED)
    assert yard is not None
    addresses = [
        f"{n} {rng.choice(STREETS)} Road, Concord, NH 033{rng.randrange(100):02}"
        for n in range(ADDRESSES)
    ]
    Place.objects.bulk_create(
        Place(
            key=key_of(address),
            address=address,
            state="FOUND",
            source="ODOO",
            found_at=timezone.now(),
            latitude=yard.latitude + Decimal(rng.randrange(-7000, 7000)) / 10_000,
            longitude=yard.longitude + Decimal(rng.randrange(-9000, 9000)) / 10_000,
        )
        for address in addresses
    )
    return addresses


def measure(addresses: list[str]) -> tuple[dict[str, object], list[Ratio]]:
    """Price all, and do only the sums of it, by turns."""
    from scheduling.geo.straight import METRES_A_MILE, straight_metres  # noqa: PLC0415
    from scheduling.models import Place  # noqa: PLC0415
    from scheduling.pricing.price import Ask, price_of  # noqa: PLC0415
    from scheduling.selectors.rates import price_list  # noqa: PLC0415
    from scheduling.services.price_many import price_many  # noqa: PLC0415

    prices = price_list()
    yard, rates, factor = prices.yard, prices.rates, float(prices.row.road_factor)
    assert yard is not None
    points = [place.point for place in Place.objects.order_by("pk")]

    def sums() -> list[Decimal]:
        metres = (round(straight_metres(yard, point) * factor) for point in points)
        miles = ((Decimal(one) / Decimal(METRES_A_MILE)).quantize(TENTH) for one in metres)
        return [price_of(Ask(far), rates).total for far in miles]

    priced = [one.price.total if one.price else None for one in price_many(addresses)]
    assert priced == sums(), "the prices are not what the sums say"
    ours, pure = by_turns(
        *(partial(typical, way, looks=5) for way in (partial(price_many, addresses), sums))
    )
    figures: dict[str, object] = {
        f"ms, {ADDRESSES:,} prices": f"{1000 * statistics.median(ours):.0f}",
        "ms, their sums alone": f"{1000 * statistics.median(pure):.0f}",
    }
    return figures, [Ratio("prices / their sums alone", divided(ours, pure), 3, most=True)]


def told_once(addresses: list[str]) -> dict[str, object]:
    """Let a road server tell the ways: the second pass asks it nothing."""
    from django.test import override_settings  # noqa: PLC0415 - Django must be set up

    from scheduling.services.price_many import price_many  # noqa: PLC0415

    with roads() as (url, asked), override_settings(OSRM_URL=url, GEO_MAY_BE_LOCAL=True):
        first = seconds_of(partial(price_many, addresses))
        calls = len(asked)
        second = seconds_of(partial(price_many, addresses))
        assert calls, "nobody was asked"
        assert len(asked) == calls, "the second pass asked again"
        assert {one.distance.source for one in price_many(addresses) if one.distance} == {"OSRM"}
    return {
        "calls of the road server, first pass": calls,
        "calls of the road server, second pass": len(asked) - calls,
        "ms, first pass": f"{1000 * first:.0f}",
        "ms, second pass": f"{1000 * second:.0f}",
    }


@contextmanager
def roads() -> Iterator[tuple[str, list[str]]]:
    """Serve OSRM's table while the block runs; yield its address, and what it was asked."""
    asked: list[str] = []

    class Roads(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            number = self.path.split("?")[0].count(";")
            ways = [[0, *(1000 + n for n in range(number))]]
            body = json.dumps({"code": "Ok", "distances": ways, "durations": ways}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer((HOST, 0), Roads)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    sys.exit(main())
