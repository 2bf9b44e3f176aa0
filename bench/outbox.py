"""``python -m bench.outbox``: the outbox's figures, as ratios to a control in the same run."""

import argparse
import contextlib
import statistics
import sys
from collections.abc import Iterator

import psycopg

from bench.pairs import PAIRS, Ratio, by_turns, divided, report, seconds_of
from portal.local.odoo_config import TEMPLATE
from portal.testing.own_database import portal_database

STREAMS, EACH = 500, 20
CLAIMS = 200


def main() -> int:
    """Measure all; return how many bars were missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="10,000 leads, 1,000,000 done entries")
    full = words.parse_args().full
    with portal_database("bench"):
        figures, ratios = measure(10_000 if full else 1_000, 1_000_000 if full else 100_000)
    return report("outbox", figures, ratios)


def measure(leads: int, done: int) -> tuple[dict[str, object], list[Ratio]]:
    """Return the figures of all parts, and the ratios that have a bar."""
    parts = [engine(), claims(done), into_odoo(leads)]
    figures = {name: figure for part, _ratios in parts for name, figure in part.items()}
    return figures, [ratio for _figures, part in parts for ratio in part]


def engine() -> tuple[dict[str, object], list[Ratio]]:
    """How fast 500 streams of 20 go nowhere, and how fast beside an old transaction."""
    from bench.outbox_rows import empty, fill  # noqa: PLC0415
    from bench.outbox_workers import check, drain_with_all_workers  # noqa: PLC0415

    def once() -> float:
        empty()
        fill("bench", streams=STREAMS, each=EACH)
        seconds, seen = drain_with_all_workers()
        check(seen, streams=STREAMS, each=EACH)
        return STREAMS * EACH / seconds

    def beside_an_old_transaction() -> float:
        with old_transaction():
            return once()

    once()  # warm
    alone, beside = by_turns(once, beside_an_old_transaction)
    figures: dict[str, object] = {
        "entries a second into nothing": per_second(alone),
        "the same beside an old transaction": per_second(beside),
    }
    return figures, [
        Ratio("entries a second, of 10,000", divided(alone, [10_000] * PAIRS), 1),
        Ratio("beside an old transaction / alone", divided(beside, alone), 0.9),
    ]


@contextlib.contextmanager
def old_transaction() -> Iterator[None]:
    """Hold a snapshot in another session, in a transaction that has written something."""
    from django.db import connection  # noqa: PLC0415

    params = connection.get_connection_params()
    given = {key: params[key] for key in ("dbname", "user", "host", "port")}
    with psycopg.connect(**given) as session:
        session.execute("set transaction isolation level repeatable read")
        session.execute(
            "insert into core_change (topic, xid, at)"
            " values ('bench', pg_current_xact_id()::text::bigint, now())"
        )
        yield
        session.rollback()


def claims(done: int) -> tuple[dict[str, object], list[Ratio]]:
    """How long a claim takes beside so many done entries, and beside none."""
    from bench.outbox_rows import empty, fill, run  # noqa: PLC0415

    seconds: dict[int, list[float]] = {0: [], done: []}

    def beside(count: int) -> list[float]:
        empty()
        fill("done", streams=count, each=1, state="DONE")
        fill("open", streams=1000, each=1)
        taken = []
        for _pair in range(PAIRS):
            taken.append(claim_seconds())
            run("update odoo_bridge_outboxentry set state = 'QUEUED' where state <> 'DONE'")
            run("update odoo_bridge_stream set leased_until = null where leased_until is not null")
        return taken

    for _turn in range(2):  # by turns, each beginning with fresh tables
        for count in seconds:
            seconds[count] += beside(count)
    figures: dict[str, object] = {
        f"ms a claim (p99) beside {count:,} done": f"{1000 * statistics.median(figures):.2f}"
        for count, figures in seconds.items()
    }
    ratios = divided(seconds[done], seconds[0])
    return figures, [Ratio(f"claim p99 beside {done:,} done / none", ratios, 1.2, most=True)]


def claim_seconds() -> float:
    """Return the 99th percentile of claims of one stream each, each with a look of its own."""
    from django.utils import timezone  # noqa: PLC0415

    from odoo_bridge.outbox.due import Queue  # noqa: PLC0415
    from odoo_bridge.outbox.lease import take  # noqa: PLC0415

    def claim() -> None:
        now = timezone.now()
        assert len(take(Queue().next(now)[:1], now)) == 1

    return statistics.quantiles([seconds_of(claim) for _ in range(CLAIMS)], n=100)[98]


def into_odoo(count: int) -> tuple[dict[str, object], list[Ratio]]:
    """How fast leads go to Odoo, compared with its own ``create``: of 100, and one by one."""
    from bench.outbox_odoo import Race  # noqa: PLC0415
    from portal.testing.real_odoo import copy_of  # noqa: PLC0415

    race = Race(copy_of(TEMPLATE).client(write_timeout=300), count // PAIRS)
    race.warm_up()
    drained, hundreds, singles = by_turns(race.drain, race.create_hundreds, race.create_singly)
    race.check(PAIRS)
    figures: dict[str, object] = {
        "leads a second by the outbox": per_second(drained),
        "by create of 100": per_second(hundreds),
        "by create of one": per_second(singles),
    }
    return figures, [
        Ratio("outbox / create of 100 a call", divided(drained, hundreds), 0.8),
        Ratio("outbox / create of one a call", divided(drained, singles), 4),
    ]


def per_second(figures: list[float]) -> str:
    """Return the median and the spread, for people."""
    return f"{statistics.median(figures):,.0f} ({min(figures):,.0f}..{max(figures):,.0f})"


if __name__ == "__main__":
    sys.exit(main())
