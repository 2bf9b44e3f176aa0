"""``python -m bench.receiver``: a burst of Odoo's webhooks, beside a view that does nothing.

Both are served by granian with the portal's processes and threads. The view that does nothing has
no middleware. Each post has a connection of its own, as Odoo's have.
"""

import contextlib
import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from bench.live import running_portal
from bench.pairs import Ratio, by_turns, divided, report
from portal.local import processes
from portal.local.paths import ROOT
from portal.local.portal_processes import commands
from portal.local.ports import HOST, free_port, wait_for_url
from portal.testing.own_database import portal_database

POSTS = 1000
AT_ONCE = 16
SECRET = "w" * 43
BARE = "bench.bare:application"


def main() -> int:
    """Measure; return how many bars were missed."""
    with portal_database("bench"):
        figures, ratio = measure()
    return report("receiver", figures, [ratio])


def measure() -> tuple[dict[str, object], Ratio]:
    """Return what is worth knowing, and the ratio that has a bar."""
    from odoo_bridge.models import DirtyRecord  # noqa: PLC0415 - Django must be set up
    from odoo_bridge.services.note_hint import digest  # noqa: PLC0415
    from portal.testing.mirrors import OdooAccessFactory  # noqa: PLC0415

    OdooAccessFactory(hint_secret=SECRET, hint_digest=digest(SECRET))
    bursts = 0

    def hear(url: str) -> float:
        nonlocal bursts
        bursts += 1
        return burst(f"{url}/webhook/odoo/{SECRET}", first=POSTS * bursts, expected=202)

    with running_portal("web") as ours, served(BARE) as bare:
        hear(ours.url)
        burst(bare, first=1, expected=200)
        heard, nothing = by_turns(
            partial(hear, ours.url), partial(burst, bare, first=1, expected=200)
        )
    assert DirtyRecord.objects.filter(hits=1).count() == POSTS * bursts, "a hint was lost"
    figures: dict[str, object] = {
        f"p99 ms, {name}": f"{1000 * statistics.median(seconds):.1f}"
        for name, seconds in [("receiver", heard), ("view that does nothing", nothing)]
    }
    name = f"p99 of {POSTS:,} posts / of a view that does nothing"
    return figures, Ratio(name, divided(heard, nothing), 3, most=True)


@contextlib.contextmanager
def served(application: str) -> Iterator[str]:
    """Serve an application as the portal is served; yield its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        *web, _portal = commands(port=port, state=folder)["web"]
        processes.start("bare", [*web, application], cwd=ROOT, run=folder, logs=folder)
        try:
            wait_for_url(f"http://{HOST}:{port}/")
            yield f"http://{HOST}:{port}/"
        finally:
            processes.stop("bare", run=folder)


def burst(url: str, *, first: int, expected: int) -> float:
    """Post hints of so many records; return the 99th percentile of the seconds for one."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        taken = list(pool.map(partial(post, url, expected), range(first, first + POSTS)))
    return statistics.quantiles(taken, n=100)[98]


def post(url: str, expected: int, odoo_id: int) -> float:
    """Post one hint; return the seconds until it was answered."""
    at = urlsplit(url)
    body = json.dumps({"_action": "Hint(#1)", "_model": "sale.order", "_id": odoo_id})
    began = time.perf_counter()
    line = http.client.HTTPConnection(str(at.hostname), at.port, timeout=10)
    line.request("POST", at.path or "/", body, {"Content-Type": "application/json"})
    status = line.getresponse().status
    line.close()
    assert status == expected, status
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
