"""``python -m bench.board_screen``: the board of a hundred cards as a browser gets it.

How large a first load is, when its largest part is painted beside the same page from files, what
shifts, how soon it answers a hand with the processor slowed four times, and how soon the second
dispatcher sees the move of the first.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bench.board_data import SHOWN, fill
from bench.board_pages import PAGE, BoardPages
from bench.pairs import Ratio, by_turns, divided, report
from portal.local.ports import HOST
from portal.testing.own_database import portal_database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SEED, MOVES, SLOWER = 7, 30, 4
SIZE = {"width": 1440, "height": 900}
SETTLED = 500  # ms after the load
HEADERS = (
    *("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"),
    *("X-Frame-Options", "X-Content-Type-Options"),
)
ASSET = re.compile(rb'(?:src|href)="(/[^"]+\.(?:js|css|svg)[^"]*|/brand[^"]*)"')
WATCH = """
window.seen = {lcp: 0, shift: 0, slow: 0};
const watch = (type, note, more) => new PerformanceObserver(
  (list) => list.getEntries().forEach(note)).observe({type, buffered: true, ...more});
watch("largest-contentful-paint", (one) => { seen.lcp = one.startTime; });
watch("layout-shift", (one) => { if (!one.hadRecentInput) seen.shift += one.value; });
watch("event", (one) => {
  if (one.interactionId) seen.slow = Math.max(seen.slow, one.duration);
}, {durationThreshold: 16});
"""


def main() -> int:
    """Measure; return how many bars were missed."""
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
    with portal_database("bench"):
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        from bench.live import running_portal  # noqa: PLC0415 - Django must be set up
        from portal.local.browser import QUIET, ensure_installed  # noqa: PLC0415

        fill(SHOWN)
        with running_portal("web") as portal, sync_playwright() as playwright:
            pages = BoardPages(portal.url)
            program = {"executable_path": ensure_installed(), "args": QUIET}
            browser = playwright.chromium.launch(**program)
            figures, ratios = measure(Screens(browser, pages))
            browser.close()
    return report("board_screen", figures, ratios)


def measure(screens: Screens) -> tuple[dict[str, object], list[Ratio]]:
    """Return what is worth knowing, and the ratios that have a bar."""
    everything, scripts = screens.bytes()
    with served_from_files(screens.pages) as files:
        ours, static = by_turns(
            functools.partial(screens.painted, screens.pages.url),
            functools.partial(screens.painted, files),
        )
    slowest = screens.slowest_answer()
    late = screens.seen_by_the_second()
    figures: dict[str, object] = {
        "ms until the largest part is painted": f"{statistics.median(ours):.0f}",
        "ms, the same from files": f"{statistics.median(static):.0f}",
        "elements": screens.elements,
        "s until the second sees it, median": f"{statistics.median(late):.2f}",
    }
    within = statistics.quantiles(late, n=20)[-1]
    return figures, [
        Ratio("kB of a first load, compressed", [everything / 1000], 100, most=True),
        Ratio("kB of its scripts, compressed", [scripts / 1000], 50, most=True),
        Ratio("largest part painted / the same from files", divided(ours, static), 1.3, most=True),
        Ratio("layout shift", [screens.shift], 0.01, most=True),
        Ratio("ms, the slowest answer to a hand, slowed 4 times", [slowest], 200, most=True),
        Ratio("s until the second sees a move, 95th percentile", [within], 1.5, most=True),
    ]


class Screens:
    """Browser windows of a dispatcher."""

    def __init__(self, browser: Browser, pages: BoardPages) -> None:
        self.browser, self.pages = browser, pages
        self.shift, self.elements = 0.0, 0

    @contextlib.contextmanager
    def window(self, url: str) -> Iterator[Page]:
        """Open the board in a browser that has been nowhere before."""
        context: BrowserContext = self.browser.new_context(viewport=SIZE)
        session = self.pages.http.cookies["session"]
        context.add_cookies([{"name": "session", "value": session, "url": self.pages.url}])
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{url}{PAGE}", wait_until="load")
        page.wait_for_timeout(SETTLED)
        try:
            yield page
        finally:
            context.close()

    def painted(self, url: str) -> float:
        """Return the ms until the largest part was painted."""
        with self.window(url) as page:
            self.shift = max(self.shift, page.evaluate("seen.shift"))
            self.elements = page.evaluate("document.querySelectorAll('*').length")
            return float(page.evaluate("seen.lcp"))

    def bytes(self) -> tuple[int, int]:
        """Return the bytes of a first load, and of its scripts, as a proxy compresses them."""
        page = self.pages.http.get(f"{self.pages.url}{PAGE}", timeout=60).content
        found = {path.decode().replace("&amp;", "&") for path in ASSET.findall(page)}
        sizes = {path: packed(self.get(path)) for path in found}
        assert sizes, "a page without assets"
        scripts = sum(size for path, size in sizes.items() if ".js" in path)
        assert scripts, "a page without scripts"
        return packed(page) + sum(sizes.values()), scripts

    def get(self, path: str) -> bytes:
        """Return a file of the page."""
        answer = self.pages.http.get(f"{self.pages.url}{path}", timeout=60)
        assert answer.ok, path
        return answer.content

    def slowest_answer(self) -> float:
        """Use keys, marks, the dialog and the mouse; return the slowest answer in ms."""
        with self.window(self.pages.url) as page:
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            for _step in range(10):
                page.keyboard.press("j")
            for box in page.locator(".pick").all()[:10]:
                box.click()
            for _time in range(5):
                page.locator(".card .move").first.click()
                page.locator("#board-dialog[open]").wait_for()
                page.keyboard.press("Escape")
            drag(page)
            page.wait_for_timeout(SETTLED)
            return float(page.evaluate("seen.slow"))

    def seen_by_the_second(self) -> list[float]:
        """Move a job to and fro; return the seconds until another window shows each."""
        rng, card = Random(SEED), f"#card-{self.pages.job.pk}"
        with self.window(self.pages.url) as page:
            return [self._one_move(page, rng, card) for _move in range(MOVES)]

    def _one_move(self, page: Page, rng: Random, card: str) -> float:
        page.wait_for_timeout(rng.uniform(0, 1500))
        was_out = page.locator(f".lanes {card}").count() > 0
        self.pages.move()
        began = time.monotonic()
        page.locator(f"#to-schedule {card}" if was_out else f".lanes {card}").wait_for()
        return time.monotonic() - began


def drag(page: Page) -> None:
    """Drag the first card that waits to the first truck, as a hand does."""
    card, lane = page.locator("#to-schedule .card").first, page.locator(".lanes .lane").first
    start, end = card.bounding_box(), lane.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(
            start["x"] + 20 + (end["x"] - start["x"]) * step / 10,
            start["y"] + 20 + (end["y"] + 40 - start["y"]) * step / 10,
        )
    page.mouse.up()


def packed(content: bytes) -> int:
    """Return how many bytes it has when a proxy compresses it."""
    return len(gzip.compress(content, 6))


@contextlib.contextmanager
def served_from_files(pages: BoardPages) -> Iterator[str]:
    """Serve the page with its assets from files while the block runs; yield the address.

    It has the same rules for the browser, one of which costs a process of its own.
    """
    answer = pages.http.get(f"{pages.url}{PAGE}", timeout=60)
    page = answer.content
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_down(folder / PAGE.strip("/") / "index.html", page)
        for path in {found.decode() for found in ASSET.findall(page)}:
            content = pages.http.get(f"{pages.url}{path}", timeout=60).content
            lay_down(folder / path.split("?")[0].strip("/"), content)
        headers = {name: answer.headers[name] for name in HEADERS if name in answer.headers}
        handler = functools.partial(Files, directory=name, headers=headers)
        server = http.server.ThreadingHTTPServer((HOST, 0), handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def lay_down(file: Path, content: bytes) -> None:
    """Write a file, and the folders that it lies in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


class Files(http.server.SimpleHTTPRequestHandler):
    """Files, served without a word in the log."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, headers: dict[str, str], **options: Any) -> None:
        self.more = headers
        super().__init__(*args, **options)

    def end_headers(self) -> None:
        """Add the rules of the page to what is answered."""
        for name, value in self.more.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    sys.exit(main())
