"""Reading many records without losing any: pages by id, and the fingerprint of a whole range."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from odoo_bridge.client.domain import Domain, after_id, all_of
from odoo_bridge.client.json2 import OdooClient
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.values import from_odoo_datetime

PAGE = 500


def pages(
    client: OdooClient,
    model: str,
    fields: Sequence[str],
    *,
    domain: Domain,
    after: int = 0,
    limit: int = PAGE,
) -> Iterator[list[dict[str, Any]]]:
    """Yield non-empty pages of rows by rising id; references come as plain ids, archived rows too.

    By id and not by write_date: inside one second Odoo sorts by microseconds that it does not show,
    and pages by time would lose rows (Odoo 19: orm/domains.py). To go on after a break, pass the
    last id seen as ``after``. A row that changes meanwhile may leave the window; the next window
    has it.

    :raises OdooError: from the page that failed; earlier pages stand.
    """
    while True:
        rows: list[dict[str, Any]] = client.call(
            model,
            "search_read",
            kind=Kind.READ,
            domain=all_of(domain, after_id(after)),
            fields=list(fields),
            order="id",
            limit=limit,
            load=None,  # without it every reference costs its display name
        )
        if rows:
            yield rows
        if len(rows) < limit:
            return
        after = rows[-1]["id"]


@dataclass(frozen=True)
class Fingerprint:
    """What a range of records looks like from afar; a record that changed changes the print.

    ``last_written_at`` is cut to the second: records of that same second are in the window that
    ends one second later.
    """

    count: int
    max_id: int
    id_sum: int
    last_written_at: dt.datetime | None


def fingerprint(
    client: OdooClient, model: str, domain: Domain, context: Mapping[str, Any] | None = None
) -> Fingerprint:
    """Take the fingerprint of the records in ``domain``, archived ones too, in one small call.

    The times are those of Odoo's database, so no clock of ours is involved.
    """
    [row] = client.call(
        model,
        "formatted_read_group",
        kind=Kind.READ,
        domain=domain,
        groupby=[],
        aggregates=["__count", "id:max", "id:sum", "write_date:max"],
        context=context,
    )
    return Fingerprint(
        count=row["__count"],
        max_id=row["id:max"] or 0,
        id_sum=row["id:sum"] or 0,
        last_written_at=whole_second(from_odoo_datetime(row["write_date:max"])),
    )


def whole_second(moment: dt.datetime | None) -> dt.datetime | None:
    """Cut the fraction, which Odoo shows in some answers and not in others."""
    return moment and moment.replace(microsecond=0)
