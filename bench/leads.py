"""``python -m bench.leads``: from a text at the door until its lead is in Odoo, five a second.

The whole portal runs as it does in production. Posts begin at moments that are set beforehand,
whether or not the ones before have been answered; each is of a new person. Beside it, by turns with
nothing else going on: Odoo's own ``create`` of such a lead.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone

from bench.live import portal_beside
from bench.pairs import PAIRS, Ratio, report, seconds_of
from odoo_bridge.client import Kind
from portal.testing.own_database import portal_database
from portal.testing.running import RunningPortal, within

if TYPE_CHECKING:
    from portal.testing.real_odoo import ProvisionedOdoo

A_SECOND = 5
WARM, CALLS = 10, 20
LOST = 60  # seconds
AT_ONCE = 16
Moments = dict[str, dt.datetime]


def main() -> int:
    """Measure; return how many bars were missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="1,000 texts instead of 100")
    texts = 1000 if words.parse_args().full else 100
    with portal_database("bench"):
        from crm_intake.tests.conftest import NEW_KEY  # noqa: PLC0415 - Django must be set up
        from portal.testing.real_odoo import provisioned_copy  # noqa: PLC0415

        odoo = provisioned_copy()
        with portal_beside(odoo, QUO_WEBHOOK_KEY=NEW_KEY) as portal:
            figures, ratios = measure(odoo, portal, texts)
    return report("leads", figures, ratios)


def measure(
    odoo: ProvisionedOdoo, portal: RunningPortal, texts: int
) -> tuple[dict[str, object], list[Ratio]]:
    """Post at a steady pace; return what is worth knowing, and the seconds that have a bar."""
    wait_for(post_all(portal, first=0, texts=WARM))
    calls = create_singly(odoo)
    meant = post_all(portal, first=WARM, texts=texts)
    settled = wait_for(meant)
    calls += create_singly(odoo)
    check(odoo, WARM + texts)
    taken = [(settled[number] - at).total_seconds() for number, at in meant.items()]
    call = statistics.median(calls)
    figures: dict[str, object] = {
        "texts": texts,
        "ms for one create in Odoo, median": f"{1000 * call:.0f}",
        "ms until the lead is in Odoo, median": f"{1000 * statistics.median(taken):.0f}",
        "longest s": f"{max(taken):.2f}",
    }
    size = len(taken) // PAIRS
    parts = [statistics.median(taken[size * n : size * (n + 1)]) for n in range(PAIRS)]
    late = statistics.quantiles(taken, n=100)[98]
    name = "seconds until the lead is in Odoo"
    return figures, [
        Ratio(f"{name}, median, beyond one call", [part - call for part in parts], 0.15, most=True),
        Ratio(f"{name}, 99th percentile", [late], 1, most=True),
    ]


def post_all(portal: RunningPortal, *, first: int, texts: int) -> Moments:
    """Post a text from each of so many people; return when each was meant to be posted."""
    began = timezone.now() + dt.timedelta(seconds=0.5)
    meant = {
        f"+1606555{first + place:04}": began + dt.timedelta(seconds=place / A_SECOND)
        for place in range(texts)
    }
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = []
        for number, at in meant.items():
            time.sleep(max(0.0, (at - timezone.now()).total_seconds()))
            answers.append(pool.submit(partial(post, portal.url, number)))
        assert {answer.result() for answer in answers} == {204}
    return meant


def post(url: str, number: str) -> int:
    """Post a text of somebody, as Quo does; return the status."""
    from bench.quo_posts import body_of  # noqa: PLC0415 - Django must be set up
    from crm_intake.tests.conftest import new_headers  # noqa: PLC0415

    body, at = body_of(int(number[-4:]), number), urlsplit(url)
    line = http.client.HTTPConnection(str(at.hostname), at.port, timeout=10)
    line.request("POST", "/webhook/quo", body, new_headers(body, delivery_id=number))
    status = line.getresponse().status
    line.close()
    return status


def wait_for(meant: Moments) -> Moments:
    """Return when the lead of each number was acknowledged here, once all are."""

    def all_settled() -> Moments | None:
        found = settled_leads()
        return found if meant.keys() <= found.keys() else None

    settled: Moments = within(LOST, all_settled)
    return settled


def settled_leads() -> Moments:
    """Return when the lead of each number was acknowledged, of those that are."""
    from odoo_bridge.models import LeadRecord, OutboxEntry  # noqa: PLC0415 - Django must be set up

    entries = OutboxEntry.objects.filter(command="RecordLead", state="DONE")
    settled = dict(entries.values_list("stream__key", "settled_at"))
    known = LeadRecord.objects.exclude(odoo_id=None).values_list("phone", "uuid")
    return {
        phone: moment for phone, key in known if (moment := settled.get(f"lead:{key}")) is not None
    }


def create_singly(odoo: ProvisionedOdoo) -> list[float]:
    """Return the seconds of each of some calls that make one lead in Odoo."""
    client = odoo.client()
    values = {"name": "Bench", "type": "lead", "phone": "+16065550000", "description": "Oak?"}
    make = partial(client.call, "crm.lead", "create", kind=Kind.WRITE, vals_list=[values])
    return [seconds_of(make) for _call in range(CALLS)]


def check(odoo: ProvisionedOdoo, texts: int) -> None:
    """Fail unless Odoo has one lead of each person, and we know which."""
    from odoo_bridge.models import LeadRecord  # noqa: PLC0415 - Django must be set up

    ours = dict(LeadRecord.objects.filter(lead__isnull=False).values_list("odoo_id", "phone"))
    domain = [["name", "=like", "Text from %"], ["active", "in", [True, False]]]
    found = odoo.client().call(
        "crm.lead", "search_read", kind=Kind.READ, domain=domain, fields=["phone"], load=None
    )
    assert len(found) == len(ours) == texts, (len(found), len(ours))
    assert {row["id"]: row["phone"] for row in found} == ours


if __name__ == "__main__":
    sys.exit(main())
