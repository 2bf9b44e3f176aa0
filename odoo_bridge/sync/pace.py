"""How the pages of a scan are asked for: politely, or as fast as Odoo gives them."""

import datetime as dt
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from django.utils import timezone

from odoo_bridge.client.paging import PAGE

FAST_PAGE = 2000  # rows; each page costs Odoo a search of all ids that are left


class Page(NamedTuple):
    """Rows of Odoo, and a moment before they were asked for."""

    rows: list[dict[str, Any]]
    read_at: dt.datetime


def timed(found: Iterator[list[dict[str, Any]]]) -> Iterator[Page]:
    """Yield the pages with the time of their reading."""
    while True:
        read_at = timezone.now()
        rows = next(found, None)
        if rows is None:
            return
        yield Page(rows, read_at)


def politely(found: Iterator[Page]) -> Iterator[Page]:
    """Yield the pages, with a pause before each next one as long as the last took Odoo.

    While a long scan runs, Odoo is free for its people half of the time.
    """
    while True:
        began = time.monotonic()
        page = next(found, None)
        if page is None:
            return
        took = time.monotonic() - began
        yield page
        if len(page.rows) == PAGE:
            time.sleep(took)


def ahead(found: Iterator[Page]) -> Iterator[Page]:
    """Yield the pages while the next one is on its way already, asked for by another thread."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, found, None)
        while (page := coming.result()) is not None:
            coming = reader.submit(next, found, None)
            yield page
