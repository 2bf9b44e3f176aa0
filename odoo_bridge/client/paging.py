"""Reading many records without losing any: pages by id, and the fingerprint of a whole range."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from odoo_bridge.client.domain import Domain, after_id, all_of
from odoo_bridge.client.kinds import Kind
from odoo_bridge.client.odoo_client import OdooClient
from odoo_bridge.client.protocol import Protocol
from odoo_bridge.client.values import from_odoo_datetime

PAGE = 500

# What we ask of ``formatted_read_group``, and how ``read_group`` writes the same.
AGGREGATES = {
    "id:max": ("max_id", "max(id)"),
    "id:sum": ("id_sum", "sum(id)"),
    "write_date:max": ("last_written_at", "max(write_date)"),
}


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
    row = totals(client, model, domain, context)
    return Fingerprint(
        count=row["__count"],
        max_id=row["id:max"] or 0,
        id_sum=row["id:sum"] or 0,
        last_written_at=whole_second(from_odoo_datetime(row["write_date:max"])),
    )


def totals(
    client: OdooClient, model: str, domain: Domain, context: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The count and the aggregates of all records in ``domain``, by the names in AGGREGATES.

    ``formatted_read_group`` came with Odoo 19, as JSON-2 did; ``read_group`` is older and goes.
    """
    asked: dict[str, Any] = {"domain": domain, "groupby": [], "context": context}
    if client.protocol is Protocol.JSON2:
        asked["aggregates"] = ["__count", *AGGREGATES]
        [row] = client.call(model, "formatted_read_group", kind=Kind.READ, **asked)
        return dict(row)
    asked["fields"] = [f"{name}:{how}" for name, how in AGGREGATES.values()]
    [row] = client.call(model, "read_group", kind=Kind.READ, **asked)
    return {"__count": row["__count"]} | {key: row[name] for key, (name, _) in AGGREGATES.items()}


def whole_second(moment: dt.datetime | None) -> dt.datetime | None:
    """Cut the fraction, which Odoo shows in some answers and not in others."""
    return moment and moment.replace(microsecond=0)
