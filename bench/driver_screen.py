"""``python -m bench.driver_screen``: the driver's page as a phone opens it from its cache.

When its largest part is painted beside an empty page that the same service worker keeps, with the
processor slowed four times; how large its script is, what shifts, and how soon it answers a thumb.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import os
import re
import statistics
import sys
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bench.board_screen import SLOWER, WATCH, packed
from bench.pairs import Ratio, by_turns, divided, report
from portal.testing.kept_page import IS_KEPT
from portal.testing.own_database import portal_database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

STOPS = 14
OPENINGS = 40  # of each: they differ by some frames
SIZE = {"width": 390, "height": 844}
SETTLED = 1500  # ms: a second after it has drawn, the page keeps what it shows
GOOD_PAINT, GOOD_ANSWER, GOOD_SHIFT = 2500, 200, 0.01  # ms, ms, as web.dev names them
SCRIPT = re.compile(rb'(?:src|data-app)="(/[^"]+\.js[^"]*)"')
EMPTY = """
async () => {
  const name = (await caches.keys()).find((one) => one.startsWith("driver-shell-"));
  const page = "<!doctype html><meta name=viewport content=width=device-width><p>.</p>";
  const shell = await caches.open(name);
  const { headers } = await shell.match("/driver/");
  await shell.put("/driver/", new Response(page, { headers }));
}
"""


def main() -> int:
    """Measure; return how many bars were missed."""
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
    with portal_database("bench"):
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        from bench.live import running_portal  # noqa: PLC0415 - Django must be set up
        from portal.local.browser import QUIET, ensure_installed  # noqa: PLC0415

        session = a_day()
        with running_portal("web") as portal, sync_playwright() as playwright:
            program = {"executable_path": ensure_installed(), "args": QUIET}
            browser = playwright.chromium.launch(**program)
            figures, ratios = measure(Phones(browser, portal.url, session))
            browser.close()
    return report("driver_screen", figures, ratios)


def a_day() -> str:
    """Make a driver's run of so many stops; return the session of the phone."""
    from django.test import Client  # noqa: PLC0415 - Django must be set up

    from portal.testing.yard import RunFactory, StopFactory  # noqa: PLC0415

    run, known = RunFactory(), {"customer_odoo_id": 7, "currency_odoo_id": 1}
    about = {f"job__picking__order__{name}": value for name, value in known.items()}
    for at in range(STOPS):
        StopFactory(run=run, position=at, **about)
    browser = Client()
    browser.force_login(run.driver.user)
    return browser.cookies["session"].value


def measure(phones: Phones) -> tuple[dict[str, object], list[Ratio]]:
    """Return what is worth knowing, and the ratios that have a bar."""
    with phones.kept() as page, phones.kept(EMPTY) as empty:
        ours, nothing = by_turns(
            functools.partial(phones.painted, page),
            functools.partial(phones.painted, empty),
            pairs=OPENINGS,
        )
        slowest = phones.slowest_answer(page)
    figures: dict[str, object] = {
        "ms until the largest part is painted": f"{statistics.median(ours):.0f}",
        "ms, an empty page": f"{statistics.median(nothing):.0f}",
        "stops": STOPS,
    }
    ratio = divided(ours, nothing)
    return figures, [
        Ratio("kB of the script, compressed", [phones.script() / 1000], 60, most=True),
        Ratio("opened from the cache / an empty page", ratio, 1.3, most=True),
        Ratio("ms until painted, slowed 4 times", ours, GOOD_PAINT, most=True),
        Ratio("layout shift", [phones.shift], GOOD_SHIFT, most=True),
        Ratio("ms, the slowest answer to a thumb, slowed", [slowest], GOOD_ANSWER, most=True),
    ]


@contextlib.contextmanager
def slowed(page: Page) -> Iterator[None]:
    """Slow the page's processor for a while: a page that waits must not be slowed, too.

    The browser slows a page by keeping a thread of it busy, which takes a core from the others.
    """
    devtools = page.context.new_cdp_session(page)

    def turn(rate: float) -> None:
        told: Any = {"rate": rate}
        devtools.send("Emulation.setCPUThrottlingRate", told)

    turn(SLOWER)
    try:
        yield
    finally:
        turn(1)
        devtools.detach()


class Phones:
    """Browsers of a driver, slowed, each with what it keeps."""

    def __init__(self, browser: Browser, url: str, session: str) -> None:
        self.browser, self.url, self.session = browser, url, session
        self.shift = 0.0

    @contextlib.contextmanager
    def kept(self, change: str = "") -> Iterator[Page]:
        """Open a phone that has the page and the day, and no signal."""
        context: BrowserContext = self.browser.new_context(viewport=SIZE, has_touch=True)
        context.add_cookies([{"name": "session", "value": self.session, "url": self.url}])
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{self.url}/driver/")
        page.get_by_role("heading", level=2).first.wait_for()
        page.evaluate(IS_KEPT)
        page.wait_for_timeout(2 * SETTLED)
        if change:
            page.evaluate(change)
        context.set_offline(True)
        try:
            yield page
        finally:
            context.close()

    def painted(self, page: Page) -> float:
        """Open it anew; return the ms until the largest part was painted."""
        with slowed(page):
            page.goto(f"{self.url}/driver/?{uuid.uuid4()}")
            page.wait_for_timeout(SETTLED)
        self.shift = max(self.shift, page.evaluate("seen.shift"))
        return float(page.evaluate("seen.lcp"))

    def slowest_answer(self, page: Page) -> float:
        """Drive to a stop and hand it over; return the slowest answer to the thumb in ms."""
        with slowed(page):
            page.goto(f"{self.url}/driver/")
            for name in ("I am on my way", "I have arrived", "Delivered"):
                page.get_by_role("button", name=name).first.tap()
                page.wait_for_timeout(SETTLED)
        return float(page.evaluate("seen.slow"))

    def script(self) -> int:
        """Return the bytes of the page's script, as a proxy compresses it."""
        import requests  # noqa: PLC0415 - with Django's settings

        cookies = {"session": self.session}
        page = requests.get(f"{self.url}/driver/", cookies=cookies, timeout=60).content
        paths = [path.decode() for path in SCRIPT.findall(page)]
        assert paths, "a page without scripts"
        return sum(packed(requests.get(self.url + path, timeout=60).content) for path in paths)


if __name__ == "__main__":
    sys.exit(main())
