"""``python -m bench.intake``: deliveries of a source, taken by the running portal.

Beside it a bare Django view with one INSERT, a view with the ORM, and pgbench; all are served, or
asked, with the same number of connections, which stay open. The posts are signed before the clock
runs. The generator, the servers and PostgreSQL share the machine's cores.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench import intake_ways, large_posts
from bench.intake_ways import BODY, LINES, Way, signed_posts
from bench.live import running_portal
from bench.pairs import PAIRS, Ratio, by_turns, divided, report
from bench.slow_disk import pgbench, slow_flushes
from portal.local import processes
from portal.local.paths import ROOT
from portal.local.portal_processes import commands
from portal.local.ports import HOST, free_port, wait_for_url
from portal.testing.own_database import portal_database
from portal.testing.running import within

AGAIN = 3000  # posts
BAD, GOOD = 2000, 500  # posts a second
Part = tuple[dict[str, object], list[Ratio]]


def main() -> int:
    """Measure all; return how many bars were missed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--full", action="store_true", help="turns of six seconds")
    if words.parse_args().full:
        intake_ways.TURN, intake_ways.MOST = 6.0, 50_000
    with portal_database("bench") as database:
        figures, ratios = measure(database)
    return report("intake", figures, ratios)


def measure(database: str) -> Part:
    """Return what is worth knowing, and the ratios that have a bar."""
    with running_portal("web") as portal, plain_views() as (address, folder):
        ours = Way(f"{portal.url}/webhook/quo", "quo", ("web", portal.folder / "run"))
        insert = Way(f"{address}/insert", "insert", ("bare", folder))
        orm = Way(f"{address}/orm", "orm", ("bare", folder))
        for way in (ours, insert, orm):
            way.flat_out()  # warm
        parts = [
            throughput(ours, insert, orm),
            slow_disk(ours, database),
            duplicates(ours),
            bad_posts(ours),
            large(ours),
        ]
        check(ours, insert, orm)
    figures = {name: figure for part, _ratios in parts for name, figure in part.items()}
    return figures, [ratio for _figures, ratios in parts for ratio in ratios]


@contextmanager
def plain_views() -> Iterator[tuple[str, Path]]:
    """Serve the plain ways as the portal is served; yield address and folder."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        *web, _portal = commands(port=port, state=folder)["web"]
        env = {**os.environ, "PUBLIC_URL": f"http://{HOST}:{port}"}
        argv = [*web, "bench.bare_intake:application"]
        processes.start("bare", argv, cwd=ROOT, env=env, run=folder, logs=folder)
        try:
            wait_for_url(f"http://{HOST}:{port}/")
            yield f"http://{HOST}:{port}", folder
        finally:
            processes.stop("bare", run=folder)


def throughput(ours: Way, insert: Way, orm: Way) -> Part:
    """How many are taken in a second; and how late the last of a hundred, at half of that."""
    we, inserted, with_orm = by_turns(ours.flat_out, insert.flat_out, orm.flat_out)
    pace = statistics.median(we) / 2
    late, late_insert = by_turns(partial(ours.late, pace), partial(insert.late, pace))
    figures: dict[str, object] = {
        "deliveries a second": spread(we),
        "by a bare view with one INSERT": spread(inserted),
        "by a view with the ORM": spread(with_orm),
        "p99 ms at half the pace": spread([1000 * seconds for seconds in late], 1),
        "p99 ms of the bare view": spread([1000 * seconds for seconds in late_insert], 1),
    }
    return figures, [
        Ratio("taken / by a bare view with one INSERT", divided(we, inserted), 0.8),
        Ratio("taken / by a view with the ORM", divided(we, with_orm), 2),
        Ratio("p99 at half the pace / of the bare view", divided(late, late_insert), 3, most=True),
    ]


def slow_disk(ours: Way, database: str) -> Part:
    """How many are taken in a second where a flush takes 5 ms, beside pgbench."""
    beside = partial(pgbench, database, length=len(BODY), clients=LINES, seconds=2)
    with slow_flushes():
        we, rows = by_turns(ours.flat_out, beside)
    figures: dict[str, object] = {
        "deliveries a second, flush of 5 ms": spread(we),
        "pgbench's rows a second, flush of 5 ms": spread(rows),
    }
    return figures, [Ratio("taken / by pgbench, flush of 5 ms", divided(we, rows), 0.8)]


def duplicates(ours: Way) -> Part:
    """What a delivery costs that is there already."""
    stored = signed_posts(ours.url, AGAIN)
    ours.keep(stored)
    new, known = by_turns(partial(ours.anew, AGAIN), partial(ours.again, stored))
    return {}, [Ratio("a duplicate / a new one", divided(known, new), 1.2, most=True)]


def bad_posts(ours: Way) -> Part:
    """What a post with a wrong signature costs, when 2,000 come in a second."""
    bad, good = by_turns(partial(ours.cost, BAD, good=False), partial(ours.cost, GOOD, good=True))
    figures: dict[str, object] = {
        "µs of a core for a bad one": spread([1e6 * seconds for seconds in bad]),
        "µs of a core for a good one": spread([1e6 * seconds for seconds in good]),
    }
    within(5, all_refusals_are_counted)
    return figures, [
        Ratio("core for a bad one / for a good one", divided(bad, good), 0.5, most=True)
    ]


def large(ours: Way) -> Part:
    """By how much 16 posts of 100 MB at once make the processes grow."""
    grown = {
        how: large_posts.growth_by(ours.url, ours.members(), chunked=how == "chunked")
        for how in ("with a length", "chunked")
    }
    return {}, [
        Ratio(f"MB more for 16 posts of 100 MB, {how}", [megabytes], 32, most=True)
        for how, megabytes in grown.items()
    ]


def all_refusals_are_counted() -> bool:
    """Say whether each bad post is in a row's number."""
    from django.db.models import Sum  # noqa: PLC0415 - Django must be set up

    from crm_intake.models import RefusedDelivery  # noqa: PLC0415

    posted = PAIRS * int(BAD * intake_ways.TURN)
    return RefusedDelivery.objects.aggregate(times=Sum("times"))["times"] == posted


def check(*ways: Way) -> None:
    """See that what was answered 2xx is there, once; ids are unique in the database."""
    from crm_intake.models import WebhookDelivery  # noqa: PLC0415 - Django must be set up

    for way in ways:
        rows = WebhookDelivery.objects.filter(provider=way.provider)
        assert rows.count() == way.stored, (way.provider, rows.count(), way.stored)
        assert rows.values("delivery_id").distinct().count() == way.stored


def spread(figures: list[float], digits: int = 0) -> str:
    """Return the median, the least and the most, for people."""
    words = [statistics.median(figures), min(figures), max(figures)]
    median, least, most = (f"{figure:,.{digits}f}" for figure in words)
    return f"{median} ({least}..{most})"


if __name__ == "__main__":
    sys.exit(main())
