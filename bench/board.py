"""``python -m bench.board``: the dispatch board beside Odoo's own, and as it grows.

Both are asked over HTTP, for the same hundred deliveries. "Opened" is what a dispatcher gets when
nothing has changed; "after a change" what the first gets who looks once a worker has made the day
of it, and "at once" what one gets who comes before.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
from functools import partial

from bench.board_data import SHOWN, fill
from bench.board_pages import BoardPages
from bench.pairs import Ratio, by_turns, divided, report, seconds_of, typical
from portal.testing.own_database import portal_database

SIZES = (100, 1_000, 10_000, 100_000)  # orders
MOST_QUERIES = 8
WARM = 4  # looks, so that each of the web processes has drawn its cards


def main() -> int:
    """Measure; return how many bars were missed."""
    argparse.ArgumentParser(description=__doc__).parse_known_args()
    logging.disable(logging.CRITICAL)  # a line for each page would be measured, too
    figures, ratios = beside_odoo()
    for part in (as_it_grows, lanes, moves):
        more, bars = part()
        figures.update(more)
        ratios += bars
    return report("board", figures, ratios)


def beside_odoo() -> tuple[dict[str, object], list[Ratio]]:
    """Open the board and Odoo's, by turns."""
    with portal_database("bench"):
        from bench import board_odoo  # noqa: PLC0415 - Django must be set up
        from bench.live import running_portal  # noqa: PLC0415
        from portal.testing.real_odoo import provisioned_copy, with_quick_keys  # noqa: PLC0415

        odoo = with_quick_keys(provisioned_copy())
        board_odoo.fill(odoo)
        theirs = board_odoo.OdooBoard(odoo)
        fill(SHOWN)
        with running_portal("web", "worker") as portal:
            ours = BoardPages(portal.url)
            opened, after, anew, groups, three = by_turns(
                partial(typical, ours.opened),
                partial(typical, ours.opened, before=ours.changed),
                partial(typical, ours.anew),
                partial(typical, theirs.groups),
                partial(typical, theirs.all_three),
            )
    figures: dict[str, object] = {
        f"ms, {name}": f"{1000 * statistics.median(taken):.1f}"
        for name, taken in [
            ("opened", opened),
            ("after a change", after),
            ("at once after a change", anew),
            ("from a change until the day of it is made", ours.waited),
            ("Odoo's web_read_group", groups),
            ("the three calls of Odoo's client", three),
        ]
    }
    return figures, [
        Ratio(
            "board of 100 / Odoo's web_read_group of 80", divided(opened, groups), 0.8, most=True
        ),
        Ratio("board of 100 / three calls of its client", divided(opened, three), 0.4, most=True),
        Ratio("after a change / web_read_group", divided(after, groups), 0.8, most=True),
        Ratio("after a change / three calls", divided(after, three), 0.4, most=True),
    ]


def as_it_grows() -> tuple[dict[str, object], list[Ratio]]:
    """Make the same day at every size: as many queries, and no slower."""
    queries: dict[int, tuple[int, int]] = {}
    with portal_database("bench-small"):
        fill(SIZES[0])
        small = BoardPages()
        queries[SIZES[0]] = small.queries()
        for size in SIZES[1:]:
            with portal_database("bench-large"):
                fill(size)
                large = BoardPages()
                queries[size] = large.queries()
                if size == SIZES[-1]:
                    above, below = by_turns(
                        partial(typical, large.anew), partial(typical, small.anew)
                    )
    assert len(set(queries.values())) == 1, queries
    page, day = queries[SIZES[0]]
    figures: dict[str, object] = {
        "queries of the page": page,
        "queries of a day's making": day,
    }
    name = f"the day at {SIZES[-1]:,} orders / at {SIZES[0]}"
    return figures, [
        Ratio("queries of the page", [page], MOST_QUERIES, most=True),
        Ratio("queries of a day's making", [day], MOST_QUERIES, most=True),
        Ratio(name, divided(above, below), 1.3, most=True),
    ]


def lanes() -> tuple[dict[str, object], list[Ratio]]:
    """Fill the lane of what is to be scheduled with 1,000 and with 10,000 cards."""
    from bench.board_data import waiting  # noqa: PLC0415

    with portal_database("bench"):
        from bench.live import running_portal  # noqa: PLC0415 - Django must be set up

        waiting(10_000)
        with running_portal("web") as portal:
            pages = BoardPages(portal.url)
            for _warm in range(WARM):
                pages.anew(most=10_000)
            many, few = by_turns(
                partial(seconds_of, partial(pages.anew, most=10_000)),
                partial(seconds_of, partial(pages.anew, most=1_000)),
            )
    figures: dict[str, object] = {
        "ms, lane of 1,000": f"{1000 * statistics.median(few):.0f}",
        "ms, lane of 10,000": f"{1000 * statistics.median(many):.0f}",
    }
    return figures, [Ratio("lane of 10,000 / of 1,000", divided(many, few), 12, most=True)]


def moves() -> tuple[dict[str, object], list[Ratio]]:
    """Move a job to and fro by the page, and by the bare transaction that the page makes."""
    with portal_database("bench"):
        fill(SIZES[0])
        pages = BoardPages()
        answered, bare = by_turns(partial(typical, pages.move), partial(typical, pages.bare_move))
    figures: dict[str, object] = {
        "ms, a move": f"{1000 * statistics.median(answered):.1f}",
        "ms, its bare transaction": f"{1000 * statistics.median(bare):.1f}",
    }
    return figures, [
        Ratio("a move / its bare transaction", divided(answered, bare), 1.5, most=True),
        Ratio("bytes of its answer", [pages.answer_bytes], 5000, most=True),
    ]


if __name__ == "__main__":
    sys.exit(main())
