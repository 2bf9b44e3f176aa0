"""``python -m bench.mirror``: how long until the mirror equals Odoo, by polls alone.

Odoo's own table is compared with ours, both ways. Its rows are changed behind its back, as another
of its processes would: thousands in one moment, and in a transaction that commits late.
"""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import psycopg

from bench.live import portal_beside
from bench.orders_in_odoo import MODEL_ORDER, clone, one
from bench.pairs import Ratio, report
from odoo_bridge.client import Kind
from portal.local import postgres
from portal.testing.own_database import portal_database
from portal.testing.running import within

if TYPE_CHECKING:
    from portal.testing.real_odoo import ProvisionedOdoo

POLL, MARGIN = 15, 5  # seconds; the poll is as it is in production
DELETED_WITHIN = 150
AT_ONCE, ARCHIVED, DELETED = 5000, 50, 100
HELD = 40  # seconds that a transaction stays open
MOMENT = "date_trunc('second', now() at time zone 'utc')"
THEIRS = (
    "select id, coalesce(name, ''), active, date_trunc('second', write_date) at time zone 'utc'"
    " from res_partner"
)
OURS = (
    "select odoo_id, name, active, remote_write_date from odoo_bridge_partner"
    " where odoo_id is not null and deleted_at is null"
)


def main() -> int:
    """Measure; return how many bars were missed."""
    with portal_database("bench"):
        from portal.testing.real_odoo import provisioned_copy  # noqa: PLC0415

        odoo = provisioned_copy()
        with portal_beside(odoo, ODOO_POLL_SECONDS=str(POLL)):
            url = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)
            with psycopg.connect(url, autocommit=True) as session:
                ratios = measure(odoo, session, url)
    return report("mirror", {}, ratios)


def measure(odoo: ProvisionedOdoo, session: psycopg.Connection, url: str) -> list[Ratio]:
    """Change Odoo in each way; return the seconds until all is equal again."""
    until_equal = partial(seconds_until_equal, session)
    until_equal()
    [partner] = one(session, f"select partner_id from sale_order where name = '{MODEL_ORDER}'")
    clone(session, "res_partner", partner, AT_ONCE, name="'Twin ' || n", write_date=MOMENT)
    many = until_equal()
    session.execute(
        f"update res_partner set active = false, write_date = {MOMENT}"
        f" where id in (select id from res_partner where name like 'Twin %' limit {ARCHIVED})"
    )
    archived = until_equal()
    late = commit_late(session, url)
    ids = twins(session, DELETED)
    odoo.client().call("res.partner", "unlink", kind=Kind.WRITE_RECORDS, ids=ids)
    deleted = until_equal()
    soon = POLL + MARGIN
    return [
        Ratio(f"seconds until equal, {AT_ONCE:,} rows of one second", [many], soon, most=True),
        Ratio(f"seconds until equal, {ARCHIVED} archived", [archived], soon, most=True),
        Ratio(f"seconds until equal, committed {HELD} s late", [late], soon, most=True),
        Ratio(f"seconds until equal, {DELETED} deleted", [deleted], DELETED_WITHIN, most=True),
    ]


def commit_late(session: psycopg.Connection, url: str) -> float:
    """Keep a transaction open while others commit; return the seconds until equal after its end."""
    first, *others = twins(session, 20 + HELD)[19:]
    with psycopg.connect(url) as late:
        late.execute(
            f"update res_partner set name = 'Late ' || id, write_date = {MOMENT}"
            f" where name like 'Twin %' and id <= {first}"
        )
        for other in others:
            session.execute(f"update res_partner set write_date = {MOMENT} where id = {other}")
            time.sleep(1)
    return seconds_until_equal(session)


def twins(session: psycopg.Connection, count: int) -> list[int]:
    """Return some of the many that were made."""
    rows = session.execute(
        f"select id from res_partner where name like 'Twin %' and active order by id limit {count}"
    )
    return [odoo_id for (odoo_id,) in rows.fetchall()]


def seconds_until_equal(session: psycopg.Connection) -> float:
    """Compare both ways until nothing differs; return the seconds that it took."""
    began = time.monotonic()
    within(2 * DELETED_WITHIN, lambda: rows_there(session) == rows_here())
    return time.monotonic() - began


def rows_there(session: psycopg.Connection) -> set[tuple[object, ...]]:
    """Return the partners of Odoo."""
    return set(session.execute(THEIRS).fetchall())


def rows_here() -> set[tuple[object, ...]]:
    """Return the partners of the mirror."""
    from django.db import connection  # noqa: PLC0415 - Django must be set up

    with connection.cursor() as cursor:
        cursor.execute(OURS)
        return set(cursor.fetchall())


if __name__ == "__main__":
    sys.exit(main())
